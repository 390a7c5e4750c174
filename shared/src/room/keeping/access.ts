import { z } from "zod";
import { ExportFormat } from "../../export-wire.ts";
import { Id } from "../id.ts";

/** In what form a room was taken away: one of its exports, or everything about its candidate. */
export const TakenAs = z.enum([...ExportFormat.options, "record"]);
export type TakenAs = z.infer<typeof TakenAs>;

/**
 * Somebody read a room after its end, or took it away. It changes nothing in the room, so it stands beside the log. `at` is in milliseconds
 * since 1970.
 */
export const Access = z.discriminatedUnion("what", [
  z.strictObject({ what: z.literal("looked"), at: z.int(), seatId: Id }),
  z.strictObject({ what: z.literal("compared"), at: z.int(), seatId: Id }),
  z.strictObject({ what: z.literal("exported"), at: z.int(), seatId: Id, format: TakenAs }),
]);
export type Access = z.infer<typeof Access>;
