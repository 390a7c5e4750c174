/** A level that a rater gave: `unit` is one criterion of one ask of one candidate, and unique over all candidates. */
export interface UnitRating {
  readonly candidate: string;
  readonly unit: string;
  readonly rater: string;
  readonly level: number;
}

/** Ratings as a table: one row a unit, one column a rater, null where that rater did not rate that unit. */
export interface RatingTable {
  readonly units: readonly string[];
  /** The candidate of each unit. */
  readonly candidates: readonly string[];
  readonly raters: readonly string[];
  readonly values: readonly (readonly (number | null)[])[];
}

/**
 * The ratings by unit, and within a unit by rater, in the order in which they first come. If a rater comes twice in a
 * unit, the later rating stands.
 */
export function ratingsByUnit(ratings: readonly UnitRating[]): ReadonlyMap<string, ReadonlyMap<string, UnitRating>> {
  const byUnit = new Map<string, Map<string, UnitRating>>();
  for (const rating of ratings) {
    const ofUnit = byUnit.get(rating.unit) ?? new Map<string, UnitRating>();
    byUnit.set(rating.unit, ofUnit.set(rating.rater, rating));
  }
  return byUnit;
}

/** The ratings of those units that two raters or more rated: all that can say something about agreement. */
export const sharedRatings = (ratings: readonly UnitRating[]): UnitRating[] =>
  [...ratingsByUnit(ratings).values()].filter(({ size }) => size > 1).flatMap((ofUnit) => [...ofUnit.values()]);

/** The number of candidates who have at least one unit that two raters rated. */
export const doublyRated = (ratings: readonly UnitRating[]): number =>
  new Set(sharedRatings(ratings).map(({ candidate }) => candidate)).size;

export function unitsByRaters(ratings: readonly UnitRating[]): RatingTable {
  const byUnit = ratingsByUnit(ratings);
  const raters = [...new Set(ratings.map(({ rater }) => rater))];
  const candidateOf = new Map(ratings.map(({ unit, candidate }) => [unit, candidate]));
  return {
    units: [...byUnit.keys()],
    candidates: [...candidateOf.values()],
    raters,
    values: [...byUnit.values()].map((ofUnit) => raters.map((rater) => ofUnit.get(rater)?.level ?? null)),
  };
}
