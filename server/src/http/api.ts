import { Refusal, type RefusalReason } from "@whetstone/shared/room/refusal";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { Rooms } from "../room/rooms.ts";

/** What every group of routes is made with. */
export interface RouteOptions {
  readonly rooms: Rooms;
  readonly now: () => number;
}

export type Routes<Options extends RouteOptions = RouteOptions> = FastifyPluginAsyncZod<Options>;

/** The answers of a refused request, for a route's response schema. */
export const refusals = { "4xx": Refusal, "5xx": Refusal } as const;

type RefusedStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 429 | 500 | 503;

/** The HTTP status that says the same as a refusal's reason. */
export function statusOf(reason: RefusalReason): RefusedStatus {
  switch (reason) {
    case "malformed":
    case "not_whole":
    case "import_refused":
      return 400;
    case "key_required":
      return 401;
    case "wrong_seat":
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
