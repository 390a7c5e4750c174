import type { z } from "zod";
import { type AskedQuestion, freezeTypedQuestion } from "../../bank.ts";
import { writtenOnto } from "../../merge.ts";
import { spliceBetween } from "../../text.ts";
import type { PlanItem } from "../course/commands.ts";
import type { RoundBegun } from "../course/events.ts";
import { elapsedAt } from "../course/state.ts";
import type { RoomEvent } from "../event.ts";
import { LIMITS } from "../limits.ts";
import { type Refusal, refusal } from "../refusal.ts";
import {
  accept,
  BEFORE_END,
  CANDIDATE,
  type Context,
  type Decision,
  HOST,
  PANEL,
  RUNNING,
  refuse,
  type Scene,
  type SeatRules,
  SINCE_START,
} from "../rule.ts";
import { admittedCandidate } from "../seats/rules.ts";
import { type RoomState, type Round, roundsBehind } from "../state.ts";
import { mayAsk } from "./asking.ts";
import type { askCommands, QuestionSource } from "./commands.ts";
import { type Ask, findAsk } from "./state.ts";

type Command = z.infer<(typeof askCommands)[number]>;
type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;

/** How long after the end an answer that was still on its way is accepted, in milliseconds. */
export const LATE_ANSWER_MS = 15 * 60_000;

/**
 * How long a question or what was revealed of it can be taken back, in milliseconds of running time. Pages offer it for five seconds; a slow
 * network takes the rest.
 */
export const TAKE_BACK_MS = 15_000;

/** What puts something new before the candidate waits while the interview is paused; what takes back, closes or gives time does not. */
export const askRules: SeatRules<Command> = {
  push: { by: HOST, during: ["live"], lent: lentQuestion, decide: push },
  letAsk: { by: HOST, during: BEFORE_END, decide: letAsk },
  closeAsk: { by: HOST, during: RUNNING, lent: lentToItsAsker, decide: closeAsk },
  reopenAsk: { by: HOST, during: ["live"], lent: lentAgain, decide: reopenAsk },
  takeBackAsk: { by: HOST, during: RUNNING, lent: lentToItsAsker, decide: takeBackAsk },
  extendAsk: { by: HOST, during: RUNNING, lent: lentToItsAsker, decide: extendAsk },
  reveal: { by: PANEL, during: ["live"], decide: reveal },
  takeBackReveal: { by: PANEL, during: RUNNING, decide: takeBackReveal },
  writeAnswer: { by: CANDIDATE, during: SINCE_START, decide: writeAnswer },
};

/** What an interviewer would have to be let, so that they can ask what is, or would be, that item of the plan; null where they can. */
function askingOf({ state, round, seat, role }: Scene, itemId: string | null | undefined): string | null {
  const assignedTo = itemId ? round.assigned[itemId] : undefined;
  if (mayAsk({ seatId: seat.seatId, role, interviewersAsk: state.interviewersAsk }, assignedTo)) return null;
  const assigned = assignedTo === undefined ? undefined : state.seats[assignedTo];
  return assigned
    ? `It is assigned to ${assigned.name}. A host can assign it to you, or let interviewers ask.`
    : "A host can let interviewers ask, or assign a question of the plan to you.";
}

function lentQuestion(scene: Scene, { source }: CommandOf<"push">): string | null {
  return askingOf(scene, plannedAs(scene.round, source)?.itemId);
}

/** Whoever asked a question closes it, takes it back and gives it more time. */
function lentToItsAsker({ state, round, seat }: Scene, { askId }: { readonly askId: string }): string | null {
  return writtenIn(state, round, askId)?.ask.askedBy === seat.seatId
    ? null
    : "A host can, and whoever asked the question.";
}

/** To open a question again is to ask it again. */
function lentAgain(scene: Scene, command: CommandOf<"reopenAsk">): string | null {
  return lentToItsAsker(scene, command) ?? askingOf(scene, findAsk(scene.round, command.askId)?.planItemId);
}

function letAsk({ state }: Scene, { interviewers }: CommandOf<"letAsk">): Decision {
  return state.interviewersAsk === interviewers ? accept() : accept({ type: "askingLet", interviewers });
}

function push(scene: Scene, { source, over }: CommandOf<"push">, context: Context): Decision {
  const { openAskId } = scene.round;
  // Two who ask at the same moment would take the candidate from one question to the next.
  if (over !== undefined && openAskId !== null && openAskId !== over) return refuse("asked_meanwhile");
  return ask(scene, source, context);
}

function ask({ state, round, seat, role }: Scene, source: QuestionSource, context: Context): Decision {
  const candidate = admittedCandidate(state, round.roundId);
  if (!candidate) return refuse("nobody_admitted");
  const begun = roundFor(state, round, candidate.seatId);
  const asks = begun ? [] : round.asks;
  const question = questionToAsk({ plan: round.plan, asks }, source, context);
  if ("refusal" in question) return question;
  const { asked, planItemId, minutes } = question;
  return accept(...makingRoom(round), ...(begun ? [begun] : []), {
    type: "asked",
    roundId: begun?.roundId ?? round.roundId,
    askId: context.newId("a"),
    candidateId: candidate.seatId,
    question: asked,
    planItemId,
    minutes,
    deviation: deviationOf({ plan: round.plan, asks }, planItemId),
    ...(role === "interviewer" && { seatId: seat.seatId }),
  });
}

/** Asks the first question of the plan that was not asked yet. */
export function askNextOf(scene: Scene, context: Context): Decision {
  const { plan, asks } = scene.round;
  const next = plan.find(({ itemId }) => !asks.some(({ planItemId }) => planItemId === itemId));
  if (!next) return refuse("unknown_plan_item");
  return ask(scene, { kind: "plan", itemId: next.itemId }, context);
}

/** Whoever takes the place of a candidate of whom something was asked has a round of their own, which goes on where that one stands. */
function roundFor({ rounds }: RoomState, round: Round, candidateId: string): RoundBegun | null {
  if (round.candidateId === null || round.candidateId === candidateId) return null;
  return { type: "roundBegun", roundId: rounds.length + 1, continues: round.roundId, roles: round.roles };
}

/** What happens before an ask opens: the open one closes, and the plan is at its questions. */
function makingRoom({ roundId, openAskId, phases, planPhase }: Round): RoomEvent[] {
  const events: RoomEvent[] = [];
  if (openAskId !== null) events.push({ type: "askClosed", roundId, askId: openAskId });
  if (planPhase?.kind !== "questions" && phases.some(({ kind }) => kind === "questions")) {
    events.push({ type: "phaseEntered", roundId, phase: "questions" });
  }
  return events;
}

interface QuestionToAsk {
  readonly asked: AskedQuestion;
  readonly planItemId: string | null;
  readonly minutes: number;
}

type Course = Pick<Round, "plan" | "asks">;

function questionToAsk(
  { plan, asks }: Course,
  source: QuestionSource,
  context: Context,
): QuestionToAsk | { refusal: Refusal } {
  if (source.kind === "typed") {
    return { asked: freezeTypedQuestion(source), planItemId: null, minutes: source.minutes };
  }
  const item = plannedAs({ plan }, source);
  if (source.kind === "plan" && !item) return { refusal: refusal("unknown_plan_item") };
  const questionId = source.kind === "bank" ? source.questionId : (item?.questionId ?? "");
  const asked = context.question(questionId);
  if (!asked) return { refusal: refusal("unknown_question") };
  if (asks.some((ask) => ask.question.bankId === asked.bankId)) return { refusal: refusal("already_asked") };
  return { asked, planItemId: item?.itemId ?? null, minutes: item?.minutes ?? asked.minutes };
}

/** The item of the plan that a question is asked as. */
function plannedAs({ plan }: Pick<Round, "plan">, source: QuestionSource): PlanItem | undefined {
  if (source.kind === "typed") return undefined;
  return plan.find((planned) =>
    source.kind === "plan" ? planned.itemId === source.itemId : planned.questionId === source.questionId,
  );
}

/** An ask deviates from the plan when an earlier item was not asked yet, or when the plan does not hold it at all. */
function deviationOf({ plan, asks }: Course, planItemId: string | null): Ask["deviation"] {
  if (plan.length === 0) return "none";
  if (planItemId === null) return "not_in_plan";
  const isAsked = ({ itemId, questionId }: PlanItem) =>
    asks.some((ask) => ask.planItemId === itemId || ask.question.bankId === questionId);
  const nextItem = plan.find((item) => !isAsked(item));
  return nextItem?.itemId === planItemId ? "none" : "out_of_order";
}

function closeAsk({ state, round }: Scene, { askId }: CommandOf<"closeAsk">): Decision {
  const asked = askedIn(state, round, askId);
  if (!asked) return refuse("unknown_ask");
  const { roundId, openAskId } = asked.round;
  return openAskId === askId ? accept({ type: "askClosed", roundId, askId }) : accept();
}

function reopenAsk({ state, round }: Scene, { askId }: CommandOf<"reopenAsk">): Decision {
  const ask = findAsk(round, askId);
  if (!ask || ask.candidateId !== admittedCandidate(state, round.roundId)?.seatId) return refuse("unknown_ask");
  if (round.openAskId === askId) return accept();
  return accept(...makingRoom(round), { type: "askReopened", roundId: round.roundId, askId });
}

/** What was asked a moment ago was never asked: it is gone from the candidate's page, and what it closed is open again. */
function takeBackAsk({ state, round }: Scene, { askId }: CommandOf<"takeBackAsk">, { now }: Context): Decision {
  if (round.takenBack.some((ask) => ask.askId === askId)) return accept();
  const ask = findAsk(round, askId);
  if (!ask) return refuse("unknown_ask");
  const [first, ...others] = ask.spans;
  if (!first || others.length > 0 || isPast(round, first.from, now)) return refuse("too_late");
  const { roundId, planPhase, planPhaseBefore, openAskId } = round;
  const taken: RoomEvent = {
    type: "askTakenBack",
    roundId,
    askId,
    leavesPhase: planPhaseBefore !== null && planPhase?.kind === "questions" && planPhase.since === first.from,
  };
  const before = openAskId === askId ? closedAt(round, first.from) : undefined;
  return before && before.candidateId === admittedCandidate(state, roundId)?.seatId
    ? accept(taken, { type: "askReopened", roundId, askId: before.askId })
    : accept(taken);
}

/** The ask that was closed at that running time, as another took its place or the interview ended. */
export const closedAt = ({ asks }: Pick<Round, "asks">, at: number): Ask | undefined =>
  asks.findLast(({ spans }) => spans.at(-1)?.to === at);

const isPast = ({ clock }: Round, since: number, now: number): boolean => elapsedAt(clock, now) - since > TAKE_BACK_MS;

function extendAsk({ state, round }: Scene, { askId, minutes }: CommandOf<"extendAsk">): Decision {
  const asked = askedIn(state, round, askId);
  if (!asked) return refuse("unknown_ask");
  return accept({ type: "askExtended", roundId: asked.round.roundId, askId, minutes });
}

function reveal({ state, round }: Scene, { askId, kind, index }: CommandOf<"reveal">): Decision {
  const asked = askedIn(state, round, askId);
  if (!asked) return refuse("unknown_ask");
  const { question, revealed } = asked.ask;
  const texts = kind === "hint" ? question.hints : question.followUps;
  if (index >= texts.length) return refuse("unknown_reveal");
  if (revealed.some((other) => other.kind === kind && other.index === index)) return accept();
  return accept({ type: "revealed", roundId: asked.round.roundId, askId, kind, index });
}

function takeBackReveal(
  { state, round }: Scene,
  { askId, kind, index }: CommandOf<"takeBackReveal">,
  { now }: Context,
): Decision {
  const asked = askedIn(state, round, askId);
  if (!asked) return refuse("unknown_ask");
  const out = asked.ask.revealed.find((other) => other.kind === kind && other.index === index);
  if (!out) return accept();
  if (isPast(asked.round, out.elapsed, now)) return refuse("too_late");
  return accept({ type: "revealTakenBack", roundId: asked.round.roundId, askId, kind, index });
}

/** An answer that was typed before its ask closed is never lost: it is taken while the room runs and for a while after. */
function writeAnswer(
  { state, round, seat }: Scene,
  { askId, ...written }: CommandOf<"writeAnswer">,
  { now }: Context,
): Decision {
  const { endedAt } = round.clock;
  const isKnown = seat.admitted || seat.movedOut !== null;
  if (!isKnown || (endedAt !== null && now - endedAt > LATE_ANSWER_MS)) return refuse("wrong_phase");
  const asked = writtenIn(state, round, askId);
  if (!asked || asked.ask.candidateId !== seat.seatId) return refuse("unknown_ask");
  const { answer } = asked.ask;
  const text = writtenOnto(answer, written);
  if (text.length > LIMITS.answer) return refuse("too_long");
  const edit = spliceBetween(answer, text);
  return accept({ type: "answerWritten", roundId: asked.round.roundId, askId, edit });
}

export interface Asked {
  readonly round: Round;
  readonly ask: Ask;
}

/** An ask of a round or of one that it continues, with the round that it was put in. */
const askedIn = (state: RoomState, round: Round, askId: string): Asked | undefined =>
  firstBehind(state, round, (asked) => findAsk(asked, askId));

/** As `askedIn`, and of those taken back too: what somebody wrote to one of them meanwhile is kept. */
export const writtenIn = (state: RoomState, round: Round, askId: string): Asked | undefined =>
  firstBehind(state, round, (asked) => findAsk(asked, askId) ?? asked.takenBack.find((taken) => taken.askId === askId));

function firstBehind(state: RoomState, round: Round, find: (asked: Round) => Ask | undefined): Asked | undefined {
  for (const asked of roundsBehind(state, round)) {
    const ask = find(asked);
    if (ask) return { round: asked, ask };
  }
  return undefined;
}
