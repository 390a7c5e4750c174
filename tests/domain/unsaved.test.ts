import { emptyFeedback } from "@whetstone/shared/feedback";
import type { Command, Unsaved } from "@whetstone/shared/room/command";
import { withUnsaved } from "@whetstone/shared/room/unsaved";
import type { View } from "@whetstone/shared/room/view/view";
import { describe, expect, it } from "vitest";
import { livePanelRoom, type PanelRoom, panelRoom } from "../support/domain.ts";

/** A live room in which the first question is open, and a second asker has scored something already. */
function asked() {
  const panel = livePanelRoom({ planned: ["first-question"] });
  const askId = panel.room.push("first-question");
  return { ...panel, askId };
}

/** The same room when it is over, with Ann's scorecard submitted. */
function submitted() {
  const panel = asked();
  panel.room.must(panel.host, { type: "end" });
  panel.room.must(panel.ann, { type: "submitScorecard", reason: "Cut short" });
  return panel;
}

function viewOf({ room }: PanelRoom, seatId: string): View {
  const view = room.view(seatId);
  if (!view) throw new Error("The seat is gone.");
  return view;
}

/** Commands that were begun at a moment. */
const begunAt = (moment: number, commands: readonly Command[]): Unsaved[] =>
  commands.map((command) => ({ command, begunAt: moment }));

/** What is shown before the server has answered, and what it shows once it has. */
function bothWays(panel: PanelRoom, seatId: string, commands: readonly Command[]): { before: View; after: View } {
  const before = withUnsaved(viewOf(panel, seatId), begunAt(panel.room.now, commands));
  for (const command of commands) panel.room.must(seatId, command);
  return { before, after: viewOf(panel, seatId) };
}

describe("what is not acknowledged yet is shown as the server will show it", () => {
  const note = (noteId: string, text: string, askId: string | null): Command => ({
    type: "writeNote",
    noteId,
    askId,
    text,
    mark: text.startsWith("+") ? "strength" : null,
    evidenceFor: askId === null ? null : "depth",
    ageMs: 0,
  });
  const cases: Record<string, (askId: string) => Command[]> = {
    "a rating": (askId) => [{ type: "rate", askId, criterionId: "depth", level: 3 }],
    "a rating that was changed": (askId) => [
      { type: "rate", askId, criterionId: "depth", level: 3 },
      { type: "rate", askId, criterionId: "practice", level: 1 },
      { type: "rate", askId, criterionId: "depth", level: 2 },
    ],
    "a rating that was cleared": (askId) => [
      { type: "rate", askId, criterionId: "depth", level: 3 },
      { type: "rate", askId, criterionId: "depth", level: null },
    ],
    "ticks, in whichever order": (askId) => [
      { type: "tick", askId, keyPoint: 2, heard: true },
      { type: "tick", askId, keyPoint: 0, heard: true },
      { type: "tick", askId, keyPoint: 3, heard: true },
      { type: "tick", askId, keyPoint: 2, heard: false },
    ],
    "a tick that was taken back": (askId) => [
      { type: "tick", askId, keyPoint: 1, heard: true },
      { type: "tick", askId, keyPoint: 1, heard: false },
    ],
    "notes, written, edited and removed": (askId) => [
      note("n_000000000001", "one", askId),
      note("n_000000000002", "+two", null),
      note("n_000000000001", "one, and more", askId),
      note("n_000000000003", "three", askId),
      { type: "removeNote", noteId: "n_000000000002" },
    ],
    "the summary, the recommendation and the confidence": () => [
      { type: "writeSummary", text: "Solid." },
      { type: "recommend", recommendation: "yes" },
      { type: "setConfidence", confidence: "low" },
      { type: "setConfidence", confidence: "high" },
    ],
  };

  it.each(Object.entries(cases))("%s", (_name, commandsOf) => {
    for (const role of ["host", "ann"] as const) {
      const panel = asked();
      panel.room.wait(95_000);
      const { before, after } = bothWays(panel, panel[role], commandsOf(panel.askId));
      expect(before).toEqual(after);
    }
  });

  it("a note keeps the moment at which it was begun, while the room runs, while it is paused, and before it starts", () => {
    const moments = (view: View) => {
      if (view.role !== "host" && view.role !== "interviewer") throw new Error("Who scores has notes.");
      return view.scorecard.notes.map(({ at, elapsedMs }) => ({ at, elapsedMs }));
    };
    const written = (panel: PanelRoom, ageMs: number) => {
      const { room, ann } = panel;
      const command = { ...note("n_000000000009", "late", null), ageMs } as const;
      const before = withUnsaved(viewOf(panel, ann), begunAt(room.now - ageMs, [command]));
      room.must(ann, command);
      expect(moments(before)).toEqual(moments(viewOf(panel, ann)));
      return moments(before);
    };
    const running = asked();
    running.room.wait(95_000);
    expect(written(running, 20_000)).toEqual([{ at: running.room.now - 20_000, elapsedMs: 75_000 }]);
    const paused = asked();
    paused.room.wait(95_000);
    paused.room.must(paused.host, { type: "pause" });
    paused.room.wait(40_000);
    expect(written(paused, 0)).toEqual([{ at: paused.room.now, elapsedMs: 95_000 }]);
    const lobby = panelRoom();
    lobby.room.wait(60_000);
    expect(written(lobby, 5_000)).toEqual([{ at: lobby.room.now - 5_000, elapsedMs: 0 }]);
  });

  it("an amendment as it is written", () => {
    const panel = submitted();
    panel.room.must(panel.ann, { type: "amendScorecard", reason: "A slip" });
    const { before, after } = bothWays(panel, panel.ann, [
      { type: "rate", askId: panel.askId, criterionId: "depth", level: 4 },
      { type: "writeSummary", text: "Better than I first thought." },
    ]);
    expect(before).toEqual(after);
  });

  it("the feedback as the host writes it", () => {
    const panel = submitted();
    const { before, after } = bothWays(panel, panel.host, [
      { type: "writeFeedback", feedback: { ...emptyFeedback, message: "Thank you" } },
      { type: "writeFeedback", feedback: { ...emptyFeedback, message: "Thank you, Cleo", strengths: ["Clear"] } },
    ]);
    expect(before).toEqual(after);
  });

  it("an answer as it is typed", () => {
    const panel = asked();
    const { before, after } = bothWays(panel, panel.candidate, [
      { type: "writeAnswer", askId: panel.askId, text: "dL" },
      { type: "writeAnswer", askId: panel.askId, text: "dL/dW" },
    ]);
    expect(before).toEqual(after);
  });

  it("nothing where no question is open: neither an answer to one that has closed, nor a raised hand, opens any", () => {
    const panel = asked();
    panel.room.must(panel.host, { type: "closeAsk", askId: panel.askId });
    const { before, after } = bothWays(panel, panel.candidate, [
      { type: "writeAnswer", askId: panel.askId, text: "late" },
      { type: "raiseHand" },
    ]);
    expect(before).toMatchObject({ ask: null });
    expect(before).toEqual(after);
  });

  it("a raised hand, and a lowered one", () => {
    const panel = asked();
    const { candidate } = panel;
    const raised = bothWays(panel, candidate, [{ type: "raiseHand" }]);
    expect(raised.before).toEqual(raised.after);
    const lowered = bothWays(panel, candidate, [{ type: "lowerHand", seatId: candidate }]);
    expect(lowered.before).toEqual(lowered.after);
  });
});

describe("what moves the room waits for the server", () => {
  it.each<Command>([
    { type: "pause" },
    { type: "end" },
    { type: "extendRoom", minutes: 5 },
    { type: "push", source: { kind: "typed", prompt: "Why?", minutes: 5 } },
    { type: "submitScorecard", reason: null },
    { type: "amendScorecard", reason: "Misread." },
    { type: "recordDecision", outcome: "hold", rationale: "Not yet." },
    { type: "showObservers", shown: true },
    { type: "arrangePlan", items: [] },
  ])("$type", (command) => {
    const panel = asked();
    const view = viewOf(panel, panel.host);
    expect(withUnsaved(view, begunAt(panel.room.now, [command]))).toBe(view);
  });

  it.each<Command>([
    { type: "amendScorecard", reason: "A slip" },
    { type: "dropAmendment" },
    { type: "recordDecision", outcome: "advance", rationale: "Solid." },
    { type: "withdrawFeedback" },
  ])("$type, once the interview is over", (command) => {
    const panel = submitted();
    const view = viewOf(panel, panel.host);
    expect(withUnsaved(view, begunAt(panel.room.now, [command]))).toBe(view);
  });

  it("feedback of somebody who does not write it changes nothing", () => {
    const panel = submitted();
    const view = viewOf(panel, panel.ann);
    expect(withUnsaved(view, begunAt(panel.room.now, [{ type: "writeFeedback", feedback: emptyFeedback }]))).toBe(view);
  });

  it("an answer to an ask that has closed stays out of the one that is open", () => {
    const panel = asked();
    const view = viewOf(panel, panel.candidate);
    expect(
      withUnsaved(view, begunAt(panel.room.now, [{ type: "writeAnswer", askId: "a_999999999999", text: "late" }])),
    ).toBe(view);
  });

  it("an answer to an earlier ask is shown there, and the one that is open stays as it is", () => {
    const panel = asked();
    const before = viewOf(panel, panel.candidate);
    const askId = (before.role === "candidate" ? before.ask?.askId : undefined) ?? "";
    panel.room.push("second-question");
    const view = viewOf(panel, panel.candidate);
    const after = withUnsaved(view, begunAt(panel.room.now, [{ type: "writeAnswer", askId, text: "late" }]));
    expect(after).toMatchObject({
      ask: { prompt: "⟦second-question: prompt⟧", answer: "" },
      earlier: [{ askId, answer: "late" }],
    });
  });

  it("an observer's view is never changed", () => {
    const panel = asked();
    const view = viewOf(panel, panel.observer);
    expect(withUnsaved(view, begunAt(panel.room.now, [{ type: "raiseHand" }]))).toBe(view);
  });
});
