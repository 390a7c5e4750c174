import { mayAsk } from "@whetstone/shared/room/asks/asking";
import type { Command } from "@whetstone/shared/room/command";
import type { PlanItem } from "@whetstone/shared/room/course/commands";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { Assigned } from "@whetstone/shared/room/view/questions";
import type { QuestionsView } from "../store/questions-view.ts";

/** What whoever looks at a view may ask. */
export interface Asking {
  /** Whatever is in the plan, in the bank or on their mind. */
  readonly anything: boolean;
  /** Also what is not planned. Among peers that would be had by one and not by the other. */
  readonly beyondPlan: boolean;
  /** Whether they may ask that item of the plan. */
  readonly may: (itemId: string) => boolean;
  /** What the key asks: for a host the plan's next, for an interviewer the next that they may ask and that is not somebody else's. */
  readonly next: PlanItem | undefined;
}

export function askingIn(view: QuestionsView): Asking {
  const asker = {
    seatId: view.you.seatId,
    role: view.role,
    interviewersAsk: view.room.interviewersAsk === true,
  };
  const may = (itemId: string) => mayAsk(asker, assignedIn(view, itemId)?.seatId);
  const anything = mayAsk(asker, undefined);
  return {
    anything,
    beyondPlan: anything && !("peers" in view && view.peers),
    may,
    next: ahead(view).find(({ itemId }) => may(itemId) && (view.role === "host" || !isAnothers(view, itemId))),
  };
}

/** Whom a question of the plan is assigned to; undefined for nobody. */
export const assignedIn = ({ assigned }: QuestionsView, itemId: string): Assigned | undefined =>
  assigned?.find((one) => one.itemId === itemId);

/** What of the plan was not asked yet. */
export const ahead = ({ plan, asks }: QuestionsView): readonly PlanItem[] =>
  plan.filter(({ itemId }) => !asks.some(({ planItemId }) => planItemId === itemId));

/** Whoever is gone keeps no question from the others. */
function isAnothers(view: QuestionsView, itemId: string): boolean {
  const assigned = assignedIn(view, itemId);
  return assigned !== undefined && !assigned.gone && assigned.seatId !== view.you.seatId;
}

/** Whether whoever looks asked that question, as an interviewer who may. */
export const askedByYou = ({ you }: QuestionsView, { askedBy }: PanelAsk): boolean => askedBy?.seatId === you.seatId;

type Push = Extract<Command, { type: "push" }>;

/** The command that asks. Where several may, it says over which question, so that of two at the same moment one is asked. */
export function pushOf(view: QuestionsView, source: Push["source"]): Push {
  const haveSeveral = view.room.interviewersAsk === true || view.assigned !== undefined;
  return { type: "push", source, ...(haveSeveral && { over: view.openAskId }) };
}
