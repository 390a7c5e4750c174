import { mean } from "../../agreement/numbers.ts";
import { LEVELS } from "../../bank.ts";
import { levelsOf } from "./answers.ts";
import { groupsBy } from "./groups.ts";
import type { PracticeKind, PracticeRecord } from "./record.ts";

/** Ratings beside each other: what one gives beside what one gets, and one's own of an answer beside a partner's. */

export interface Distribution {
  /** How many ratings are at level 1, 2, 3 and 4. */
  readonly counts: readonly number[];
  readonly total: number;
  /** Null where there is no rating. */
  readonly mean: number | null;
}

/** The levels that I gave to others, and those that partners gave to me. */
export const givenAndReceived = (
  entries: readonly PracticeRecord[],
): { readonly given: Distribution; readonly received: Distribution } => ({
  given: distributionOf(entries, "given"),
  received: distributionOf(entries, "asked"),
});

function distributionOf(entries: readonly PracticeRecord[], kind: PracticeKind): Distribution {
  const levels = entries.filter((entry) => entry.kind === kind).flatMap(levelsOf);
  return {
    counts: LEVELS.map((level) => levels.filter((given) => given === level).length),
    total: levels.length,
    mean: levels.length === 0 ? null : mean(levels),
  };
}

/** My rating and a partner's of the same question, each the mean over the criteria that both rated. */
export interface RatedTwice {
  readonly questionId: string;
  readonly title: string;
  /** When the partner's was asked. */
  readonly at: number;
  readonly own: number;
  readonly partner: number;
}

/** Fewer pairs than this say nothing: one more could turn the figure round. */
const PAIRS_NEEDED = 5;

export type Calibration =
  | { readonly enough: false; readonly pairs: readonly RatedTwice[]; readonly needed: number }
  | {
      readonly enough: true;
      readonly pairs: readonly RatedTwice[];
      /** The mean of own minus partner's: below zero, one underrates oneself. */
      readonly meanDifference: number;
      readonly lower: number;
      readonly same: number;
      readonly higher: number;
    };

/** How I rate myself beside how partners rate me on the same questions. Each rating counts in one pair. */
export function calibrationOf(entries: readonly PracticeRecord[]): Calibration {
  const pairs = [...groupsBy(entries, ({ questionId }) => questionId)]
    .flatMap(([questionId, group]) => (questionId === null ? [] : pairsOf(questionId, group)))
    .sort((one, other) => one.at - other.at);
  if (pairs.length < PAIRS_NEEDED) return { enough: false, pairs, needed: PAIRS_NEEDED };
  const differences = pairs.map(({ own, partner }) => own - partner);
  const count = (sign: number) => differences.filter((difference) => Math.sign(difference) === sign).length;
  return {
    enough: true,
    pairs,
    meanDifference: mean(differences),
    lower: count(-1),
    same: count(0),
    higher: count(1),
  };
}

/** Pairs of one question: what lies nearest in time belongs together. */
function pairsOf(questionId: string, entries: readonly PracticeRecord[]): RatedTwice[] {
  const [asked, self] = (["asked", "self"] as const).map((kind) => entries.filter((entry) => entry.kind === kind));
  const possible = (asked ?? []).flatMap((theirs) =>
    (self ?? []).flatMap((mine) => {
      const scores = scoresOnSame(mine, theirs);
      return scores === null ? [] : [{ mine, theirs, ...scores, apart: Math.abs(mine.at - theirs.at) }];
    }),
  );
  const taken = new Set<string>();
  const pairs: RatedTwice[] = [];
  for (const { mine, theirs, own, partner } of possible.sort((one, other) => one.apart - other.apart)) {
    if (taken.has(mine.entryId) || taken.has(theirs.entryId)) continue;
    taken.add(mine.entryId).add(theirs.entryId);
    pairs.push({ questionId, title: theirs.title, at: theirs.at, own, partner });
  }
  return pairs;
}

function scoresOnSame(mine: PracticeRecord, theirs: PracticeRecord): { own: number; partner: number } | null {
  const partners = new Map(theirs.ratings.map(({ criterionId, level }) => [criterionId, level]));
  const both = mine.ratings.flatMap(({ criterionId, level }) => {
    const other = partners.get(criterionId) ?? null;
    return level === null || other === null ? [] : [[level, other] as const];
  });
  if (both.length === 0) return null;
  return { own: mean(both.map(([own]) => own)), partner: mean(both.map(([, partner]) => partner)) };
}
