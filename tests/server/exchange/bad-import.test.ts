import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IMPORT_BYTES, IMPORT_QUESTIONS } from "../../../server/src/bank/exchange/parsed.ts";
import { propertyRuns } from "../../support/courses.ts";
import { read, readText, refusals } from "./samples.ts";

const ENDINGS = ["yaml", "json", "csv", "md", "txt"];

describe("an import is refused", () => {
  test("when it is larger than it may be, all files together, and says how large it is", () => {
    const text = `- ${"a".repeat(IMPORT_BYTES / 2)}`;
    const parsed = read({ name: "a.md", text }, { name: "b.md", text: `${text}ä` });
    expect(refusals(parsed)).toEqual(["b.md:1: the import has 10.1 MB; at most 10 MB are possible"]);
    expect(parsed.questions).toEqual([]);
  });

  test("when it has too many questions", () => {
    const text = "- Why?\n".repeat(IMPORT_QUESTIONS + 1);
    expect(refusals(readText("a.md", text))).toEqual([
      "a.md:1: the import has 10,001 questions; at most 10,000 are possible",
    ]);
  });

  test.each(ENDINGS)("when a .%s file is binary, or not in UTF-8", (ending) => {
    expect(refusals(readText(`a.${ending}`, "title\nPK\u0003\0\0"))).toEqual([
      `a.${ending}:2: is no text file; a spreadsheet can be saved as CSV`,
    ]);
    expect(refusals(readText(`a.${ending}`, "title\nGr\uFFFD\uFFFDe\n"))[0]).toContain(
      `a.${ending}:2: holds characters`,
    );
  });

  test("when a file has an unknown ending", () => {
    for (const name of ["a.xlsx", "a.yaml.exe", "folder/a.constructor"]) {
      expect(refusals(readText(name, "- Why?"))).toEqual([expect.stringContaining(`${name}:1: has an unknown ending`)]);
    }
  });

  test.each(ENDINGS)("when nothing at all is in a .%s file", (ending) => {
    expect(refusals(readText(`a.${ending}`, ""))).toHaveLength(1);
    expect(refusals(readText(`a.${ending}`, "\uFEFF \r\n"))).toHaveLength(1);
  });

  test("when there is no file", () => expect(refusals(read())).toHaveLength(1));

  test("when YAML's aliases stand for more than they say", () => {
    const layers = "bcdefgh".split("").map((name, index) => {
      const below = `*${"abcdefg"[index]}`;
      return `${name}: &${name} [${Array(9).fill(below).join(", ")}]`;
    });
    const text = `title: x\na: &a [${Array(9).fill("lol").join(", ")}]\n${layers.join("\n")}\n`;
    expect(refusals(readText("a.yaml", text))).toEqual([
      "a.yaml:1: repeats its parts by aliases too often; write them out",
    ]);
  });

  test("when a YAML text refers to itself", () => {
    expect(refusals(readText("a.yaml", "title: x\nhints: &a [*a]\n"))).toHaveLength(1);
  });

  test.each([
    ["yaml", "[".repeat(100_000)],
    ["yaml", `prompt: ${"[".repeat(3_000)}${"]".repeat(3_000)}`],
    ["json", "[".repeat(100_000)],
    ["json", `[{"prompt": ${"[".repeat(100_000)}${"]".repeat(100_000)}}]`],
    ["json", `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`],
  ])("when %s is nested without end", (ending, text) => {
    expect(refusals(readText(`a.${ending}`, text)).length).toBeGreaterThan(0);
  });
});

test("reading an import never throws, whatever is in it", () => {
  const fragment = fc.constantFrom(
    ...[
      "id: a",
      "- ",
      "\t",
      "\n",
      "\r\n",
      "{",
      "}",
      "[",
      "]",
      '"',
      "'",
      ": ",
      ",",
      ";",
      "|",
      ">",
      "&a",
      "*a",
      "---\n",
      "```\n",
    ],
    ...[
      "# ",
      "title",
      "prompt",
      "topics",
      "phases",
      "null",
      "1.",
      "• ",
      "<!--",
      "-->",
      "Answer: ",
      "**",
      "?",
      "__proto__",
      "lists",
    ],
  );
  const text = fc.array(fc.oneof(fragment, fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 40 });
  fc.assert(
    fc.property(fc.constantFrom(...ENDINGS), text, (ending, parts) => {
      const { refused, questions, kits, passedOver } = readText(`a.${ending}`, parts.join(""));
      for (const { at } of [...refused, ...questions, ...kits, ...passedOver]) {
        expect(at.line).toBeGreaterThanOrEqual(1);
        expect(at.line).toBeLessThanOrEqual(parts.join("").split(/\r\n|\r|\n/).length);
      }
    }),
    propertyRuns(1_500),
  );
});
