import { type Command, LIMITS } from "@whetstone/shared/room/command";
import { describe, expect, test } from "vitest";
import { livePanelRoom, MINUTE, OPENED_AT, panelRoom, type Room, refusalOf } from "../support/domain.ts";

const NOTE = "n_000000000001";

describe("a scorecard", () => {
  const scorecard = (room: Room, seatId: string) => room.panelView(seatId).scorecard;

  test("keeps a rating until it is changed or taken back, each seat's apart", () => {
    const { room, host, ann, bob } = livePanelRoom();
    const askId = room.push("first-question");
    const rate = (seatId: string, criterionId: string, level: 1 | 2 | 3 | 4 | null) =>
      room.must(seatId, { type: "rate", askId, criterionId, level });
    rate(ann, "depth", 2);
    rate(ann, "communication", 4);
    rate(bob, "depth", 1);
    expect(scorecard(room, ann).ratings).toEqual({ [`${askId}/depth`]: 2, [`${askId}/communication`]: 4 });
    rate(ann, "depth", 3);
    rate(ann, "communication", null);
    expect(scorecard(room, ann).ratings).toEqual({ [`${askId}/depth`]: 3 });
    expect(scorecard(room, bob).ratings).toEqual({ [`${askId}/depth`]: 1 });
    expect(scorecard(room, host).ratings).toEqual({});
  });

  test("rates no criterion but those of the ask", () => {
    const { room, ann } = livePanelRoom();
    const typed = room.pushTyped("Anything else?");
    const banked = room.push("first-question");
    const rate = (askId: string, criterionId: string) =>
      refusalOf(room.act(ann, { type: "rate", askId, criterionId, level: 2 }));
    expect(rate(typed, "depth")).toBe("unknown_criterion");
    expect(rate(banked, "substance")).toBe("unknown_criterion");
    expect(rate(banked, "constructor")).toBe("unknown_criterion");
    expect(rate(banked, "")).toBe("unknown_criterion");
    expect(rate(banked, "practice")).toBeNull();
  });

  test("ticks key points that were heard, in their order", () => {
    const { room, ann } = livePanelRoom();
    const askId = room.push("first-question");
    const tick = (keyPoint: number, heard = true) => refusalOf(room.act(ann, { type: "tick", askId, keyPoint, heard }));
    for (const keyPoint of [3, 0, 2, 0]) tick(keyPoint);
    expect(scorecard(room, ann).heard).toEqual({ [askId]: [0, 2, 3] });
    tick(2, false);
    expect(scorecard(room, ann).heard).toEqual({ [askId]: [0, 3] });
    expect(tick(4)).toBe("unknown_reveal");
  });

  describe("keeps notes", () => {
    const write = (
      room: Room,
      seatId: string,
      fields: Partial<Omit<Extract<Command, { type: "writeNote" }>, "type">> = {},
    ) => {
      const note = { noteId: NOTE, askId: null, text: "a note", mark: null, evidenceFor: null, ageMs: 0 };
      return room.act(seatId, { type: "writeNote", ...note, ...fields });
    };
    const notes = (room: Room, seatId: string) => scorecard(room, seatId).notes;

    test("with the moment at which they were begun, whatever is changed in them later", () => {
      const { room, ann } = livePanelRoom();
      const askId = room.push("first-question");
      room.wait(60_000);
      write(room, ann, { askId });
      const begun = { noteId: NOTE, at: OPENED_AT + 60_000, elapsedMs: 60_000 };
      expect(notes(room, ann)).toEqual([{ ...begun, askId, text: "a note", mark: null, evidenceFor: null }]);
      room.wait(30_000);
      const change = { askId, text: "a better note", mark: "strength", evidenceFor: "depth" } as const;
      write(room, ann, { ...change, ageMs: 5_000 });
      expect(notes(room, ann)).toEqual([{ ...begun, ...change }]);
      write(room, ann, { askId: null, text: "" });
      expect(notes(room, ann)).toEqual([{ ...begun, askId: null, text: "", mark: null, evidenceFor: null }]);
    });

    test("with the moment at which they were begun offline", () => {
      const { room, ann } = livePanelRoom();
      room.wait(60_000);
      write(room, ann, { ageMs: 20_000 });
      expect(notes(room, ann)).toMatchObject([{ at: OPENED_AT + 40_000, elapsedMs: 40_000 }]);
    });

    test("never from before the room", () => {
      const { room, ann } = panelRoom();
      room.wait(60_000);
      write(room, ann, { ageMs: 24 * 60 * MINUTE });
      expect(notes(room, ann)).toMatchObject([{ at: OPENED_AT, elapsedMs: 0 }]);
    });

    test("of a pause at the running time of the pause", () => {
      const { room, host, ann } = livePanelRoom();
      room.wait(60_000);
      room.must(host, { type: "pause" });
      room.wait(30_000);
      write(room, ann);
      expect(notes(room, ann)).toMatchObject([{ at: OPENED_AT + 90_000, elapsedMs: 60_000 }]);
    });

    test("begun offline before a pause and sent after it, at the running time at which they were begun", () => {
      const { room, host, ann } = livePanelRoom();
      room.wait(70_000);
      room.must(host, { type: "pause" });
      room.wait(100_000);
      room.must(host, { type: "resume" });
      room.wait(10_000);
      write(room, ann, { ageMs: 120_000 });
      expect(notes(room, ann)).toMatchObject([{ at: OPENED_AT + 60_000, elapsedMs: 60_000 }]);
    });

    test("in the order in which they were begun, also when one arrives late", () => {
      const { room, ann } = livePanelRoom();
      room.wait(60_000);
      write(room, ann, { noteId: "n_000000000001" });
      room.wait(1_000);
      write(room, ann, { noteId: "n_000000000002", ageMs: 30_000 });
      expect(notes(room, ann).map(({ noteId }) => noteId)).toEqual(["n_000000000002", "n_000000000001"]);
    });

    test("apart for each seat, even under one name", () => {
      const { room, ann, bob } = livePanelRoom();
      write(room, ann, { text: "Ann's" });
      write(room, bob, { text: "Bob's" });
      expect(notes(room, ann)).toMatchObject([{ text: "Ann's" }]);
      expect(notes(room, bob)).toMatchObject([{ text: "Bob's" }]);
      room.must(bob, { type: "removeNote", noteId: NOTE });
      expect(notes(room, ann)).toHaveLength(1);
      expect(notes(room, bob)).toEqual([]);
    });

    test("as evidence for a criterion of their ask, and for no other", () => {
      const { room, ann } = livePanelRoom();
      const askId = room.push("first-question");
      expect(refusalOf(write(room, ann, { askId, evidenceFor: "substance" }))).toBe("unknown_criterion");
      expect(refusalOf(write(room, ann, { askId: null, evidenceFor: "depth" }))).toBe("unknown_criterion");
      expect(refusalOf(write(room, ann, { askId, evidenceFor: "depth" }))).toBeNull();
    });

    test("until they are removed; what is not there cannot be", () => {
      const { room, ann } = livePanelRoom();
      write(room, ann);
      room.must(ann, { type: "removeNote", noteId: NOTE });
      expect(notes(room, ann)).toEqual([]);
      expect(refusalOf(room.act(ann, { type: "removeNote", noteId: NOTE }))).toBe("unknown_note");
    });

    test("so many and no more; those that are there can still be changed", () => {
      const { room, ann } = livePanelRoom();
      for (let i = 0; i < LIMITS.notes; i++) write(room, ann, { noteId: room.newId("n") });
      expect(refusalOf(write(room, ann, { noteId: room.newId("n") }))).toBe("too_many");
      expect(refusalOf(write(room, ann, { noteId: NOTE, text: "changed" }))).toBeNull();
      expect(notes(room, ann)[0]?.text).toBe("changed");
    });
  });

  test("has a summary and a recommendation, which can change", () => {
    const { room, ann } = livePanelRoom();
    room.must(ann, { type: "writeSummary", text: "Careful." });
    room.must(ann, { type: "writeSummary", text: "Careful, and quick." });
    room.must(ann, { type: "recommend", recommendation: "strong_yes" });
    expect(scorecard(room, ann)).toMatchObject({ summary: "Careful, and quick.", recommendation: "strong_yes" });
    room.must(ann, { type: "recommend", recommendation: null });
    expect(scorecard(room, ann).recommendation).toBeNull();
  });

  test("is submitted with a recommendation, once, and locked from then on", () => {
    const { room, host, ann, bob } = livePanelRoom();
    const askId = room.push("first-question");
    const note = { type: "writeNote", noteId: NOTE, askId, mark: null, evidenceFor: null, ageMs: 0 } as const;
    room.must(ann, { ...note, text: "before" });
    room.must(host, { type: "end" });
    expect(refusalOf(room.act(ann, { type: "submitScorecard" }))).toBe("recommendation_missing");
    room.must(ann, { type: "recommend", recommendation: "no" });
    room.wait(MINUTE);
    room.must(ann, { type: "submitScorecard" });
    expect(scorecard(room, ann).submittedAt).toBe(OPENED_AT + MINUTE);

    const submitted = scorecard(room, ann);
    const changes: readonly Command[] = [
      { type: "rate", askId, criterionId: "depth", level: 1 },
      { type: "tick", askId, keyPoint: 0, heard: true },
      { ...note, text: "after" },
      { ...note, noteId: "n_000000000002", text: "new" },
      { type: "removeNote", noteId: NOTE },
      { type: "writeSummary", text: "after" },
      { type: "recommend", recommendation: "yes" },
      { type: "submitScorecard" },
    ];
    for (const command of changes) expect(refusalOf(room.act(ann, command))).toBe("scorecard_locked");
    expect(scorecard(room, ann)).toEqual(submitted);
    for (const command of changes.slice(0, 2)) expect(refusalOf(room.act(bob, command))).toBeNull();
  });
});
