import type { AskedQuestion, Level, PhaseBudget, PhaseKind } from "../bank.ts";
import { emptyFeedback, type Feedback, type FeedbackDraft } from "../feedback.ts";
import { applySplice } from "../text.ts";
import type {
  BlindPolicy,
  Confidence,
  FeedbackLink,
  Link,
  NoteMark,
  Outcome,
  PlanItem,
  Recommendation,
  RevealKind,
  RoomKit,
  SeatRole,
} from "./command.ts";
import type { RoomEvent } from "./event.ts";

export type RoomPhase = "lobby" | "live" | "paused" | "ended";

export interface Seat {
  readonly seatId: string;
  readonly role: SeatRole;
  readonly name: string;
  readonly linkId: string;
  readonly tokenHash: string;
  /** Tokens that opened this seat before it was taken over elsewhere. */
  readonly formerTokenHashes: readonly string[];
  readonly admitted: boolean;
  readonly removed: boolean;
  readonly handRaised: boolean;
}

interface Reveal {
  readonly kind: RevealKind;
  readonly index: number;
  /** Running time of the interview, in milliseconds. */
  readonly elapsed: number;
}

/** Running time of the interview (without its pauses) during which an ask was open, in milliseconds. */
interface Span {
  readonly from: number;
  readonly to: number | null;
}

export interface Ask {
  readonly askId: string;
  /** The seat that it was put to. Whoever takes that place later sees neither the ask nor the answer. */
  readonly candidateId: string;
  /** 1 for the first ask of the room. */
  readonly number: number;
  readonly question: AskedQuestion;
  readonly planItemId: string | null;
  readonly deviation: "none" | "out_of_order" | "not_in_plan";
  readonly minutes: number;
  readonly spans: readonly Span[];
  readonly revealed: readonly Reveal[];
  readonly answer: string;
}

interface Note {
  readonly noteId: string;
  readonly askId: string | null;
  readonly at: number;
  readonly elapsed: number;
  readonly text: string;
  readonly mark: NoteMark | null;
  readonly evidenceFor: string | null;
}

/** What a rater says of one candidate: the part of a scorecard that they write, and that each version of it keeps. */
interface Judgement {
  /** By `ratingKey(askId, criterionId)`. */
  readonly ratings: Readonly<Record<string, Level>>;
  /** By ask, the key points that were heard, ascending. */
  readonly heard: Readonly<Record<string, readonly number[]>>;
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

/** One version of what the panel decided; the last one holds. */
interface PanelDecision {
  readonly outcome: Outcome;
  readonly rationale: string;
  readonly at: number;
  readonly seatId: string;
}

interface FeedbackState {
  readonly draft: FeedbackDraft;
  readonly published: {
    readonly feedback: Feedback;
    readonly at: number;
    readonly link: FeedbackLink;
    readonly withdrawn: boolean;
  } | null;
}

interface RoomLink extends Link {
  readonly revoked: boolean;
}

/** Wall-clock facts from which every timer follows, in milliseconds since 1970. Only the last pause can be open. */
export interface RoomClock {
  readonly startedAt: number | null;
  readonly pauses: readonly { readonly from: number; readonly to: number | null }[];
  readonly endedAt: number | null;
}

export interface RoomState {
  readonly openedAt: number;
  readonly title: string;
  readonly candidateName: string | null;
  readonly forRole: string | null;
  readonly blindPolicy: BlindPolicy;
  readonly minutes: number;
  readonly phases: readonly PhaseBudget[];
  readonly phase: RoomPhase;
  /** The part of the plan that is under way, and the running time at which it was entered. */
  readonly planPhase: { readonly kind: PhaseKind; readonly since: number } | null;
  readonly clock: RoomClock;
  readonly observersShown: boolean;
  readonly links: Readonly<Record<string, RoomLink>>;
  readonly seats: Readonly<Record<string, Seat>>;
  /** The kit that the room was opened from, and the plan that it made. */
  readonly kit: (RoomKit & { readonly plan: readonly PlanItem[] }) | null;
  readonly plan: readonly PlanItem[];
  readonly asks: readonly Ask[];
  readonly openAskId: string | null;
  readonly scorecards: Readonly<Record<string, Scorecard>>;
  readonly decisions: readonly PanelDecision[];
  readonly feedback: FeedbackState;
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

/** Running time of the interview at `at`: since the start, without pauses, until the end; in milliseconds. */
export function elapsedAt({ startedAt, pauses, endedAt }: RoomClock, at: number): number {
  if (startedAt === null) return 0;
  const until = Math.min(at, endedAt ?? at);
  const paused = pauses.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to ?? until, until) - from), 0);
  return Math.max(0, until - startedAt - paused);
}

/**
 * The state after one more event that happened at `at` (ms since 1970). `state` is null only before `roomOpened`.
 * Throws on a log that begins with anything else, which no command can cause.
 */
export function evolve(state: RoomState | null, event: RoomEvent, at: number): RoomState {
  if (event.type === "roomOpened") return opened(event, at);
  if (state === null) throw new Error(`A room's log begins with ${event.type} instead of roomOpened.`);
  return next(state, event, at);
}

function opened(event: Extract<RoomEvent, { type: "roomOpened" }>, at: number): RoomState {
  const { host } = event;
  return {
    openedAt: at,
    title: event.title,
    candidateName: event.candidateName,
    forRole: event.forRole,
    blindPolicy: event.blindPolicy,
    minutes: event.minutes,
    phases: event.phases,
    phase: "lobby",
    planPhase: null,
    clock: { startedAt: null, pauses: [], endedAt: null },
    observersShown: false,
    links: Object.fromEntries(event.links.map((link) => [link.linkId, { ...link, revoked: false }])),
    seats: { [host.seatId]: newSeat({ ...host, role: "host" }) },
    kit: event.kit && { ...event.kit, plan: event.plan },
    plan: event.plan,
    asks: [],
    openAskId: null,
    scorecards: { [host.seatId]: emptyScorecard },
    decisions: [],
    feedback: { draft: emptyFeedback, published: null },
  };
}

function next(state: RoomState, event: Exclude<RoomEvent, { type: "roomOpened" }>, at: number): RoomState {
  const { clock } = state;
  switch (event.type) {
    case "linkIssued":
      return { ...state, links: { ...state.links, [event.link.linkId]: { ...event.link, revoked: false } } };
    case "linkRevoked":
      return changeLink(state, event.linkId, { revoked: true });
    case "seatTaken":
      return takeSeat(state, event);
    case "seatReclaimed":
      return changeSeat(state, event.seatId, (seat) => ({
        tokenHash: event.tokenHash,
        formerTokenHashes: [...seat.formerTokenHashes, seat.tokenHash],
      }));
    case "seatAdmitted":
      return changeSeat(state, event.seatId, () => ({ admitted: true }));
    case "seatRemoved":
      return changeSeat(state, event.seatId, () => ({ removed: true, handRaised: false }));
    case "observersShown":
      return { ...state, observersShown: event.shown };
    case "planArranged":
      return { ...state, plan: event.items };
    case "roomStarted":
      return {
        ...state,
        phase: "live",
        clock: { ...clock, startedAt: at },
        planPhase: state.phases[0] ? { kind: state.phases[0].kind, since: 0 } : null,
      };
    case "roomPaused":
      return { ...state, phase: "paused", clock: { ...clock, pauses: [...clock.pauses, { from: at, to: null }] } };
    case "roomResumed":
      return { ...state, phase: "live", clock: unpaused(clock, at) };
    case "roomEnded":
      return end(state, at);
    case "roomExtended":
      return { ...state, minutes: state.minutes + event.minutes };
    case "askExtended":
      return changeAsk(state, event.askId, (ask) => ({ minutes: ask.minutes + event.minutes }));
    case "phaseEntered":
      return { ...state, planPhase: { kind: event.phase, since: elapsedAt(clock, at) } };
    case "asked":
      return {
        ...state,
        openAskId: event.askId,
        asks: [
          ...state.asks,
          {
            askId: event.askId,
            candidateId: event.candidateId,
            number: state.asks.length + 1,
            question: event.question,
            planItemId: event.planItemId,
            deviation: event.deviation,
            minutes: event.minutes,
            spans: [{ from: elapsedAt(clock, at), to: null }],
            revealed: [],
            answer: "",
          },
        ],
      };
    case "askClosed":
      return closeAsk(state, event.askId, at);
    case "askReopened":
      return {
        ...changeAsk(state, event.askId, (ask) => ({
          spans: [...ask.spans, { from: elapsedAt(clock, at), to: null }],
        })),
        openAskId: event.askId,
      };
    case "revealed":
      return changeAsk(state, event.askId, (ask) => ({
        revealed: [...ask.revealed, { kind: event.kind, index: event.index, elapsed: elapsedAt(clock, at) }],
      }));
    case "answerWritten":
      return changeAsk(state, event.askId, (ask) => ({ answer: applySplice(ask.answer, event.edit) }));
    case "handRaised":
      return changeSeat(state, event.seatId, () => ({ handRaised: true }));
    case "handLowered":
      return changeSeat(state, event.seatId, () => ({ handRaised: false }));
    case "rated":
      return changeScorecard(state, event.seatId, ({ ratings }) => ({ ratings: rate(ratings, event) }));
    case "ticked":
      return changeScorecard(state, event.seatId, ({ heard }) => ({ heard: tick(heard, event) }));
    case "noteWritten":
      return changeScorecard(state, event.seatId, ({ notes }) => ({ notes: writeNote(notes, event, clock) }));
    case "noteRemoved":
      return changeScorecard(state, event.seatId, ({ notes }) => ({ notes: without(notes, event.noteId) }));
    case "summaryWritten":
      return changeScorecard(state, event.seatId, ({ summary }) => ({ summary: applySplice(summary, event.edit) }));
    case "recommended":
      return changeScorecard(state, event.seatId, () => ({ recommendation: event.recommendation }));
    case "confidenceSet":
      return changeScorecard(state, event.seatId, () => ({ confidence: event.confidence }));
    case "scorecardSubmitted":
      return changeScorecard(state, event.seatId, (scorecard) => submitted(scorecard, event, at));
    case "scorecardAmended":
      return changeScorecard(state, event.seatId, () => ({ amendment: event.reason }));
    case "amendmentDropped":
      return changeScorecard(state, event.seatId, lastVersion);
    case "decisionRecorded": {
      const { outcome, rationale, seatId } = event;
      return { ...state, decisions: [...state.decisions, { outcome, rationale, seatId, at }] };
    }
    case "feedbackWritten":
      return { ...state, feedback: { ...state.feedback, draft: event.feedback } };
    case "feedbackPublished":
      return { ...state, feedback: published(state.feedback, event, at) };
    case "feedbackWithdrawn":
      return { ...state, feedback: withdrawn(state.feedback) };
    default:
      return event satisfies never;
  }
}

function newSeat(seat: Pick<Seat, "seatId" | "role" | "name" | "linkId" | "tokenHash">): Seat {
  const { seatId, role, name, linkId, tokenHash } = seat;
  const admitted = role !== "candidate";
  return { seatId, role, name, linkId, tokenHash, formerTokenHashes: [], admitted, removed: false, handRaised: false };
}

function takeSeat(state: RoomState, event: Extract<RoomEvent, { type: "seatTaken" }>): RoomState {
  const seats = { ...state.seats, [event.seatId]: newSeat(event) };
  return event.role === "interviewer"
    ? { ...state, seats, scorecards: { ...state.scorecards, [event.seatId]: emptyScorecard } }
    : { ...state, seats };
}

function unpaused(clock: RoomClock, at: number): RoomClock {
  return { ...clock, pauses: clock.pauses.map(({ from, to }) => ({ from, to: to ?? at })) };
}

function end(state: RoomState, at: number): RoomState {
  const closed = state.openAskId === null ? state : closeAsk(state, state.openAskId, at);
  const clock = unpaused(state.clock, at);
  return { ...closed, phase: "ended", planPhase: null, clock: { ...clock, endedAt: at } };
}

function closeAsk(state: RoomState, askId: string, at: number): RoomState {
  const to = elapsedAt(state.clock, at);
  const closed = changeAsk(state, askId, (ask) => ({
    spans: ask.spans.map((span) => (span.to === null ? { ...span, to } : span)),
  }));
  return { ...closed, openAskId: null };
}

function rate(
  ratings: Scorecard["ratings"],
  { askId, criterionId, level }: Extract<RoomEvent, { type: "rated" }>,
): Scorecard["ratings"] {
  const key = ratingKey(askId, criterionId);
  return level === null ? without(ratings, key) : { ...ratings, [key]: level };
}

function tick(
  heard: Scorecard["heard"],
  { askId, keyPoint, heard: isHeard }: Extract<RoomEvent, { type: "ticked" }>,
): Scorecard["heard"] {
  const others = (heard[askId] ?? []).filter((index) => index !== keyPoint);
  const points = isHeard ? [...others, keyPoint].sort((a, b) => a - b) : others;
  return points.length > 0 ? { ...heard, [askId]: points } : without(heard, askId);
}

function writeNote(
  notes: Scorecard["notes"],
  event: Extract<RoomEvent, { type: "noteWritten" }>,
  clock: RoomClock,
): Scorecard["notes"] {
  const { noteId, askId, mark, evidenceFor, begunAt } = event;
  const before = notes[noteId] ?? { noteId, at: begunAt, elapsed: elapsedAt(clock, begunAt), text: "" };
  return { ...notes, [noteId]: { ...before, askId, text: applySplice(before.text, event.edit), mark, evidenceFor } };
}

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
  { reason, informed }: Extract<RoomEvent, { type: "scorecardSubmitted" }>,
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

function published(
  { draft, published: before }: FeedbackState,
  { feedback, link: newLink }: Extract<RoomEvent, { type: "feedbackPublished" }>,
  at: number,
): FeedbackState {
  const link = newLink ?? before?.link;
  return { draft, published: link ? { feedback, at, link, withdrawn: false } : null };
}

function withdrawn({ draft, published: before }: FeedbackState): FeedbackState {
  return { draft, published: before && { ...before, withdrawn: true } };
}

function without<V>(record: Readonly<Record<string, V>>, key: string): Record<string, V> {
  const { [key]: _, ...rest } = record;
  return rest;
}

function changeLink(state: RoomState, linkId: string, change: Partial<RoomLink>): RoomState {
  const link = state.links[linkId];
  return link ? { ...state, links: { ...state.links, [linkId]: { ...link, ...change } } } : state;
}

function changeSeat(state: RoomState, seatId: string, change: (seat: Seat) => Partial<Seat>): RoomState {
  const seat = state.seats[seatId];
  return seat ? { ...state, seats: { ...state.seats, [seatId]: { ...seat, ...change(seat) } } } : state;
}

function changeAsk(state: RoomState, askId: string, change: (ask: Ask) => Partial<Ask>): RoomState {
  return { ...state, asks: state.asks.map((ask) => (ask.askId === askId ? { ...ask, ...change(ask) } : ask)) };
}

function changeScorecard(
  state: RoomState,
  seatId: string,
  change: (scorecard: Scorecard) => Partial<Scorecard>,
): RoomState {
  const scorecard = state.scorecards[seatId] ?? emptyScorecard;
  return { ...state, scorecards: { ...state.scorecards, [seatId]: { ...scorecard, ...change(scorecard) } } };
}
