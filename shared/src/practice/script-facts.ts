import { elapsedOn, remainingMs, type Timer } from "../room/course/timer.ts";
import { ratingKey } from "../room/scorecard/state.ts";
import type { PanelAsk } from "../room/view/asks.ts";
import type { HostView } from "../room/view/host.ts";
import type { OpenFacts, ScriptFacts, Situation } from "./script.ts";

/** What the script goes by, as it is in the view of whoever asks. */

/** When the answer sheet of an ask was seen to change last, or was seen first, in the round's running time. */
export interface AnswerHeard {
  readonly askId: string;
  readonly elapsedMs: number;
}

/** What the person said of the situation, when, and which question was open then. */
export interface SituationSaid {
  readonly situation: Situation;
  readonly askId: string | null;
  readonly elapsedMs: number;
}

export interface HeardSoFar {
  readonly answer: AnswerHeard | null;
  readonly said: SituationSaid | null;
}

type Seen = Pick<HostView, "room" | "timer" | "askTimer" | "plan" | "asks" | "openAskId" | "scorecard" | "quiet">;

const SECOND = 1_000;
/** How far beyond a round's ends a clock may be before it is taken for wrong: a round of peers ends with its time. */
const TOLERANCE = 60 * SECOND;
/** How fast one reads aloud, in characters a second, and how long one takes for that at least and at most. */
const READING = 14;
const READING_LEAST = 20 * SECOND;
const READING_MOST = 90 * SECOND;

/**
 * What the script goes by. `now` in milliseconds since 1970 by the server's clock, null while that is not known; what it says is left out
 * where it cannot be so.
 */
export function factsOf(view: Seen, { answer, said }: HeardSoFar, now: number | null): ScriptFacts {
  const { asks } = view;
  const open = asks.find(({ askId }) => askId === view.openAskId);
  const asked = new Set(asks.map(({ planItemId }) => planItemId));
  const elapsed = runningTime(view.timer, now);
  return {
    course: COURSES[view.room.phase],
    goneMs: elapsed,
    leftMs: elapsed === null ? null : view.timer.totalMs - elapsed,
    asked: asks.length,
    toAsk: view.plan.flatMap(({ itemId, minutes }) => (asked.has(itemId) ? [] : minutes)),
    unrated: asks.reduce((sum, ask) => sum + (ask === open ? 0 : unratedOf(ask, view)), 0),
    open: open ? openFacts(open, view, answer, elapsed) : null,
    said: said && said.askId === view.openAskId ? { situation: said.situation, agoMs: agoOf(said, elapsed) } : null,
  };
}

/** Where no clock can be believed, what was said holds until something else is. */
const agoOf = ({ elapsedMs }: SituationSaid, elapsed: number | null): number =>
  elapsed === null ? 0 : Math.max(0, elapsed - elapsedMs);

const COURSES = { lobby: "ahead", live: "running", paused: "paused", ended: "over" } as const satisfies Record<
  HostView["room"]["phase"],
  ScriptFacts["course"]
>;

/** The round's running time, or null where no clock can be believed. */
export function runningTime(timer: Timer, now: number | null): number | null {
  if (timer.kind === "running" && now === null) return null;
  const left = remainingMs(timer, now ?? 0);
  const isPossible = left >= -TOLERANCE && left <= timer.totalMs + TOLERANCE;
  return isPossible ? elapsedOn(timer, now ?? 0) : null;
}

function openFacts(ask: PanelAsk, view: Seen, answer: AnswerHeard | null, elapsed: number | null): OpenFacts {
  const { question, revealed } = ask;
  const openMs =
    elapsed === null || ask.openSinceMs === null ? null : ask.closedMs + Math.max(0, elapsed - ask.openSinceMs);
  const lastReveal = revealed.reduce<number | null>((last, { elapsedMs }) => Math.max(last ?? 0, elapsedMs), null);
  const isOut = (kind: "hint" | "followUp", index: number) =>
    revealed.some((out) => out.kind === kind && out.index === index);
  return {
    openMs,
    leftMs: openMs === null ? null : (view.askTimer?.totalMs ?? ask.minutes * 60 * SECOND) - openMs,
    readingMs: Math.min(READING_MOST, Math.max(READING_LEAST, (question.prompt.length / READING) * SECOND)),
    hasWritten: ask.answer.trim() !== "",
    // In quiet time nobody knows whether something is written.
    quietMs:
      !view.quiet && elapsed !== null && answer?.askId === ask.askId ? Math.max(0, elapsed - answer.elapsedMs) : null,
    hints: question.hints.map((_, index) => isOut("hint", index)),
    followUps: question.followUps.map((_, index) => isOut("followUp", index)),
    sinceRevealMs: lastReveal === null || elapsed === null ? null : Math.max(0, elapsed - lastReveal),
    keyPoints: question.strongAnswer.length,
    heard: view.scorecard.heard[ask.askId]?.length ?? 0,
    unrated: unratedOf(ask, view),
  };
}

const unratedOf = ({ askId, question }: PanelAsk, { scorecard }: Seen): number =>
  question.criteria.filter(({ id }) => scorecard.ratings[ratingKey(askId, id)] === undefined).length;
