import { z } from "zod";
import { AskedQuestion, Level, PhaseBudget, PhaseKind } from "../bank.ts";
import { Feedback, FeedbackDraft, type FeedbackPage } from "../feedback.ts";
import { asksOfRound } from "../scorecard.ts";
import { debriefIsOpen, mayRead } from "./blindness.ts";
import {
  BlindPolicy,
  Confidence,
  InvitedRole,
  NoteMark,
  Outcome,
  PlanItem,
  Recommendation,
  RevealKind,
  RoomKit,
  SeatRole,
} from "./command.ts";
import { type Ask, emptyScorecard, type RoomState, type Scorecard, type ScorecardVersion, type Seat } from "./state.ts";
import { askTimer, planPhaseTimer, roomTimer, spentOn, Timer } from "./timer.ts";

/**
 * What each seat may see of a room. Every view is built from nothing, field by field; nothing else about a room leaves the
 * server. Parts are cached by the identity of the state they are made of, so that an unchanged part is the same object
 * in the next view and costs nothing to compare.
 */

const RoomPhase = z.enum(["lobby", "live", "paused", "ended"]);

const CandidatePerson = z.strictObject({ seatId: z.string(), name: z.string(), role: SeatRole });

/** What was put to the candidate of one ask: the prompt, and hints and follow-ups once revealed. */
const CandidateAsk = z.strictObject({
  askId: z.string(),
  number: z.int(),
  prompt: z.string(),
  revealed: z.array(z.strictObject({ kind: RevealKind, text: z.string() })),
  answer: z.string(),
});

export const CandidateView = z.strictObject({
  role: z.literal("candidate"),
  you: z.strictObject({ seatId: z.string(), name: z.string(), admitted: z.boolean(), handRaised: z.boolean() }),
  room: z.strictObject({ title: z.string(), phase: RoomPhase, planPhase: PhaseKind.nullable() }),
  people: z.array(CandidatePerson),
  timer: Timer,
  ask: CandidateAsk.nullable(),
  askTimer: Timer.nullable(),
});
export type CandidateView = z.infer<typeof CandidateView>;

const PanelPerson = CandidatePerson.extend({ admitted: z.boolean(), handRaised: z.boolean() });
export type PanelPerson = z.infer<typeof PanelPerson>;

const PanelAsk = z.strictObject({
  askId: z.string(),
  candidateId: z.string(),
  number: z.int(),
  question: AskedQuestion,
  planItemId: z.string().nullable(),
  deviation: z.enum(["none", "out_of_order", "not_in_plan"]),
  minutes: z.int(),
  askedAtMs: z.number().describe("Running time of the interview when it was first asked."),
  closedMs: z.number().describe("Running time that it was open, without the span that is still open."),
  openSinceMs: z.number().nullable(),
  revealed: z.array(z.strictObject({ kind: RevealKind, index: z.int(), elapsedMs: z.number() })),
  answer: z.string(),
});
export type PanelAsk = z.infer<typeof PanelAsk>;

const QuestionsView = z.strictObject({
  you: z.strictObject({ seatId: z.string(), name: z.string() }),
  room: z.strictObject({
    title: z.string(),
    candidateName: z.string().nullable(),
    forRole: z.string().nullable(),
    phase: RoomPhase,
    minutes: z.int(),
    phases: z.array(PhaseBudget),
    blindPolicy: BlindPolicy,
    observersShown: z.boolean(),
    openedAt: z.number(),
    startedAt: z.number().nullable(),
    endedAt: z.number().nullable(),
  }),
  people: z.array(PanelPerson),
  timer: Timer,
  planPhase: z.strictObject({ kind: PhaseKind, timer: Timer.nullable() }).nullable(),
  kit: RoomKit.extend({ plan: z.array(PlanItem).describe("As it was when the room was opened.") }).nullable(),
  plan: z.array(PlanItem),
  asks: z.array(PanelAsk),
  openAskId: z.string().nullable(),
  askTimer: Timer.nullable(),
});

export const ObserverView = QuestionsView.extend({ role: z.literal("observer") });
export type ObserverView = z.infer<typeof ObserverView>;

const NoteView = z.strictObject({
  noteId: z.string(),
  askId: z.string().nullable(),
  at: z.number().describe("Milliseconds since 1970."),
  elapsedMs: z.number().describe("Running time of the interview."),
  text: z.string(),
  mark: NoteMark.nullable(),
  evidenceFor: z.string().nullable(),
});
export type NoteView = z.infer<typeof NoteView>;

const JudgementView = z.strictObject({
  ratings: z.record(z.string(), Level).describe("By `askId/criterionId`."),
  heard: z.record(z.string(), z.array(z.int())).describe("By askId, the indices of the key points that were heard."),
  notes: z.array(NoteView),
  summary: z.string(),
  recommendation: Recommendation.nullable(),
  confidence: Confidence.nullable(),
});

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

const ScoringView = QuestionsView.extend({
  scorecard: ScorecardView.describe("The viewer's own."),
  debriefOpen: z.boolean().describe("The room's policy opens the submitted scorecards to this viewer."),
  others: z.array(OtherScorecard).describe("What was submitted, once that is so."),
  decisions: z.array(DecisionView).describe("Every version, once that is so."),
});

export const InterviewerView = ScoringView.extend({ role: z.literal("interviewer") });
export type InterviewerView = z.infer<typeof InterviewerView>;

const LinkView = z.strictObject({
  linkId: z.string(),
  role: InvitedRole,
  expiresAt: z.number().nullable(),
  revoked: z.boolean(),
});
export type LinkView = z.infer<typeof LinkView>;

const FeedbackView = z.strictObject({
  draft: FeedbackDraft,
  published: z
    .strictObject({
      feedback: Feedback,
      at: z.number().describe("Milliseconds since 1970."),
      linkId: z.string(),
      expiresAt: z.number().nullable(),
      withdrawn: z.boolean(),
    })
    .nullable(),
});

export const HostView = ScoringView.extend({
  role: z.literal("host"),
  feedback: FeedbackView.describe("What the candidate is to be told."),
  links: z.array(LinkView).describe("The newest link for each kind of seat, without its secret."),
});
export type HostView = z.infer<typeof HostView>;

export type PanelView = HostView | InterviewerView;

export const View = z.discriminatedUnion("role", [HostView, InterviewerView, CandidateView, ObserverView]);
export type View = z.infer<typeof View>;

type Questions = Omit<ObserverView, "role" | "you">;
type Scoring = Pick<InterviewerView, "scorecard" | "debriefOpen" | "others" | "decisions">;
type Hosting = Pick<HostView, "feedback" | "links">;

/**
 * A view in parts that have no key in common. Who sees the same is given the same object, and so is who sees nothing new, so
 * that a part is built and compared once for all of them. Their number tells the role.
 */
export type ViewParts =
  | readonly [CandidateView]
  | readonly [Pick<ObserverView, "role" | "you">, Questions]
  | readonly [Pick<InterviewerView, "role" | "you">, Questions, Scoring]
  | readonly [Pick<HostView, "role" | "you">, Questions, Scoring, Hosting];

/** What the given seat may see, or null when there is no such seat or it was removed. */
export function view(state: RoomState, seatId: string): View | null {
  const parts = viewParts(state, seatId);
  return parts && joined(parts);
}

/** The view that `view` gives, in its parts. */
export function viewParts(state: RoomState, seatId: string): ViewParts | null {
  const seat = state.seats[seatId];
  if (!seat || seat.removed) return null;
  switch (seat.role) {
    case "candidate":
      return [candidateView(state, seat)];
    case "observer":
      return [{ role: "observer", you: you(seat) }, questions(state)];
    case "interviewer":
      return [{ role: "interviewer", you: you(seat) }, questions(state), scoring(state, seat)];
    case "host":
      return [{ role: "host", you: you(seat) }, questions(state), scoring(state, seat), hosting(state)];
    default:
      return seat.role satisfies never;
  }
}

/** The whole view of its parts. */
export function joined(parts: ViewParts): View {
  switch (parts.length) {
    case 1:
      return parts[0];
    case 2:
      return { ...parts[0], ...parts[1] };
    case 3:
      return { ...parts[0], ...parts[1], ...parts[2] };
    case 4:
      return { ...parts[0], ...parts[1], ...parts[2], ...parts[3] };
    default:
      return parts satisfies never;
  }
}

/** What the holder of the feedback's link may see, or null where none is published. */
export function feedbackPage({ feedback: { published }, asks }: RoomState): FeedbackPage | null {
  if (!published || published.withdrawn) return null;
  const answers = asksOfRound(asks)
    .map(candidateAsk)
    .map(({ number, prompt, revealed, answer }) => ({
      number,
      prompt,
      revealed: revealed.map(({ text }) => text),
      answer,
    }));
  return { feedback: published.feedback, publishedAt: published.at, answers };
}

function candidateView(state: RoomState, seat: Seat): CandidateView {
  const { seatId } = seat;
  const open = openAsk(state);
  const ask = open?.candidateId === seatId ? open : undefined;
  return {
    role: "candidate",
    you: candidateSelf(seat),
    room: roomForCandidate(state),
    people: state.observersShown ? companyWithObservers(state.seats) : company(state.seats),
    timer: totalTimer(state),
    ask: ask ? candidateAsk(ask) : null,
    askTimer: ask ? askTimer(state, ask) : null,
  };
}

/** What host, interviewers and observers see alike. */
const questions = cachedLast((state: RoomState): Questions => {
  const ask = openAsk(state);
  const { planPhase } = state;
  return {
    room: roomForPanel(state),
    people: panelPeople(state.seats),
    timer: totalTimer(state),
    planPhase: planPhase && { kind: planPhase.kind, timer: planPhaseTimer(state) },
    kit: state.kit && kitView(state.kit),
    plan: planItems(state.plan),
    asks: state.asks.map(panelAsk),
    openAskId: state.openAskId,
    askTimer: ask ? askTimer(state, ask) : null,
  };
});

function scoring(state: RoomState, { seatId }: Seat): Scoring {
  const scorecard = scorecardView(state.scorecards[seatId] ?? emptyScorecard);
  if (!debriefIsOpen(state, seatId)) return { scorecard, debriefOpen: false, others: NONE, decisions: NO_DECISIONS };
  const readable = Object.keys(state.scorecards).filter((ownerId) => mayRead(state, seatId, ownerId));
  const others = readable.map((ownerId) => ({
    seatId: ownerId,
    name: state.seats[ownerId]?.name ?? "",
    versions: versionViews(state.scorecards[ownerId]?.versions ?? []),
  }));
  const decisions = state.decisions.map(({ outcome, rationale, at, seatId: by }) => ({
    outcome,
    rationale,
    at,
    by: state.seats[by]?.name ?? "",
  }));
  return { scorecard, debriefOpen: true, others, decisions };
}

const NONE: InterviewerView["others"] = [];
const NO_DECISIONS: InterviewerView["decisions"] = [];

function openAsk({ asks, openAskId }: RoomState): Ask | undefined {
  return openAskId === null ? undefined : asks.find((ask) => ask.askId === openAskId);
}

/** Computes a part once for all who ask for it one after the other; a state as a whole is never asked for again. */
function cachedLast<Source extends object, Part>(build: (source: Source) => Part): (source: Source) => Part {
  let last: { source: Source; part: Part } | null = null;
  return (source) => {
    if (last?.source !== source) last = { source, part: build(source) };
    return last.part;
  };
}

/** Computes a part once for each object it is made of. */
function cached<Source extends object, Part>(build: (source: Source) => Part): (source: Source) => Part {
  const parts = new WeakMap<Source, Part>();
  return (source) => {
    const known = parts.get(source);
    if (known !== undefined) return known;
    const part = build(source);
    parts.set(source, part);
    return part;
  };
}

/** Computes a part once for as long as all that it is made of stays the same; `sources` names that. */
function cachedWhile<Part>(
  sources: (state: RoomState) => readonly unknown[],
  build: (state: RoomState) => Part,
): (state: RoomState) => Part {
  // Kept with the clock, as it is the room's own and seldom changes.
  const parts = new WeakMap<RoomState["clock"], { readonly sources: readonly unknown[]; readonly part: Part }>();
  return (state) => {
    const now = sources(state);
    const known = parts.get(state.clock);
    if (known?.sources.every((source, index) => source === now[index])) return known.part;
    const part = build(state);
    parts.set(state.clock, { sources: now, part });
    return part;
  };
}

const totalTimer = cachedWhile(({ phase, minutes }) => [phase, minutes], roomTimer);

const roomForCandidate = cachedWhile(
  ({ title, phase, planPhase }) => [title, phase, planPhase],
  ({ title, phase, planPhase }) => ({ title, phase, planPhase: planPhase?.kind ?? null }),
);

const roomForPanel = cachedWhile(
  ({ title, candidateName, forRole, phase, minutes, phases, blindPolicy, observersShown, openedAt }) => [
    title,
    candidateName,
    forRole,
    phase,
    minutes,
    phases,
    blindPolicy,
    observersShown,
    openedAt,
  ],
  ({ title, candidateName, forRole, phase, minutes, phases, blindPolicy, observersShown, openedAt, clock }) => ({
    title,
    candidateName,
    forRole,
    phase,
    minutes,
    phases: phaseBudgets(phases),
    blindPolicy,
    observersShown,
    openedAt,
    startedAt: clock.startedAt,
    endedAt: clock.endedAt,
  }),
);

const seated = (seats: RoomState["seats"]): Seat[] => Object.values(seats).filter((seat) => !seat.removed);
const hostFirst = (a: Seat, b: Seat): number => Number(b.role === "host") - Number(a.role === "host");
const you = cached(({ seatId, name }: Seat) => ({ seatId, name }));
const candidateSelf = cached(({ seatId, name, admitted, handRaised }: Seat) => ({
  seatId,
  name,
  admitted,
  handRaised,
}));
const nameAndRole = ({ seatId, name, role }: Seat) => ({ seatId, name, role });

/** Whom the candidate sees in the room: not themselves, and observers only when the host shows them. */
const company = cached((seats: RoomState["seats"]) =>
  seated(seats)
    .filter(({ role }) => role === "host" || role === "interviewer")
    .sort(hostFirst)
    .map(nameAndRole),
);
const companyWithObservers = cached((seats: RoomState["seats"]) =>
  seated(seats)
    .filter(({ role }) => role !== "candidate")
    .sort(hostFirst)
    .map(nameAndRole),
);

const candidateAsk = ({ askId, number, question, revealed, answer }: Ask): z.infer<typeof CandidateAsk> => ({
  askId,
  number,
  prompt: question.prompt,
  revealed: revealed.map(({ kind, index }) => ({
    kind,
    text: (kind === "hint" ? question.hints[index] : question.followUps[index]?.ask) ?? "",
  })),
  answer,
});

const panelPeople = cached((seats: RoomState["seats"]) =>
  seated(seats)
    .sort(hostFirst)
    .map(({ seatId, name, role, admitted, handRaised }) => ({ seatId, name, role, admitted, handRaised })),
);

const phaseBudgets = cached((phases: RoomState["phases"]) => phases.map(({ kind, minutes }) => ({ kind, minutes })));

const planItems = cached((plan: RoomState["plan"]) =>
  plan.map(({ itemId, questionId, minutes, title, topic, level, probes }) => ({
    itemId,
    questionId,
    minutes,
    title,
    topic,
    level,
    probes,
  })),
);

const kitView = cached(({ kitId, title, competencies, plan }: NonNullable<RoomState["kit"]>) => ({
  kitId,
  title,
  competencies: competencies.map(({ name, weight, reason }) => ({ name, weight, reason })),
  plan: planItems(plan),
}));

const panelAsk = cached((ask: Ask): PanelAsk => {
  const { askId, candidateId, number, question, planItemId, deviation, minutes, spans, revealed, answer } = ask;
  const { closedMs, openSince } = spentOn(ask);
  return {
    askId,
    candidateId,
    number,
    question,
    planItemId,
    deviation,
    minutes,
    askedAtMs: spans[0]?.from ?? 0,
    closedMs,
    openSinceMs: openSince,
    revealed: revealed.map(({ kind, index, elapsed }) => ({ kind, index, elapsedMs: elapsed })),
    answer,
  };
});

const heardPoints = cached((heard: Scorecard["heard"]) =>
  Object.fromEntries(Object.entries(heard).map(([askId, points]) => [askId, [...points]])),
);

/** Notes in the order in which they were begun, also when one was begun offline and arrived late. */
const inOrder = (notes: Scorecard["notes"]) => Object.values(notes).sort((a, b) => a.at - b.at);

const noteViews = cached((notes: Scorecard["notes"]) =>
  inOrder(notes).map(({ noteId, askId, at, elapsed, text, mark, evidenceFor }) => ({
    noteId,
    askId,
    at,
    elapsedMs: elapsed,
    text,
    mark,
    evidenceFor,
  })),
);

export type JudgementView = z.infer<typeof JudgementView>;

const judgementView = cached(
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

const feedbackView = cached(({ draft, published }: RoomState["feedback"]): HostView["feedback"] => ({
  draft,
  published: published && {
    feedback: published.feedback,
    at: published.at,
    linkId: published.link.linkId,
    expiresAt: published.link.expiresAt,
    withdrawn: published.withdrawn,
  },
}));

const hosting = cachedWhile(
  ({ feedback, links }) => [feedback, links],
  ({ feedback, links }): Hosting => ({ feedback: feedbackView(feedback), links: linkViews(links) }),
);

const linkViews = cached((all: RoomState["links"]): LinkView[] => {
  const newest = new Map<InvitedRole, LinkView>();
  for (const { linkId, role, expiresAt, revoked } of Object.values(all)) {
    if (role !== "host") newest.set(role, { linkId, role, expiresAt, revoked });
  }
  return [...newest.values()];
});
