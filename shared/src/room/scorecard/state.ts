import type { Level } from "../../bank.ts";
import { type Written, writtenOnto } from "../../merge.ts";
import { applySplice } from "../../text.ts";
import type { Confidence, NoteMark, NoteMoment, Recommendation } from "./commands.ts";
import type { ScorecardEvent, ScorecardsRead } from "./events.ts";

export interface Note {
  readonly noteId: string;
  readonly askId: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Running time of the interview. */
  readonly elapsedMs: number;
  readonly text: string;
  readonly mark: NoteMark | null;
  readonly evidenceFor: string | null;
  /** The moment of an answer that it points at; absent where it points at none. */
  readonly moment?: NoteMoment | undefined;
}

/** By `ratingKey(askId, criterionId)`. */
export type Ratings = Readonly<Record<string, Level>>;
/** By ask, the key points that were heard, ascending. */
type HeardPoints = Readonly<Record<string, readonly number[]>>;

/** What a rater says of one candidate: the part of a scorecard that they write, and that each version of it keeps. */
interface Judgement {
  readonly ratings: Ratings;
  readonly heard: HeardPoints;
  /** By note. */
  readonly notes: Readonly<Record<string, Note>>;
  readonly summary: string;
  readonly recommendation: Recommendation | null;
  readonly confidence: Confidence | null;
}

/** A scorecard as it was submitted. The first version is what its rater wrote before they could read another's. */
export interface ScorecardVersion extends Judgement {
  /** From 1. */
  readonly number: number;
  readonly submittedAt: number;
  /** Why it was submitted although something was missing. */
  readonly reason: string | null;
  /** Why it was amended; null for the first version. */
  readonly amendment: string | null;
  /** Its rater could read another's scorecard by then. */
  readonly informed: boolean;
}

export interface Scorecard extends Judgement {
  readonly versions: readonly ScorecardVersion[];
  /** Why the submitted scorecard is open again; null where it is not. */
  readonly amendment: string | null;
}

/** Who has read another's scorecard in a round otherwise than by the seat itself. */
export interface Readers {
  readonly seatIds: readonly string[];
  readonly holders: readonly string[];
}

export const noReaders: Readers = { seatIds: [], holders: [] };

export const withRead = (readers: Readers, { seatIds, holders }: ScorecardsRead): Readers => ({
  seatIds: [...readers.seatIds, ...seatIds],
  holders: [...readers.holders, ...holders],
});

/** By rater's seat, what each says of a round's candidate. */
export interface ScorecardsState {
  readonly scorecards: Readonly<Record<string, Scorecard>>;
}

export const emptyScorecard: Scorecard = {
  ratings: {},
  heard: {},
  notes: {},
  summary: "",
  recommendation: null,
  confidence: null,
  versions: [],
  amendment: null,
};

/** Whether nothing in a scorecard can change just now: it is submitted, and not open again. */
export const isLocked = (scorecard: { versions: readonly unknown[]; amendment: string | null }): boolean =>
  scorecard.versions.length > 0 && scorecard.amendment === null;

export const ratingKey = (askId: string, criterionId: string): string => `${askId}/${criterionId}`;

/** `elapsedAt` gives the interview's running time at a moment; both in milliseconds. */
export function evolveScorecards(
  { scorecards }: ScorecardsState,
  event: ScorecardEvent,
  at: number,
  elapsedAt: (moment: number) => number,
): ScorecardsState {
  const before = scorecards[event.seatId] ?? emptyScorecard;
  const after = { ...before, ...changeOf(before, event, at, elapsedAt) };
  return { scorecards: { ...scorecards, [event.seatId]: after } };
}

function changeOf(
  scorecard: Scorecard,
  event: ScorecardEvent,
  at: number,
  elapsedAt: (moment: number) => number,
): Partial<Scorecard> {
  switch (event.type) {
    case "rated":
      return { ratings: withRating(scorecard.ratings, event) };
    case "ticked":
      return { heard: withTick(scorecard.heard, event) };
    case "noteWritten": {
      const { noteId, begunAt, edit } = event;
      const before = scorecard.notes[noteId];
      const text = applySplice(before?.text ?? "", edit);
      const note = noteAfter(before, { ...event, text }, { at: begunAt, elapsedMs: elapsedAt(begunAt) });
      return { notes: { ...scorecard.notes, [noteId]: note } };
    }
    case "noteRemoved":
      return { notes: without(scorecard.notes, event.noteId) };
    case "summaryWritten":
      return { summary: applySplice(scorecard.summary, event.edit) };
    case "recommended":
      return { recommendation: event.recommendation };
    case "confidenceSet":
      return { confidence: event.confidence };
    case "scorecardSubmitted":
      return submitted(scorecard, event, at);
    case "scorecardAmended":
      return { amendment: event.reason };
    case "amendmentDropped":
      return lastVersion(scorecard);
    default:
      return event satisfies never;
  }
}

export function withRating(
  ratings: Ratings,
  { askId, criterionId, level }: { askId: string; criterionId: string; level: Level | null },
): Record<string, Level> {
  const key = ratingKey(askId, criterionId);
  return level === null ? without(ratings, key) : { ...ratings, [key]: level };
}

export function withTick<Points extends readonly number[]>(
  heard: Readonly<Record<string, Points>>,
  { askId, keyPoint, heard: isHeard }: { askId: string; keyPoint: number; heard: boolean },
): Record<string, Points | number[]> {
  const others = (heard[askId] ?? []).filter((index) => index !== keyPoint);
  const points = isHeard ? [...others, keyPoint].sort((a, b) => a - b) : others;
  return points.length > 0 ? { ...heard, [askId]: points } : without(heard, askId);
}

/** A note once that was written into it. One that is new has the given times, and points at what it says; an older one keeps its own. */
export function noteAfter(
  before: Note | undefined,
  { noteId, askId, text, mark, evidenceFor, ...written }: Omit<Note, "at" | "elapsedMs">,
  begun: Pick<Note, "at" | "elapsedMs">,
): Note {
  const { at, elapsedMs } = before ?? begun;
  const moment = before?.moment ?? written.moment;
  return { noteId, askId, at, elapsedMs, text, mark, evidenceFor, ...(moment && { moment: { ...moment } }) };
}

type NoteSigns = Pick<Note, "mark" | "evidenceFor">;

/**
 * What a note says and is marked with, once what somebody has written is in it. A mark that they left as it was is no change, and a note
 * that was removed meanwhile comes back as they have it.
 */
export function noteOnto(
  before: (NoteSigns & Pick<Note, "text">) | undefined,
  written: Written & NoteSigns & { readonly baseSigns?: NoteSigns | undefined },
): NoteSigns & Pick<Note, "text"> {
  const { text, mark, evidenceFor, baseSigns } = written;
  if (!before) return { text, mark, evidenceFor };
  return {
    text: writtenOnto(before.text, written),
    mark: mark === baseSigns?.mark ? before.mark : mark,
    evidenceFor: evidenceFor === baseSigns?.evidenceFor ? before.evidenceFor : evidenceFor,
  };
}

/** Whether a note says what its remover read in it, as far as they say. */
export const isAsRead = ({ text }: Pick<Note, "text">, base: string | undefined): boolean =>
  base === undefined || base === text;

const judgementOf = ({ ratings, heard, notes, summary, recommendation, confidence }: Judgement): Judgement => ({
  ratings,
  heard,
  notes,
  summary,
  recommendation,
  confidence,
});

function submitted(
  scorecard: Scorecard,
  { reason, informed }: Extract<ScorecardEvent, { type: "scorecardSubmitted" }>,
  at: number,
): Partial<Scorecard> {
  const { versions, amendment } = scorecard;
  const version: ScorecardVersion = {
    ...judgementOf(scorecard),
    number: versions.length + 1,
    submittedAt: at,
    reason,
    amendment,
    informed,
  };
  return { versions: [...versions, version], amendment: null };
}

/** A scorecard as it was last submitted. */
function lastVersion({ versions }: Scorecard): Partial<Scorecard> {
  const last = versions.at(-1);
  return last ? { ...judgementOf(last), amendment: null } : { amendment: null };
}

function without<V>(record: Readonly<Record<string, V>>, key: string): Record<string, V> {
  const { [key]: _, ...rest } = record;
  return rest;
}
