import { type AgreementReport, agreementOf } from "../agreement/agreement.ts";
import type { UnitRating } from "../agreement/ratings.ts";
import type { Level } from "../bank.ts";
import { ratingKey } from "../room/scorecard/state.ts";
import { folded, type Interview, type InterviewAsk } from "./interviews.ts";
import { seededBy } from "./seeded.ts";

/** A level as it was given before its rater could read another's; `candidate` is the room. */
export interface IndependentRating extends UnitRating {
  readonly ask: InterviewAsk;
  readonly criterionId: string;
  readonly level: Level;
}

/**
 * The levels of all first versions. A later version may be written after reading the others', and would make raters seem
 * to agree more than they do. The same person has another seat in each room, so raters are told apart by name.
 */
export function independentRatings(interviews: readonly Interview[]): IndependentRating[] {
  const spelling = new Map<string, string>();
  return interviews.flatMap(({ roomId, asks, raters }) => {
    const inRoom = new Set<string>();
    return raters.flatMap(({ name, first }) => {
      const rater = spelled(spelling, ownName(inRoom, name));
      return asks.flatMap((ask) =>
        ask.criteria.flatMap(({ id: criterionId }): IndependentRating[] => {
          const key = ratingKey(ask.askId, criterionId);
          const level = first[key];
          return level === undefined
            ? []
            : [{ candidate: roomId, unit: `${roomId}/${key}`, rater, level, ask, criterionId }];
        }),
      );
    });
  });
}

/** The agreement of ratings; the same ratings give the same intervals. */
export const agreementAcross = (ratings: readonly IndependentRating[]): AgreementReport =>
  agreementOf(ratings, { random: seededBy(ratings.map(({ unit, rater, level }) => `${unit} ${rater} ${level}`)) });

/** Two raters of one room are two people, also where they have the same name: the second `Ann` is `Ann (2)`. */
function ownName(inRoom: Set<string>, name: string): string {
  let own = name;
  for (let number = 2; inRoom.has(folded(own)); number++) own = `${name.trim()} (${number})`;
  inRoom.add(folded(own));
  return own;
}

/** A name in the spelling in which it came first. */
function spelled(spelling: Map<string, string>, name: string): string {
  const known = spelling.get(folded(name)) ?? name.trim();
  spelling.set(folded(name), known);
  return known;
}
