import type { PanelAsk } from "@whetstone/shared/room/view/asks";

/** The first hint or follow-up that is not out yet, or null. */
export function nextReveal({ question, revealed }: PanelAsk, kind: "hint" | "followUp"): number | null {
  const texts = kind === "hint" ? question.hints : question.followUps;
  const index = texts.findIndex((_, at) => !revealed.some((out) => out.kind === kind && out.index === at));
  return index < 0 ? null : index;
}
