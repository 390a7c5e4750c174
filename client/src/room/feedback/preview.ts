import type { FeedbackDraft, OwnAnswer } from "@whetstone/shared/feedback";
import { composeFeedback } from "@whetstone/shared/room/feedback/compose";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { HostView } from "@whetstone/shared/room/view/host";
import { asksOfRound } from "@whetstone/shared/scorecard";
import type { Letter } from "../../letter/letter.ts";

/** The letter that a draft makes, as the candidate would read it if it were published now. */
export const letterOf = (view: HostView, draft: FeedbackDraft): Letter => ({
  feedback: composeFeedback(view, draft),
  answers: asksOfRound(view).map(ownAnswer),
});

function ownAnswer({ number, question, revealed, answer }: PanelAsk): OwnAnswer {
  const put = revealed.map(({ kind, index }) =>
    kind === "hint" ? question.hints[index] : question.followUps[index]?.ask,
  );
  return { number, prompt: question.prompt, revealed: put.map((text) => text ?? ""), answer };
}
