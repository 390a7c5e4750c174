import type { Command } from "@whetstone/shared/room/command";
import type { PanelView } from "@whetstone/shared/room/view/view";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepText, keptText } from "../../client/src/browser/kept-text.ts";
import { type Change, changesBetween, textChange } from "../../client/src/room/scorecard/changes.ts";
import { byAsk, type Place, steppedFrom } from "../../client/src/room/scorecard/places.ts";
import { livePanelRoom } from "../support/domain.ts";
import { MemoryStorage } from "./fakes.ts";

/** An interview of two questions that is over, and Ann, who has written nothing yet. */
function over() {
  const panel = livePanelRoom();
  const { room, ann, host } = panel;
  const first = room.push("first-question");
  const second = room.push("second-question");
  room.must(host, { type: "end" });
  const does = (...commands: Command[]) => {
    for (const command of commands) room.must(ann, command);
  };
  const view = (): PanelView => room.panelView(ann);
  return { ...panel, first, second, does, view };
}

const note = (number: number, askId: string | null, text: string, change: object = {}): Command => ({
  type: "writeNote",
  noteId: `n_00000000000${number}`,
  askId,
  text,
  mark: null,
  evidenceFor: null,
  ageMs: 0,
  ...change,
});

/** What a person reads of a change, in short. */
function inShort(change: Change): string {
  switch (change.kind) {
    case "recommendation":
    case "confidence":
    case "summary":
      return `${change.kind}: ${change.before} → ${change.after}`;
    case "rating":
      return `${change.ask.number} ${change.criterion.id}: ${change.before} → ${change.after}`;
    case "note":
      return `note ${change.ask?.number ?? "between"}: ${change.before?.text ?? null} → ${change.after?.text ?? null}`;
    case "keyPoint":
      return `${change.ask.number} ${change.heard ? "heard" : "not heard"}: ${change.text}`;
    default:
      return change satisfies never;
  }
}

describe("what a version changes", () => {
  it("is everything that was written, for the first one, in the order of the interview", () => {
    const { first, second, does, view } = over();
    does(
      { type: "rate", askId: second, criterionId: "depth", level: 2 },
      { type: "rate", askId: first, criterionId: "practice", level: 3 },
      { type: "tick", askId: first, keyPoint: 1, heard: true },
      note(1, first, "Clear."),
      note(2, null, "Was nervous."),
      note(3, second, "   "),
      { type: "writeSummary", text: "Solid." },
      { type: "recommend", recommendation: "yes" },
      { type: "setConfidence", confidence: "low" },
    );
    const { scorecard, asks } = view();
    expect(changesBetween(null, scorecard, asks).map(inShort)).toEqual([
      "recommendation: null → yes",
      "confidence: null → low",
      "summary:  → Solid.",
      "1 practice: null → 3",
      "2 depth: null → 2",
      "note 1: null → Clear.",
      "note between: null → Was nervous.",
      `1 heard: ${asks[0]?.question.strongAnswer[1]}`,
    ]);
  });

  it("is what differs from the version before, and nothing else", () => {
    const { first, second, does, view } = over();
    does(
      { type: "rate", askId: first, criterionId: "depth", level: 3 },
      { type: "rate", askId: first, criterionId: "practice", level: 3 },
      { type: "rate", askId: second, criterionId: "depth", level: 1 },
      { type: "tick", askId: first, keyPoint: 0, heard: true },
      note(1, first, "Stays."),
      note(2, first, "Changes."),
      note(3, second, "Goes."),
      { type: "recommend", recommendation: "no" },
      { type: "setConfidence", confidence: "high" },
      { type: "submitScorecard", reason: "Cut short" },
      { type: "amendScorecard", reason: "A slip" },
      { type: "rate", askId: first, criterionId: "depth", level: 4 },
      { type: "rate", askId: second, criterionId: "depth", level: null },
      { type: "tick", askId: first, keyPoint: 0, heard: false },
      note(2, first, "Changed."),
      { type: "removeNote", noteId: "n_000000000003" },
      note(4, second, "Comes."),
      { type: "recommend", recommendation: "yes" },
    );
    const { scorecard, asks } = view();
    const [before] = scorecard.versions;
    if (!before) throw new Error("Nothing was submitted.");
    expect(changesBetween(before, scorecard, asks).map(inShort)).toEqual([
      "recommendation: no → yes",
      "1 depth: 3 → 4",
      "2 depth: 1 → null",
      "note 1: Changes. → Changed.",
      "note 2: null → Comes.",
      "note 2: Goes. → null",
      `1 not heard: ${asks[0]?.question.strongAnswer[0]}`,
    ]);
    expect(changesBetween(before, before, asks)).toEqual([]);
  });

  it("is also a note's mark or what it is evidence for", () => {
    const { first, does, view } = over();
    does(note(1, first, "Clear."), note(2, first, "Slow."), { type: "submitScorecard", reason: "Cut short" });
    does({ type: "amendScorecard", reason: "Marks" });
    does(note(1, first, "Clear.", { mark: "strength" }), note(2, first, "Slow.", { evidenceFor: "depth" }));
    const { scorecard, asks } = view();
    const changes = changesBetween(scorecard.versions[0] ?? null, scorecard, asks);
    expect(changes.map((change) => (change.kind === "note" ? change.after : change.kind))).toMatchObject([
      { text: "Clear.", mark: "strength" },
      { text: "Slow.", evidenceFor: "depth" },
    ]);
  });
});

describe("how a text was changed", () => {
  it.each([
    ["A weak answer.", "A weaker answer.", ["A ", "weak", "weaker", " answer."]],
    ["good", "good and solid", ["good", "", " and solid", ""]],
    ["one two three", "one three", ["one ", "two ", "", "three"]],
    ["", "new", ["", "", "new", ""]],
    ["the same", "the same", ["the same", "", "", ""]],
    ["naïve 👍🏽 yes", "naïve 👍🏿 yes", ["naïve ", "👍🏽", "👍🏿", " yes"]],
  ])("%j to %j is told in whole words", (before, after, [head, removed, added, tail]) => {
    expect(textChange(before, after)).toEqual({ head, removed, added, tail });
  });

  it("always adds up to both texts", () => {
    const words = fc.array(fc.constantFrom("ab", "abc", "b", " ", "\n", "né"), { maxLength: 12 });
    const text = words.map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { head, removed, added, tail } = textChange(before, after);
        expect(head + removed + tail).toBe(before);
        expect(head + added + tail).toBe(after);
      }),
    );
  });
});

describe("moving from criterion to criterion", () => {
  it("goes through the whole round and around its ends", () => {
    const { first, second, view } = over();
    const { asks } = view();
    const seen: (string | undefined)[] = [];
    let place: Place | null = null;
    for (let step = 0; step < 7; step += 1) {
      place = steppedFrom(place, asks, 1);
      seen.push(`${place?.askId === first ? 1 : 2} ${place?.criterionId}`);
    }
    const round = ["depth", "practice", "communication"];
    expect(seen).toEqual([...round.map((id) => `1 ${id}`), ...round.map((id) => `2 ${id}`), "1 depth"]);
    expect(steppedFrom(null, asks, -1)).toMatchObject({ askId: second, criterionId: "communication" });
    expect(steppedFrom(steppedFrom(null, asks, 1), asks, -1)).toMatchObject({ criterionId: "communication" });
  });

  it("leads nowhere where nothing was asked", () => {
    expect(steppedFrom(null, [], 1)).toBeNull();
    expect(steppedFrom(null, [], -1)).toBeNull();
  });

  it("a list of criteria names each question once", () => {
    const [ask, other] = over().view().asks;
    if (!ask || !other) throw new Error("Two questions were asked.");
    const pair = (of: typeof ask, index: number) => {
      const criterion = of.question.criteria[index];
      if (!criterion) throw new Error("There is no such criterion.");
      return { ask: of, criterion };
    };
    const groups = byAsk([pair(ask, 0), pair(other, 1), pair(other, 2)]);
    expect(groups.map(({ ask: { number }, pairs }) => [number, pairs.map(({ criterion: { id } }) => id)])).toEqual([
      [1, ["depth"]],
      [2, ["practice", "communication"]],
    ]);
  });
});

describe("a reason that is being written", () => {
  it("outlives a reload, and is gone once it was given", () => {
    const storage = new MemoryStorage();
    expect(keptText(storage, "reason")).toBe("");
    keepText(storage, "reason", "Cut sh");
    keepText(storage, "reason", "Cut short");
    expect(keptText(storage, "reason")).toBe("Cut short");
    expect(keptText(storage, "another")).toBe("");
    keepText(storage, "reason", "");
    expect(storage.length).toBe(0);
  });

  it("can be written where the browser keeps nothing", () => {
    const full = new MemoryStorage();
    full.setItem = () => {
      throw new Error("QuotaExceededError");
    };
    full.getItem = () => {
      throw new Error("SecurityError");
    };
    expect(() => keepText(full, "reason", "Cut short")).not.toThrow();
    expect(keptText(full, "reason")).toBe("");
  });
});
