import { z } from "zod";
import { correlation, mean, sum } from "./numbers.ts";

/**
 * A score of a person on an item (a candidate on a question); null where the item was asked and nobody scored it. A
 * person may have several scores on an item, from several raters or on several criteria: their mean counts.
 */
export interface ItemScore {
  readonly person: string;
  readonly item: string;
  readonly score: number | null;
}

interface ItemScale {
  /** How many interviews there were, each with one person. */
  readonly interviews: number;
  readonly lowest: number;
  readonly highest: number;
}

/** What the scores say about an item, after classical test theory. */
export const ItemStatistics = z.strictObject({
  item: z.string(),
  exposure: z.strictObject({
    asked: z.int().describe("In how many interviews it was asked."),
    interviews: z.int().describe("Of how many."),
  }),
  scored: z.int().describe("How many persons have a score on it."),
  difficulty: z
    .number()
    .nullable()
    .describe("The mean score as a share of the scale, 0 to 1: at 1 everybody is at the highest level, it is easy."),
  discrimination: z
    .number()
    .nullable()
    .describe(
      "The correlation, -1 to 1, of the score on it with the same person's mean score on all their other items.",
    ),
});
export type ItemStatistics = z.infer<typeof ItemStatistics>;

/** Fewer persons always lie on one straight line. */
const FEWEST_PERSONS = 3;

/**
 * The statistics of each item, in the order in which they first come. Difficulty is null for an item without a score
 * (and for a scale without extent); discrimination under three persons who have a score on it and on another item, and
 * where either side does not vary.
 *
 * F. Lord, M. Novick (1968), Statistical Theories of Mental Test Scores (item difficulty and discrimination);
 * J. Nunnally, I. Bernstein (1994), Psychometric Theory, 3rd edition, chapter 8 (the item-total
 * correlation corrected by leaving the item out of the total). The rest is a mean and not a sum, because persons are
 * not asked the same number of items.
 */
export function itemStatistics(
  scores: readonly ItemScore[],
  { interviews, lowest, highest }: ItemScale,
): ItemStatistics[] {
  const persons = new Map([...grouped(scores, "person")].map(([person, theirs]) => [person, meanByItem(theirs)]));
  return [...grouped(scores, "item")].map(([item, ofItem]) => {
    const asked = new Set(ofItem.map(({ person }) => person));
    const theirs = [...asked].flatMap((person) => persons.get(person) ?? []);
    const own = theirs.flatMap((means) => means.get(item) ?? []);
    return {
      item,
      exposure: { asked: asked.size, interviews },
      scored: own.length,
      difficulty: own.length > 0 && highest > lowest ? (mean(own) - lowest) / (highest - lowest) : null,
      discrimination: discrimination(item, theirs),
    };
  });
}

function discrimination(item: string, persons: readonly ReadonlyMap<string, number>[]): number | null {
  const pairs = persons.flatMap((means) => {
    const own = means.get(item);
    if (own === undefined || means.size < 2) return [];
    const rest = (sum([...means.values()]) - own) / (means.size - 1);
    return [[own, rest] satisfies [number, number]];
  });
  return pairs.length < FEWEST_PERSONS ? null : correlation(pairs);
}

function grouped(scores: readonly ItemScore[], by: "person" | "item"): Map<string, ItemScore[]> {
  const groups = new Map<string, ItemScore[]>();
  for (const score of scores) {
    const group = groups.get(score[by]);
    if (group) group.push(score);
    else groups.set(score[by], [score]);
  }
  return groups;
}

/** One person's mean score on each item that they have a score on. */
function meanByItem(theirs: readonly ItemScore[]): Map<string, number> {
  const scored = [...grouped(theirs, "item")].map(([item, scores]) => ({
    item,
    values: scores.flatMap(({ score }) => score ?? []),
  }));
  return new Map(scored.filter(({ values }) => values.length > 0).map(({ item, values }) => [item, mean(values)]));
}
