import { type AskedQuestion, freezeTypedQuestion } from "../bank.ts";
import { isComplete, missingIn } from "../scorecard.ts";
import { spliceBetween } from "../text.ts";
import { debriefIsOpen, mayRead } from "./blindness.ts";
import {
  type Command,
  LIMITS,
  type Link,
  type Opening,
  type PlanItem,
  type PlanRequest,
  type SeatRole,
  type ServerCommand,
} from "./command.ts";
import type { RoomEvent } from "./event.ts";
import { composeFeedback, isEmptyFeedback } from "./feedback.ts";
import { type Refusal, type RefusalReason, refusal } from "./refusal.ts";
import {
  type Ask,
  emptyScorecard,
  isLocked,
  type RoomPhase,
  type RoomState,
  type Scorecard,
  type Seat,
} from "./state.ts";
import { view } from "./view.ts";

/** What a decision may know besides the room: all that is impure is passed in. */
export interface Context {
  /** The server's time in milliseconds since 1970. */
  readonly now: number;
  /** A fresh identifier with the given prefix letter. */
  readonly newId: (prefix: "a" | "s") => string;
  /** The bank's question, frozen; undefined when the bank has none of that name. */
  readonly question: (questionId: string) => AskedQuestion | undefined;
}

export type Decision = { readonly events: readonly RoomEvent[] } | { readonly refusal: Refusal };

/** How long after the end an answer that was still on its way is accepted, in milliseconds. */
export const LATE_ANSWER_MS = 15 * 60_000;

const accept = (...events: RoomEvent[]): Decision => ({ events });
const refuse = (reason: RefusalReason): Decision => ({ refusal: refusal(reason) });

/** The first event of a room. `host` and `links` carry identifiers and hashes that the server made. */
export function openRoom(
  opening: Opening,
  host: { seatId: string; linkId: string; tokenHash: string },
  links: Link[],
  context: Pick<Context, "question">,
): Decision {
  const plan = planned(opening.plan, [], context);
  if (!plan) return refuse("unknown_question");
  const { hostName, ...room } = opening;
  return accept({ type: "roomOpened", ...room, plan, host: { ...host, name: hostName }, links });
}

/** Decides a seat's command. Total: every command in every state is answered with events or with a refusal. */
export function decide(state: RoomState, seatId: string, command: Command, context: Context): Decision {
  const seat = state.seats[seatId];
  if (!seat) return refuse("unknown_seat");
  if (seat.removed) return refuse("seat_removed");
  return byRule(command.type, state, seat, command, context);
}

/** Decides a command of the server's own routes, on behalf of a holder of a link or of the host. */
export function decideServer(state: RoomState, command: ServerCommand, context: Context): Decision {
  switch (command.type) {
    case "issueLink":
      return issueLink(state, command.link);
    case "join":
      return join(state, command, context);
    case "publishFeedback":
      return publishFeedback(state, command, context);
    default:
      return command satisfies never;
  }
}

interface Rule<C> {
  readonly by: readonly SeatRole[];
  readonly during: readonly RoomPhase[];
  readonly decide: (state: RoomState, seat: Seat, command: C, context: Context) => Decision;
}

type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;

const HOST: readonly SeatRole[] = ["host"];
const PANEL: readonly SeatRole[] = ["host", "interviewer"];
const CANDIDATE: readonly SeatRole[] = ["candidate"];
const ANYTIME: readonly RoomPhase[] = ["lobby", "live", "paused", "ended"];
const BEFORE_END: readonly RoomPhase[] = ["lobby", "live", "paused"];
const RUNNING: readonly RoomPhase[] = ["live", "paused"];
const SINCE_START: readonly RoomPhase[] = ["live", "paused", "ended"];

/** Every command: who may give it, in which phases, and what it does. */
const RULES: { readonly [T in Command["type"]]: Rule<CommandOf<T>> } = {
  admit: { by: HOST, during: BEFORE_END, decide: admit },
  removeSeat: { by: HOST, during: ANYTIME, decide: removeSeat },
  revokeLink: { by: HOST, during: ANYTIME, decide: revokeLink },
  showObservers: {
    by: HOST,
    during: ANYTIME,
    decide: (_state, _seat, { shown }) => accept({ type: "observersShown", shown }),
  },
  arrangePlan: { by: HOST, during: BEFORE_END, decide: arrangePlan },
  start: { by: HOST, during: ["lobby"], decide: start },
  pause: { by: HOST, during: ["live"], decide: () => accept({ type: "roomPaused" }) },
  resume: { by: HOST, during: ["paused"], decide: () => accept({ type: "roomResumed" }) },
  end: { by: HOST, during: RUNNING, decide: () => accept({ type: "roomEnded" }) },
  extendRoom: {
    by: HOST,
    during: BEFORE_END,
    decide: (_state, _seat, { minutes }) => accept({ type: "roomExtended", minutes }),
  },
  extendAsk: { by: HOST, during: RUNNING, decide: extendAsk },
  enterPhase: { by: HOST, during: RUNNING, decide: enterPhase },
  push: { by: HOST, during: ["live"], decide: push },
  closeAsk: { by: HOST, during: RUNNING, decide: closeAsk },
  reopenAsk: { by: HOST, during: ["live"], decide: reopenAsk },
  reveal: { by: PANEL, during: RUNNING, decide: reveal },
  rate: { by: PANEL, during: SINCE_START, decide: rate },
  tick: { by: PANEL, during: SINCE_START, decide: tick },
  writeNote: { by: PANEL, during: ANYTIME, decide: writeNote },
  removeNote: { by: PANEL, during: ANYTIME, decide: removeNote },
  writeSummary: { by: PANEL, during: SINCE_START, decide: writeSummary },
  recommend: { by: PANEL, during: SINCE_START, decide: recommend },
  setConfidence: { by: PANEL, during: SINCE_START, decide: setConfidence },
  submitScorecard: { by: PANEL, during: ["ended"], decide: submitScorecard },
  amendScorecard: { by: PANEL, during: ["ended"], decide: amendScorecard },
  dropAmendment: { by: PANEL, during: ["ended"], decide: dropAmendment },
  recordDecision: { by: HOST, during: ["ended"], decide: recordDecision },
  writeFeedback: {
    by: HOST,
    during: ["ended"],
    decide: (_state, _seat, { feedback }) => accept({ type: "feedbackWritten", feedback }),
  },
  withdrawFeedback: { by: HOST, during: ["ended"], decide: withdrawFeedback },
  writeAnswer: { by: CANDIDATE, during: SINCE_START, decide: writeAnswer },
  raiseHand: { by: CANDIDATE, during: BEFORE_END, decide: raiseHand },
  lowerHand: { by: ["host", "interviewer", "candidate"], during: ANYTIME, decide: lowerHand },
};

function byRule<T extends Command["type"]>(
  type: T,
  state: RoomState,
  seat: Seat,
  command: CommandOf<T>,
  context: Context,
): Decision {
  const rule = RULES[type];
  if (!rule.by.includes(seat.role)) return refuse("wrong_seat");
  if (!rule.during.includes(state.phase)) return refuse("wrong_phase");
  return rule.decide(state, seat, command, context);
}

// Links and seats

function issueLink(state: RoomState, link: Link): Decision {
  const replaced = Object.values(state.links)
    .filter((other) => other.role === link.role && !other.revoked)
    .map((other): RoomEvent => ({ type: "linkRevoked", linkId: other.linkId }));
  return accept(...replaced, { type: "linkIssued", link });
}

function join(
  state: RoomState,
  { linkHash, name, tokenHash }: Extract<ServerCommand, { type: "join" }>,
  { now, newId }: Context,
): Decision {
  const own = seatOfSecret(state, linkHash);
  if (own) return accept({ type: "seatReclaimed", seatId: own.seatId, tokenHash });
  const link = findLink(state, linkHash);
  if (!link) return refuse("unknown_link");
  const problem = linkProblem(link, now);
  if (problem) return refuse(problem);

  const seat = seatOfLink(state, link.role);
  if (seat) return accept({ type: "seatReclaimed", seatId: seat.seatId, tokenHash });

  if (name === null) return refuse("malformed");
  if (state.phase === "ended") return refuse("wrong_phase");
  const seated = Object.values(state.seats).filter((other) => !other.removed);
  if (seated.length >= LIMITS.seats) return refuse("room_full");
  return accept({ type: "seatTaken", seatId: newId("s"), role: link.role, name, linkId: link.linkId, tokenHash });
}

/** The room's link with that hash, revoked and expired ones included. */
export function findLink(state: RoomState, linkHash: string): RoomState["links"][string] | undefined {
  return Object.values(state.links).find((link) => link.hash === linkHash);
}

/**
 * The seat whose own token has that hash, or had it: a seat's token is also its holder's way back from elsewhere, and takes
 * the seat back after it was opened there. It dies with the seat.
 */
export function seatOfSecret(state: RoomState, hash: string): Seat | undefined {
  return Object.values(state.seats).find(
    (seat) => !seat.removed && (seat.tokenHash === hash || seat.formerTokenHashes.includes(hash)),
  );
}

/** Why a link does not open anything at `now`, or null when it does. */
export function linkProblem(
  link: RoomState["links"][string],
  now: number,
): Extract<RefusalReason, "link_revoked" | "link_expired"> | null {
  if (link.revoked) return "link_revoked";
  return link.expiresAt !== null && link.expiresAt <= now ? "link_expired" : null;
}

/** The seat that a link leads back to: host and candidate are one person each, the other links seat many. */
export function seatOfLink(state: RoomState, role: SeatRole): Seat | undefined {
  if (role !== "host" && role !== "candidate") return undefined;
  return Object.values(state.seats).find((seat) => seat.role === role && !seat.removed);
}

function admit(state: RoomState, _seat: Seat, { seatId }: CommandOf<"admit">): Decision {
  const seat = state.seats[seatId];
  if (!seat || seat.removed) return refuse("unknown_seat");
  return seat.admitted ? accept() : accept({ type: "seatAdmitted", seatId });
}

/** The link through which a removed person came is revoked with the seat, so that they cannot come in again. */
function removeSeat(state: RoomState, host: Seat, { seatId }: CommandOf<"removeSeat">): Decision {
  const seat = state.seats[seatId];
  if (!seat || seat.removed) return refuse("unknown_seat");
  if (seat.seatId === host.seatId) return refuse("wrong_seat");
  const links = Object.values(state.links)
    .filter((link) => link.role === seat.role && !link.revoked)
    .map((link): RoomEvent => ({ type: "linkRevoked", linkId: link.linkId }));
  return accept({ type: "seatRemoved", seatId }, ...links);
}

function revokeLink(state: RoomState, _seat: Seat, { linkId }: CommandOf<"revokeLink">): Decision {
  const link = state.links[linkId];
  if (!link || link.role === "host") return refuse("unknown_link");
  return link.revoked ? accept() : accept({ type: "linkRevoked", linkId });
}

// The plan and the course of the interview

function arrangePlan(state: RoomState, _seat: Seat, { items }: CommandOf<"arrangePlan">, context: Context): Decision {
  if (new Set(items.map((item) => item.itemId)).size < items.length) return refuse("malformed");
  const plan = planned(items, state.plan, context);
  return plan ? accept({ type: "planArranged", items: plan }) : refuse("unknown_question");
}

/** The items with what a list shows of them, from the plan as it was or from the bank; null when a question is in neither. */
function planned(
  requests: readonly (PlanRequest & { readonly probes?: readonly string[] })[],
  before: readonly PlanItem[],
  { question }: Pick<Context, "question">,
): PlanItem[] | null {
  const items: PlanItem[] = [];
  for (const request of requests) {
    const item = before.find(({ questionId }) => questionId === request.questionId);
    const known = item ?? question(request.questionId);
    if (!known) return null;
    const { title, topic, level } = known;
    items.push({ ...request, title, topic, level, probes: [...(request.probes ?? item?.probes ?? [])] });
  }
  return items;
}

function start(state: RoomState): Decision {
  return admittedCandidate(state) ? accept({ type: "roomStarted" }) : refuse("nobody_admitted");
}

function admittedCandidate(state: RoomState): Seat | undefined {
  const candidate = seatOfLink(state, "candidate");
  return candidate?.admitted ? candidate : undefined;
}

function enterPhase(state: RoomState, _seat: Seat, { phase }: CommandOf<"enterPhase">): Decision {
  if (!state.phases.some((budget) => budget.kind === phase)) return refuse("malformed");
  return state.planPhase?.kind === phase ? accept() : accept({ type: "phaseEntered", phase });
}

function push(state: RoomState, _seat: Seat, { source }: CommandOf<"push">, context: Context): Decision {
  const candidate = admittedCandidate(state);
  if (!candidate) return refuse("nobody_admitted");
  // What was asked of a candidate who was removed counts for nothing with the next one.
  const asks = state.asks.filter((ask) => ask.candidateId === candidate.seatId);
  const question = questionToAsk({ ...state, asks }, source, context);
  if ("refusal" in question) return question;
  const { asked, planItemId, minutes } = question;
  return accept(...makingRoom(state), {
    type: "asked",
    askId: context.newId("a"),
    candidateId: candidate.seatId,
    question: asked,
    planItemId,
    minutes,
    deviation: deviationOf({ ...state, asks }, planItemId),
  });
}

/** What happens before an ask opens: the open one closes, and the plan is at its questions. */
function makingRoom({ openAskId, phases, planPhase }: RoomState): RoomEvent[] {
  const events: RoomEvent[] = [];
  if (openAskId !== null) events.push({ type: "askClosed", askId: openAskId });
  if (planPhase?.kind !== "questions" && phases.some(({ kind }) => kind === "questions")) {
    events.push({ type: "phaseEntered", phase: "questions" });
  }
  return events;
}

interface QuestionToAsk {
  readonly asked: AskedQuestion;
  readonly planItemId: string | null;
  readonly minutes: number;
}

function questionToAsk(
  state: RoomState,
  source: CommandOf<"push">["source"],
  context: Context,
): QuestionToAsk | { refusal: Refusal } {
  if (source.kind === "typed") {
    return { asked: freezeTypedQuestion(source), planItemId: null, minutes: source.minutes };
  }
  const item = state.plan.find((planned) =>
    source.kind === "plan" ? planned.itemId === source.itemId : planned.questionId === source.questionId,
  );
  if (source.kind === "plan" && !item) return { refusal: refusal("unknown_plan_item") };
  const questionId = source.kind === "bank" ? source.questionId : (item?.questionId ?? "");
  const asked = context.question(questionId);
  if (!asked) return { refusal: refusal("unknown_question") };
  if (state.asks.some((ask) => ask.question.bankId === asked.bankId)) return { refusal: refusal("already_asked") };
  return { asked, planItemId: item?.itemId ?? null, minutes: item?.minutes ?? asked.minutes };
}

/** An ask deviates from the plan when an earlier item was not asked yet, or when the plan does not hold it at all. */
function deviationOf({ plan, asks }: RoomState, planItemId: string | null): Ask["deviation"] {
  if (plan.length === 0) return "none";
  if (planItemId === null) return "not_in_plan";
  const isAsked = ({ itemId, questionId }: PlanItem) =>
    asks.some((ask) => ask.planItemId === itemId || ask.question.bankId === questionId);
  const nextItem = plan.find((item) => !isAsked(item));
  return nextItem?.itemId === planItemId ? "none" : "out_of_order";
}

function closeAsk(state: RoomState, _seat: Seat, { askId }: CommandOf<"closeAsk">): Decision {
  if (!findAsk(state, askId)) return refuse("unknown_ask");
  return state.openAskId === askId ? accept({ type: "askClosed", askId }) : accept();
}

function reopenAsk(state: RoomState, _seat: Seat, { askId }: CommandOf<"reopenAsk">): Decision {
  const ask = findAsk(state, askId);
  if (!ask || ask.candidateId !== admittedCandidate(state)?.seatId) return refuse("unknown_ask");
  return state.openAskId === askId ? accept() : accept(...makingRoom(state), { type: "askReopened", askId });
}

function extendAsk(state: RoomState, _seat: Seat, { askId, minutes }: CommandOf<"extendAsk">): Decision {
  return findAsk(state, askId) ? accept({ type: "askExtended", askId, minutes }) : refuse("unknown_ask");
}

function reveal(state: RoomState, _seat: Seat, { askId, kind, index }: CommandOf<"reveal">): Decision {
  const ask = findAsk(state, askId);
  if (!ask) return refuse("unknown_ask");
  const texts = kind === "hint" ? ask.question.hints : ask.question.followUps;
  if (index >= texts.length) return refuse("unknown_reveal");
  const isOut = ask.revealed.some((revealed) => revealed.kind === kind && revealed.index === index);
  return isOut ? accept() : accept({ type: "revealed", askId, kind, index });
}

// The scorecard

/** What the seat has scored so far, or the refusal that nothing in it can change any more. */
function draftOf(state: RoomState, seat: Seat): { scorecard: Scorecard } | { refusal: Refusal } {
  const scorecard = state.scorecards[seat.seatId] ?? emptyScorecard;
  return isLocked(scorecard) ? { refusal: refusal("scorecard_locked") } : { scorecard };
}

function rate(state: RoomState, seat: Seat, { askId, criterionId, level }: CommandOf<"rate">): Decision {
  const ask = findAsk(state, askId);
  if (!ask) return refuse("unknown_ask");
  if (!hasCriterion(ask, criterionId)) return refuse("unknown_criterion");
  const draft = draftOf(state, seat);
  return "refusal" in draft ? draft : accept({ type: "rated", seatId: seat.seatId, askId, criterionId, level });
}

function tick(state: RoomState, seat: Seat, { askId, keyPoint, heard }: CommandOf<"tick">): Decision {
  const ask = findAsk(state, askId);
  if (!ask) return refuse("unknown_ask");
  if (keyPoint >= ask.question.strongAnswer.length) return refuse("unknown_reveal");
  const draft = draftOf(state, seat);
  return "refusal" in draft ? draft : accept({ type: "ticked", seatId: seat.seatId, askId, keyPoint, heard });
}

function writeNote(state: RoomState, seat: Seat, command: CommandOf<"writeNote">, { now }: Context): Decision {
  const { noteId, askId, text, mark, evidenceFor, ageMs } = command;
  const ask = askId === null ? null : findAsk(state, askId);
  if (ask === undefined) return refuse("unknown_ask");
  if (evidenceFor !== null && !(ask && hasCriterion(ask, evidenceFor))) return refuse("unknown_criterion");
  const draft = draftOf(state, seat);
  if ("refusal" in draft) return draft;
  const { notes } = draft.scorecard;
  const before = notes[noteId];
  if (!before && Object.keys(notes).length >= LIMITS.notes) return refuse("too_many");
  const edit = spliceBetween(before?.text ?? "", text);
  const begunAt = before?.at ?? Math.max(state.openedAt, now - ageMs);
  return accept({ type: "noteWritten", seatId: seat.seatId, noteId, askId, begunAt, edit, mark, evidenceFor });
}

function removeNote(state: RoomState, seat: Seat, { noteId }: CommandOf<"removeNote">): Decision {
  const draft = draftOf(state, seat);
  if ("refusal" in draft) return draft;
  if (!draft.scorecard.notes[noteId]) return refuse("unknown_note");
  return accept({ type: "noteRemoved", seatId: seat.seatId, noteId });
}

function writeSummary(state: RoomState, seat: Seat, { text }: CommandOf<"writeSummary">): Decision {
  const draft = draftOf(state, seat);
  if ("refusal" in draft) return draft;
  const edit = spliceBetween(draft.scorecard.summary, text);
  return accept({ type: "summaryWritten", seatId: seat.seatId, edit });
}

function recommend(state: RoomState, seat: Seat, { recommendation }: CommandOf<"recommend">): Decision {
  const draft = draftOf(state, seat);
  return "refusal" in draft ? draft : accept({ type: "recommended", seatId: seat.seatId, recommendation });
}

function setConfidence(state: RoomState, seat: Seat, { confidence }: CommandOf<"setConfidence">): Decision {
  const draft = draftOf(state, seat);
  return "refusal" in draft ? draft : accept({ type: "confidenceSet", seatId: seat.seatId, confidence });
}

/** Submits what there is; where something is missing, with the reason why. */
function submitScorecard(
  state: RoomState,
  { seatId, ...seat }: Seat,
  { reason }: CommandOf<"submitScorecard">,
): Decision {
  const draft = draftOf(state, { ...seat, seatId });
  if ("refusal" in draft) return draft;
  const { scorecard } = draft;
  const missing = missingIn(state.asks, { ...scorecard, notes: Object.values(scorecard.notes) });
  const isWhole = isComplete(missing);
  if (!isWhole && reason === null) return refuse("reason_missing");
  const informed = Object.keys(state.scorecards).some((ownerId) => mayRead(state, seatId, ownerId));
  return accept({ type: "scorecardSubmitted", seatId, reason: isWhole ? null : reason, informed });
}

/** Opens a submitted scorecard again. Others go on reading the version that was submitted last. */
function amendScorecard(state: RoomState, { seatId }: Seat, { reason }: CommandOf<"amendScorecard">): Decision {
  const { versions, amendment } = state.scorecards[seatId] ?? emptyScorecard;
  if (versions.length === 0) return refuse("not_submitted");
  if (versions.length > LIMITS.amendments) return refuse("too_many");
  return amendment === reason ? accept() : accept({ type: "scorecardAmended", seatId, reason });
}

function dropAmendment(state: RoomState, { seatId }: Seat): Decision {
  const { amendment } = state.scorecards[seatId] ?? emptyScorecard;
  return amendment === null ? accept() : accept({ type: "amendmentDropped", seatId });
}

// After the scorecards: the panel's decision, and what the candidate is told

function recordDecision(
  state: RoomState,
  { seatId }: Seat,
  { outcome, rationale }: CommandOf<"recordDecision">,
): Decision {
  if (!debriefIsOpen(state, seatId)) return refuse("still_blind");
  if (state.decisions.length >= LIMITS.decisions) return refuse("too_many");
  const last = state.decisions.at(-1);
  if (last?.outcome === outcome && last.rationale === rationale) return accept();
  return accept({ type: "decisionRecorded", seatId, outcome, rationale });
}

/** Freezes the feedback as the host has it, under the link that is in use or under a new one. */
function publishFeedback(
  state: RoomState,
  { seatId, link }: Extract<ServerCommand, { type: "publishFeedback" }>,
  { now }: Context,
): Decision {
  const seen = view(state, seatId);
  if (seen === null) return refuse("unknown_seat");
  if (seen.role !== "host") return refuse("wrong_seat");
  if (state.phase !== "ended") return refuse("wrong_phase");
  if (!seen.debriefOpen) return refuse("still_blind");
  const { draft, published } = state.feedback;
  if (isEmptyFeedback(draft)) return refuse("feedback_empty");
  if (link === null && (!published || published.withdrawn || feedbackLinkProblem(published.link, now))) {
    return refuse("unknown_link");
  }
  return accept({ type: "feedbackPublished", feedback: composeFeedback(seen, draft), link });
}

/** Why the feedback's link opens nothing at `now`, or null when it does. */
export function feedbackLinkProblem(
  { expiresAt }: { readonly expiresAt: number | null },
  now: number,
): "link_expired" | null {
  return expiresAt !== null && expiresAt <= now ? "link_expired" : null;
}

function withdrawFeedback(state: RoomState): Decision {
  const { published } = state.feedback;
  return published && !published.withdrawn ? accept({ type: "feedbackWithdrawn" }) : accept();
}

// The candidate

/** An answer that was typed before its ask closed is never lost: it is taken while the room runs and for a while after. */
function writeAnswer(
  state: RoomState,
  seat: Seat,
  { askId, text }: CommandOf<"writeAnswer">,
  { now }: Context,
): Decision {
  const { endedAt } = state.clock;
  if (!seat.admitted || (endedAt !== null && now - endedAt > LATE_ANSWER_MS)) return refuse("wrong_phase");
  const ask = findAsk(state, askId);
  if (!ask || ask.candidateId !== seat.seatId) return refuse("unknown_ask");
  return accept({ type: "answerWritten", askId, edit: spliceBetween(ask.answer, text) });
}

function raiseHand(_state: RoomState, seat: Seat): Decision {
  return seat.handRaised ? accept() : accept({ type: "handRaised", seatId: seat.seatId });
}

function lowerHand(state: RoomState, seat: Seat, { seatId }: CommandOf<"lowerHand">): Decision {
  if (seat.role === "candidate" && seatId !== seat.seatId) return refuse("wrong_seat");
  const raised = state.seats[seatId];
  if (!raised) return refuse("unknown_seat");
  return raised.handRaised ? accept({ type: "handLowered", seatId }) : accept();
}

function findAsk(state: RoomState, askId: string): Ask | undefined {
  return state.asks.find((ask) => ask.askId === askId);
}

function hasCriterion(ask: Ask, criterionId: string): boolean {
  return ask.question.criteria.some((criterion) => criterion.id === criterionId);
}
