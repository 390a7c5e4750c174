import { z } from "zod";
import { QuestionLevel } from "../../bank.ts";
import { isZone } from "./zone.ts";

/** What somebody who looks for a partner may wish for. */

export const LEVELS = QuestionLevel.options;

export const PracticeMinutes = z.union([z.literal(25), z.literal(40)]);
export type PracticeMinutes = z.infer<typeof PracticeMinutes>;

const DAY_MINUTES = 1_440;

/** Hours of every week: `day` counts from Monday as 0, `from` and `to` are minutes of that day on the clock of the zone. */
const WeeklyHours = z
  .strictObject({
    day: z.int().min(0).max(6),
    from: z.int().min(0).max(DAY_MINUTES),
    to: z.int().min(0).max(DAY_MINUTES),
  })
  .refine(({ from, to }) => from < to, "Hours must end after they begin.");

const When = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("now") }),
  z.strictObject({
    kind: z.literal("hours"),
    zone: z.string().max(60).refine(isZone, "There is no such time zone."),
    hours: z.array(WeeklyHours).min(1).max(28).readonly(),
  }),
]);
export type When = z.infer<typeof When>;

const distinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
const ONCE = "Each may be named once.";

export const Wishes = z.strictObject({
  levels: z.array(QuestionLevel).min(1).max(LEVELS.length).refine(distinct, ONCE).readonly(),
  /** The bank's identifiers; none of them stands for any. */
  topics: z
    .array(z.string().regex(/^[a-z0-9-]{1,64}$/))
    .max(20)
    .refine(distinct, ONCE)
    .readonly(),
  minutes: z.array(PracticeMinutes).min(1).max(2).refine(distinct, ONCE).readonly(),
  language: z.string().regex(/^[a-z]{2,3}$/),
  when: When,
});
export type Wishes = z.infer<typeof Wishes>;

/** What can be let go of, in the order in which waiting lets go of it. The language never: the two have to speak. */
export const Widening = z.enum(["levels", "topics", "minutes"]);
export type Widening = z.infer<typeof Widening>;
export const WIDENINGS = Widening.options;
