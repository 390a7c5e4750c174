import { z } from "zod";
import { Id } from "../../room/id.ts";
import { PersonName } from "../../room/seats/commands.ts";
import { Widening, Wishes } from "./wishes.ts";

/** The rest of a practice whose partner has gone: for it one is at the head of the list, once for each pair. */
export const Rest = z.strictObject({
  pairId: Id,
  /** What is still to be done, and is done first with whoever comes. */
  first: z.enum(["ask", "answer"]),
});
export type Rest = z.infer<typeof Rest>;

/** What somebody who looks for a partner can do. */
export const SeekerCommand = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("enter"),
    name: PersonName,
    wishes: Wishes,
    rest: Rest.optional(),
  }),
  z.strictObject({ type: z.literal("leave") }),
  z.strictObject({ type: z.literal("widen"), by: Widening }),
  z.strictObject({ type: z.literal("accept"), offerId: Id }),
  z.strictObject({ type: z.literal("decline"), offerId: Id }),
  /** Never again the partner of that pair; they are not told, and neither can tell. */
  z.strictObject({ type: z.literal("block"), pairId: Id }),
]);
export type SeekerCommand = z.infer<typeof SeekerCommand>;
