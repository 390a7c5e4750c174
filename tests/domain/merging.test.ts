import { strict as assert } from "node:assert";
import { emptyFeedback } from "@whetstone/shared/feedback";
import { commonText, mergeLists, mergeTexts, splicesBetween, writtenOnto } from "@whetstone/shared/merge";
import { planOnto } from "@whetstone/shared/room/course/state";
import { feedbackOnto } from "@whetstone/shared/room/feedback/state";
import { LIMITS } from "@whetstone/shared/room/limits";
import { applySplice, spliceBetween } from "@whetstone/shared/text";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { propertyRuns } from "../support/courses.ts";
import { livePanelRoom, panelRoom, refusalOf, replay } from "../support/domain.ts";

const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** One thing that a writer does to a text of words, lines and sentences: takes words out from a place on, and puts others there. */
const edits = fc.record({
  at: fc.nat({ max: 60 }),
  out: fc.nat({ max: 4 }),
  words: fc.array(fc.constantFrom("one", "two", "three"), { maxLength: 3 }),
  end: fc.constantFrom(" ", ". ", "\n", ".\n", ", "),
});
type Edit = typeof edits extends fc.Arbitrary<infer T> ? T : never;

/** What a writer made of a text, and which words of it they took out; every word that they put in is theirs alone. */
function written(
  base: string,
  by: string,
  changes: readonly Edit[],
): { text: string; added: string[]; removed: string[] } {
  let text = base;
  const added: string[] = [];
  for (const [index, { at, out, words, end }] of changes.entries()) {
    const units = text.match(/[\p{L}\p{N}]+|[^\p{L}\p{N}]/gu) ?? [];
    const put = words.map((word, place) => `${by}${index}${word}${place}`);
    const from = Math.min(at, units.length);
    text = [...units.slice(0, from), ...put.flatMap((word) => [" ", word, end]), ...units.slice(from + out)].join("");
    added.push(...put);
  }
  const present = new Set(wordsIn(text));
  return {
    text,
    added: wordsIn(text).filter((word) => word.startsWith(by)),
    removed: wordsIn(base).filter((word) => !present.has(word)),
  };
}

/** A base of which every word occurs once, in sentences and lines. */
const bases = fc
  .array(fc.constantFrom(" ", " ", " ", ". ", "\n", ".\n\n"), { maxLength: 30 })
  .map((ends) => ends.map((end, index) => `base${index}${end}`).join(""));
const histories = fc.array(edits, { maxLength: 5 });

describe("a merge of texts", () => {
  it.each([
    [
      "what each appended, theirs first",
      "Hello.",
      "Hello. From mine.",
      "Hello. From theirs.",
      "Hello. From theirs. From mine.",
    ],
    [
      "what each began with",
      "",
      "The laptop's text",
      "The telephone's text",
      "The telephone's text\nThe laptop's text",
    ],
    ["changes in different places", "the quick red fox", "the slow red fox", "the quick red dog", "the slow red dog"],
    ["the same word, changed by both", "a red fox", "a blue fox", "a green fox", "a green blue fox"],
    ["a line removed beside one that was changed", "A.\nB.\nC.\n", "A.\nC.\n", "A.\nB.\nC more.\n", "A.\nC more.\n"],
    [
      "a sentence that one removed and the other changed",
      "A. Beta one. C.",
      "A. C.",
      "A. Beta two. C.",
      "A. Beta two. C.",
    ],
    ["the same change", "a b c", "a x c", "a x c", "a x c"],
    ["one that the other goes on from", "", "It begins", "It begins and goes on", "It begins and goes on"],
    ["scripts without spaces, character by character", "一二三四", "一二五四", "零一二三四", "零一二五四"],
    ["words that would run into one", "foo.", "foo.bar", "foo", "foo bar"],
  ])("keeps %s", (_name, base, mine, theirs, expected) => {
    expect(mergeTexts(base, mine, theirs)).toBe(expected);
  });

  test("holds every word that either added, and every word that neither took out", () => {
    fc.assert(
      fc.property(bases, histories, histories, (base, ofMine, ofTheirs) => {
        const [mine, theirs] = [written(base, "mine", ofMine), written(base, "theirs", ofTheirs)];
        const merged = new Set(wordsIn(mergeTexts(base, mine.text, theirs.text)));
        const gone = new Set([...mine.removed, ...theirs.removed]);
        for (const word of [...mine.added, ...theirs.added, ...wordsIn(base).filter((other) => !gone.has(other))]) {
          assert.ok(merged.has(word), `${word} is gone`);
        }
      }),
      propertyRuns(3_000),
    );
  });

  test("leaves out what one took out of lines that the other left as they were", () => {
    const lines = fc.array(fc.record({ of: fc.constantFrom("mine", "theirs", "nobody"), edit: edits }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(lines, (parts) => {
        const before = parts.map((_, index) => `l${index}a l${index}b l${index}c.\n`);
        const by = (writer: string) =>
          before.map((line, index) =>
            parts[index]?.of === writer ? written(line, writer, [parts[index].edit]) : null,
          );
        const [mine, theirs] = [by("mine"), by("theirs")];
        const textOf = (sides: typeof mine) => before.map((line, index) => sides[index]?.text ?? line).join("");
        const merged = new Set(wordsIn(mergeTexts(before.join(""), textOf(mine), textOf(theirs))));
        const removed = [...mine, ...theirs].flatMap((side) => side?.removed ?? []);
        assert.deepStrictEqual(
          removed.filter((word) => merged.has(word)),
          [],
        );
      }),
      propertyRuns(2_000),
    );
  });

  test("with a side that changed nothing is the other side, of whatever text", () => {
    const any = fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), bases);
    fc.assert(
      fc.property(any, any, (base, other) => {
        assert.equal(mergeTexts(base, other, base), other);
        assert.equal(mergeTexts(base, base, other), other);
        assert.equal(mergeTexts(base, other, other), other);
      }),
      propertyRuns(1_000),
    );
  });

  test("of texts as long as they may be takes a bounded amount of work", () => {
    const long = (unit: string) => unit.repeat(LIMITS.answer / unit.length);
    const hostile = ["a ", "\n", "a.\n", ". ", "ab\n\n", "一", "a"].map(long);
    for (const base of hostile) {
      const [mine, theirs] = [`x ${base.slice(0, -900)} y`, `z ${base.slice(500)} x`];
      const merged = mergeTexts(base, mine, theirs);
      for (const word of ["x", "y", "z"]) expect(wordsIn(merged)).toContain(word);
    }
  });

  test("is told to a field by splices that lead to it, from the last to the first", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), bases, (one, other) => {
        for (const [before, after] of [
          [one, other],
          [other, one],
        ] as const) {
          const splices = splicesBetween(before, after);
          assert.equal(splices.reduce(applySplice, before), after);
          assert.deepStrictEqual(
            splices.map(({ at }) => at).sort((a, b) => b - a),
            splices.map(({ at }) => at),
          );
        }
      }),
      propertyRuns(500),
    );
    expect(splicesBetween("middle", "before middle after").map(({ insert }) => insert)).toEqual([" after", "before "]);
  });
});

describe("a merge of lists", () => {
  it.each([
    ["what each added", ["a"], ["a", "b"], ["a", "c"], ["a", "c", "b"]],
    ["an entry that both changed", ["one two", "z"], ["one mine", "z"], ["one theirs", "z"], ["one theirs mine", "z"]],
    ["what one removed as removed", ["a", "b", "c"], ["a", "c"], ["a", "b", "d"], ["a", "d"]],
    ["an entry that one removed and the other changed", ["a", "b"], ["a"], ["a", "b more"], ["a", "b more"]],
  ])("keeps %s", (_name, base, mine, theirs, expected) => {
    expect(mergeLists(base, mine, theirs)).toEqual(expected);
  });

  const item = (n: number, minutes = 5) => ({
    itemId: `p_${String(n).padStart(12, "0")}`,
    questionId: `question-${n}`,
    minutes,
  });
  const numbers = (plan: readonly { questionId: string }[]) =>
    plan.map(({ questionId }) => Number(questionId.slice(9)));

  test("a plan has what either added, in the order and for the minutes that either gave, without what either took out", () => {
    const base = [item(1), item(2), item(3)];
    const merge = (items: typeof base, current: typeof base) => planOnto(current, { items, base });
    expect(numbers(merge([...base, item(4)], [...base, item(5)]))).toEqual([1, 2, 3, 5, 4]);
    expect(numbers(merge([item(3), item(1), item(2)], [item(1), item(3)]))).toEqual([3, 1]);
    expect(numbers(merge([item(2), item(1), item(3)], [item(1), item(3), item(2)])).toSorted()).toEqual([1, 2, 3]);
    const retimed = merge([item(1, 9), item(2), item(3)], [item(2), item(1), item(3, 7)]);
    expect(retimed.map(({ minutes }) => minutes)).toEqual([5, 9, 7]);
    expect(numbers(merge([item(2), item(3), item(1)], [item(2), item(3)]))).toEqual([2, 3]);
    expect(merge(base, [item(3)])).toEqual([item(3)]);
    expect(planOnto([item(9)], { items: base })).toEqual(base);
    const again = { ...item(4), itemId: "p_anotherdevice" };
    expect(numbers(merge([...base, again], [...base, item(4)]))).toEqual([1, 2, 3, 4]);
  });

  test("feedback keeps what was not changed here as it is elsewhere", () => {
    const current = { ...emptyFeedback, message: "Theirs.", strengths: ["s"], namesPanel: true };
    const mine = { ...emptyFeedback, message: "Mine.", concerns: ["c"] };
    expect(feedbackOnto(current, { feedback: mine, base: { message: "", concerns: [] } })).toEqual({
      ...emptyFeedback,
      message: "Theirs. Mine.",
      strengths: ["s"],
      concerns: ["c"],
      namesPanel: true,
    });
    expect(feedbackOnto(current, { feedback: mine })).toEqual(mine);

    const chosen = { ...mine, questions: "levels", namesPanel: false } as const;
    expect(feedbackOnto(current, { feedback: chosen, base: { questions: "none" } })).toEqual({
      ...current,
      questions: "levels",
    });
    expect(feedbackOnto(current, { feedback: chosen, base: { namesPanel: true } })).toEqual({
      ...current,
      namesPanel: false,
    });
    const theirs = { ...current, questions: "asked" } as const;
    expect(feedbackOnto(theirs, { feedback: chosen, base: { strengths: [] } })).toEqual(theirs);
  });
});

describe("what two devices of one seat wrote", () => {
  const onBase = (text: string, base: string) => ({ text, base: spliceBetween(text, base) });
  const NOTE = "n_000000000001";
  const note = (text: string) =>
    ({ type: "writeNote", noteId: NOTE, askId: null, text, mark: null, evidenceFor: null, ageMs: 0 }) as const;

  test("is merged in answers and summaries by what each was written on", () => {
    const { room, candidate, ann } = livePanelRoom();
    const askId = room.push("first-question");
    const answer = () => room.asks[0]?.answer;
    room.must(candidate, { type: "writeAnswer", askId, text: "Both know this." });
    room.must(candidate, {
      type: "writeAnswer",
      askId,
      ...onBase("Both know this. The telephone too.", "Both know this."),
    });
    room.must(candidate, { type: "writeAnswer", askId, ...onBase("The laptop: both know this.", "Both know this.") });
    expect(answer()).toBe("The laptop: both know this. The telephone too.");
    room.must(candidate, { type: "writeAnswer", askId, text: "A page of the build before." });
    expect(answer()).toBe("A page of the build before.");

    room.must(ann, { type: "writeSummary", text: "Solid." });
    room.must(ann, { type: "writeSummary", ...onBase("Calm.", "") });
    expect(room.panelView(ann).scorecard.summary).toBe("Solid. Calm.");
    assert.deepStrictEqual(replay(room.commits), room.state);
  });

  test("comes back in a note that was removed elsewhere, and a note that was written on elsewhere stays", () => {
    const { room, ann } = panelRoom();
    const notes = () => room.panelView(ann).scorecard.notes.map(({ text, mark }) => [text, mark]);
    const signs = { mark: null, evidenceFor: null };
    room.must(ann, note("Begun"));
    room.must(ann, { ...note("Begun"), mark: "concern", base: spliceBetween("Begun", "Begun"), baseSigns: signs });
    room.must(ann, { ...note(""), ...onBase("Begun, here", "Begun"), baseSigns: signs });
    expect(notes()).toEqual([["Begun, here", "concern"]]);
    expect(room.must(ann, { type: "removeNote", noteId: NOTE, base: "Begun" })).toEqual([]);
    expect(notes()).toEqual([["Begun, here", "concern"]]);
    room.must(ann, { type: "removeNote", noteId: NOTE, base: "Begun, here" });
    expect(notes()).toEqual([]);
    room.must(ann, { ...note(""), ...onBase("Begun, here and there", "Begun, here"), baseSigns: signs });
    expect(notes()).toEqual([["Begun, here and there", null]]);
    room.must(ann, { type: "removeNote", noteId: NOTE });
    expect(notes()).toEqual([]);
    assert.deepStrictEqual(replay(room.commits), room.state);
  });

  test("keeps of a note's signs what each device changed", () => {
    const { room, ann } = livePanelRoom();
    const askId = room.push("first-question");
    const signs = () => room.panelView(ann).scorecard.notes.map(({ mark, evidenceFor }) => ({ mark, evidenceFor }));
    const before = { mark: null, evidenceFor: null };
    const write = (changed: object) =>
      room.must(ann, { ...note("Begun"), askId, base: spliceBetween("Begun", "Begun"), baseSigns: before, ...changed });
    room.must(ann, { ...note("Begun"), askId });
    write({ evidenceFor: "depth" });
    write({ mark: "strength" });
    expect(signs()).toEqual([{ mark: "strength", evidenceFor: "depth" }]);
    write({ evidenceFor: "practice" });
    expect(signs()).toEqual([{ mark: "strength", evidenceFor: "practice" }]);
  });

  test("is refused where both are too long for one text, and what was acknowledged stands", () => {
    const { room, candidate, ann } = livePanelRoom();
    const askId = room.push("first-question");
    const first = "x".repeat(LIMITS.answer - 1);
    room.must(candidate, { type: "writeAnswer", askId, text: first });
    expect(refusalOf(room.act(candidate, { type: "writeAnswer", askId, ...onBase("yz", "") }))).toBe("too_long");
    expect(room.asks[0]?.answer).toBe(first);
    room.must(ann, { type: "writeSummary", text: first });
    expect(refusalOf(room.act(ann, { type: "writeSummary", ...onBase("yz", "") }))).toBe("too_long");
    room.must(ann, note(first));
    expect(refusalOf(room.act(ann, { ...note(""), ...onBase("yz", "") }))).toBe("too_long");
  });

  test("holds what both have in common, where nobody knows what it was written on", () => {
    expect(commonText("I think so, yes", "I thought so")).toBe("I  so");
    fc.assert(
      fc.property(bases, histories, histories, (base, ofMine, ofTheirs) => {
        const [mine, theirs] = [written(base, "mine", ofMine), written(base, "theirs", ofTheirs)];
        const common = commonText(mine.text, theirs.text);
        const merged = new Set(wordsIn(writtenOnto(theirs.text, onBase(mine.text, common))));
        for (const word of [...wordsIn(mine.text), ...wordsIn(theirs.text)])
          assert.ok(merged.has(word), `${word} is gone`);
      }),
      propertyRuns(1_000),
    );
  });
});
