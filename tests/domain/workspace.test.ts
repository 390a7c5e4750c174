import { LATE_ANSWER_MS } from "@whetstone/shared/room/asks/rules";
import { asksShown } from "@whetstone/shared/room/view/asks-shown";
import { describe, expect, test } from "vitest";
import { livePanelRoom, type Room, refusalOf } from "../support/domain.ts";

/** Who writes in an ask's document, and how what it says becomes the answer. */

const edit = (room: Room, seatId: string, askId: string) =>
  refusalOf(room.act(seatId, { type: "editDocument", askId }));
const let_ = (panel: boolean) => ({ type: "letEdit", panel }) as const;
const answerIn = (room: Room, askId: string) => room.asks.find((ask) => ask.askId === askId);
const fold = (room: Room, askId: string, text: string, onto: string) =>
  room.tend({ type: "foldAnswer", askId, text, onto });

/** A panel's room with one question closed and one open. */
function asked() {
  const panel = livePanelRoom();
  const closed = panel.room.push("first-question");
  const open = panel.room.push("second-question");
  return { ...panel, closed, open };
}

describe("an ask's document", () => {
  test("is written by the candidate and the panel while the question is open, and by no observer", () => {
    const { room, host, ann, candidate, observer, open, closed } = asked();
    for (const seatId of [host, ann, candidate]) expect(edit(room, seatId, open)).toBeNull();
    expect(edit(room, observer, open)).toBe("wrong_seat");
    for (const seatId of [host, ann]) expect(edit(room, seatId, closed)).toBe("wrong_phase");
    expect(edit(room, candidate, "a_000000000000")).toBe("unknown_ask");
  });

  test("takes what its candidate wrote before it closed, for a while after the end", () => {
    const { room, host, ann, candidate, open, closed } = asked();
    expect(edit(room, candidate, closed)).toBeNull();
    room.must(host, { type: "end" });
    expect(edit(room, candidate, open)).toBeNull();
    expect(edit(room, ann, open)).toBe("wrong_phase");
    room.wait(LATE_ANSWER_MS + 1);
    expect(edit(room, candidate, open)).toBe("wrong_phase");
  });

  test("is the candidate's alone where the host says so, and nobody else can say it", () => {
    const { room, host, ann, candidate, observer, open } = asked();
    for (const seatId of [ann, candidate, observer])
      expect(refusalOf(room.act(seatId, let_(false)))).toBe("wrong_seat");
    expect(room.panelView(host).room.candidateEditsAlone).toBeUndefined();
    room.must(host, let_(false));
    expect(room.must(host, let_(false))).toEqual([]);
    for (const seatId of [host, ann]) {
      expect(edit(room, seatId, open)).toBe("wrong_seat");
      expect(room.panelView(seatId).room.candidateEditsAlone).toBe(true);
    }
    expect(edit(room, candidate, open)).toBeNull();
    expect(JSON.stringify(room.view(candidate))).not.toContain("candidateEditsAlone");
    room.must(host, let_(true));
    expect(edit(room, ann, open)).toBeNull();
  });

  test("becomes the answer, and never over what was written past it", () => {
    const { room, candidate, open } = asked();
    fold(room, open, "from the document", "");
    expect(answerIn(room, open)).toMatchObject({ answer: "from the document", aheadOf: null });
    room.must(candidate, { type: "writeAnswer", askId: open, text: "from an old page" });
    room.must(candidate, { type: "writeAnswer", askId: open, text: "from an old page, twice" });
    expect(answerIn(room, open)).toMatchObject({ answer: "from an old page, twice", aheadOf: "from the document" });
    expect(refusalOf(fold(room, open, "from the document alone", "from the document"))).toBe("changed_elsewhere");
    expect(answerIn(room, open)?.answer).toBe("from an old page, twice");
    fold(room, open, "both of them", "from an old page, twice");
    expect(answerIn(room, open)).toMatchObject({ answer: "both of them", aheadOf: null });
    expect(fold(room, open, "both of them", "both of them")).toEqual({ events: [] });
  });

  test("is nobody's to fold but the server's", () => {
    const { room, host, candidate, open } = asked();
    for (const seatId of [host, candidate]) {
      const command = { type: "foldAnswer", askId: open, text: "mine", onto: "" } as const;
      expect(refusalOf(room.act(seatId, command))).toBe("wrong_seat");
    }
  });
});

test("a view shows the asks that stand in it and no others", () => {
  const { room, host, candidate, observer, open, closed } = asked();
  const shown = (seatId: string) => {
    const view = room.view(seatId);
    return view ? [...asksShown(view)].sort() : [];
  };
  for (const seatId of [host, candidate, observer]) expect(shown(seatId)).toEqual([closed, open].sort());
  room.must(host, { type: "takeBackAsk", askId: open });
  for (const seatId of [host, candidate, observer]) expect(shown(seatId)).toEqual([closed]);
});
