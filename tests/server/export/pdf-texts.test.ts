import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roomExport } from "../../../server/src/export/from-view.ts";
import { toPdf } from "../../../server/src/export/pdf/print.ts";
import type { RoomExport } from "../../../server/src/export/room-export.ts";
import { Room } from "../../support/domain.ts";
import { bare, type ReadPdf, readPdf } from "../../support/read-pdf.ts";

const one = <Item>(items: readonly Item[]): Item => {
  const [first] = items;
  if (first === undefined) throw new Error("There is none.");
  return first;
};

/** An interview of one question, with what its prompt, its anchors and its key points say. */
function exportOf(markdown: string): RoomExport {
  const room = new Room({ planned: ["first-question"] });
  const candidate = room.join("candidate", "Cleo");
  room.must(room.hostId, { type: "admit", seatId: candidate });
  room.must(room.hostId, { type: "start" });
  const askId = room.push("first-question");
  room.must(room.hostId, { type: "rate", askId, criterionId: "depth", level: 3 });
  room.must(room.hostId, { type: "tick", askId, keyPoint: 1, heard: true });
  room.must(room.hostId, { type: "end" });
  room.must(room.hostId, { type: "submitScorecard", reason: "Only this was asked" });
  const exported = roomExport(room.panelView(room.hostId), room.now);
  const scorecard = one(exported.scorecards);
  return {
    ...exported,
    asks: exported.asks.map((ask) => ({ ...ask, question: { ...ask.question, prompt: markdown } })),
    scorecards: [
      {
        ...scorecard,
        ratings: scorecard.ratings.map((rating) => ({ ...rating, anchor: markdown })),
        heard: [{ askId, keyPoints: [markdown] }],
      },
    ],
  };
}

async function printed(markdown: string): Promise<ReadPdf> {
  const pdf = await toPdf(exportOf(markdown));
  if ("problem" in pdf) throw new Error(pdf.problem);
  return readPdf(new Uint8Array(pdf));
}

/** How often a text is printed: once in the prompt, the anchor and the key point. */
const times = (text: string, part: string): number => text.split(bare(part)).length - 1;

describe("Markdown in a PDF", () => {
  test("has tables with header cells, as has every table of the page", async () => {
    const { tables, text, accessible } = await printed(
      "| Model | Cost $O$ |\n|---|---|\n| RNN | `n` |\n| **Trans**former | a |\n\nafter",
    );
    // The prompt's, the anchor's and the key point's have two each.
    expect(tables.filter((headers) => headers === 2)).toHaveLength(3);
    expect(tables.length).toBeGreaterThan(5);
    expect(tables.filter((headers) => headers === 0)).toEqual([]);
    expect(times(text, "Model Cost O RNN n Transformer a after")).toBe(3);
    expect(accessible).toBe("1");
  });

  test("has links that lead where they led, with the address in sight, and none that is no address of the web", async () => {
    const { links, text, accessible } = await printed(
      "[the *paper*](https://arxiv.org/abs/1706.03762) of https://example.org/a?b=c, [mail](mailto:a@example.org) [`x`](https://x.example/) [no](javascript:alert(1)) [file](file:///etc/passwd)",
    );
    for (const address of [
      "https://arxiv.org/abs/1706.03762",
      "https://example.org/a?b=c",
      "mailto:a@example.org",
      "https://x.example/",
    ]) {
      expect(links.filter((link) => link === address).length).toBeGreaterThanOrEqual(3);
    }
    expect(links.filter((link) => !/^(https:|mailto:)/.test(link))).toEqual([]);
    const said =
      "the paper (https://arxiv.org/abs/1706.03762) of https://example.org/a?b=c, mail (mailto:a@example.org) x (https://x.example/) no (javascript:alert(1)) file (file:///etc/passwd)";
    expect(times(text, said)).toBe(3);
    expect(accessible).toBe("1");
  });

  test("has code with its line ends and its indentation in letters of one width, wherever it stands", async () => {
    const code = ["def f(x):", "    if x:", "", "        return `$1$`"];
    const { pages, code: set } = await printed(
      `Before.\n\n\`\`\`python\n${code.join("\n")}\n\`\`\`\n\n- in a list:\n\n  \`\`\`\n  a\n    b\n  \`\`\``,
    );
    expect(times(set, code.join(""))).toBe(3);
    expect(times(set, "a b")).toBe(3);
    expect(times(pages.join(""), "in a list:")).toBe(3);
  });
});

describe("maths in a PDF", () => {
  test("is typeset, with its source for those who cannot see it", async () => {
    const { text, alternatives, roles, code, accessible } = await printed(
      "So $\\operatorname{softmax}(x)_i = \\frac{e^{x_i}}{\\sum_j e^{x_j}}$ and\n\n$$\n\\hat\\theta \\in \\mathbb{R}^d\n$$",
    );
    expect(text).not.toContain("\\");
    expect(text).not.toContain("$");
    expect(times(text, "So softmax(x)")).toBe(3);
    expect(code).not.toContain("softmax");
    expect(roles).toContain("Formula");
    for (const tex of [
      "\\operatorname{softmax}(x)_i = \\frac{e^{x_i}}{\\sum_j e^{x_j}}",
      "\\hat\\theta \\in \\mathbb{R}^d",
    ]) {
      expect(alternatives.filter((alt) => alt === tex)).toHaveLength(3);
    }
    expect(accessible).toBe("1");
  });

  test("that cannot be typeset stays as its source, in letters of one width", async () => {
    const deep = `${"\\sqrt{".repeat(40)}x${"}".repeat(40)}`;
    const refused = ["\\frac{", "\\nosuch{x}", "\\cancel{x}", "\\href{https://x.example}{x}", "\\tag{1} x", deep];
    const { code, links } = await printed(refused.map((tex) => `$${tex}$ then\n\n`).join(""));
    for (const tex of refused.slice(0, -1)) expect(times(code, `$${tex}$`)).toBe(3);
    expect(code).toContain(bare("\\sqrt{\\sqrt{"));
    expect(links).toEqual([]);
  });

  test("that is a command of the typesetter is text", async () => {
    const { text } = await printed('$\\text{\\#panic("x") \\#read("/etc/passwd")}$ and $\\#x "y" \\backslash n$');
    expect(times(text, '#panic("x") #read("/etc/passwd")')).toBe(3);
  });

  test("of any kind keeps no page from being made", async () => {
    const leaf = fc.constantFrom(
      "x",
      "\\alpha",
      "12.5",
      "\\text{a b}",
      "",
      "\\,",
      "\\infty",
      "'",
      "\\#",
      "é",
      "语",
      "\\ldots",
      "=",
      "\\mid",
      "\\%",
      "\\mathbf{}",
      "\\mathrm{ab}",
    );
    const { tex } = fc.letrec<{ tex: string }>((tie) => ({
      tex: fc.oneof(
        { maxDepth: 5 },
        leaf,
        ...[1, 2].flatMap((count) =>
          COMMANDS[count === 1 ? 0 : 1].map((write) =>
            fc.array(tie("tex"), { minLength: count, maxLength: count }).map(([a = "", b = ""]) => write(a, b)),
          ),
        ),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(tex, { minLength: 20, maxLength: 40 }), async (all) => {
        const pdf = await toPdf(exportOf(all.map((one) => `$${one}$`).join("\n\n")));
        expect(pdf).not.toHaveProperty("problem");
      }),
      { numRuns: 40 },
    );
  });
});

type Write = (a: string, b: string) => string;
const COMMANDS: readonly [readonly Write[], readonly Write[]] = [
  [
    ..."hat tilde bar dot ddot check acute grave breve vec mathring widehat widetilde overline underline overbrace underbrace sqrt mathbb mathcal mathfrak mathsf mathtt boldsymbol phantom operatorname overrightarrow boxed big Bigl displaystyle textstyle mathbin"
      .split(" ")
      .map(
        (name): Write =>
          (a) =>
            `\\${name}{${a}}`,
      ),
    (a) => `\\left(${a}\\right.`,
    (a) => `\\left\\lVert ${a}\\right|`,
    (a) => `\\not ${a}`,
  ],
  [
    (a, b) => `${a} ${b}`,
    (a, b) => `{${a}}_{${b}}`,
    (a, b) => `{${a}}^{${b}}`,
    (a, b) => `\\sum_{${a}}^{${b}}`,
    (a, b) => `\\sum\\nolimits_{${a}} \\lim_{${b}}`,
    (a, b) => `\\frac{${a}}{${b}}`,
    (a, b) => `\\binom{${a}}{${b}}`,
    (a, b) => `\\sqrt[${a}]{${b}}`,
    (a, b) => `\\underbrace{${a}}_{${b}}`,
    (a, b) => `\\overset{${a}}{${b}}`,
    (a, b) => `\\xrightarrow[${a}]{${b}}`,
    (a, b) => `\\begin{pmatrix}${a} & ${b}\\\\ & \\end{pmatrix}`,
    (a, b) => `\\begin{aligned}${a} &= ${b}\\\\ ${b}\\end{aligned}`,
    (a, b) => `\\begin{cases}${a} & ${b}\\\\[1em] ${b}\\end{cases}`,
    (a, b) => `\\begin{array}{c|c}\\hline ${a} & ${b}\\end{array}`,
  ],
];
