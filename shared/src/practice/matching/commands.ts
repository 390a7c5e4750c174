import { z } from "zod";
import { Id } from "../../room/id.ts";
import { LIMITS } from "../../room/limits.ts";
import { Widening, Wishes } from "./wishes.ts";

/** What somebody who looks for a partner can do. */
export const SeekerCommand = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("enter"), name: z.string().trim().min(1).max(LIMITS.name), wishes: Wishes }),
  z.strictObject({ type: z.literal("leave") }),
  z.strictObject({ type: z.literal("widen"), by: Widening }),
  z.strictObject({ type: z.literal("accept"), offerId: Id }),
  z.strictObject({ type: z.literal("decline"), offerId: Id }),
  /** Never again the partner of that pair; they are not told, and neither can tell. */
  z.strictObject({ type: z.literal("block"), pairId: Id }),
]);
export type SeekerCommand = z.infer<typeof SeekerCommand>;
