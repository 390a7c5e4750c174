import { z } from "zod";
import { PhaseBudget, PhaseKind } from "../../bank.ts";
import { type Ask, openAsk } from "../asks/state.ts";
import { PlanItem, RoomKit } from "../course/commands.ts";
import type { CourseState } from "../course/state.ts";
import { askTimer, planPhaseTimer, roomTimer, Timer } from "../course/timer.ts";
import { RoundId } from "../id.ts";
import { BlindPolicy } from "../scorecard/commands.ts";
import { currentRound, type RoomState, roundsBehind } from "../state.ts";
import { PanelAsk, panelAsk } from "./asks.ts";
import { cached, cachedItems, cachedLast, cachedWhile } from "./cache.ts";
import { RoomCall, roomCall } from "./call.ts";
import { KeptUntil, keptUntil } from "./kept-until.ts";
import { commonOf, Messages } from "./messages.ts";
import { noted } from "./noted.ts";
import { PanelPerson, panelPeople } from "./people.ts";
import { RoomPhase } from "./phase.ts";
import { QuietView, quietView } from "./quiet.ts";

/** Who is to ask a question of the plan, by the name that stays when they are gone. */
const Assigned = z.strictObject({
  itemId: z.string(),
  seatId: z.string(),
  name: z.string(),
  gone: z.literal(true).optional().describe("They are no longer in the room."),
});
export type Assigned = z.infer<typeof Assigned>;

/** What host, interviewers and observers see alike, of the current round and of those that it continues. */
export const QuestionsView = z.strictObject({
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
    interviewersAsk: z
      .literal(true)
      .optional()
      .describe("The host lets interviewers ask; absent where hosts alone do."),
    candidateEditsAlone: z.literal(true).optional().describe("Absent where the panel may write in documents too."),
    call: RoomCall.optional(),
    marks: z
      .literal(true)
      .optional()
      .describe("Large pastes and leaving the page are noted of the candidate; absent where nothing is."),
    openedAt: z.number(),
    startedAt: z.number().nullable(),
    endedAt: z.number().nullable(),
    keptUntil: KeptUntil,
  }),
  round: z.strictObject({
    roundId: RoundId,
    candidateId: z.string().nullable().describe("The seat that is interviewed; null until something is asked."),
  }),
  people: z.array(PanelPerson),
  timer: Timer,
  planPhase: z.strictObject({ kind: PhaseKind, timer: Timer.nullable() }).nullable(),
  kit: RoomKit.extend({ plan: z.array(PlanItem).describe("As it was when the room was opened.") }).nullable(),
  plan: z.array(PlanItem),
  assigned: z.array(Assigned).optional().describe("What of the plan is somebody's to ask; absent where nothing is."),
  asks: z.array(PanelAsk),
  openAskId: z.string().nullable(),
  askTimer: Timer.nullable(),
  quiet: QuietView,
  common: Messages.optional().describe(
    "What the panel and its candidates wrote to each other; absent where that is nothing.",
  ),
});
export type Questions = Omit<z.infer<typeof QuestionsView>, "you">;

export const questions = cachedLast((state: RoomState): Questions => ({ ...course(state), asks: panelAsks(state) }));

/**
 * All but the asks, which change most. An empty list keeps their place: a copy with one key more takes V8 a hundred times as long as one
 * with the same keys.
 */
const course = cachedWhile(
  (state: RoomState) => currentRound(state).clock,
  (state) => {
    const { title, candidateName, forRole, blindPolicy, observersShown, interviewersAsk, panelEdits, keeping, seats } =
      state;
    const round = currentRound(state);
    const { roundId, roles, phase, minutes, phases, planPhase, kit, plan, assigned, candidateId, openAskId } = round;
    const ask = openAsk(round);
    return [
      title,
      candidateName,
      forRole,
      blindPolicy,
      observersShown,
      interviewersAsk,
      panelEdits,
      state.call,
      state.messages.common,
      state.quiet,
      keeping,
      seats,
      // A round that continues another has its clock.
      roundId,
      roles,
      phase,
      minutes,
      phases,
      planPhase,
      kit,
      plan,
      assigned,
      candidateId,
      openAskId,
      ask?.spans,
      ask?.minutes,
    ];
  },
  (state): Questions => {
    const { title, candidateName, forRole, blindPolicy, observersShown, interviewersAsk, panelEdits, openedAt } = state;
    const round = currentRound(state);
    const { roundId, candidateId, phase, minutes, phases, planPhase, clock, kit, plan, openAskId } = round;
    const ask = openAsk(round);
    const assigned = assignedViews(state);
    return {
      room: {
        title,
        candidateName,
        forRole,
        phase,
        minutes,
        phases: phaseBudgets(phases),
        blindPolicy,
        observersShown,
        ...(interviewersAsk && { interviewersAsk }),
        ...(!panelEdits && { candidateEditsAlone: true }),
        ...noted(state),
        ...roomCall(state),
        openedAt,
        startedAt: clock.startedAt,
        endedAt: clock.endedAt,
        ...keptUntil(state),
      },
      round: { roundId, candidateId },
      people: panelPeople(state),
      timer: roomTimer(round),
      planPhase: planPhase && { kind: planPhase.kind, timer: planPhaseTimer(round) },
      kit: kit && kitView(kit),
      plan: planItems(plan),
      ...(assigned.length > 0 && { assigned }),
      asks: [],
      openAskId,
      askTimer: ask ? askTimer(round, ask) : null,
      ...quietView(state),
      ...commonOf(state),
    };
  },
);

const panelAsks = cachedItems(
  (state: RoomState) => currentRound(state).clock,
  (state) => roundsBehind(state, currentRound(state)).flatMap(({ asks }) => asks),
  (ask, { seats }) => panelAsk(ask, askerOf(ask, seats)),
);

function askerOf({ askedBy }: Ask, seats: RoomState["seats"]): PanelAsk["askedBy"] {
  const seat = askedBy === undefined ? undefined : seats[askedBy];
  return seat && { seatId: seat.seatId, name: seat.name };
}

function assignedViews(state: RoomState): Assigned[] {
  const { plan, assigned } = currentRound(state);
  return plan.flatMap(({ itemId }) => {
    const seatId = assigned[itemId];
    const seat = seatId === undefined ? undefined : state.seats[seatId];
    if (!seat) return [];
    return [{ itemId, seatId: seat.seatId, name: seat.name, ...(seat.removed && { gone: true as const }) }];
  });
}

const phaseBudgets = cached((phases: CourseState["phases"]) => phases.map(({ kind, minutes }) => ({ kind, minutes })));

const planItems = cached((plan: CourseState["plan"]) =>
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

const kitView = cached(({ kitId, title, competencies, plan }: NonNullable<CourseState["kit"]>) => ({
  kitId,
  title,
  competencies: competencies.map(({ name, weight, reason }) => ({ name, weight, reason })),
  plan: planItems(plan),
}));
