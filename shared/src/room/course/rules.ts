import type { z } from "zod";
import { closedAt } from "../asks/rules.ts";
import { LIMITS } from "../limits.ts";
import {
  accept,
  BEFORE_END,
  type Context,
  type Decision,
  HOST,
  RUNNING,
  refuse,
  type Scene,
  type SeatRules,
} from "../rule.ts";
import type { Link } from "../seats/commands.ts";
import { admittedCandidate } from "../seats/rules.ts";
import { roleIn, scores } from "../state.ts";
import type { courseCommands, Opening, PlanItem, PlanRequest } from "./commands.ts";
import { elapsedAt, planOnto } from "./state.ts";

type Command = z.infer<(typeof courseCommands)[number]>;
type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;

/** How long after its end an interview can be gone on with, in milliseconds. */
export const REOPEN_MS = 10 * 60_000;

export const courseRules: SeatRules<Command> = {
  arrangePlan: { by: HOST, during: BEFORE_END, decide: arrangePlan },
  assignItem: { by: HOST, during: BEFORE_END, decide: assignItem },
  start: { by: HOST, during: ["lobby"], decide: start },
  pause: { by: HOST, during: ["live"], decide: ({ round: { roundId } }) => accept({ type: "roomPaused", roundId }) },
  resume: {
    by: HOST,
    during: ["paused"],
    decide: ({ round: { roundId } }) => accept({ type: "roomResumed", roundId }),
  },
  end: { by: HOST, during: RUNNING, decide: ({ round: { roundId } }) => accept({ type: "roomEnded", roundId }) },
  reopenRoom: { by: HOST, during: ["ended"], decide: reopenRoom },
  extendRoom: {
    by: HOST,
    during: BEFORE_END,
    decide: ({ round: { roundId } }, { minutes }) => accept({ type: "roomExtended", roundId, minutes }),
  },
  enterPhase: { by: HOST, during: RUNNING, decide: enterPhase },
};

/** The first event of a room. `host` and `links` carry identifiers and hashes that the server made. */
export function openRoom(
  opening: Opening,
  host: { seatId: string; linkId: string; tokenHash: string; holder?: string },
  links: Link[],
  context: Pick<Context, "question">,
): Decision {
  const plan = planned(opening.plan, [], context);
  if (!plan) return refuse("unknown_question");
  const { hostName, ...room } = opening;
  return accept({ type: "roomOpened", ...room, plan, host: { ...host, name: hostName }, links });
}

function arrangePlan({ round }: Scene, command: CommandOf<"arrangePlan">, context: Context): Decision {
  if (new Set(command.items.map((item) => item.itemId)).size < command.items.length) return refuse("malformed");
  const items = planOnto(round.plan, command);
  if (items.length > LIMITS.planItems) return refuse("changed_elsewhere");
  const plan = planned(items, round.plan, context);
  return plan ? accept({ type: "planArranged", roundId: round.roundId, items: plan }) : refuse("unknown_question");
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

/** A question of the plan is somebody's of the panel to ask, which lets them ask it. */
function assignItem({ state, round }: Scene, { itemId, seatId }: CommandOf<"assignItem">): Decision {
  if (!round.plan.some((item) => item.itemId === itemId)) return refuse("unknown_plan_item");
  const { roundId, assigned } = round;
  if ((assigned[itemId] ?? null) === seatId) return accept();
  if (seatId !== null) {
    const seat = state.seats[seatId];
    if (!seat || seat.removed) return refuse("unknown_seat");
    if (!scores(roleIn(state, roundId, seatId))) return refuse("wrong_seat");
    if (!seat.admitted) return refuse("not_admitted");
  }
  return accept({ type: "itemAssigned", roundId, itemId, seatId });
}

function start({ state, round: { roundId } }: Scene): Decision {
  return admittedCandidate(state, roundId) ? accept({ type: "roomStarted", roundId }) : refuse("nobody_admitted");
}

/** An end that was not meant is undone, unless something was made of it already. What was submitted stays so. */
function reopenRoom({ state, round }: Scene, _command: CommandOf<"reopenRoom">, { now }: Context): Decision {
  const { roundId, clock, decisions, feedback } = round;
  if (clock.endedAt === null || now - clock.endedAt > REOPEN_MS) return refuse("too_late");
  if (decisions.length > 0 || feedback.published !== null) return refuse("too_late");
  const open = closedAt(round, elapsedAt(clock, clock.endedAt));
  return accept(
    { type: "roomReopened", roundId },
    ...(open && open.candidateId === admittedCandidate(state, roundId)?.seatId
      ? [{ type: "askReopened", roundId, askId: open.askId } as const]
      : []),
  );
}

function enterPhase({ round }: Scene, { phase }: CommandOf<"enterPhase">): Decision {
  if (!round.phases.some((budget) => budget.kind === phase)) return refuse("malformed");
  if (round.planPhase?.kind === phase) return accept();
  return accept({ type: "phaseEntered", roundId: round.roundId, phase });
}
