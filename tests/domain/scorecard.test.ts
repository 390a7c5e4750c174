import type { Command } from "@whetstone/shared/room/command";
import { LIMITS } from "@whetstone/shared/room/limits";
import { ratingKey } from "@whetstone/shared/room/scorecard/state";
import { missingIn } from "@whetstone/shared/scorecard";
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

  test("holds nothing of an ask whose last tick was taken back", () => {
    const { room, ann } = livePanelRoom();
    const askId = room.push("first-question");
    for (const heard of [true, false]) room.must(ann, { type: "tick", askId, keyPoint: 2, heard });
    expect(scorecard(room, ann).heard).toEqual({});
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

    test("begun before the end and sent after it, at the running time at which they were begun; later ones at the end's", () => {
      const { room, host, ann } = livePanelRoom();
      room.wait(90_000);
      room.must(host, { type: "end" });
      room.wait(60_000);
      write(room, ann, { ageMs: 120_000 });
      expect(notes(room, ann)).toMatchObject([{ at: OPENED_AT + 30_000, elapsedMs: 30_000 }]);
      write(room, ann, { noteId: "n_000000000002", ageMs: 0 });
      expect(notes(room, ann)).toMatchObject([{ elapsedMs: 30_000 }, { at: OPENED_AT + 150_000, elapsedMs: 90_000 }]);
    });

    test("in the order in which they were begun, also when one arrives late", () => {
      const { room, ann } = livePanelRoom();
      room.wait(60_000);
      write(room, ann, { noteId: "n_000000000001" });
      room.wait(1_000);
      write(room, ann, { noteId: "n_000000000002", ageMs: 30_000 });
      expect(notes(room, ann).map(({ noteId }) => noteId)).toEqual(["n_000000000002", "n_000000000001"]);
    });

    test("of which the log holds only what was typed", () => {
      const { room, ann } = livePanelRoom();
      const type = (text: string) =>
        room.must(ann, { type: "writeNote", noteId: NOTE, askId: null, text, mark: null, evidenceFor: null, ageMs: 0 });
      expect(type("Strong")).toMatchObject([{ edit: { at: 0, remove: 0, insert: "Strong" } }]);
      expect(type("Strong on loss")).toMatchObject([{ edit: { at: 6, remove: 0, insert: " on loss" } }]);
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

  describe("is submitted", () => {
    const SUBMIT = { type: "submitScorecard", reason: null } as const;
    const note = (askId: string, noteId: string, evidenceFor: string | null) =>
      ({ type: "writeNote", noteId, askId, text: "heard it", mark: null, evidenceFor, ageMs: 0 }) as const;

    /** An interview that is over, in which one question was asked. */
    function ended() {
      const panel = livePanelRoom();
      const askId = panel.room.push("first-question");
      panel.room.must(panel.host, { type: "end" });
      return { ...panel, askId };
    }

    /** Everything that a scorecard asks for. */
    function fill(room: Room, seatId: string, askId: string): void {
      for (const criterionId of ["depth", "practice", "communication"]) {
        room.must(seatId, { type: "rate", askId, criterionId, level: 3 });
      }
      room.must(seatId, note(askId, NOTE, null));
      room.must(seatId, { type: "writeSummary", text: "Solid." });
      room.must(seatId, { type: "recommend", recommendation: "yes" });
      room.must(seatId, { type: "setConfidence", confidence: "medium" });
    }

    test("as it is when nothing is missing, and a reason for it is not kept", () => {
      const { room, ann, askId } = ended();
      fill(room, ann, askId);
      room.wait(MINUTE);
      room.must(ann, { ...SUBMIT, reason: "There was nothing to say." });
      const { versions, amendment, ...content } = scorecard(room, ann);
      expect(amendment).toBeNull();
      expect(versions).toEqual([
        { ...content, number: 1, submittedAt: OPENED_AT + MINUTE, reason: null, amendment: null, informed: false },
      ]);
    });

    const gaps: readonly [string, (room: Room, ann: string, askId: string) => void][] = [
      ["a rating", (room, ann, askId) => room.must(ann, { type: "rate", askId, criterionId: "depth", level: null })],
      ["a note behind a rating", (room, ann) => room.must(ann, { type: "removeNote", noteId: NOTE })],
      ["a summary", (room, ann) => room.must(ann, { type: "writeSummary", text: "  " })],
      ["a recommendation", (room, ann) => room.must(ann, { type: "recommend", recommendation: null })],
      ["the confidence", (room, ann) => room.must(ann, { type: "setConfidence", confidence: null })],
    ];
    test.each(gaps)("without %s only with a reason, which stays with it", (_name, take) => {
      const { room, ann, askId } = ended();
      fill(room, ann, askId);
      take(room, ann, askId);
      expect(refusalOf(room.act(ann, SUBMIT))).toBe("reason_missing");
      expect(scorecard(room, ann).versions).toEqual([]);
      room.must(ann, { ...SUBMIT, reason: "I had to leave." });
      expect(scorecard(room, ann).versions).toMatchObject([{ reason: "I had to leave." }]);
    });

    test("with a note that is bound to one criterion standing behind no other", () => {
      const { room, ann, askId } = ended();
      fill(room, ann, askId);
      room.must(ann, note(askId, NOTE, "depth"));
      expect(refusalOf(room.act(ann, SUBMIT))).toBe("reason_missing");
      room.must(ann, note(askId, "n_000000000002", "practice"));
      room.must(ann, note(askId, "n_000000000003", "communication"));
      expect(refusalOf(room.act(ann, SUBMIT))).toBeNull();
    });

    test("by a candidate's successor's panel for what the successor was asked", () => {
      const { room, host, ann, candidate } = livePanelRoom();
      room.push("first-question");
      room.must(host, { type: "removeSeat", seatId: candidate });
      room.must(host, { type: "admit", seatId: room.join("candidate", "Dana") });
      const askId = room.push("second-question");
      room.must(host, { type: "end" });
      fill(room, ann, askId);
      expect(refusalOf(room.act(ann, SUBMIT))).toBeNull();
    });

    test("and locked from then on", () => {
      const { room, ann, bob, askId } = ended();
      fill(room, ann, askId);
      room.must(ann, SUBMIT);
      const submitted = scorecard(room, ann);
      const changes: readonly Command[] = [
        { type: "rate", askId, criterionId: "depth", level: 1 },
        { type: "tick", askId, keyPoint: 0, heard: true },
        { ...note(askId, NOTE, null), text: "after" },
        note(askId, "n_000000000002", null),
        { type: "removeNote", noteId: NOTE },
        { type: "writeSummary", text: "after" },
        { type: "recommend", recommendation: "no" },
        { type: "setConfidence", confidence: "low" },
        SUBMIT,
      ];
      for (const command of changes) expect(refusalOf(room.act(ann, command))).toBe("scorecard_locked");
      expect(scorecard(room, ann)).toEqual(submitted);
      for (const command of changes.slice(0, 2)) expect(refusalOf(room.act(bob, command))).toBeNull();
    });

    test("once more after an amendment with a reason, and the first version stays as it was", () => {
      const { room, host, ann, bob, askId } = ended();
      expect(refusalOf(room.act(ann, { type: "amendScorecard", reason: "Too early." }))).toBe("not_submitted");
      for (const seatId of [ann, bob]) fill(room, seatId, askId);
      for (const seatId of [ann, bob]) room.must(seatId, SUBMIT);
      const [first] = scorecard(room, ann).versions;
      room.must(ann, { type: "amendScorecard", reason: "I misread the second anchor." });
      room.must(ann, { type: "rate", askId, criterionId: "depth", level: 1 });
      const seenByBob = () => room.panelView(bob).others.find(({ seatId }) => seatId === ann)?.versions;
      expect(seenByBob()).toEqual([first]);
      expect(scorecard(room, ann)).toMatchObject({ amendment: "I misread the second anchor.", versions: [first] });

      room.must(ann, SUBMIT);
      expect(scorecard(room, ann).amendment).toBeNull();
      expect(seenByBob()).toEqual([
        first,
        {
          ...first,
          ratings: { ...first?.ratings, [ratingKey(askId, "depth")]: 1 },
          number: 2,
          amendment: "I misread the second anchor.",
          informed: true,
        },
      ]);
      expect(room.panelView(host).others).toEqual([]);
    });

    test("so often and no more", () => {
      const { room, host, ann } = livePanelRoom();
      room.must(host, { type: "end" });
      room.must(ann, { type: "submitScorecard", reason: "Only a test." });
      expect(room.must(ann, { type: "dropAmendment" })).toEqual([]);
      for (let count = 1; count <= LIMITS.amendments; count++) {
        const amend = { type: "amendScorecard", reason: `Slip ${count}` } as const;
        room.must(ann, amend);
        expect(room.must(ann, amend)).toEqual([]);
        room.must(ann, { type: "submitScorecard", reason: "Only a test." });
      }
      expect(refusalOf(room.act(ann, { type: "amendScorecard", reason: "One more slip" }))).toBe("too_many");
      expect(scorecard(room, ann).versions).toHaveLength(LIMITS.amendments + 1);
    });

    test("as before when an amendment is dropped", () => {
      const { room, ann, askId } = ended();
      fill(room, ann, askId);
      room.must(ann, SUBMIT);
      const before = scorecard(room, ann);
      room.must(ann, { type: "amendScorecard", reason: "Perhaps." });
      room.must(ann, { type: "writeSummary", text: "Weak." });
      room.must(ann, { type: "removeNote", noteId: NOTE });
      room.must(ann, { type: "dropAmendment" });
      expect(scorecard(room, ann)).toEqual(before);
      expect(refusalOf(room.act(ann, { type: "writeSummary", text: "Weak." }))).toBe("scorecard_locked");
    });

    test("knowing of another's or not: that is kept with each version", () => {
      const { room, ann, bob } = ended();
      room.must(ann, { ...SUBMIT, reason: "First." });
      room.must(bob, { ...SUBMIT, reason: "Second." });
      room.must(bob, { type: "amendScorecard", reason: "Having read Ann's." });
      room.must(bob, { ...SUBMIT, reason: "Third." });
      const informed = (seatId: string) => scorecard(room, seatId).versions.map((version) => version.informed);
      expect(informed(ann)).toEqual([false]);
      expect(informed(bob)).toEqual([false, true]);
    });
  });
});

describe("what a scorecard lacks", () => {
  test("are the criteria of every ask without a rating, the pack's included", () => {
    const { room, ann, bob } = livePanelRoom();
    const unrated = (seatId: string) => {
      const { asks, scorecard } = room.panelView(seatId);
      return missingIn(asks, scorecard).unrated.map(({ ask, criterion }) => ratingKey(ask.askId, criterion.id));
    };
    expect(unrated(ann)).toEqual([]);
    const first = room.push("first-question");
    const typed = room.pushTyped("And you?");
    room.must(ann, { type: "rate", askId: first, criterionId: "depth", level: 1 });
    room.must(ann, { type: "rate", askId: typed, criterionId: "communication", level: 4 });
    expect(unrated(ann)).toEqual([`${first}/practice`, `${first}/communication`, `${typed}/substance`]);
    room.must(ann, { type: "rate", askId: first, criterionId: "depth", level: null });
    expect(unrated(ann)).toHaveLength(4);
    expect(unrated(bob)).toHaveLength(5);
  });
});

describe("the panel's decision", () => {
  const decide = (outcome: "advance" | "decline" | "hold", rationale: string) =>
    ({ type: "recordDecision", outcome, rationale }) as const;

  test("is the host's to record once the scorecards are open to them, and each version stays", () => {
    const { room, host, ann } = livePanelRoom();
    room.must(host, { type: "end" });
    expect(refusalOf(room.act(host, decide("advance", "I like them.")))).toBe("still_blind");
    room.must(host, { type: "submitScorecard", reason: "I only led." });
    room.must(host, decide("hold", "Two of us differ."));
    room.wait(MINUTE);
    room.must(host, decide("advance", "We talked it over."));
    expect(room.panelView(host).decisions).toEqual([
      { outcome: "hold", rationale: "Two of us differ.", at: OPENED_AT, by: "Hana Host" },
      { outcome: "advance", rationale: "We talked it over.", at: OPENED_AT + MINUTE, by: "Hana Host" },
    ]);
    expect(room.panelView(ann).decisions).toEqual([]);
    room.must(ann, { type: "submitScorecard", reason: "I was late." });
    expect(room.panelView(ann).decisions).toHaveLength(2);
  });

  test("is recorded anew where its words or its outcome change, not where neither does, and so often and no more", () => {
    const { room, host } = livePanelRoom();
    room.must(host, { type: "end" });
    room.must(host, { type: "submitScorecard", reason: "I only led." });
    const recorded = () => room.panelView(host).decisions.map(({ outcome, rationale }) => [outcome, rationale]);
    room.must(host, decide("hold", "Two of us differ."));
    expect(room.must(host, decide("hold", "Two of us differ."))).toEqual([]);
    room.must(host, decide("hold", "Three of us differ."));
    room.must(host, decide("decline", "Three of us differ."));
    expect(recorded()).toEqual([
      ["hold", "Two of us differ."],
      ["hold", "Three of us differ."],
      ["decline", "Three of us differ."],
    ]);
    for (let count = recorded().length; count < LIMITS.decisions; count++) room.must(host, decide("hold", `${count}`));
    expect(refusalOf(room.act(host, decide("advance", "At last.")))).toBe("too_many");
    expect(recorded()).toHaveLength(LIMITS.decisions);
  });

  test.each(["after_all", "never"] as const)("is kept from who may not read the scorecards yet (%s)", (blindPolicy) => {
    const { room, host, ann, bob } = livePanelRoom({ blindPolicy });
    room.must(host, { type: "end" });
    room.must(host, { type: "submitScorecard", reason: "I only led." });
    room.must(ann, { type: "submitScorecard", reason: "I was late." });
    const recorded = refusalOf(room.act(host, decide("decline", "No.")));
    expect(recorded).toBe(blindPolicy === "after_all" ? "still_blind" : null);
    room.must(bob, { type: "submitScorecard", reason: "I was late too." });
    room.must(host, decide("decline", "No, after all."));
    const seen = [ann, bob].map((seatId) => room.panelView(seatId).decisions.length);
    expect(seen).toEqual(blindPolicy === "after_all" ? [1, 1] : [0, 0]);
  });
});
