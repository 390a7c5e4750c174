import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { promptsOf } from "../../../server/src/bank/exchange/contents.ts";
import type { Parsed } from "../../../server/src/bank/exchange/parsed.ts";
import { writeExport } from "../../../server/src/bank/exchange/write-export.ts";
import { loadBank } from "../../../server/src/bank/load.ts";
import { propertyRuns } from "../../support/courses.ts";
import { fixture, KIT, lineOf, PACK, packs, readText, refusals, sampleQuestion, WORKSPACE } from "./samples.ts";

const exported = (audience: "panel" | "candidate", all = [sampleQuestion()], kits = [KIT]) =>
  String(writeExport(PACK, all, kits, { format: "markdown", audience }).body);

const own = (name: string): Parsed => readText(name, fixture(`own/${name}`).text);
const left = ({ passedOver }: Parsed): string[] => passedOver.map(({ message }) => message);

/** The document with something in it written anew by hand. */
function edited(part: string, by: string, text = exported("panel")): Parsed {
  expect(text).toContain(part);
  const parsed = readText("small.md", text.replace(part, by));
  expect(refusals(parsed)).toEqual([]);
  return parsed;
}
/** The first question of an edited document, with only what differs from the sample. */
function changedIn(parsed: Parsed): object {
  const before = sampleQuestion();
  const differing = Object.entries({ ...parsed.questions[0]?.draft }).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(before, field)),
  );
  return Object.fromEntries(differing);
}

describe("a pack that was exported as Markdown", () => {
  test("comes back unchanged as the project's own bank", async () => {
    const loaded = await loadBank(fileURLToPath(new URL("../../../questions", import.meta.url)));
    const bank = "bank" in loaded ? loaded.bank : null;
    const pack = bank?.packs.get("deep-learning");
    if (!bank || !pack) throw new Error("The bank cannot be loaded.");
    const all = [...bank.questions.values()].map(({ pack: _, ...question }) => question);
    const kits = [...bank.kits.values()];
    const { body } = writeExport(pack, all, kits, { format: "markdown", audience: "panel" });
    for (const name of ["bank.md", "bank.txt", "pasted"]) {
      const parsed = readText(name, String(body).replaceAll("\n", name === "bank.txt" ? "\r\n" : "\n"));
      expect(refusals(parsed)).toEqual([]);
      expect(left(parsed)).toEqual([]);
      expect(parsed.pack?.pack).toEqual(pack);
      expect(parsed.questions.map(({ question }) => question)).toEqual(all);
      expect(parsed.kits.map(({ kit }) => kit)).toEqual(kits);
    }
  });

  test("says where a fault stands", () => {
    const text = exported("panel").replace("Working, 6", "Easy, 600");
    expect(refusals(readText("a.md", text))).toEqual([
      `a.md:${lineOf(text, "Easy")}: level: must be one of: foundation, working, advanced, research`,
      `a.md:${lineOf(text, "Easy")}: minutes: must be at most 60`,
    ]);
  });

  test("keeps the order of its questions, also where the topics' is another", () => {
    const all = ["nets", "data", "nets"].map((topic, at) =>
      sampleQuestion({ id: `q-${at}`, title: `Title ${at}`, topic }),
    );
    const { questions } = readText("a.md", exported("panel", all, []));
    expect(questions.map(({ id }) => id)).toEqual(["q-0", "q-1", "q-2"]);
  });

  test("hides no code that is opened in a prompt and never closed", () => {
    const all = [sampleQuestion({ prompt: "Why?\n\n```python\nx = 1" }), sampleQuestion({ id: "second" })];
    const text = exported("panel", all);
    expect(text).toContain("\\```python\n");
    expect(readText("a.md", text).questions.map(({ question }) => question)).toEqual(all);
  });
});

describe("an older export, which says no identifiers", () => {
  test("is read as one question with what stands below it", () => {
    const parsed = own("short-older.md");
    expect(refusals(parsed)).toEqual([]);
    expect(parsed.pack).toBeNull();
    expect(parsed.questions.map(({ id, idGiven, draft }) => ({ id, idGiven, ...draft }))).toEqual([
      expect.objectContaining({
        id: "copper",
        idGiven: false,
        title: "Copper",
        topic: "metals",
        level: "working",
        minutes: 6,
        reviewed: "2026-10",
        prompt: "Why is copper red?",
        hints: ["Think of blue light."],
        followUps: [],
        strongAnswer: ["It absorbs blue."],
        redFlags: ["Blames rust."],
        criteria: [],
      }),
    ]);
  });

  test("brings its questions whole, and quotes of pack and kits what it cannot bring", () => {
    const parsed = own("older-panel.md");
    expect(refusals(parsed)).toEqual([]);
    const prompt = [
      ...["Why is copper red?", "## Given", "**Choices**", "- one\n- two", "**Numbers**", "1. a\n2. b\n3. c\n4. d"],
      ...["### Also given", "| a | b |\n|---|---|\n| 1 | 2 |", "```python\n# Setup\nx = 1\n```", "\\# no heading"],
    ].join("\n\n");
    const hints = ["Think of blue light.\n\nAnd of red."];
    const ids = (question: ReturnType<typeof sampleQuestion>) => ({
      ...question,
      criteria: question.criteria.map((criterion) => ({ ...criterion, id: `the-${criterion.id}` })),
    });
    // An older export does not tell whether a code ends with a line.
    const workspace = { ...WORKSPACE, starter: "def f():\n    ...\n\n" };
    expect(parsed.questions.map(({ question }) => question)).toEqual([
      ids(sampleQuestion({ id: "copper", title: "Copper", prompt, hints })),
      ids(sampleQuestion({ id: "iron-ore", title: "Iron ore", topic: "data", workspace })),
    ]);
    expect(parsed.topics.map(({ name }) => name)).toEqual(["Nets", "Data"]);
    expect([parsed.pack, parsed.kits]).toEqual([null, []]);
    const lost = left(parsed).join("\n");
    for (const text of ["A small pack For a test.", "A short one", "2: Judging", "The communication"])
      expect(lost).toContain(text);
  });

  test("gives the prompts of one for candidates", () => {
    const parsed = own("older-candidate.md");
    expect(refusals(parsed)).toEqual([]);
    const [first, second] = parsed.questions.map(({ draft }) => draft);
    expect(first?.prompt).toContain("**Numbers**\n\n1. a\n2. b\n3. c\n4. d\n\n### Also given");
    expect(first?.prompt.endsWith("\\# no heading")).toBe(true);
    expect(first).toMatchObject({
      title: "Why is copper red?",
      topic: "nets",
      level: "working",
      minutes: 6,
      strongAnswer: [],
    });
    expect(second?.workspace).toMatchObject({ language: "python", tests: [{ name: "adds two rows", visible: true }] });
  });
});

describe("an export for candidates", () => {
  test("gives its prompts and what is seen of a workspace, and nothing else", () => {
    fc.assert(
      fc.property(packs, ({ pack, questions, kits }) => {
        const { body } = writeExport(pack, questions, kits, { format: "markdown", audience: "candidate" });
        const parsed = readText("a.md", String(body));
        expect(refusals(parsed)).toEqual([]);
        const names = new Map(parsed.topics.map(({ id, name }) => [id, name]));
        const found = parsed.questions.map(({ draft: { topic, level, minutes, prompt, workspace } }) => {
          const { expectedOutput: _, ...seen } = { ...workspace };
          const tests = workspace?.tests.map(({ name, code }) => ({ name, code }));
          return {
            topic: names.get(topic),
            level,
            minutes,
            prompt,
            ...(workspace && { workspace: { ...seen, tests } }),
          };
        });
        const prompts = promptsOf({ pack, questions, kits });
        const byTopic = [...new Set(prompts.map(({ topic }) => topic))].flatMap((name) =>
          prompts.filter(({ topic }) => topic === name),
        );
        expect(found).toEqual(byTopic);
        for (const { draft } of parsed.questions) {
          expect([draft.hints, draft.strongAnswer, draft.criteria, draft.references]).toEqual([[], [], [], []]);
        }
      }),
      propertyRuns(60),
    );
  });
});

describe("what somebody changes by hand in an export", () => {
  test("counts: a hint, a title, a topic, a criterion", () => {
    const { hints, criteria } = sampleQuestion();
    expect(changedIn(edited("- Look at $x$.", "- Look at $x$.\n* And at y,\ntwice.\n"))).toEqual({
      hints: [...hints, "And at y,\ntwice."],
    });
    expect(changedIn(edited("### A title", "### Another title"))).toEqual({ title: "Another title" });
    expect(edited("## Nets", "## Networks").pack?.pack.topics[0]).toEqual({ id: "nets", name: "Networks" });
    const criterion = "**Courage**\n\n1. a\n2. b\n3. c\n4. d\n\n**Also asked as**";
    expect(changedIn(edited("**Also asked as**", criterion))).toEqual({
      criteria: [...criteria, { id: "courage", name: "Courage", anchors: ["a", "b", "c", "d"] }],
    });
  });

  test("brings a question that was written without identifiers, under a topic of its own", () => {
    const written =
      "## Metals\n\n### Copper\n\nAdvanced, 8 minutes\n\nWhy is copper red?\n\nSay it in a sentence.\n\n**Hints**\n\n- Blue\n\n" +
      "**Depth**\n\n1. a\n2. b\n3. c\n4. d\n\n**A strong answer**\n\nIt absorbs blue.\n\n## Kits";
    const { questions, pack } = edited("## Kits", written);
    expect(pack?.pack.topics.at(-1)).toEqual({ id: "metals", name: "Metals" });
    expect(questions.map(({ id }) => id)).toEqual(["first", "copper"]);
    expect(questions[1]?.draft).toMatchObject({
      title: "Copper",
      topic: "metals",
      level: "advanced",
      minutes: 8,
      prompt: "Why is copper red?\n\nSay it in a sentence.",
      hints: ["Blue"],
      criteria: [{ id: "depth", name: "Depth", anchors: ["a", "b", "c", "d"] }],
      strongAnswer: ["It absorbs blue."],
    });
  });

  const shown = ({ questions }: Parsed) =>
    questions.map(({ draft }) => [draft.prompt, ...draft.hints, ...draft.followUps.map(({ ask }) => ask)]);
  const panels = ({ questions }: Parsed) => questions.flatMap(({ draft }) => draft.strongAnswer).join("\n");
  const SHOWN = [["What does $x$ do?", "Look at $x$.", "Why?", "When not?"]];

  test.each([
    ["a paragraph below the hints", "- Look at $x$.", "- Look at $x$.\n\nThe answer is ⟦that⟧."],
    ["code below the hints", "- Look at $x$.", "- Look at $x$.\n\n```\n⟦that⟧\n```"],
    ["a name that no document has", "**Follow-ups**", "**Beware**\n\n- ⟦that⟧\n\n**Follow-ups**"],
    ["a name before the hints", "**Hints**", "**Beware**\n\n- ⟦that⟧\n\n**Hints**"],
    ["an answer under another name", "**Hints**", "**Solution**\n\n⟦that⟧\n\n**Hints**"],
    ["an answer under a small heading", "**Hints**", "#### A strong answer\n\n⟦that⟧\n\n**Hints**"],
    ["an answer under a heading like a title", "**Hints**", "### A strong answer\n\n⟦that⟧\n\n**Hints**"],
    ["code that belongs to no workspace", "**Also asked as**", "**Starters**\n\n```\n⟦that⟧\n```\n\n**Also asked as**"],
    ["numbers that are no rubric", "**Hints**", "**Steps**\n\n1. ⟦that⟧\n2. b\n\n**Hints**"],
    ["an answer in numbers", "**Hints**", "**Solution**\n\n1. ⟦that⟧\n2. b\n3. c\n4. d\n\n**Hints**"],
    ["a fifth anchor", "4. four\n\n**The practice**", "4. four\n5. ⟦that⟧\n\n**The practice**"],
    ["code that is never closed", "What does $x$ do?", "What does $x$ do?\n\n**Answer**\n\n```\n⟦that⟧"],
  ])("goes to the panel's side where it has no place: %s", (_, part, by) => {
    const parsed = edited(part, by);
    expect(shown(parsed)).toEqual(SHOWN);
    expect(panels(parsed)).toContain("⟦that⟧");
  });

  test.each([
    ["an answer in a paragraph of its own", "It absorbs ⟦blue⟧."],
    ["an answer behind a label", "Answer: it absorbs ⟦blue⟧."],
    ["an answer behind a label, before other parts", "Answer: it absorbs ⟦blue⟧.\n\n**Red flags**\n\n- Rust."],
    ["a rubric alone", "**Depth**\n\n1. ⟦blue⟧\n2. b\n3. c\n4. d"],
  ])("shows of a question that was added only what asks: %s", (_, behind) => {
    const written = `### Copper\n\nWorking, 5 minutes\n\nWhy is copper red?\n\n${behind}\n\n## Kits`;
    const parsed = edited("## Kits", written);
    expect(shown(parsed)[1]).toEqual(["Why is copper red?"]);
    expect(JSON.stringify(parsed.questions[1]?.draft)).toContain("⟦blue⟧");
    const older = readText("a.md", `${fixture("own/short-older.md").text}\n${written}`);
    expect(shown(older)[1]).toEqual(["Why is copper red?"]);
  });

  test("shows nothing of what stands below a prompt in which code is opened and never closed", () => {
    const text = exported("panel", [sampleQuestion({ workspace: WORKSPACE })]);
    const parsed = edited("What does $x$ do?", "What does $x$ do?\n\n```\nx = 1", text);
    expect(changedIn(parsed)).toEqual({ prompt: "What does $x$ do?\n\n```\nx = 1", workspace: WORKSPACE });
  });

  test("is quoted where it belongs to no question", () => {
    const parsed = edited("### A title", "To be reviewed\nby all.\n\n### A title");
    expect(left(parsed)).toEqual(["This text belongs to no question: “To be reviewed by all.”"]);
    expect(changedIn(parsed)).toEqual({});
    expect(left(edited("**Plan**", "Beware of time.\n\n**Plan**"))).toEqual([
      "This text belongs to no part of a kit: “Beware of time.”",
    ]);
    const added = edited("## Kits", "## Notes\n\n- Nothing yet.\n\n## Kits");
    expect(left(added)).toEqual([
      "No question stands below this: “Notes”",
      "This text belongs to no question: “- Nothing yet.”",
    ]);
    expect(added.pack?.pack).toEqual(PACK);
  });

  test("counts in a kit: an order, a phase, a competency taken out, a question by its title alone", () => {
    const kit = edited(
      "- 1: Testing\n- 2: Judging",
      "- 2: Judging",
      exported("panel")
        .replace("- Wrap-up, 2 minutes", "- Candidate’s questions, 2 minutes")
        .replace(/, probes 1, 2 <!-- first -->/, ", probes 2"),
    ).kits[0]?.kit;
    expect(kit).toMatchObject({
      competencies: ["Judging"],
      weights: [{ competency: 1, weight: 2.5 }],
      phases: [{ kind: "introduction" }, { kind: "questions" }, { kind: "candidate_questions", minutes: 2 }],
      questions: [{ question: "first", minutes: 6, probes: [1] }],
    });
  });

  test("takes a piece of a document into the chosen pack", () => {
    const text = exported("panel");
    const piece = text.slice(text.indexOf("## Nets"), text.indexOf("## Kits"));
    const parsed = readText("piece.md", piece);
    expect(refusals(parsed)).toEqual([]);
    expect(parsed.pack).toBeNull();
    expect(parsed.questions.map(({ question }) => question)).toEqual([sampleQuestion()]);
  });

  test("is refused where code of a workspace is never closed", () => {
    const text = exported("panel", [sampleQuestion({ workspace: WORKSPACE })]).replace("\n3\n```\n", "\n3\n");
    const at = text.indexOf("**Test, which only the panel sees");
    const open = `${text.slice(0, at)}**Database**\n\n\`\`\`\`\`\`\nx\n${text.slice(at)}`;
    expect(refusals(readText("a.md", open))).toContain(
      `a.md:${lineOf(open, "**Database**")}: workspace: a block of code is opened here and never closed`,
    );
  });
});
