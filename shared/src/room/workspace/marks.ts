import { z } from "zod";
import { LIMITS } from "../limits.ts";

/**
 * What a room notes of its candidate beside what they write, where it was opened so and they were told before they joined: large pastes, and
 * that they left the page. Nothing else is ever noted.
 */

/** A paste of so many characters or more is noted. */
export const PASTED_LEAST = 200;

export const Mark = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pasted"), characters: z.int().min(PASTED_LEAST).max(LIMITS.answer) }),
  z.strictObject({ kind: z.literal("left") }),
  z.strictObject({ kind: z.literal("back") }),
]);
export type Mark = z.infer<typeof Mark>;

/** A mark with its moment, in milliseconds since 1970. */
export interface KeptMark {
  readonly at: number;
  readonly mark: Mark;
}

const at = z.int().describe("Milliseconds since 1970.");

/** What marks say: a paste, or a time away from the page. */
export const MarkedFact = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pasted"), at, characters: z.int() }),
  z.strictObject({
    kind: z.literal("away"),
    at,
    ms: z.int().nullable().describe("Null where no coming back was noted."),
  }),
]);
export type MarkedFact = z.infer<typeof MarkedFact>;

/** Whether the last that is known of its candidate is that they left the page. */
export const isAway = (marks: readonly KeptMark[]): boolean =>
  marks.findLast(({ mark }) => mark.kind !== "pasted")?.mark.kind === "left";

/** What the marks of one ask say, in their order. */
export function factsOf(marks: readonly KeptMark[]): MarkedFact[] {
  return marks.flatMap(({ at: since, mark }, index): MarkedFact[] => {
    switch (mark.kind) {
      case "pasted":
        return [{ kind: "pasted", at: since, characters: mark.characters }];
      case "left": {
        const back = marks.slice(index).find((other) => other.mark.kind === "back");
        return [{ kind: "away", at: since, ms: back ? Math.max(0, back.at - since) : null }];
      }
      case "back":
        return [];
      default:
        return mark satisfies never;
    }
  });
}
