import type { Level } from "@whetstone/shared/bank";
import { ratingKey } from "@whetstone/shared/room/scorecard/state";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { ScorecardView } from "@whetstone/shared/room/view/scorecards";

/** The command that rates a criterion; the level that it has already takes the rating back. */
export function ratingCommand(ask: PanelAsk, criterionId: string, level: Level, { ratings }: ScorecardView) {
  const isSame = ratings[ratingKey(ask.askId, criterionId)] === level;
  return { type: "rate", askId: ask.askId, criterionId, level: isSame ? null : level } as const;
}
