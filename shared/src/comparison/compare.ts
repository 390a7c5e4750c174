import { z } from "zod";
import { AgreementReport } from "../agreement/agreement.ts";
import { Level } from "../bank.ts";
import { Outcome } from "../room/decision/commands.ts";
import { Confidence, Recommendation } from "../room/scorecard/commands.ts";
import { ratingKey } from "../room/scorecard/state.ts";
import {
  criteriaOf,
  folded,
  type Interview,
  type InterviewAsk,
  inOrder,
  Reach,
  type Reading,
  reachOf,
  Secrets,
} from "./interviews.ts";
import { agreementAcross, independentRatings } from "./ratings.ts";

export const CompareRequest = z.strictObject({ secrets: Secrets });
export type CompareRequest = z.infer<typeof CompareRequest>;

const score = z.number().nullable().describe("1 to 4; null where nobody rated anything of it.");

const ComparedCandidate = z.strictObject({
  roomId: z.string(),
  name: z.string().nullable(),
  title: z.string().describe("The room's."),
  at: z.number().describe("When the interview began, in milliseconds since 1970."),
  overall: score,
  raters: z.array(
    z.strictObject({
      seatId: z.string(),
      name: z.string(),
      recommendation: Recommendation.nullable(),
      confidence: Confidence.nullable(),
      overall: score,
      // Left out where nothing is missing, as pages of before this know nothing of it.
      incomplete: z
        .strictObject({ rated: z.int(), of: z.int() })
        .optional()
        .describe("How many criteria of what was asked their scorecard rates, where it does not rate all."),
    }),
  ),
  decision: z.strictObject({ outcome: Outcome, rationale: z.string() }).nullable(),
  competencies: z
    .array(z.strictObject({ score, byRater: z.array(score).describe("One for each of `raters`, in their order.") }))
    .describe("One for each competency of the group, in its order."),
});
export type ComparedCandidate = z.infer<typeof ComparedCandidate>;

const ComparedCriterion = z.strictObject({
  criterionId: z.string(),
  name: z.string().describe("As it was called last."),
  changed: z.boolean().describe("Its anchors were not the same in all these interviews."),
  levels: z
    .array(z.array(Level.nullable()).nullable())
    .describe("One for each candidate: one for each of their `raters`, or null where it could not be rated."),
});
export type ComparedCriterion = z.infer<typeof ComparedCriterion>;

/** A question that was asked of more than one candidate. */
const ComparedQuestion = z.strictObject({
  questionId: z.string(),
  title: z.string().describe("As it was called last."),
  criteria: z.array(ComparedCriterion),
});
type ComparedQuestion = z.infer<typeof ComparedQuestion>;

const ComparedCompetency = z.strictObject({
  name: z.string(),
  weight: z.number().nullable().describe("Null where it was not the same in all these interviews."),
});
type ComparedCompetency = z.infer<typeof ComparedCompetency>;

const ComparedGroup = z.strictObject({
  key: z.string(),
  kit: z.strictObject({ kitId: z.string(), title: z.string() }).nullable(),
  forRole: z.string().nullable(),
  competencies: z.array(ComparedCompetency),
  candidates: z.array(ComparedCandidate).describe("The earliest first."),
  questions: z.array(ComparedQuestion),
  agreement: AgreementReport.describe("Of the first versions of all scorecards."),
});
export type ComparedGroup = z.infer<typeof ComparedGroup>;

/** The candidates of each kit, and of each role where there was no kit; the group with the latest interview first. */
export const Comparison = z.strictObject({ reach: Reach, groups: z.array(ComparedGroup) });
export type Comparison = z.infer<typeof Comparison>;

export function comparisonOf(reading: Reading): Comparison {
  const groups = new Map<string, Interview[]>();
  for (const interview of inOrder(reading.interviews).reverse()) {
    const key = groupKey(interview);
    const group = groups.get(key) ?? [];
    group.unshift(interview);
    groups.set(key, group);
  }
  return { reach: reachOf(reading), groups: [...groups].map(([key, group]) => comparedGroup(key, group)) };
}

const groupKey = ({ kit, forRole }: Interview): string => (kit ? `kit:${kit.kitId}` : `role:${folded(forRole ?? "")}`);

function comparedGroup(key: string, interviews: readonly Interview[]): ComparedGroup {
  const latest = interviews.at(-1);
  const competencies = competenciesOf(interviews);
  return {
    key,
    kit: latest?.kit ?? null,
    forRole: latest?.forRole ?? null,
    competencies,
    candidates: interviews.map((interview) => comparedCandidate(interview, competencies)),
    questions: sharedQuestions(interviews),
    agreement: agreementAcross(independentRatings(interviews)),
  };
}

/** Every competency that an interview has, those of the latest first and in its order. */
function competenciesOf(interviews: readonly Interview[]): ComparedCompetency[] {
  const byName = new Map<string, ComparedCompetency>();
  for (const { name, weight } of interviews.toReversed().flatMap(({ competencies }) => competencies)) {
    const known = byName.get(name);
    byName.set(name, { name, weight: known && known.weight !== weight ? null : weight });
  }
  return [...byName.values()];
}

function comparedCandidate(
  { roomId, candidate, title, at, overall, raters, decision, competencies, asks }: Interview,
  ofGroup: readonly ComparedCompetency[],
): ComparedCandidate {
  return {
    roomId,
    name: candidate,
    title,
    at,
    overall,
    raters: raters.map(({ seatId, name, recommendation, confidence, overall: own, current }) => ({
      seatId,
      name,
      recommendation,
      confidence,
      overall: own,
      ...incompleteness(asks, current),
    })),
    decision: decision && { outcome: decision.outcome, rationale: decision.rationale },
    competencies: ofGroup.map(({ name }) => {
      const own = competencies.find((competency) => competency.name === name);
      return own ? { score: own.score, byRater: [...own.byRater] } : { score: null, byRater: raters.map(() => null) };
    }),
  };
}

type Incompleteness = Pick<ComparedCandidate["raters"][number], "incomplete">;

function incompleteness(
  asks: readonly InterviewAsk[],
  current: Interview["raters"][number]["current"],
): Incompleteness {
  const keys = asks.flatMap(({ askId, criteria }) => criteria.map(({ id }) => ratingKey(askId, id)));
  const rated = keys.filter((key) => current[key] !== undefined).length;
  return rated === keys.length ? {} : { incomplete: { rated, of: keys.length } };
}

/** Whether one of the scorecards behind a candidate's score leaves criteria unrated: such a score is no whole one. */
export const isIncomplete = ({ raters }: Pick<ComparedCandidate, "raters">): boolean =>
  raters.some(({ incomplete }) => incomplete !== undefined);

function sharedQuestions(interviews: readonly Interview[]): ComparedQuestion[] {
  const asksOf = new Map<string, Map<Interview, InterviewAsk>>();
  for (const interview of interviews) {
    for (const ask of interview.asks) {
      if (ask.questionId === null) continue;
      const asks = asksOf.get(ask.questionId) ?? new Map<Interview, InterviewAsk>();
      asksOf.set(ask.questionId, asks.set(interview, ask));
    }
  }
  return [...asksOf]
    .filter(([, asks]) => asks.size > 1)
    .map(([questionId, asks]) => {
      const latestFirst = [...asks.values()].reverse();
      const criteria = criteriaOf(latestFirst).map(
        (criterion): ComparedCriterion => ({
          ...criterion,
          levels: interviews.map((interview) => levelsOn(interview, asks.get(interview), criterion.criterionId)),
        }),
      );
      return { questionId, title: latestFirst[0]?.title ?? questionId, criteria };
    });
}

function levelsOn(
  { raters }: Interview,
  ask: InterviewAsk | undefined,
  criterionId: string,
): ComparedCriterion["levels"][number] {
  if (!ask?.criteria.some(({ id }) => id === criterionId)) return null;
  return raters.map(({ current }) => current[ratingKey(ask.askId, criterionId)] ?? null);
}
