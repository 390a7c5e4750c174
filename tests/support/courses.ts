import { type PhaseBudget, type PhaseKind, phasePreset, type QuestionLevel } from "@whetstone/shared/bank";
import type { FeedbackDraft } from "@whetstone/shared/feedback";
import type { AnyCommand, Command, RequestedCommand } from "@whetstone/shared/room/command";

import type { Decision } from "@whetstone/shared/room/rule";
import type { BlindPolicy } from "@whetstone/shared/room/scorecard/commands";
import type { InvitedRole, SeatRole } from "@whetstone/shared/room/seats/commands";
import { type Round, roleIn } from "@whetstone/shared/room/state";
import type { Mark } from "@whetstone/shared/room/workspace/marks";
import fc from "fast-check";
import {
  aRun,
  BLIND_POLICIES,
  hashOf,
  MINUTE,
  PANEL_COMMANDS,
  PERMISSIONS,
  QUESTION_IDS,
  Room,
  SCORING_COMMANDS,
  testBank,
} from "./domain.ts";

/**
 * Arbitrary courses of a room, for property tests: how it begins, then commands, time that passes, people who come and come back.
 *
 *     fc.property(beginnings, courses(60), (beginning, course) => {
 *       const room = begin(beginning);
 *       for (const step of course) play(room, step);
 *     })
 */

/** How a random room begins. */
export interface Beginning {
  readonly blindPolicy: BlindPolicy;
  readonly planned: readonly string[];
  readonly phases: readonly PhaseBudget[];
  readonly interviewers: number;
  readonly observers: number;
  /** `replaced`: one was admitted and removed, and another waits, in an interview that goes on. */
  readonly candidate: "absent" | "waiting" | "admitted" | "replaced";
  readonly started: boolean;
  readonly marks: boolean;
  /** Whether somebody captions who was let in. */
  readonly captioned?: boolean;
}

export const beginnings: fc.Arbitrary<Beginning> = fc.record({
  blindPolicy: fc.constantFrom(...BLIND_POLICIES),
  planned: fc.subarray([...QUESTION_IDS]),
  phases: fc.constantFrom(phasePreset(45), phasePreset(60), []),
  interviewers: fc.nat({ max: 3 }),
  observers: fc.nat({ max: 2 }),
  candidate: fc.constantFrom("admitted", "admitted", "admitted", "replaced", "waiting", "absent"),
  started: fc.boolean(),
  marks: fc.boolean(),
});

export function begin(beginning: Beginning, bank = testBank()): Room {
  const { blindPolicy, planned, phases, interviewers, observers, candidate, started, marks } = beginning;
  const room = new Room({ bank, blindPolicy, planned, phases: [...phases], marks });
  for (let i = 0; i < interviewers; i++) room.join("interviewer");
  for (let i = 0; i < observers; i++) room.join("observer");
  const seatId = candidate === "absent" ? null : room.join("candidate");
  if (seatId && candidate !== "waiting") room.must(room.hostId, { type: "admit", seatId });
  if (beginning.captioned) room.captioner();
  if (started) room.act(room.hostId, { type: "start" });
  if (seatId && candidate === "replaced") {
    room.must(room.hostId, { type: "removeSeat", seatId });
    room.join("candidate");
  }
  return room;
}

/**
 * One thing that happens in a random room. Its numbers choose among what the room holds at that moment (and now and then what
 * it does not hold), so that a step makes sense wherever shrinking moves it.
 */
export type Step = CommandStep | WaitStep | JoinStep | RenewLinkStep | PublishStep;

export interface CommandStep {
  readonly kind: "command";
  readonly type: Command["type"];
  readonly seat: number;
  readonly picks: readonly [number, number, number];
  readonly text: string;
}
interface WaitStep {
  readonly kind: "wait";
  readonly ms: number;
}
interface JoinStep {
  readonly kind: "join";
  readonly role: SeatRole;
  readonly link: number;
  readonly named: boolean;
}
interface RenewLinkStep {
  readonly kind: "renewLink";
  readonly role: InvitedRole;
  readonly lifetimeMs: number | null;
}

interface PublishStep {
  readonly kind: "publish";
  readonly link: "keep" | "new";
  readonly seat: number;
}

const numbers = fc.nat({ max: 10_000 });
// Graphemes that share a half of their surrogate pair make splices that cut between the halves.
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", "é", "😀", "😁", "🏁", "م"), maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 12 }),
);

/** How often each command is tried. */
const WEIGHTS: { readonly [T in Command["type"]]: number } = {
  admit: 4,
  moveToLobby: 1,
  removeSeat: 1,
  revokeLink: 1,
  makeHost: 3,
  stepBack: 3,
  lockSeat: 2,
  showObservers: 1,
  arrangePlan: 2,
  assignItem: 3,
  letAsk: 2,
  letEdit: 2,
  letShare: 3,
  sayAside: 2,
  sayToAll: 3,
  keepRun: 2,
  keepCheck: 1,
  beginQuiet: 9,
  endQuiet: 1,
  mark: 2,
  start: 4,
  pause: 2,
  resume: 4,
  end: 1,
  reopenRoom: 2,
  extendRoom: 1,
  extendAsk: 2,
  enterPhase: 2,
  push: 8,
  closeAsk: 2,
  reopenAsk: 2,
  takeBackAsk: 2,
  reveal: 5,
  takeBackReveal: 2,
  rate: 5,
  tick: 4,
  writeNote: 6,
  removeNote: 3,
  writeSummary: 3,
  recommend: 4,
  setConfidence: 2,
  submitScorecard: 5,
  remind: 8,
  amendScorecard: 2,
  dropAmendment: 1,
  recordDecision: 2,
  writeFeedback: 2,
  withdrawFeedback: 1,
  writeAnswer: 6,
  raiseHand: 2,
  lowerHand: 2,
  tellHad: 4,
  wish: 1,
  swapDealt: 2,
  ready: 10,
  extendBreath: 1,
  askNext: 3,
  askAgain: 2,
  writeToPeer: 6,
  rateInterviewing: 4,
  letGo: 5,
  sayLine: 2,
  setMeeting: 1,
};

/** Commands of the given types, weighted as they are tried. */
export function commandSteps(types: readonly Command["type"][] = PANEL_COMMANDS): fc.Arbitrary<CommandStep> {
  return fc.record({
    kind: fc.constant("command" as const),
    type: fc.constantFrom(...types.flatMap((type) => Array<Command["type"]>(WEIGHTS[type]).fill(type))),
    seat: numbers,
    picks: fc.tuple(numbers, numbers, numbers),
    text: texts,
  });
}

const waitSteps: fc.Arbitrary<WaitStep> = fc.record({
  kind: fc.constant("wait" as const),
  ms: fc.oneof(fc.nat({ max: 90_000 }), fc.constantFrom(1, 20 * MINUTE)),
});
const joinSteps: fc.Arbitrary<JoinStep> = fc.record({
  kind: fc.constant("join" as const),
  role: fc.constantFrom("interviewer", "interviewer", "candidate", "candidate", "observer", "captioner", "host"),
  link: numbers,
  named: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
});
const renewLinkSteps: fc.Arbitrary<RenewLinkStep> = fc.record({
  kind: fc.constant("renewLink" as const),
  role: fc.constantFrom("interviewer", "candidate", "observer", "captioner"),
  lifetimeMs: fc.option(fc.nat({ max: 5 * MINUTE })),
});

const publishSteps: fc.Arbitrary<PublishStep> = fc.record({
  kind: fc.constant("publish" as const),
  link: fc.constantFrom("new", "keep"),
  seat: numbers,
});

/** Courses of up to `maxLength` steps: commands of the given types, time that passes, people who come and come back. */
export function courses(
  maxLength: number,
  { types = PANEL_COMMANDS, minLength = 0 }: { types?: readonly Command["type"][]; minLength?: number } = {},
): fc.Arbitrary<Step[]> {
  const step = fc.oneof(
    { arbitrary: commandSteps(types), weight: 16 },
    { arbitrary: waitSteps, weight: 3 },
    { arbitrary: joinSteps, weight: 2 },
    { arbitrary: renewLinkSteps, weight: 1 },
    { arbitrary: publishSteps, weight: 1 },
  );
  return fc.array<Step>(step, { minLength, maxLength, size: "max" });
}

/** Rooms in which an interview has begun, for `scoredCourses`. */
export const scoredBeginnings = beginnings.map(
  (beginning): Beginning => ({ ...beginning, candidate: "admitted", started: true }),
);

/** Interviews that come to their end, and in which most scorecards are submitted after it. */
export const scoredCourses: fc.Arbitrary<Step[]> = fc
  .tuple(
    courses(30, {
      types: [
        "push",
        "push",
        "reveal",
        "writeAnswer",
        "pause",
        "resume",
        "closeAsk",
        "removeSeat",
        ...SCORING_COMMANDS,
      ],
    }),
    commandSteps(["end"]).map((step): CommandStep => ({ ...step, seat: 1 })),
    courses(40, { types: [...SCORING_COMMANDS, "recommend", "submitScorecard", "submitScorecard", "removeSeat"] }),
  )
  .map(([during, end, after]) => [...during, end, ...after]);

type Joining = Extract<RequestedCommand, { type: "join" }>;

/** What a step came to: nothing was decided when time passed. */
export type Played =
  | { readonly by: "seat"; readonly seatId: string; readonly command: AnyCommand; readonly decision: Decision }
  | { readonly by: "bearer"; readonly secretHash: string; readonly command: Joining; readonly decision: Decision }
  | { readonly by: "time" };

export function play(room: Room, step: Step): Played {
  switch (step.kind) {
    case "command": {
      const seatId = seatFor(room, step);
      return bySeat(room, seatId, commandFor(room, seatId, step));
    }
    case "wait":
      room.wait(step.ms);
      return { by: "time" };
    case "join":
      return byBearer(room, secretFor(room, step), room.joining(nameFor(room, step)));
    case "renewLink": {
      const linkId = room.newId("l");
      const expiresAt = step.lifetimeMs === null ? null : room.now + step.lifetimeMs;
      const hash = hashOf(1_000_000 + Number(linkId.slice(2)));
      return bySeat(room, room.hostId, { type: "issueLink", link: { linkId, role: step.role, hash, expiresAt } });
    }
    case "publish":
      return bySeat(room, publisherFor(room, step), publishFor(room, step));
    default:
      return step satisfies never;
  }
}

const isSecret = ({ type }: AnyCommand): boolean =>
  type === "publishFeedback" || SCORING_COMMANDS.some((scoring) => scoring === type);

/** Whose secret a step is, that nobody else may notice; null where it is none. */
export function keeperOf(played: Played): string | null {
  switch (played.by) {
    case "seat":
      return isSecret(played.command) ? played.seatId : null;
    case "bearer":
    case "time":
      return null;
    default:
      return played satisfies never;
  }
}

/** Does in another room, at the moment `now`, what was done in the first. */
export function repeat(room: Room, played: Played, now: number): Played {
  room.now = now;
  switch (played.by) {
    case "seat":
      return bySeat(room, played.seatId, played.command);
    case "bearer":
      return byBearer(room, played.secretHash, played.command);
    case "time":
      return played;
    default:
      return played satisfies never;
  }
}

const bySeat = (room: Room, seatId: string, command: AnyCommand): Played => ({
  by: "seat",
  seatId,
  command,
  decision: room.act(seatId, command),
});
const byBearer = (room: Room, secretHash: string, command: Joining): Played => ({
  by: "bearer",
  secretHash,
  command,
  decision: room.bring(secretHash, command),
});

/** Mostly by the newest link for that kind of seat, whatever became of it; else by an older one, or by a seat's own token. */
function secretFor(room: Room, { role, link }: JoinStep): string {
  const hashes = Object.values(room.state.links)
    .filter((other) => other.role === role)
    .map((other) => other.hash);
  const tokens = Object.values(room.state.seats)
    .filter((seat) => seat.joinedAs === role)
    .flatMap((seat) => [seat.tokenHash, ...seat.formerTokenHashes]);
  return link % 4 > 1 ? (hashes.at(-1) ?? UNKNOWN.hash) : choose(link % 4 === 0 ? hashes : tokens, link, UNKNOWN.hash);
}

const nameFor = (room: Room, { role, named }: JoinStep): string | null =>
  named ? `⟦name of ${role} ${room.commits.length}⟧` : null;

/** Mostly the host, now and then another seat. */
const publisherFor = (room: Room, { seat }: PublishStep): string =>
  seat % 6 === 0 ? choose(Object.keys(room.state.seats), seat, UNKNOWN.seat) : room.hostId;

function publishFor(room: Room, { link, seat }: PublishStep): RequestedCommand {
  if (link === "keep") return { type: "publishFeedback", link: null };
  const linkId = room.newId("l");
  const expiresAt = seat % 4 === 0 ? room.now + MINUTE : null;
  const hash = hashOf(2_000_000 + Number(linkId.slice(2)));
  return { type: "publishFeedback", link: { linkId, hash, expiresAt } };
}

const UNKNOWN = {
  seat: "s_never-seated-here",
  ask: "a_never-asked-here",
  link: "l_never-made-here",
  item: "p_never-planned-here",
  question: "no-such-question",
  criterion: "no-such-criterion",
  hash: hashOf(0xdead),
};

/** Mostly one of the items; `other` for one number in eight, and where there are none. */
function choose<T>(items: readonly T[], n: number, other: T): T {
  return n % 8 === 0 ? other : (items[Math.floor(n / 8) % items.length] ?? other);
}

function pickFrom<T>(items: readonly [T, ...T[]], n: number): T {
  return items[n % items.length] ?? items[0];
}

/** What an interviewer may do who is let ask. */
const LENT: ReadonlySet<Command["type"]> = new Set(["push", "closeAsk", "reopenAsk", "takeBackAsk", "extendAsk"]);

/** Mostly a seat that may give the command; one time in six any seat, removed and unknown ones included. */
function seatFor({ state, round }: Room, { type, seat }: CommandStep): string {
  const seats = Object.values(state.seats);
  const allowed = seats.filter(({ seatId, removed }) => {
    const role = roleIn(state, round.roundId, seatId);
    const isLent = state.interviewersAsk && role === "interviewer" && LENT.has(type);
    return !removed && role !== null && (isLent || PERMISSIONS[type].by.includes(role));
  });
  const choice = seat % 6 === 0 || allowed.length === 0 ? seats : allowed;
  return choose(choice, Math.floor(seat / 6), choice[0] ?? { seatId: UNKNOWN.seat }).seatId;
}

/** The command of a step; always one that its schema accepts. Texts begin with the mark of who wrote them. */
function commandFor({ state, round, asks, bank }: Room, seatId: string, step: CommandStep): Command {
  const { type } = step;
  const [a, b, c] = step.picks;
  const mark = `⟦${seatId} ${type}⟧`;
  const written = (before = "") => (b % 9 === 0 ? "" : mark + edited(before.replace(mark, ""), step));
  const scorecard = round.scorecards[seatId];
  const askId = choose(
    a % 3 === 0 && round.openAskId !== null ? [round.openAskId] : asks.map((ask) => ask.askId),
    a,
    UNKNOWN.ask,
  );
  const criteria = asks.find((ask) => ask.askId === askId)?.question.criteria.map(({ id }) => id) ?? [];
  const anySeat = () => choose(Object.keys(state.seats), a, UNKNOWN.seat);
  const questionId = choose(
    bank.questions.map(({ id }) => id),
    b,
    UNKNOWN.question,
  );
  // Six identifiers, so that notes are written anew, changed, removed, and named like another's.
  const noteId = `n_00000000000${b % 6}`;
  switch (type) {
    case "admit":
    case "lowerHand":
    case "moveToLobby":
    case "removeSeat":
    case "makeHost":
      return { type, seatId: anySeat() };
    case "lockSeat":
      return { type, seatId: anySeat(), locked: b % 2 === 0 };
    case "revokeLink":
      return { type, linkId: choose(Object.keys(state.links), a, UNKNOWN.link) };
    case "showObservers":
      return { type, shown: a % 2 === 0 };
    case "letAsk":
      return { type, interviewers: a % 2 === 0 };
    case "beginQuiet":
      return { type, askId, minutes: 1 + (b % 30) };
    case "endQuiet":
      return { type, askId };
    case "letShare":
      return { type, candidate: a % 2 === 0 };
    case "letEdit":
      return { type, panel: a % 2 === 0 };
    case "mark":
      return {
        type,
        askId,
        mark: pickFrom<Mark>([{ kind: "left" }, { kind: "back" }, { kind: "pasted", characters: 200 + (c % 500) }], b),
        ageMs: (c % 5) * 1_000,
      };
    case "assignItem": {
      const itemId = choose(
        round.plan.map((item) => item.itemId),
        b,
        UNKNOWN.item,
      );
      return { type, itemId, seatId: c % 5 === 0 ? null : anySeat() };
    }
    case "arrangePlan": {
      const ids = [QUESTION_IDS[a % 4], QUESTION_IDS[b % 4], c % 8 === 0 ? UNKNOWN.question : QUESTION_IDS[c % 4]];
      const items = ids.slice(0, a % 4).map((id, index) => ({
        itemId: `p_arranged0000${(b + (c % 5 === 1 ? 0 : index)) % 10}`,
        questionId: id ?? UNKNOWN.question,
        minutes: 1 + (c % 9),
      }));
      return { type, items };
    }
    case "start":
    case "pause":
    case "resume":
    case "end":
    case "reopenRoom":
    case "dropAmendment":
    case "remind":
    case "withdrawFeedback":
    case "raiseHand":
    case "stepBack":
      return { type };
    case "submitScorecard":
      return { type, reason: a % 5 === 0 ? null : `${mark} for a reason` };
    case "amendScorecard":
      return { type, reason: `${mark} ${a % 3}` };
    case "recordDecision":
      return { type, outcome: pickFrom(["advance", "decline", "hold"] as const, a), rationale: `${mark} ${b % 3}` };
    case "writeFeedback":
      return { type, feedback: feedbackOf(mark + step.text, step.picks) };
    case "setConfidence":
      return { type, confidence: pickFrom(["low", "medium", "high", null] as const, c) };
    case "extendRoom":
      return { type, minutes: 1 + (a % 60) };
    case "extendAsk":
      return { type, askId, minutes: 1 + (b % 60) };
    case "enterPhase":
      return { type, phase: pickFrom<PhaseKind>(["introduction", "questions", "candidate_questions", "wrap_up"], a) };
    case "push":
      return {
        type,
        source: sourceFor(round, questionId, mark + step.text, step.picks),
        ...(c % 7 === 0 && { over: askId }),
      };
    case "closeAsk":
    case "reopenAsk":
    case "takeBackAsk":
      return { type, askId };
    case "reveal":
    case "takeBackReveal":
      return { type, askId, kind: b % 2 === 0 ? "hint" : "followUp", index: c % 4 };
    case "rate": {
      const level = pickFrom<1 | 2 | 3 | 4 | null>([1, 2, 3, 4, null], c);
      return { type, askId, criterionId: choose(criteria, b, UNKNOWN.criterion), level };
    }
    case "tick":
      return { type, askId, keyPoint: b % 5, heard: c % 3 > 0 };
    case "writeNote": {
      const on = a % 4 === 0 ? null : askId;
      const text = written(scorecard?.notes[noteId]?.text);
      const mark = pickFrom<"strength" | "concern" | null>(["strength", "concern", null], b);
      const evidenceFor = c % 4 === 0 ? choose(criteria, Math.floor(c / 4), UNKNOWN.criterion) : null;
      return { type, noteId, askId: on, text, mark, evidenceFor, ageMs: (c % 7) * 20_000 };
    }
    case "removeNote":
      return { type, noteId };
    case "writeSummary":
      return { type, text: written(scorecard?.summary) };
    case "recommend": {
      const recommendation = pickFrom(["strong_no", "no", "yes", "strong_yes", null] as const, c);
      return { type, recommendation };
    }
    case "keepRun":
    case "keepCheck": {
      const { workspace } = asks.find((ask) => ask.askId === askId)?.question ?? {};
      const given = (workspace?.tests ?? []).filter(({ visible }) => visible || type === "keepCheck");
      const tests = c % 2 === 0 ? given.map(() => ({ outcome: "passed" as const, message: mark, line: null })) : [];
      const pieces = [{ kind: "printed" as const, isError: c % 3 === 0, text: mark }];
      return { type, askId, run: aRun({ language: workspace?.language === "sql" ? "sql" : "python", pieces, tests }) };
    }
    case "writeAnswer":
      return { type, askId, text: written(asks.find((ask) => ask.askId === askId)?.answer) };
    case "tellHad":
      return { type, questionIds: bank.questions.map(({ id }) => id).filter((_, index) => (a + b * index) % 5 === 1) };
    case "wish": {
      const levels = pickFrom<readonly QuestionLevel[]>([["working"], ["working", "advanced"], ["research"]], a);
      return {
        type,
        wishes: { levels: [...levels], topics: [], minutes: pickFrom([25, 40] as const, b), kitId: null },
      };
    }
    case "swapDealt": {
      const items = state.peers?.dealt?.flat().map(({ itemId }) => itemId) ?? [];
      return { type, roundId: 1 + (b % 3), itemId: choose(items, a, UNKNOWN.item) };
    }
    case "ready":
      return { type, roundId: b % 7 === 0 ? 1 + (a % 3) : round.roundId, isReady: c % 5 > 0 };
    case "extendBreath":
      return { type, roundId: round.roundId };
    case "askNext":
      return { type };
    case "askAgain":
      return { type, questionIds: [asks.at(a % Math.max(1, asks.length))?.question.bankId ?? UNKNOWN.question] };
    case "writeToPeer": {
      const roundId = 1 + (a % state.rounds.length);
      const part = pickFrom(["wentWell", "tryNext", "toInterviewer"] as const, c);
      return { type, roundId, part, text: written(state.peers?.given[roundId]?.[seatId]?.texts[part]) };
    }
    case "rateInterviewing": {
      const criterionId = pickFrom(["clarity", "listening", "hints"] as const, b);
      return {
        type,
        roundId: 1 + (a % state.rounds.length),
        criterionId,
        level: pickFrom([1, 2, 3, 4, null] as const, c),
      };
    }
    case "letGo":
      return { type, gives: b % 4 > 0 };
    case "sayLine":
      return { type, lineId: `m_00000000000${b % 9}`, text: `${mark}said` };
    case "sayAside":
      return { type, lineId: `m_10000000000${b % 9}`, text: `${mark}said` };
    case "sayToAll":
      return { type, lineId: `m_20000000000${b % 9}`, candidateId: anySeat(), text: `${mark}said` };
    case "setMeeting":
      return { type, url: a % 3 === 0 ? null : `https://meet.example.org/${b}` };
    default:
      return type satisfies never;
  }
}

function feedbackOf(text: string, [a, b, c]: CommandStep["picks"]): FeedbackDraft {
  return {
    message: a % 2 === 0 ? text : "",
    strengths: b % 2 === 0 ? [text] : [],
    concerns: c % 2 === 0 ? [text, ""] : [],
    questions: pickFrom(["none", "asked", "levels"] as const, c),
    namesPanel: a % 3 === 0,
  };
}

/** A text as somebody types on: one time in three written anew, else with some of it replaced. */
function edited(before: string, { text, picks: [a, b, c] }: CommandStep): string {
  if (a % 3 === 0) return text;
  const from = b % (before.length + 1);
  return before.slice(0, from) + text + before.slice(from + (c % 3));
}

function sourceFor(
  round: Round,
  questionId: string,
  prompt: string,
  [a, , c]: CommandStep["picks"],
): Extract<Command, { type: "push" }>["source"] {
  switch (c % 3) {
    case 0: {
      const itemIds = round.plan.map(({ itemId }) => itemId);
      return { kind: "plan", itemId: choose(itemIds, a, UNKNOWN.item) };
    }
    case 1:
      return { kind: "bank", questionId };
    default:
      return { kind: "typed", prompt: prompt.trim(), minutes: 1 + (c % 60) };
  }
}

const { WHETSTONE_SEED, WHETSTONE_RUNS, WHETSTONE_RUNS_MOST } = process.env;
const SEED = Number(WHETSTONE_SEED ?? 20_260_105);

/**
 * How a property is run. Seed and number of cases are fixed, so that a run tells about the change and not about luck;
 * `npm run test:seeds` gives other ones, to search further, and `npm run test:mutants` fewer cases, as it runs them for each mutant.
 */
export const propertyRuns = (numRuns: number): { seed: number; numRuns: number } => ({
  seed: SEED,
  numRuns: Math.min(Math.max(numRuns, Number(WHETSTONE_RUNS ?? 0)), Number(WHETSTONE_RUNS_MOST ?? Infinity)),
});

/** Seeds for what is played over a real server, which takes some hundred times as long as a case of a property. */
export const sessionSeeds = (count: number): number[] => {
  const first = WHETSTONE_SEED === undefined ? 1 : SEED;
  const many = Math.max(count, Math.round(Number(WHETSTONE_RUNS ?? 0) / 200));
  return Array.from({ length: many }, (_, index) => first + index);
};
