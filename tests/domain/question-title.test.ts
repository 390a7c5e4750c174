import { freezeTypedQuestion } from "@whetstone/shared/bank";
import { beginningOf, titleOf } from "@whetstone/shared/question-title";
import { describe, expect, test } from "vitest";
import { sourcesOf } from "../support/sources.ts";

const titled = (prompt: string) => titleOf(freezeTypedQuestion({ prompt, minutes: 5 }));

describe("the title of a question that was typed", () => {
  test.each([
    ["## **Why** does `loss.item()` cost so much?\n\nMore below.", "Why does loss.item() cost so much?"],
    ["Prove that $n^2 \\le 2^n$ for $n \\geq 4$.", "Prove that n^2 ≤ 2^n for n ≥ 4."],
    ["- first\n- second", "first"],
    ["1. Name *three* reasons.", "Name three reasons."],
    ["> quoted", "quoted"],
    ["[The paper](https://example.org/a) says so. Why?", "The paper says so. Why?"],
    ["Two lines\nof one paragraph", "Two lines of one paragraph"],
    ["---\n\nAfter a rule", "After a rule"],
    ["```python\nx = [i ** 2 for i in y]\n```\nWhat is x?", "x = [i ** 2 for i in y]"],
    ["\n\n  Spaces before", "Spaces before"],
    ["Was kostet `n_items`, und 2*3*4?", "Was kostet n_items, und 2*3*4?"],
  ])("of %j is plain", (prompt, title) => {
    expect(titled(prompt)).toBe(title);
  });

  test("is cut at a word, and within one only where there is no other way", () => {
    expect(titled(`**Tell** me ${"about queues ".repeat(20)}`)).toBe(
      "Tell me about queues about queues about queues about queues…",
    );
    expect(titled("界".repeat(80))).toBe(`${"界".repeat(59)}…`);
    expect(titled("🙂".repeat(80))).toBe(`${"🙂".repeat(59)}…`);
    expect(beginningOf("a ".repeat(100), 9)).toBe("a a a a…");
  });

  test("of marks that enclose nothing is as it was written", () => {
    expect(titled("---")).toBe("---");
  });

  test("of the bank's questions is the bank's", () => {
    expect(titleOf({ bankId: "one", title: "A *title*", prompt: "Why?" })).toBe("A *title*");
  });
});

test("no page shows the title that is stored of a question", () => {
  const pages = sourcesOf("client").filter(({ path }) => /client\/src\/(?:room|compare)\//.test(path));
  expect(pages.length).toBeGreaterThan(100);
  const raw = pages.filter(({ source }) => /\bquestion\??\.title\b/.test(source));
  expect(raw.map(({ path }) => path)).toEqual([]);
});
