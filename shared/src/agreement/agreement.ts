import { z } from "zod";
import { alphaInterval, krippendorffAlpha, type Metric } from "./alpha.ts";
import { IntraclassForms, intraclass, intraclassOneWay } from "./icc.ts";
import { mean } from "./numbers.ts";
import { PairAgreement, pairwise, RaterSeverity, severity } from "./raters.ts";
import { doublyRated, type RatingTable, sharedRatings, type UnitRating, unitsByRaters } from "./ratings.ts";
import { ENOUGH_CANDIDATES, hasEnough } from "./threshold.ts";

const AlphaEstimate = z
  .strictObject({
    value: z.number(),
    low: z.number().describe("Lower end of the 95% interval."),
    high: z.number().describe("Upper end of the 95% interval."),
  })
  .nullable()
  .describe("Krippendorff's alpha; null where the levels do not vary.");
type AlphaEstimate = z.infer<typeof AlphaEstimate>;

/** How far a candidate's mean level can be relied on, as an intraclass correlation. */
const CandidateIcc = z.discriminatedUnion("form", [
  z.strictObject({
    form: z.literal("two_way").describe("The same raters rated every candidate."),
    single: IntraclassForms.describe("Of one rater: ICC(1,1), ICC(2,1), ICC(3,1)."),
    average: IntraclassForms.describe("Of the mean of all raters: ICC(1,k), ICC(2,k), ICC(3,k)."),
    candidates: z.int(),
    raters: z.int(),
  }),
  z.strictObject({
    form: z.literal("one_way").describe("Raters differ from candidate to candidate, or their number does."),
    single: z.number().nullable().describe("Of one rater: ICC(1,1)."),
    average: z.number().nullable().describe("Of the mean of as many raters as a candidate has on average: ICC(1,k)."),
    candidates: z.int(),
    ratersPerCandidate: z.number(),
  }),
]);
type CandidateIcc = z.infer<typeof CandidateIcc>;

/** How far raters agree. Everything counts only units that two raters or more rated. */
export const AgreementReport = z.discriminatedUnion("enough", [
  z.strictObject({
    enough: z.literal(false),
    doublyRated: z.int().describe("Candidates with a unit that two raters rated."),
    needed: z.literal(ENOUGH_CANDIDATES),
  }),
  z.strictObject({
    enough: z.literal(true),
    doublyRated: z.int().describe("Candidates with a unit that two raters rated."),
    observations: z.int().describe("Levels that can be compared with another rater's."),
    units: z.int(),
    raters: z.int(),
    alpha: z.strictObject({ ordinal: AlphaEstimate, interval: AlphaEstimate, nominal: AlphaEstimate }),
    pairs: z.array(PairAgreement),
    severity: z.array(RaterSeverity),
    icc: CandidateIcc.nullable().describe("Null where no candidate differs from another and no rater either."),
  }),
]);
export type AgreementReport = z.infer<typeof AgreementReport>;

/**
 * The agreement of raters over any number of rooms; no figure at all below ten doubly rated candidates. `random` gives
 * numbers from 0 up to but not including 1, for the intervals of alpha, which draw whole candidates.
 */
export function agreementOf(ratings: readonly UnitRating[], { random }: { random: () => number }): AgreementReport {
  const candidates = doublyRated(ratings);
  if (!hasEnough(candidates)) return { enough: false, doublyRated: candidates, needed: ENOUGH_CANDIDATES };
  const shared = sharedRatings(ratings);
  const table = unitsByRaters(shared);
  return {
    enough: true,
    doublyRated: candidates,
    observations: shared.length,
    units: table.units.length,
    raters: table.raters.length,
    alpha: {
      ordinal: alphaEstimate(table, "ordinal", random),
      interval: alphaEstimate(table, "interval", random),
      nominal: alphaEstimate(table, "nominal", random),
    },
    pairs: pairwise(shared),
    severity: severity(shared),
    icc: candidateIcc(shared, table.raters),
  };
}

function alphaEstimate({ values, candidates }: RatingTable, metric: Metric, random: () => number): AlphaEstimate {
  const found = krippendorffAlpha(values, metric);
  const interval = alphaInterval(values, metric, { random, clusters: candidates });
  return found && interval && { value: found.alpha, ...interval };
}

/**
 * The intraclass correlation of candidates' scores: a rater's score of a candidate is the mean of the levels that they
 * gave in units which somebody else rated too. The two-way forms need each candidate rated by the same raters; else it
 * is the one-way form.
 */
function candidateIcc(shared: readonly UnitRating[], raters: readonly string[]): CandidateIcc | null {
  const levels = new Map<string, Map<string, number[]>>();
  for (const { candidate, rater, level } of shared) {
    const ofCandidate = levels.get(candidate) ?? new Map<string, number[]>();
    const given = ofCandidate.get(rater) ?? [];
    given.push(level);
    levels.set(candidate, ofCandidate.set(rater, given));
  }
  const scores = [...levels.values()].map((ofCandidate) =>
    raters.flatMap((rater) => {
      const given = ofCandidate.get(rater);
      return given ? [mean(given)] : [];
    }),
  );
  if (scores.every(({ length }) => length === raters.length)) {
    const found = intraclass(scores);
    if (!found) return null;
    return { form: "two_way", single: found.single, average: found.average, candidates: found.n, raters: found.k };
  }
  const found = intraclassOneWay(scores);
  if (!found) return null;
  const { single, average, judgesPerTarget, n } = found;
  return { form: "one_way", single, average, candidates: n, ratersPerCandidate: judgesPerTarget };
}
