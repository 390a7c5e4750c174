import { AskedQuestion, Level } from "@whetstone/shared/bank";
import { BlindPolicy, NoteMark, Recommendation, RevealKind, SeatRole } from "@whetstone/shared/room/command";
import { ratingKey } from "@whetstone/shared/room/state";
import { remainingMs } from "@whetstone/shared/room/timer";
import type { PanelAsk, PanelView, ScorecardView } from "@whetstone/shared/room/view";
import { z } from "zod";

/**
 * A room as one person of its panel may take it away. Made from that person's view and from nothing else, so it holds exactly
 * what they could see. Every format is written from this, and the JSON export is this itself.
 */

const Moment = z.iso.datetime();
const Milliseconds = z.int().describe("Milliseconds of the interview's running time, without its pauses.");

const ExportedAsk = z.strictObject({
  number: z.int(),
  askId: z.string(),
  question: AskedQuestion,
  planned: z.boolean(),
  deviation: z.enum(["none", "out_of_order", "not_in_plan"]),
  minutes: z.int().describe("Its budget."),
  askedAtMs: Milliseconds,
  openMs: Milliseconds,
  revealed: z.array(z.strictObject({ kind: RevealKind, text: z.string(), elapsedMs: Milliseconds })),
  answer: z.string().describe("What the candidate wrote."),
});

const ExportedRating = z.strictObject({
  askId: z.string(),
  askNumber: z.int(),
  questionId: z.string().nullable(),
  question: z.string().describe("Its title."),
  criterionId: z.string(),
  criterion: z.string(),
  level: Level,
  anchor: z.string(),
  evidence: z.array(z.string()).describe("The notes that the rater bound to this rating, by noteId."),
});
type ExportedRating = z.infer<typeof ExportedRating>;

const ExportedNote = z.strictObject({
  noteId: z.string(),
  askId: z.string().nullable(),
  at: Moment,
  elapsedMs: Milliseconds,
  mark: NoteMark.nullable(),
  evidenceFor: z.string().nullable().describe("A criterion of the ask."),
  text: z.string(),
});

const ExportedScorecard = z.strictObject({
  rater: z.string(),
  own: z.boolean().describe("The scorecard of the person who exported."),
  submittedAt: Moment.nullable(),
  recommendation: Recommendation.nullable(),
  summary: z.string(),
  ratings: z.array(ExportedRating),
  heard: z.array(z.strictObject({ askId: z.string(), keyPoints: z.array(z.string()) })),
  notes: z.array(ExportedNote),
});
export type ExportedScorecard = z.infer<typeof ExportedScorecard>;

export const RoomExport = z.strictObject({
  format: z.literal("whetstone-room"),
  version: z.literal(1),
  exportedAt: Moment,
  exportedBy: z.string(),
  room: z.strictObject({
    title: z.string(),
    candidate: z.string().nullable(),
    forRole: z.string().nullable(),
    phase: z.enum(["lobby", "live", "paused", "ended"]),
    blindPolicy: BlindPolicy,
    minutes: z.int().describe("Planned, extensions included."),
    usedMs: Milliseconds,
    openedAt: Moment,
    startedAt: Moment.nullable(),
    endedAt: Moment.nullable(),
  }),
  people: z.array(z.strictObject({ name: z.string(), role: SeatRole })),
  plan: z.array(z.strictObject({ questionId: z.string(), title: z.string(), minutes: z.int(), asked: z.boolean() })),
  asks: z.array(ExportedAsk),
  scorecards: z.array(ExportedScorecard),
});
export type RoomExport = z.infer<typeof RoomExport>;

/** What `view` holds as an export made at `now` (milliseconds since 1970). */
export function roomExport(view: PanelView, now: number): RoomExport {
  const { room, people, plan, asks, you } = view;
  const usedMs = room.startedAt === null ? 0 : view.timer.totalMs - remainingMs(view.timer, now);
  const own = { name: you.name, scorecard: view.scorecard };
  return {
    format: "whetstone-room",
    version: 1,
    exportedAt: iso(now),
    exportedBy: you.name,
    room: {
      title: room.title,
      candidate: people.find(({ role }) => role === "candidate")?.name ?? room.candidateName,
      forRole: room.forRole,
      phase: room.phase,
      blindPolicy: room.blindPolicy,
      minutes: room.minutes,
      usedMs: Math.round(usedMs),
      openedAt: iso(room.openedAt),
      startedAt: room.startedAt === null ? null : iso(room.startedAt),
      endedAt: room.endedAt === null ? null : iso(room.endedAt),
    },
    people: people.map(({ name, role }) => ({ name, role })),
    plan: plan.map(({ itemId, questionId, title, minutes }) => ({
      questionId,
      title,
      minutes,
      asked: asks.some((ask) => ask.planItemId === itemId),
    })),
    asks: asks.map((ask) => exportedAsk(ask, usedMs)),
    scorecards: [
      exportedScorecard(own, asks, true),
      ...view.others.map((other) => exportedScorecard(other, asks, false)),
    ],
  };
}

function exportedAsk(ask: PanelAsk, usedMs: number): RoomExport["asks"][number] {
  const { number, askId, question, planItemId, deviation, minutes, askedAtMs, closedMs, openSinceMs, answer } = ask;
  return {
    number,
    askId,
    question,
    planned: planItemId !== null,
    deviation,
    minutes,
    askedAtMs: Math.round(askedAtMs),
    openMs: Math.round(closedMs + (openSinceMs === null ? 0 : Math.max(0, usedMs - openSinceMs))),
    revealed: ask.revealed.map(({ kind, index, elapsedMs }) => ({
      kind,
      text: (kind === "hint" ? question.hints[index] : question.followUps[index]?.ask) ?? "",
      elapsedMs: Math.round(elapsedMs),
    })),
    answer,
  };
}

function exportedScorecard(
  { name, scorecard }: { name: string; scorecard: ScorecardView },
  asks: readonly PanelAsk[],
  own: boolean,
): ExportedScorecard {
  const { notes, heard, summary, recommendation, submittedAt } = scorecard;
  return {
    rater: name,
    own,
    submittedAt: submittedAt === null ? null : iso(submittedAt),
    recommendation,
    summary,
    ratings: asks.flatMap((ask) => exportedRatings(ask, scorecard)),
    heard: asks.flatMap(({ askId, question }) => {
      const keyPoints = (heard[askId] ?? []).flatMap((index) => question.strongAnswer[index] ?? []);
      return keyPoints.length > 0 ? [{ askId, keyPoints }] : [];
    }),
    notes: notes.map(({ noteId, askId, at, elapsedMs, mark, evidenceFor, text }) => ({
      noteId,
      askId,
      at: iso(at),
      elapsedMs: Math.round(elapsedMs),
      mark,
      evidenceFor,
      text,
    })),
  };
}

function exportedRatings({ askId, number, question }: PanelAsk, { ratings, notes }: ScorecardView): ExportedRating[] {
  return question.criteria.flatMap(({ id, name, anchors }) => {
    const level = ratings[ratingKey(askId, id)];
    if (level === undefined) return [];
    const evidence = notes
      .filter((note) => note.askId === askId && note.evidenceFor === id)
      .map(({ noteId }) => noteId);
    return [
      {
        askId,
        askNumber: number,
        questionId: question.bankId,
        question: question.title,
        criterionId: id,
        criterion: name,
        level,
        anchor: anchors[level - 1] ?? "",
        evidence,
      },
    ];
  });
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
