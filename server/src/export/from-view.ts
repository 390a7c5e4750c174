import { competencyNames, courseOf, type Debrief, debriefOf, unsubmitted } from "@whetstone/shared/debrief";
import { titleOf } from "@whetstone/shared/question-title";
import { remainingMs } from "@whetstone/shared/room/course/timer";
import type { NoteMoment } from "@whetstone/shared/room/scorecard/commands";
import { ratingKey } from "@whetstone/shared/room/scorecard/state";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { JudgementView, VersionView } from "@whetstone/shared/room/view/scorecards";
import type { PanelView } from "@whetstone/shared/room/view/view";
import { candidateOfRound, rateable } from "@whetstone/shared/scorecard";
import { type ExportedBoards, NO_BOARDS } from "./boards.ts";
import { grouped } from "./grouped.ts";
import { exportedMessages } from "./messages.ts";
import { exportedPlan } from "./plan.ts";
import type {
  ExportedCriterion,
  ExportedJudgement,
  ExportedRating,
  ExportedScorecard,
  RoomExport,
} from "./room-export.ts";
import { exportedRuns } from "./runs.ts";

/** What `view` holds as an export made at `now` (milliseconds since 1970), with the boards of its asks as they were read for it. */
export function roomExport(view: PanelView, now: number, boards: ExportedBoards = NO_BOARDS): RoomExport {
  const { room, people, asks, you } = view;
  const usedMs = room.startedAt === null ? 0 : view.timer.totalMs - remainingMs(view.timer, now);
  const course = courseOf(view);
  const debrief = debriefOf(view);
  const missing = unsubmitted(view) ?? [];
  return {
    format: "whetstone-room",
    version: 2,
    exportedAt: iso(now),
    exportedBy: you.name,
    room: {
      title: room.title,
      candidate: candidateOfRound(view) ?? room.candidateName,
      forRole: room.forRole,
      kit: view.kit?.title ?? null,
      phase: room.phase,
      blindPolicy: room.blindPolicy,
      minutes: room.minutes,
      usedMs: Math.round(usedMs),
      openedAt: iso(room.openedAt),
      startedAt: room.startedAt === null ? null : iso(room.startedAt),
      endedAt: room.endedAt === null ? null : iso(room.endedAt),
    },
    people: people.map(({ name, role }) => ({ name, role })),
    plan: exportedPlan(view, usedMs),
    asks: asks.map((ask) => ({ ...exportedAsk(ask, usedMs, view), ...drawnTo(ask, boards) })),
    deviations: {
      notAsked: course.notAsked.map(({ title }) => title),
      added: course.added.map(({ question }) => titleOf(question)),
      outOfOrder: course.outOfOrder.map(({ question }) => titleOf(question)),
    },
    scorecards: [
      ...exportedScorecard({ ...you, own: true }, view.scorecard.versions, view.scorecard, view),
      ...view.others.flatMap((other) => exportedScorecard({ ...other, own: false }, other.versions, undefined, view)),
    ],
    ...(missing.length > 0 && { unsubmitted: missing.map(({ seatId, name }) => ({ seatId, rater: name })) }),
    ...exportedMessages(view),
    debrief: debrief && exportedDebrief(debrief),
    decisions: view.decisions.map(({ outcome, rationale, at, by }) => ({ outcome, rationale, at: iso(at), by })),
  };
}

function exportedAsk(ask: PanelAsk, usedMs: number, { people }: PanelView): RoomExport["asks"][number] {
  const { number, askId, question, planItemId, deviation, minutes, askedAtMs, closedMs, openSinceMs, answer } = ask;
  return {
    number,
    askId,
    question: { ...question, title: titleOf(question) },
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
    ...exportedRuns(ask, people),
    ...(ask.askedBy && { askedBy: ask.askedBy.name }),
  };
}

function drawnTo({ askId }: PanelAsk, boards: ExportedBoards): Pick<RoomExport["asks"][number], "board"> {
  const board = boards.get(askId);
  return board ? { board } : {};
}

interface Rater {
  readonly seatId: string;
  readonly name: string;
  readonly own: boolean;
}

/** What holds of a scorecard: the version that was submitted last, or one's own draft where none was. */
function exportedScorecard(
  { seatId, name, own }: Rater,
  versions: readonly VersionView[],
  draft: JudgementView | undefined,
  view: PanelView,
): ExportedScorecard[] {
  const submitted = versions.at(-1);
  const holds = submitted ?? draft;
  if (!holds) return [];
  return [
    {
      seatId,
      rater: name,
      own,
      ...exportedJudgement(holds, view),
      submitted: submitted ? submission(submitted) : null,
      earlier: versions
        .slice(0, -1)
        .map((version) => ({ ...exportedJudgement(version, view), ...submission(version) })),
    },
  ];
}

const submission = ({ number, submittedAt, reason, amendment, informed }: VersionView) => ({
  version: number,
  submittedAt: iso(submittedAt),
  incompleteBecause: reason,
  amendedBecause: amendment,
  informed,
});

function exportedJudgement(judgement: JudgementView, view: PanelView): ExportedJudgement {
  const { asks } = view;
  const { recommendation, confidence, summary, heard, notes } = judgement;
  const bound = grouped(notes, ({ askId, evidenceFor }) => ratingKey(askId ?? "", evidenceFor ?? ""));
  return {
    recommendation,
    confidence,
    summary,
    ...exportedRatings(judgement, view, bound),
    heard: asks.flatMap(({ askId, question }) => {
      const keyPoints = (heard[askId] ?? []).flatMap((index) => question.strongAnswer[index] ?? []);
      return keyPoints.length > 0 ? [{ askId, keyPoints }] : [];
    }),
    notes: notes.map(({ noteId, askId, at, elapsedMs, mark, evidenceFor, moment, text }) => ({
      noteId,
      askId,
      at: iso(at),
      elapsedMs: Math.round(elapsedMs),
      mark,
      evidenceFor,
      ...(moment && { moment: exportedMoment(moment, asks) }),
      text,
    })),
  };
}

function exportedMoment({ askId, elapsedMs }: NoteMoment, asks: PanelView["asks"]) {
  const askedAtMs = asks.find((ask) => ask.askId === askId)?.askedAtMs ?? 0;
  return { askId, elapsedMs, answerMs: Math.max(0, Math.round(elapsedMs - askedAtMs)) };
}

function exportedDebrief({ raters, competencies, overall, rows, pairs, unrated }: Debrief): RoomExport["debrief"] {
  return {
    overall,
    raters: raters.map((rater) => ({ seatId: rater.seatId, rater: rater.name, overall: rater.overall })),
    competencies: competencies.map(({ name, weight, reason, score, byRater, distribution }) => ({
      name,
      weight,
      reason,
      score,
      byRater: [...byRater],
      distribution: [...distribution],
    })),
    criteria: rows.map(({ ask, criterion, competencies: names, cells, spread }) => ({
      askNumber: ask.number,
      question: titleOf(ask.question),
      criterionId: criterion.id,
      criterion: criterion.name,
      competencies: [...names],
      levels: cells.map(({ level }) => level),
      spread,
    })),
    pairs: pairs.map(({ one, other, shared, apart, leaning, equal }) => ({
      one,
      other,
      shared,
      apart,
      leaning,
      equal,
    })),
    unrated: unrated.map(({ ask, criterion }) => ({
      askNumber: ask.number,
      question: titleOf(ask.question),
      criterion: criterion.name,
    })),
  };
}

/** What of the asks is rated and what is not, in their order. */
function exportedRatings(
  { ratings }: JudgementView,
  view: PanelView,
  bound: ReadonlyMap<string, readonly JudgementView["notes"][number][]>,
): Pick<ExportedJudgement, "ratings" | "unrated"> {
  const rated: ExportedRating[] = [];
  const unrated: ExportedCriterion[] = [];
  for (const { ask, criterion } of rateable(view.asks)) {
    const { askId, number, question } = ask;
    const about: ExportedCriterion = {
      askId,
      askNumber: number,
      questionId: question.bankId,
      question: titleOf(question),
      criterionId: criterion.id,
      criterion: criterion.name,
      competencies: [...competencyNames(view, { ask, criterion })],
    };
    const key = ratingKey(askId, criterion.id);
    const level = ratings[key];
    if (level === undefined) unrated.push(about);
    else {
      const evidence = (bound.get(key) ?? []).map(({ noteId }) => noteId);
      rated.push({ ...about, level, anchor: criterion.anchors[level - 1] ?? "", evidence });
    }
  }
  return { ratings: rated, unrated };
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
