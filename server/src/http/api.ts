import { Refusal, type RefusalReason, refusal, refuseInput } from "@whetstone/shared/room/refusal";
import { NewerEvents } from "@whetstone/shared/room/upcast";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { ZodError } from "zod";
import type { Rooms } from "../room/rooms.ts";
import type { Mint } from "../room/secrets.ts";
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
  void reply.code(statusOf(refused.reason)).send(refused);
}

type RefusedStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 429 | 500 | 503;

/** The HTTP status that says the same as a refusal's reason. */
function statusOf(reason: RefusalReason): RefusedStatus {
  switch (reason) {
    case "malformed":
    case "not_whole":
    case "import_refused":
      return 400;
    case "key_required":
      return 401;
    case "wrong_seat":
    case "not_admitted":
    case "wrong_origin":
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
      return 404;
    case "link_revoked":
    case "link_expired":
    case "feedback_withdrawn":
    case "seat_removed":
    case "seat_taken_over":
      return 410;
    case "too_long":
      return 413;
    case "too_many":
      return 429;
    case "server_failed":
      return 500;
    case "not_saved":
    case "format_unavailable":
    case "work_lost":
      return 503;
    case "room_full":
    case "wrong_phase":
    case "nobody_admitted":
    case "already_asked":
    case "reason_missing":
    case "not_submitted":
    case "still_blind":
    case "feedback_empty":
    case "scorecard_locked":
    case "changed_elsewhere":
    case "name_taken":
    case "other_version":
    case "room_newer":
      return 409;
    default:
      return reason satisfies never;
  }
}

/** What whoever asked is told of an error: of input that a schema rejects, of what cannot be done just now, and of all others. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof ZodError) return refuseInput(error);
  if (error instanceof NewerEvents) return refusal("room_newer");
  if (error instanceof WorkLost) return refusal(error.reason === "died" ? "work_lost" : "too_many");
  const status = typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : undefined;
  if (status === 413) return refusal("too_long");
  if (status === 429) return refusal("too_many");
  if (typeof status === "number" && status >= 400 && status < 500) return refusal("malformed");
  return refusal("server_failed");
}
