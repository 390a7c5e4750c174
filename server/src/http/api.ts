import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { Refusal, type RefusalReason, refusal, refuseInput } from "@whetstone/shared/room/refusal";
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { ZodError } from "zod";
import { NotSaved } from "../bank/authored-store.ts";
import type { Rooms } from "../room/rooms.ts";
import { type Mint, newFault } from "../room/secrets.ts";
import { whyUnreadable } from "../room/unreadable.ts";
import { WorkLost } from "../threads/pool.ts";

/** What every group of routes is made with. */
export interface RouteOptions {
  readonly rooms: Rooms;
  readonly now: () => number;
}

/** What routes are made with whose requests make links or seats. */
export interface MakingRouteOptions extends RouteOptions {
  readonly mint: Mint;
}

export type Routes<Options extends RouteOptions = RouteOptions> = FastifyPluginAsyncZod<Options>;

/** The answers of a refused request, for a route's response schema. */
export const refusals = { "4xx": Refusal, "5xx": Refusal } as const;

/** What the API answers is for whoever asked, and out of date at once; no browser and no proxy keeps it. */
export const UNKEPT = { "cache-control": "no-store" } as const;

/** Whether what a request asks for leaves the server: `HEAD` is answered as `GET` is, and takes nothing away. */
export const takesAway = ({ method }: Pick<FastifyRequest, "method">): boolean => method !== "HEAD";

declare module "fastify" {
  interface FastifyReply {
    /** Answers with a refusal, under the status that says the same. */
    refuse(refused: Refusal): this;
  }
}

/** Gives every reply of `app` its one way to refuse. */
export function refuseAlike(app: FastifyInstance): void {
  app.decorateReply("refuse", function (refused: Refusal) {
    refuse(this, refused);
    return this;
  });
}

/** The same for a reply that has not come as far as `app`, as to an address that cannot be decoded. */
export function refuse(reply: FastifyReply, refused: Refusal): void {
  void reply.code(statusOf(refused.reason)).headers(UNKEPT).send(refused);
}

const REFUSED_BY_HAND = { "content-type": "application/json; charset=utf-8", ...UNKEPT, connection: "close" };

/** The same where Fastify has no part in the answer. */
export function refuseBy(response: ServerResponse, refused: Refusal): void {
  response.writeHead(statusOf(refused.reason), REFUSED_BY_HAND).end(JSON.stringify(refused));
}

/** The same where there is no response at all: it is written on the line, which is closed behind it. */
export function refuseOn(line: Socket, refused: Refusal): void {
  if (!line.writable) return void line.destroy();
  const body = JSON.stringify(refused);
  const status = statusOf(refused.reason);
  const headers = Object.entries({ ...REFUSED_BY_HAND, "content-length": Buffer.byteLength(body) });
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  line.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  line.destroySoon();
}

/** The refusal of what is no request yet: one that does not come to its end, or cannot be read. */
export const refusalOfBrokenRequest = (error: NodeJS.ErrnoException): Refusal =>
  refusal(error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? "too_slow" : "malformed");

type RefusedStatus = 400 | 401 | 403 | 404 | 408 | 409 | 410 | 413 | 429 | 500 | 503;

/** The HTTP status that says the same as a refusal's reason. */
export function statusOf(reason: RefusalReason): RefusedStatus {
  switch (reason) {
    case "malformed":
    case "name_unseen":
    case "not_whole":
    case "import_refused":
      return 400;
    case "key_required":
      return 401;
    case "wrong_seat":
    case "not_admitted":
    case "wrong_origin":
    case "wrong_host":
    case "only_local":
    case "no_key":
    case "nothing_to_export":
      return 403;
    case "unknown_room":
    case "unknown_link":
    case "unknown_seat":
    case "unknown_question":
    case "unknown_kit":
    case "unknown_pack":
    case "unknown_plan_item":
    case "unknown_ask":
    case "unknown_criterion":
    case "unknown_reveal":
    case "unknown_note":
    case "unknown_export":
    case "unknown_page":
    case "unknown_pair":
      return 404;
    case "too_slow":
      return 408;
    case "link_revoked":
    case "link_expired":
    case "feedback_withdrawn":
    case "seat_removed":
    case "seat_taken_over":
    case "room_erased":
      return 410;
    case "too_long":
    case "not_for_board":
    case "board_full":
    case "board_worn":
      return 413;
    case "too_many":
    case "own_exports_under_way":
    case "address_waits":
      return 429;
    case "server_failed":
    case "room_damaged":
    case "document_damaged":
    case "room_locked":
      return 500;
    case "not_saved":
    case "format_unavailable":
    case "server_busy":
    case "exports_full":
    case "work_lost":
    case "work_late":
      return 503;
    case "place_taken":
    case "too_few_questions":
    case "swapped_already":
    case "room_full":
    case "room_large":
    case "wrong_phase":
    case "nobody_admitted":
    case "not_there":
    case "too_late":
    case "quiet_time":
    case "call_over":
    case "call_elsewhere":
    case "call_full":
    case "call_moved":
    case "seat_locked":
    case "last_host":
    case "already_asked":
    case "asked_meanwhile":
    case "reason_missing":
    case "not_submitted":
    case "still_blind":
    case "feedback_empty":
    case "scorecard_locked":
    case "changed_elsewhere":
    case "name_taken":
    case "other_version":
    case "room_newer":
    case "still_kept":
    case "already_waiting":
    case "not_waiting":
    case "offer_over":
      return 409;
    default:
      return reason satisfies never;
  }
}

const REASON_OF_LOSS = {
  busy: "server_busy",
  yours: "too_many",
  died: "work_lost",
  late: "work_late",
  stopping: "server_busy",
} as const satisfies Record<WorkLost["reason"], RefusalReason>;

/**
 * What whoever asked is told of an error: of input that a schema rejects, of what cannot be done just now, and of all others, which are
 * logged under an identifier that is told too, so that the one can be found by the other.
 */
export function refusalOf(error: unknown, log: Pick<FastifyBaseLogger, "error">): Refusal {
  const expected = expectedRefusal(error);
  if (expected && !OF_THE_OPERATOR.has(expected.reason)) return expected;
  if (error instanceof NotSaved) {
    log.error(error, error.message);
    return refusal("not_saved");
  }
  const fault = newFault();
  log.error({ err: error, fault }, `fault ${fault}`);
  return refusal(expected?.reason ?? "server_failed", `fault ${fault}`);
}

/** What the operator has to mend. */
const OF_THE_OPERATOR: ReadonlySet<RefusalReason> = new Set<RefusalReason>(["room_damaged", "room_locked"]);

function expectedRefusal(error: unknown): Refusal | null {
  // What a request's schema rejects is marked by Fastify; anything else that is no such thing was made or stored here.
  if (error instanceof ZodError && "validationContext" in error) return refuseInput(error);
  const unreadable = whyUnreadable(error);
  if (unreadable) return unreadable;
  if (error instanceof WorkLost) return refusal(REASON_OF_LOSS[error.reason]);
  const status = typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : undefined;
  if (status === 413) return refusal("too_long");
  if (status === 429) return refusal("too_many");
  if (typeof status === "number" && status >= 400 && status < 500) return refusal("malformed");
  return null;
}
