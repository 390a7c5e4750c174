import { withUnsaved } from "@whetstone/shared/room/unsaved";
import { describe, expect, test } from "vitest";
import { enqueue } from "../../client/src/room/store/outbox.ts";
import { livePanelRoom, MINUTE, refusalOf } from "../support/domain.ts";

/** Notes that point at a moment of an answer. */

const noteId = "n_000000000001";

function asked() {
  const panel = livePanelRoom();
  panel.room.wait(MINUTE);
  const askId = panel.room.push("first-question");
  return { ...panel, askId, moment: { askId, elapsedMs: 75_000 } };
}

const note = (askId: string, text: string) =>
  ({ type: "writeNote", noteId, askId, text, mark: null, evidenceFor: "depth", ageMs: 0 }) as const;

describe("a note that points at a moment", () => {
  test("goes on pointing there, whatever is written into it, in every version of its scorecard", () => {
    const { room, host, ann, askId, moment } = asked();
    room.must(ann, { ...note(askId, "here"), moment });
    room.must(ann, note(askId, "here it turns"));
    room.must(ann, { ...note(askId, "here it turns"), moment: { askId, elapsedMs: 99_000 } });
    const [written] = room.panelView(ann).scorecard.notes;
    expect(written).toMatchObject({ text: "here it turns", evidenceFor: "depth", moment });
    room.must(host, { type: "end" });
    for (const seatId of [host, ann]) room.must(seatId, { type: "submitScorecard", reason: "a test" });
    expect(room.panelView(host).others[0]?.versions[0]?.notes).toMatchObject([{ moment }]);
  });

  test("points at nothing where that is not said, as notes of before do", () => {
    const { room, ann, askId } = asked();
    room.must(ann, note(askId, "as always"));
    expect(room.panelView(ann).scorecard.notes[0]).not.toHaveProperty("moment");
  });

  test("points at what was asked here alone", () => {
    const { room, ann, askId } = asked();
    const elsewhere = { askId: "a_000000000099", elapsedMs: 1 };
    expect(refusalOf(room.act(ann, { ...note(askId, "there"), moment: elsewhere }))).toBe("unknown_ask");
  });

  test("is shown so before it is acknowledged, also where it was written on since", () => {
    const { room, ann, askId, moment } = asked();
    const begun = enqueue([], { ...note(askId, "here"), moment }, { now: 0, commandId: "c_000000000001" });
    const [entry] = enqueue(begun, note(askId, "here it turns"), { now: 1, commandId: "c_000000000002" });
    const command = entry?.command;
    expect(command).toMatchObject({ text: "here it turns", moment });
    const shown = command && withUnsaved(room.panelView(ann), [{ command, begunAt: room.now }]);
    expect(shown).toMatchObject({ scorecard: { notes: [{ text: "here it turns", moment }] } });
  });
});
