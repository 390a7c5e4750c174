import { inOrder } from "@whetstone/shared/comparison/interviews";
import { describe, expect, test } from "vitest";
import { livePanelRoom, MINUTE, OPENED_AT } from "../support/domain.ts";

describe("people", () => {
  test("stand with the host first, and the others in the order of their coming, whoever looks", () => {
    const { room, host, ann, bob, candidate, observer } = livePanelRoom();
    room.must(host, { type: "showObservers", shown: true });
    const idsFor = (seatId: string) => room.view(seatId)?.people.map((person) => person.seatId);
    for (const seatId of [host, ann, bob, observer])
      expect(idsFor(seatId)).toEqual([host, ann, bob, candidate, observer]);
    expect(idsFor(candidate)).toEqual([host, ann, bob, observer]);
    room.must(host, { type: "showObservers", shown: false });
    expect(idsFor(candidate)).toEqual([host, ann, bob]);
  });
});

describe("notes", () => {
  test("that were begun at one moment stay in the order in which they were first written", () => {
    const { room, ann } = livePanelRoom();
    room.wait(2 * MINUTE);
    const ids = ["n_000000000003", "n_000000000001", "n_000000000002"];
    const write = (noteId: string, text: string, ageMs = 0) =>
      room.must(ann, { type: "writeNote", noteId, askId: null, text, mark: null, evidenceFor: null, ageMs });
    for (const noteId of ids) write(noteId, "first");
    write(ids[0] ?? "", "changed");
    expect(room.panelView(ann).scorecard.notes.map(({ noteId }) => noteId)).toEqual(ids);
    room.wait(2 * MINUTE);
    write("n_000000000009", "begun before all others, without a connection", 3 * MINUTE);
    expect(room.panelView(ann).scorecard.notes.map(({ noteId }) => noteId)).toEqual(["n_000000000009", ...ids]);
  });
});

describe("interviews", () => {
  test("that began at one moment stand in an order that does not depend on how they came", () => {
    const begun = (roomId: string, at: number) => ({ roomId, at }) as Parameters<typeof inOrder>[0][number];
    const [a, b, c] = [begun("r_b", OPENED_AT), begun("r_a", OPENED_AT), begun("r_0", OPENED_AT + 1)];
    for (const come of [
      [a, b, c],
      [b, a, c],
      [c, a, b],
      [c, b, a],
    ]) {
      expect(inOrder(come).map(({ roomId }) => roomId)).toEqual(["r_a", "r_b", "r_0"]);
    }
  });
});
