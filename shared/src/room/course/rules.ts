import type { z } from "zod";
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
import type { courseCommands, Opening, PlanItem, PlanRequest } from "./commands.ts";
import { planOnto } from "./state.ts";

type Command = z.infer<(typeof courseCommands)[number]>;
type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;

export const courseRules: SeatRules<Command> = {
  arrangePlan: { by: HOST, during: BEFORE_END, decide: arrangePlan },
  start: { by: HOST, during: ["lobby"], decide: start },
  pause: { by: HOST, during: ["live"], decide: ({ round: { roundId } }) => accept({ type: "roomPaused", roundId }) },
  resume: {
    by: HOST,
    during: ["paused"],
    decide: ({ round: { roundId } }) => accept({ type: "roomResumed", roundId }),
  },
  end: { by: HOST, during: RUNNING, decide: ({ round: { roundId } }) => accept({ type: "roomEnded", roundId }) },
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

function start({ state, round: { roundId } }: Scene): Decision {
  return admittedCandidate(state, roundId) ? accept({ type: "roomStarted", roundId }) : refuse("nobody_admitted");
}

function enterPhase({ round }: Scene, { phase }: CommandOf<"enterPhase">): Decision {
  if (!round.phases.some((budget) => budget.kind === phase)) return refuse("malformed");
  if (round.planPhase?.kind === phase) return accept();
  return accept({ type: "phaseEntered", roundId: round.roundId, phase });
}
