import { plainTextOf, spokenTextOf } from "@whetstone/shared/plain-text";
import { describe, expect, test } from "vitest";

describe("Markdown as plain text", () => {
  test.each([
    ["**Why** does *this* `loss.item()` ~~not~~ __fall__?", "Why does this loss.item() not fall?"],
    ["# A heading\nand its text", "A heading\nand its text"],
    ["Two lines\nof one paragraph.\n\nAnother.", "Two lines of one paragraph.\nAnother."],
    ["- one\n- [x] two\n  * three\n1. four", "one\ntwo\nthree\n1. four"],
    ["> quoted\n> further", "quoted further"],
    [
      'see [the *paper*](https://example.org/a_b "title") and <https://example.org>',
      "see the paper and https://example.org",
    ],
    ["![a curve](x.png)", "a curve"],
    ["above\n\n---\n\nbelow", "above\nbelow"],
    ["| epoch | loss |\n|:--|--:|\n| 1 | **0.5** |", "epoch, loss\n1, 0.5"],
    ["so is $O(n^2)$, and it costs 5$", "so is O(n^2), and it costs 5$"],
    ["$\\frac{\\alpha}{2}$ and $\\mathbb{E}[x]$", "( alpha ) / (2) and E[x]"],
    ["$$\n\\sum_{i=1}^{n} x_i\n$$", "sum _i=1^n x_i"],
    ["a \\* b, snake_case_name and 2*3*4", "a * b, snake_case_name and 2*3*4"],
    ["1 &lt; 2 &amp; so on", "1 < 2 & so on"],
    ["", ""],
  ])("%j", (markdown, plain) => {
    expect(plainTextOf(markdown)).toBe(plain);
  });

  test("code keeps its lines and its marks", () => {
    const code = "def f(x):\n    return x ** 2  # _no_ emphasis";
    expect(plainTextOf(`Look:\n\n\`\`\`python\n${code}\n\`\`\`\n\nWell?`)).toBe(`Look:\n${code}\nWell?`);
  });

  test("a paragraph of any length keeps all of its words", () => {
    const words = "word **bold** ".repeat(2_000);
    expect(plainTextOf(words).replace(/\*/g, "").match(/\w+/g)).toHaveLength(4_000);
  });
});

describe("Markdown that is read aloud", () => {
  test("is one line of sentences, which says that there is code and does not spell it", () => {
    const markdown = "## A head\n\nWhat is *wrong* here?\n\n```py\na = 1\nb = 2\n```\n\n- shapes\n- masks";
    expect(spokenTextOf(markdown)).toBe("A head. What is wrong here? 2 lines of code. shapes. masks.");
  });
});
