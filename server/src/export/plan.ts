import { isOf } from "@whetstone/shared/debrief";
import type { PlanItem } from "@whetstone/shared/room/course/commands";
import type { PanelView } from "@whetstone/shared/room/view/view";
import type { ExportedPlanItem } from "./room-export.ts";

/** The plan and what the kit had planned besides, with what became of each question once so much time was used. */
export function exportedPlan(view: PanelView, usedMs: number): ExportedPlanItem[] {
  const { plan, kit } = view;
  const isPlanned = (item: PlanItem) =>
    plan.some(({ itemId, questionId }) => itemId === item.itemId || questionId === item.questionId);
  const takenOut = (kit?.plan ?? []).filter((item) => !isPlanned(item));
  const why = whyNotAsked(view, usedMs);
  return [
    ...plan.map((item) => exportedItem(item, view, why)),
    ...takenOut.map((item) => exportedItem(item, view, "taken_out")),
  ];
}

type Why = NonNullable<ExportedPlanItem["notAskedBecause"]>;

function exportedItem(item: PlanItem, { asks }: PanelView, why: Why): ExportedPlanItem {
  const { questionId, title, minutes } = item;
  const asked = asks.some((ask) => isOf(ask, item));
  return { questionId, title, minutes, asked, ...(!asked && { notAskedBecause: why }) };
}

/** Why a question that stands in the plan was not asked, as far as the room knows: nobody has to say it. */
function whyNotAsked({ room, timer }: PanelView, usedMs: number): Why {
  if (room.startedAt === null) return "not_begun";
  if (room.phase !== "ended") return "still_running";
  return usedMs >= timer.totalMs ? "out_of_time" : "ended_before";
}
