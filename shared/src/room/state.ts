import { type AsksState, closeOpenAsk, evolveAsks, noAsks } from "./asks/state.ts";
import { type CallState, evolveCall, openCall } from "./call/state.ts";
import type { RoomOpened, RoundBegun } from "./course/events.ts";
import { type CourseState, elapsedAt, evolveCourse, prepareCourse } from "./course/state.ts";
import { type DecisionState, evolveDecision } from "./decision/state.ts";
import type { RoomEvent } from "./event.ts";
import { evolveFeedback, type FeedbackState, noFeedback } from "./feedback/state.ts";
import { evolveKeeping, type KeepingState, keptForNow } from "./keeping/state.ts";
import { evolveMessages, type MessagesState, nothingSaid } from "./messages/state.ts";
import type { PeerEvent } from "./peers/events.ts";
import { evolvePeers, openPeers, type PeersState, rolesIn, turned } from "./peers/state.ts";
import type { BlindPolicy } from "./scorecard/commands.ts";
import {
  emptyScorecard,
  evolveScorecards,
  noReaders,
  type Readers,
  type ScorecardsState,
  withRead,
} from "./scorecard/state.ts";
import type { SeatRole } from "./seats/commands.ts";
import { evolveSeats, openSeats, type Seat, type SeatsState } from "./seats/state.ts";
import type { QuietEvent } from "./workspace/events.ts";
import { evolveQuiet, hadQuiet, type Quiet, setAside } from "./workspace/state.ts";

/** One candidate being interviewed by the others. */
export interface Round extends CourseState, AsksState, ScorecardsState, DecisionState {
  /** Its place among the rounds, from 1. */
  readonly roundId: number;
  /** The round that it goes on with, as when a candidate is replaced; null for one of its own. */
  readonly continues: number | null;
  /** What seats are in it, where that is not what they came in as. */
  readonly roles: Readonly<Record<string, SeatRole>>;
  readonly feedback: FeedbackState;
  readonly readers: Readers;
  /** Who asked for the scorecards last, and when, in milliseconds since 1970. */
  readonly reminder?: { readonly seatId: string; readonly at: number };
}

export interface RoomState extends SeatsState {
  readonly openedAt: number;
  readonly title: string;
  readonly candidateName: string | null;
  readonly forRole: string | null;
  readonly blindPolicy: BlindPolicy;
  /** Whether the host lets interviewers ask whatever they choose. */
  readonly interviewersAsk: boolean;
  /** Whether the panel may write in documents, or the candidate alone. */
  readonly panelEdits: boolean;
  /** Null where none is under way. */
  readonly quiet: Quiet | null;
  /** Whether large pastes and leaving the page are noted of the candidate. */
  readonly marks: boolean;
  readonly call: CallState;
  readonly messages: MessagesState;
  readonly keeping: KeepingState;
  /** Null in the room of a panel. */
  readonly peers: PeersState | null;
  /** The last one is the current one. */
  readonly rounds: readonly [Round, ...Round[]];
}

export function currentRound({ rounds }: Pick<RoomState, "rounds">): Round {
  return rounds.at(-1) ?? rounds[0];
}

/** Who asks for the scorecards of a round that is over; one who did before it was reopened asks no more. */
export const standingReminder = ({ phase, clock, reminder }: Round): Round["reminder"] =>
  phase === "ended" && reminder && reminder.at >= (clock.endedAt ?? reminder.at) ? reminder : undefined;

/** Whether what people wrote in the room is gone: nobody sees anything of it any more, and what can be counted counts. */
export const isErased = ({ keeping }: Pick<RoomState, "keeping">): boolean => keeping.erasedAt !== null;

export function findRound({ rounds }: Pick<RoomState, "rounds">, roundId: number): Round | undefined {
  return rounds[roundId - 1];
}

/** What a seat is in a round; null where there is no such seat or round. */
export function roleIn(state: RoomState, roundId: number, seatId: string): SeatRole | null {
  const seat = state.seats[seatId];
  const round = findRound(state, roundId);
  return seat && round ? roleOf(round, seat) : null;
}

/** What a seat of the room is in a round. */
export const roleOf = ({ roles }: Round, { seatId, joinedAs }: Seat): SeatRole => roles[seatId] ?? joinedAs;

/** Whether whoever is that in a round scores its candidate. */
export const scores = (role: SeatRole | null): boolean => role === "host" || role === "interviewer";

/** The round of an ask: the one that it was put in, or the newest that continues that one. */
export function roundOfAsk({ rounds }: Pick<RoomState, "rounds">, askId: string): Round | undefined {
  let found = rounds.find((round) => [...round.asks, ...round.takenBack].some((ask) => ask.askId === askId));
  if (!found) return undefined;
  for (const round of rounds) if (round.continues === found.roundId) found = round;
  return found;
}

/** A round, and before it those that it continues, oldest first: one course, as whoever scores it sees it. */
export function roundsBehind(state: Pick<RoomState, "rounds">, round: Round): readonly Round[] {
  const before = round.continues === null ? undefined : findRound(state, round.continues);
  return before ? [...roundsBehind(state, before), round] : [round];
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

function opened(event: RoomOpened, at: number): RoomState {
  const {
    title,
    candidateName,
    forRole,
    blindPolicy,
    interviewersAsk = false,
    marks = false,
    meeting = null,
    host,
    links,
    peers,
  } = event;
  const round: Round = {
    roundId: 1,
    continues: null,
    // Whoever practises alone opens the room and is the one who is asked.
    roles: peers?.people === 1 ? rolesIn([host], 1) : {},
    ...prepareCourse(event),
    ...noAsks(0),
    scorecards: { [host.seatId]: emptyScorecard },
    readers: noReaders,
    decisions: [],
    feedback: noFeedback,
  };
  return {
    openedAt: at,
    title,
    candidateName,
    forRole,
    blindPolicy,
    interviewersAsk,
    panelEdits: true,
    quiet: null,
    marks,
    call: openCall(meeting),
    messages: nothingSaid,
    ...openSeats(host, links),
    keeping: keptForNow,
    peers: peers ? openPeers(peers) : null,
    rounds: [round],
  };
}

function next(state: RoomState, event: Exclude<RoomEvent, { type: "roomOpened" }>, at: number): RoomState {
  switch (event.type) {
    case "roundBegun":
      return {
        ...state,
        rounds: [...state.rounds, begun(state, event)],
        peers: state.peers && turned(state.peers),
      };
    case "seatTaken":
    case "linkIssued":
    case "linkRevoked":
    case "seatReclaimed":
    case "seatsHeldTogether":
    case "seatAdmitted":
    case "seatMovedToLobby":
    case "seatRemoved":
    case "seatLockSet":
    case "observersShown":
    case "handRaised":
    case "handLowered": {
      const seated = { ...state, ...evolveSeats(state, event, at) };
      return event.type === "seatTaken" || event.type === "seatAdmitted" ? withScorecard(seated, event.seatId) : seated;
    }
    case "roomEnded":
      return {
        ...inRound(state, event.roundId, (round) => ({
          ...closeOpenAsk(round, elapsedAt(round.clock, at)),
          ...evolveCourse(round, event, at),
        })),
        peers: state.peers && turned(state.peers),
      };
    case "roomStarted":
      return {
        ...inRound(state, event.roundId, (round) => evolveCourse(round, event, at)),
        peers: state.peers && turned(state.peers),
      };
    case "askingLet":
      return { ...state, interviewersAsk: event.interviewers };
    case "meetingSet":
    case "sharingLet":
      return { ...state, call: evolveCall(state.call, event) };
    case "asideSaid":
    case "saidToAll": {
      const { name = "" } = state.seats[event.seatId] ?? {};
      return { ...state, messages: evolveMessages(state.messages, event, name, at) };
    }
    case "editingLet":
      return { ...state, panelEdits: event.panel };
    case "quietBegan":
    case "quietEnded":
      return quietened(state, event, at);
    case "planArranged":
    case "itemAssigned":
    case "roomPaused":
    case "roomResumed":
    case "roomReopened":
    case "roomExtended":
    case "phaseEntered":
      return inRound(state, event.roundId, (round) => evolveCourse(round, event, at));
    case "asked":
    case "askClosed":
    case "askReopened":
    case "askExtended":
    case "revealed":
    case "revealTakenBack":
    case "answerWritten":
    case "answerFolded":
    case "runKept":
    case "checkKept":
    case "marked":
      return inRound(state, event.roundId, (round) =>
        evolveAsks(round, event, { elapsed: elapsedAt(round.clock, at), at }),
      );
    case "askTakenBack":
      return inRound(state, event.roundId, (round) => ({
        ...evolveAsks(round, event, { elapsed: elapsedAt(round.clock, at), at }),
        ...(event.leavesPhase && { planPhase: round.planPhaseBefore, planPhaseBefore: null }),
      }));
    case "rated":
    case "ticked":
    case "noteWritten":
    case "noteRemoved":
    case "summaryWritten":
    case "recommended":
    case "confidenceSet":
    case "scorecardSubmitted":
    case "scorecardAmended":
    case "amendmentDropped":
      return inRound(state, event.roundId, (round) =>
        evolveScorecards(round, event, at, (moment) => elapsedAt(round.clock, moment)),
      );
    case "scorecardsRead":
      return inRound(state, event.roundId, ({ readers }) => ({ readers: withRead(readers, event) }));
    case "reminded":
      return inRound(state, event.roundId, () => ({ reminder: { seatId: event.seatId, at } }));
    case "decisionRecorded":
      return inRound(state, event.roundId, (round) => evolveDecision(round, event, at));
    case "roomErased":
    case "keptUntilSet":
      return { ...state, keeping: evolveKeeping(state.keeping, event, at) };
    case "hadTold":
    case "wished":
    case "dealt":
    case "dealtTooFew":
    case "dealtSwapped":
    case "readySet":
    case "breathSet":
    case "peerWritten":
    case "interviewingRated":
    case "lettingGo":
    case "lineSaid":
      return amongPeers(state, event, at);
    case "uncovered":
    case "hostMade":
      return inRound(state, event.roundId, ({ roles }) => ({ roles: { ...roles, [event.seatId]: "host" } }));
    case "hostSteppedBack":
      return inRound(state, event.roundId, ({ roles }) => ({ roles: { ...roles, [event.seatId]: "interviewer" } }));
    case "feedbackWritten":
    case "feedbackPublished":
    case "feedbackWithdrawn":
      return inRound(state, event.roundId, (round) => ({ feedback: evolveFeedback(round.feedback, event, at) }));
    default:
      return event satisfies never;
  }
}

function inRound(state: RoomState, roundId: number, change: (round: Round) => Partial<Round>): RoomState {
  const [first, ...others] = state.rounds;
  const changed = (round: Round): Round => (round.roundId === roundId ? { ...round, ...change(round) } : round);
  return { ...state, rounds: [changed(first), ...others.map(changed)] };
}

/** What the candidate wrote stands still for all others from its begin to its end, in whichever round it was asked. */
function quietened(state: RoomState, event: QuietEvent, at: number): RoomState {
  const quiet = evolveQuiet(event, elapsedAt(currentRound(state).clock, at));
  const [first, ...others] = state.rounds;
  const changed = (round: Round): Round => ({ ...round, ...setAside(hadQuiet(round, event), quiet) });
  return { ...state, quiet, rounds: [changed(first), ...others.map(changed)] };
}

/** A round that has not begun has the plan that it was dealt. */
function amongPeers(state: RoomState, event: Exclude<PeerEvent, { type: "uncovered" }>, at: number): RoomState {
  if (!state.peers) return state;
  const peers = evolvePeers(state.peers, event, at);
  const { roundId, phase } = currentRound(state);
  if (phase !== "lobby" || peers.dealt === state.peers.dealt) return { ...state, peers };
  return { ...inRound(state, roundId, () => ({ plan: peers.dealt?.[roundId - 1] ?? [] })), peers };
}

/** Whoever scores has a scorecard from the moment they are let in, so that `after_all` waits for them. */
function withScorecard(state: RoomState, seatId: string): RoomState {
  const { roundId, scorecards: known } = currentRound(state);
  const isLetIn = state.seats[seatId]?.admitted === true && known[seatId] === undefined;
  return isLetIn && scores(roleIn(state, roundId, seatId))
    ? inRound(state, roundId, ({ scorecards }) => ({ scorecards: { ...scorecards, [seatId]: emptyScorecard } }))
    : state;
}

function begun(state: RoomState, { roundId, continues, roles, minutes: given }: RoundBegun): Round {
  const before = continues === null ? undefined : findRound(state, continues);
  if (before) {
    return { ...before, ...noAsks(before.askedBefore + before.asks.length), roundId, continues, roles };
  }
  const { minutes, phases, kit } = currentRound(state);
  const raters = Object.values(state.seats).filter(
    ({ seatId, joinedAs, removed, admitted }) => !removed && admitted && scores(roles[seatId] ?? joinedAs),
  );
  return {
    roundId,
    continues,
    roles,
    ...prepareCourse({ minutes: given ?? minutes, phases, kit, plan: state.peers?.dealt?.[roundId - 1] ?? [] }),
    ...noAsks(0),
    scorecards: Object.fromEntries(raters.map(({ seatId }) => [seatId, emptyScorecard])),
    readers: noReaders,
    decisions: [],
    feedback: noFeedback,
  };
}
