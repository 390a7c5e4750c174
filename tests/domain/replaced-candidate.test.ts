import { interviewOf } from "@whetstone/shared/comparison/interviews";
import { debriefOf, ownRollup } from "@whetstone/shared/debrief";
import { emptyFeedback } from "@whetstone/shared/feedback";
import { composeFeedback } from "@whetstone/shared/room/feedback/compose";
import type { HostView } from "@whetstone/shared/room/view/host";
import { asksOfRound, missingIn } from "@whetstone/shared/scorecard";
import { describe, expect, test } from "vitest";
import { eventsOf, feedbackIn, hashOf, livePanelRoom, textsIn } from "../support/domain.ts";

const FORMER = "⟦Cleo's answer⟧";
const PRESENT = "⟦Dana's answer⟧";

/** Cleo was asked the first question and rated at 4, and left; Dana took the seat, was asked the second and rated at 1. */
function replaced() {
  const panel = livePanelRoom({ candidateName: "Cleo", planned: ["first-question", "second-question"] });
  const { room, host, candidate: cleo } = panel;
  const first = room.push("first-question");
  room.must(cleo, { type: "writeAnswer", askId: first, text: FORMER });
  room.must(host, { type: "rate", askId: first, criterionId: "depth", level: 4 });
  room.must(host, { type: "removeSeat", seatId: cleo });
  const dana = room.join("candidate", "Dana");
  room.must(host, { type: "admit", seatId: dana });
  const second = room.push("second-question");
  room.must(dana, { type: "writeAnswer", askId: second, text: PRESENT });
  room.must(host, { type: "rate", askId: second, criterionId: "depth", level: 1 });
  const draft = { ...emptyFeedback, questions: "levels" as const };
  room.must(host, { type: "end" });
  room.must(host, { type: "submitScorecard", reason: "Only a test." });
  const view = room.panelView(host) as HostView;
  return { ...panel, dana, first, second, draft, view };
}

describe("what a candidate who was replaced was asked", () => {
  test("is still rated on the scorecard that the panel goes on with", () => {
    const { room, ann, first, second } = replaced();
    const rating = (askId: string) => ({ type: "rate", askId, criterionId: "practice", level: 2 }) as const;
    expect(room.must(ann, rating(first))).toMatchObject([{ type: "rated", roundId: 2, askId: first }]);
    expect(room.must(ann, rating(second))).toMatchObject([{ type: "rated", roundId: 2, askId: second }]);
    expect(room.panelView(ann).scorecard.ratings).toEqual({ [`${first}/practice`]: 2, [`${second}/practice`]: 2 });
  });

  test("is nothing to a round that begins anew: it has no plan and no asks", () => {
    const { room, ann, candidate } = livePanelRoom({ planned: ["first-question"] });
    room.beginRound({ [ann]: "candidate", [candidate]: "interviewer" });
    expect(room.round).toMatchObject({ roundId: 2, continues: null, plan: [], asks: [] });
  });

  test("is not on the feedback page of who took their place", () => {
    const { room, host, draft, view } = replaced();
    expect(composeFeedback(view, draft).questions).toEqual([
      { number: 2, prompt: "⟦second-question: prompt⟧", level: 1 },
    ]);
    room.must(host, { type: "writeFeedback", feedback: draft });
    eventsOf(
      room.act(host, {
        type: "publishFeedback",
        link: { linkId: "l_000000000099", hash: hashOf(99), expiresAt: null },
      }),
    );
    const page = feedbackIn(room.state);
    expect(page?.answers.map(({ number, answer }) => [number, answer])).toEqual([[2, PRESENT]]);
    const texts = textsIn(page).join("\n");
    expect(texts).not.toContain(FORMER);
    expect(texts).not.toContain("first-question");
  });

  test("is nothing that who took their place sees in the room", () => {
    const { room, dana } = replaced();
    const texts = textsIn(room.candidateView(dana)).join("\n");
    expect(texts).not.toContain(FORMER);
    expect(texts).not.toContain("first-question");
  });

  test("counts to no sum: not the debrief's, not one's own, not to what a scorecard lacks", () => {
    const { view, second } = replaced();
    const debrief = debriefOf(view);
    expect(debrief?.overall).toBe(1);
    expect([...new Set(debrief?.rows.map(({ ask }) => ask.askId))]).toEqual([second]);
    expect(debrief?.course.asks.map(({ ask }) => ask.askId)).toEqual([second]);
    expect(ownRollup(view).overall).toBe(1);
    expect(interviewOf("r_000000000001", view)?.asks.map(({ askId }) => askId)).toEqual([second]);
    const { unrated, unsupported } = missingIn(asksOfRound(view), view.scorecard);
    expect([...new Set([...unrated, ...unsupported].map(({ ask }) => ask.askId))]).toEqual([second]);
  });
});
