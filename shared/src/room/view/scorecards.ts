import { z } from "zod";
import { Level } from "../../bank.ts";
import { Outcome } from "../decision/commands.ts";
import { debriefIsOpen, mayRead } from "../scorecard/blindness.ts";
import { Confidence, NoteMark, NoteMoment, Recommendation } from "../scorecard/commands.ts";
import { emptyScorecard, type Scorecard, type ScorecardVersion } from "../scorecard/state.ts";
import { currentRound, type RoomState, type Round, standingReminder } from "../state.ts";
import { cached } from "./cache.ts";
import { QuestionsView } from "./questions.ts";

const NoteView = z.strictObject({
  noteId: z.string(),
  askId: z.string().nullable(),
  at: z.number().describe("Milliseconds since 1970."),
  elapsedMs: z.number().describe("Running time of the interview."),
  text: z.string(),
  mark: NoteMark.nullable(),
  evidenceFor: z.string().nullable(),
  moment: NoteMoment.optional().describe("The moment of an answer that it points at; absent where it points at none."),
});
export type NoteView = z.infer<typeof NoteView>;

export const JudgementView = z.strictObject({
  ratings: z.record(z.string(), Level).describe("By `askId/criterionId`."),
  heard: z.record(z.string(), z.array(z.int())).describe("By askId, the indices of the key points that were heard."),
  notes: z.array(NoteView),
  summary: z.string(),
  recommendation: Recommendation.nullable(),
  confidence: Confidence.nullable(),
});
export type JudgementView = z.infer<typeof JudgementView>;

/** A scorecard as it was submitted. The first is what its rater wrote before they could read another's. */
const VersionView = JudgementView.extend({
  number: z.int().describe("From 1."),
  submittedAt: z.number().describe("Milliseconds since 1970."),
  reason: z.string().nullable().describe("Why it was submitted although something was missing."),
  amendment: z.string().nullable().describe("Why it was amended; null for the first version."),
  informed: z.boolean().describe("Its rater could read another's scorecard by then."),
});
export type VersionView = z.infer<typeof VersionView>;

export const ScorecardView = JudgementView.extend({
  versions: z.array(VersionView),
  amendment: z.string().nullable().describe("Why the submitted scorecard is open again; null where it is not."),
});
export type ScorecardView = z.infer<typeof ScorecardView>;

const OtherScorecard = z.strictObject({
  seatId: z.string(),
  name: z.string(),
  versions: z.array(VersionView).min(1),
});

/** One version of what the panel decided; the last one holds. */
const DecisionView = z.strictObject({
  outcome: Outcome,
  rationale: z.string(),
  at: z.number().describe("Milliseconds since 1970."),
  by: z.string().describe("A name."),
});
export type DecisionView = z.infer<typeof DecisionView>;

export const ScoringView = QuestionsView.extend({
  scorecard: ScorecardView.describe("The viewer's own."),
  debriefOpen: z.boolean().describe("The room's policy opens the submitted scorecards to this viewer."),
  others: z.array(OtherScorecard).describe("What was submitted, once that is so."),
  decisions: z.array(DecisionView).describe("Every version, once that is so."),
  reminded: z
    .strictObject({ by: z.string().describe("A name."), at: z.number().describe("Milliseconds since 1970.") })
    .optional()
    .describe("Who asked for the viewer's scorecard, until they have submitted it."),
});
export type Scoring = Pick<
  z.infer<typeof ScoringView>,
  "scorecard" | "debriefOpen" | "others" | "decisions" | "reminded"
>;

/** What somebody who scores the current round sees of its scorecards: their own, and the others' once that is open to them. */
export function scoring(state: RoomState, seatId: string): Scoring {
  const round = currentRound(state);
  const own = round.scorecards[seatId] ?? emptyScorecard;
  const reminder = reminderTo(state, round, seatId);
  if (reminder && own.versions.length === 0) return { ...blindScoring(own), reminded: reminder };
  if (!debriefIsOpen(state, round, seatId)) return blindScoring(own);
  const readable = Object.keys(round.scorecards).filter((ownerId) => mayRead(state, round, seatId, ownerId));
  const others = readable.map((ownerId) => ({
    seatId: ownerId,
    name: state.seats[ownerId]?.name ?? "",
    versions: versionViews(round.scorecards[ownerId]?.versions ?? []),
  }));
  const decisions = round.decisions.map(({ outcome, rationale, at, seatId: by }) => ({
    outcome,
    rationale,
    at,
    by: state.seats[by]?.name ?? "",
  }));
  return { scorecard: scorecardView(own), debriefOpen: true, others, decisions };
}

/** Whoever has not submitted is told who asks for it; whoever asks is not told by it who that is. */
function reminderTo(state: RoomState, round: Round, seatId: string): Scoring["reminded"] {
  const reminder = standingReminder(round);
  if (!reminder || reminder.seatId === seatId) return undefined;
  return { by: state.seats[reminder.seatId]?.name ?? "", at: reminder.at };
}

const blindScoring = cached(
  (own: Scorecard): Scoring => ({ scorecard: scorecardView(own), debriefOpen: false, others: [], decisions: [] }),
);

const heardPoints = cached((heard: Scorecard["heard"]) =>
  Object.fromEntries(Object.entries(heard).map(([askId, points]) => [askId, [...points]])),
);

/** Notes in the order in which they were begun, also when one was begun offline and arrived late. */
const inOrder = (notes: Scorecard["notes"]) => Object.values(notes).sort((a, b) => a.at - b.at);

const noteViews = cached((notes: Scorecard["notes"]) =>
  inOrder(notes).map(({ noteId, askId, at, elapsedMs, text, mark, evidenceFor, moment }) => ({
    noteId,
    askId,
    at,
    elapsedMs,
    text,
    mark,
    evidenceFor,
    ...(moment && { moment: { askId: moment.askId, elapsedMs: moment.elapsedMs } }),
  })),
);

export const judgementView = cached(
  ({ ratings, heard, notes, summary, recommendation, confidence }: Scorecard | ScorecardVersion): JudgementView => ({
    ratings: { ...ratings },
    heard: heardPoints(heard),
    notes: noteViews(notes),
    summary,
    recommendation,
    confidence,
  }),
);

const versionViews = cached((versions: Scorecard["versions"]): VersionView[] =>
  versions.map((version) => {
    const { number, submittedAt, reason, amendment, informed } = version;
    return { ...judgementView(version), number, submittedAt, reason, amendment, informed };
  }),
);

const scorecardView = cached(
  (scorecard: Scorecard): ScorecardView => ({
    ...judgementView(scorecard),
    versions: versionViews(scorecard.versions),
    amendment: scorecard.amendment,
  }),
);
