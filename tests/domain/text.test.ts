import assert from "node:assert/strict";
import { applySplice, Splice, spliceBetween } from "@whetstone/shared/text";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../support/courses.ts";

// Few letters, so that what a text begins and ends with overlaps; and letters that share half of a surrogate pair.
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom("x", "y"), maxLength: 6 }),
  fc.string({ unit: fc.constantFrom("a", "😀", "😁", "🏁"), maxLength: 4 }),
  fc.string({ unit: "binary" }),
);

describe("an edit of a text", () => {
  test("leads from the one to the other, also as it is stored", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const splice = spliceBetween(before, after);
        assert.equal(applySplice(before, splice), after);
        assert.equal(applySplice(before, Splice.parse(JSON.parse(JSON.stringify(splice)))), after);
      }),
      propertyRuns(5_000),
    );
  });

  test("is the smallest: neither its beginning nor its end says what is there already", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const { at, remove, insert } = spliceBetween(before, after);
        const removed = before.slice(at, at + remove);
        assert.equal(removed.length, remove);
        if (remove === 0 || insert === "") return;
        assert.notEqual(removed.charCodeAt(0), insert.charCodeAt(0));
        assert.notEqual(removed.charCodeAt(remove - 1), insert.charCodeAt(insert.length - 1));
      }),
      propertyRuns(5_000),
    );
  });

  test.each([
    ["", "", { at: 0, remove: 0, insert: "" }],
    ["", "ab", { at: 0, remove: 0, insert: "ab" }],
    ["ab", "", { at: 0, remove: 2, insert: "" }],
    ["aa", "aaa", { at: 2, remove: 0, insert: "a" }],
    ["aaa", "aa", { at: 2, remove: 1, insert: "" }],
    ["one two three", "one 2 three", { at: 4, remove: 3, insert: "2" }],
  ])("from %j to %j", (before, after, splice) => {
    expect(spliceBetween(before, after)).toEqual(splice);
  });
});
