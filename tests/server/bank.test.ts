import { fileURLToPath } from "node:url";
import { freezeQuestion } from "@whetstone/shared/bank";
import { BankEntry, KitsResponse } from "@whetstone/shared/bank-wire";
import { describe, expect, test } from "vitest";
import { describeProblem, loadBank } from "../../server/src/bank/load.ts";
import { FILES, type Files, KIT, lineOf, PACK, question, SOURCES, writeBank } from "../support/bank-files.ts";
import { testBank } from "../support/domain.ts";
import { bankOf, fullHouse, startServer } from "../support/server.ts";

const QUESTIONS = fileURLToPath(new URL("../../questions", import.meta.url));

async function realBank() {
  const loaded = await loadBank(QUESTIONS);
  if ("problems" in loaded) throw new Error(loaded.problems.map(describeProblem).join("\n"));
  return loaded.bank;
}

/** Loads a small bank with some of its files changed or added. */
const load = async (changed: Files = {}) => loadBank(await writeBank(changed));

async function problemsOf(changed: Files): Promise<string[]> {
  const loaded = await load(changed);
  return "problems" in loaded ? loaded.problems.map(describeProblem) : [];
}

describe("the questions of this repository", () => {
  test("load without a fault", async () => {
    const { packs, questions, kits } = await realBank();
    expect([...packs.keys()]).toEqual(["deep-learning"]);
    expect(questions.size).toBeGreaterThanOrEqual(16);
    expect(kits.size).toBeGreaterThanOrEqual(1);
  });

  test("are all rated on four different anchors a criterion, and on the pack's criterion last", async () => {
    const { packs, questions } = await realBank();
    for (const question of questions.values()) {
      const pack = packs.get(question.pack);
      if (!pack) throw new Error(`${question.id} has no pack.`);
      const { criteria } = freezeQuestion(question, pack);
      expect(criteria.map(({ id }) => id)).toEqual([...question.criteria.map(({ id }) => id), "communication"]);
      for (const { anchors } of criteria) expect(new Set(anchors).size).toBe(4);
    }
  });
});

test("the kits of this repository say of every question what it probes, and a few what counts for more", async () => {
  const { kits } = await realBank();
  for (const { id, competencies, questions } of kits.values()) {
    const probed = new Set(questions.flatMap(({ probes }) => probes));
    expect([...probed].sort(), id).toEqual(competencies.map((_, index) => index + 1));
    expect(
      questions.filter(({ probes }) => probes.length === 0),
      id,
    ).toEqual([]);
  }
  const weighed = [...kits.values()].filter(({ weights }) => weights.length > 0);
  expect(weighed.length).toBeGreaterThan(0);
  expect(weighed.length).toBeLessThan(kits.size / 2);
});

describe("a bank in files", () => {
  test("is loaded whole", async () => {
    const loaded = await load();
    if ("problems" in loaded) throw new Error(loaded.problems.map(describeProblem).join("\n"));
    const { packs, questions, kits } = loaded.bank;
    expect([...packs.keys()]).toEqual(["small"]);
    expect([...questions.keys()].sort()).toEqual(["first", "second", "third"]);
    expect(questions.get("third")).toMatchObject({
      pack: "small",
      topic: "data",
      prompt: "What does $x$ do in the third?",
    });
    expect([...kits.keys()]).toEqual(["short"]);
    expect(loaded.bank.sources.size).toBe(0);
  });

  test("holds what the test's own bank holds when it is served", async () => {
    const server = await startServer();
    const { host, ines, candidate, observer } = await fullHouse(server);
    for (const question of bankOf(testBank()).questions.values()) {
      const path = `/api/bank/questions/${question.id}`;
      for (const seat of [host, ines]) {
        const entry = BankEntry.parse((await seat.fetch(path)).body);
        expect(entry).toMatchObject({ ...question, topicName: "⟦pack rubric: topic⟧" });
      }
      for (const seat of [candidate, observer]) expect((await seat.fetch(path)).status).toBe(403);
    }
    expect(KitsResponse.parse((await server.get("/api/kits")).body)).toEqual([
      {
        id: "test-kit",
        title: "Test kit",
        role: "Tester",
        description: "Two questions.",
        minutes: 45,
        own: false,
        questionCount: 2,
      },
    ]);
  });

  // The question that no kit plans, so that its faults stand alone.
  const third = FILES["small/data/third.yaml"];
  const at = (file: string, text: string, path: string, field: string) =>
    `bank/${path}:${lineOf(file, text)}: ${field ? `${field}: ` : ""}`;
  const inThird = (text: string, field: string, file = third) => at(file, text, "small/data/third.yaml", field);

  test.each([
    ["a bracket that is not closed", "covers: [A1.1]", "covers: [A1.1", "topic: data"],
    ["a tab as indentation", "  - Look at $x$.", "\t- Look at $x$.", "- Look at $x$."],
    ["a key that is there twice", "level: working", "level: working\nlevel: working", "level: working"],
    ["a quote that is not closed", "title: About", 'title: "About', "title:"],
  ])("names file and line of broken YAML: %s", async (_, good, bad, near) => {
    const file = third.replace(good, bad);
    const problems = await problemsOf({ "small/data/third.yaml": file });
    expect(problems.length).toBeGreaterThan(0);
    const [, path, line = "", message] = /^(.*):(\d+): (.+)$/.exec(problems[0] ?? "") ?? [];
    expect(path).toBe("bank/small/data/third.yaml");
    expect(message).toBeTruthy();
    // A parser notices at the fault or somewhat later, never before.
    expect(Number(line)).toBeGreaterThanOrEqual(lineOf(file, near) - 1);
    expect(Number(line)).toBeLessThanOrEqual(file.split("\n").length);
  });

  test("names file and line of Markdown that YAML takes for something else", async () => {
    const file = third.replace("  - Two.", "  - **Two** is bold.");
    const problems = await problemsOf({ "small/data/third.yaml": file });
    expect(problems.join("\n")).toContain(`bank/small/data/third.yaml:${lineOf(file, "**Two**")}: `);
  });

  test("names file and field of what is missing", async () => {
    for (const field of ["title", "minutes", "prompt", "criteria", "reviewed"]) {
      const file = third.replace(new RegExp(`^${field}:.*\\n(?: .*\\n)*`, "m"), "");
      const problems = await problemsOf({ "small/data/third.yaml": file });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(new RegExp(`^bank/small/data/third\\.yaml:\\d+: ${field}: `));
    }
    const withoutAnchors = third.replace(/ {4}anchors: \[.*\n/, "");
    const [problem = ""] = await problemsOf({ "small/data/third.yaml": withoutAnchors });
    expect(problem).toContain(inThird("- id: practice", "criteria.1.anchors", withoutAnchors));
  });

  test.each([
    ["too few anchors", "      - d of third\n", "", "criteria.0.anchors", "      - a"],
    ["too many anchors", "      - d of third\n", "      - d\n      - e\n", "criteria.0.anchors", "      - a"],
    ["a level that there is not", "level: working", "level: expert", "level", "level: expert"],
    ["minutes in words", "minutes: 6", "minutes: six", "minutes", "minutes: six"],
    ["minutes that are none", "minutes: 6", "minutes: 0", "minutes", "minutes: 0"],
    ["an item that no list has", "covers: [A1.1]", "covers: [A1]", "covers.0", "covers: [A1]"],
    ["one follow-up", "  - ask: When not?\n    probes: limits\n", "", "followUps", "  - ask: Why?"],
    ["an empty hint", "  - Look at $x$.", "  - ''", "hints.0", "  - ''"],
    ["a text where a list belongs", "hints:\n  - Look at $x$.", "hints: Look at $x$.", "hints", "hints: Look"],
    ["a month that is none", "reviewed: 2026-01", "reviewed: 2026-13", "reviewed", "reviewed: 2026-13"],
    ["a colon that makes a mapping of a text", "  - One.", "  - One: two.", "strongAnswer.0", "One: two."],
  ])("names file, line and field of %s", async (_, good, bad, field, line) => {
    const file = third.replace(good, bad);
    expect(file).not.toBe(third);
    const problems = await problemsOf({ "small/data/third.yaml": file });
    expect(problems.filter((problem) => !problem.startsWith(inThird(line, field, file)))).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
  });

  test("names a topic that the pack has not, and one that is another than the folder", async () => {
    const unknown = question("fourth", "sorcery");
    expect(await problemsOf({ "small/sorcery/fourth.yaml": unknown })).toEqual([
      `bank/small/sorcery/fourth.yaml:${lineOf(unknown, "topic:")}: topic: sorcery is not a topic of pack.yaml`,
    ]);
    const misplaced = question("fourth", "data");
    expect(await problemsOf({ "small/nets/fourth.yaml": misplaced })).toEqual([
      `bank/small/nets/fourth.yaml:${lineOf(misplaced, "topic:")}: topic: must be nets, the folder that the file is in`,
    ]);
  });

  test("keeps the source lists of a pack", async () => {
    const loaded = await load({ "small/sources.yaml": SOURCES });
    if ("problems" in loaded) throw new Error(loaded.problems.map(describeProblem).join("\n"));
    expect([...loaded.bank.sources.keys()]).toEqual(["small"]);
    expect(loaded.bank.sources.get("small")?.lists[0]?.sections[0]?.items).toEqual([
      { id: "A1.1", text: "What does x do?" },
    ]);
  });

  const section = (id: string, item: string) =>
    `      - id: ${id}\n        title: More\n        items:\n          - id: ${item}\n            text: More\n`;

  test.each([
    [
      "an item that is there twice",
      section("A2", "A1.1"),
      "          - id: A1.1",
      1,
      "items.0.id",
      "A1.1 is there twice",
    ],
    ["a section that is there twice", section("A1", "A1.2"), "      - id: A1\n", 1, "id", "A1 is there twice"],
    ["an item of another section", section("A10", "A1.2"), "A1.2", 0, "items.0.id", "A1.2 must begin with A10."],
    ["a section of another list", section("B1", "B1.1"), "- id: B1", 0, "id", "B1 must begin with A"],
  ])("names line and field of %s in the source lists", async (_, added, text, occurrence, field, message) => {
    const file = SOURCES + added;
    const line = file
      .split(text)
      .slice(0, occurrence + 1)
      .join(text)
      .split("\n").length;
    expect(await problemsOf({ "small/sources.yaml": file })).toContain(
      `bank/small/sources.yaml:${line}: lists.0.sections.1.${field}: ${message}`,
    );
  });

  test("names a list that is there twice, and a field of the source lists that is wrong", async () => {
    const twice = SOURCES + SOURCES.replace("lists:\n", "").replaceAll("A1", "A2");
    expect(await problemsOf({ "small/sources.yaml": twice })).toEqual([
      `bank/small/sources.yaml:${SOURCES.split("\n").length}: lists.1.id: A is there twice`,
    ]);
    const small = SOURCES.replace("id: A1.1", "id: a1.1");
    const [problem, ...others] = await problemsOf({ "small/sources.yaml": small });
    expect(problem).toContain(at(small, "a1.1", "small/sources.yaml", "lists.0.sections.0.items.0.id"));
    expect(others).toEqual([]);
  });

  test("names an item that the pack's lists do not have, and a question that covers nothing", async () => {
    const unknown = third.replace("[A1.1]", "[A1.1, A9.9]");
    expect(await problemsOf({ "small/sources.yaml": SOURCES, "small/data/third.yaml": unknown })).toEqual([
      `${inThird("covers:", "covers.1", unknown)}A9.9 is not an item of sources.yaml`,
    ]);
    const nothing = third.replace("[A1.1]", "[]");
    expect(await problemsOf({ "small/sources.yaml": SOURCES, "small/data/third.yaml": nothing })).toEqual([
      `${inThird("covers:", "covers", nothing)}must name at least one item of sources.yaml`,
    ]);
    expect(await problemsOf({ "small/data/third.yaml": nothing })).toEqual([]);
  });

  test("does not pass over a YAML file beside pack.yaml that is named otherwise", async () => {
    for (const path of ["small/sources.yml", "small/fourth.yaml"]) {
      expect(await problemsOf({ [path]: SOURCES })).toEqual([
        `bank/${path}:1: must be named pack.yaml or sources.yaml, or stand in a topic's folder`,
      ]);
    }
    expect(await problemsOf({ "small/README.md": "What this pack is for." })).toEqual([]);
  });

  test("names the line of a text that YAML takes for an alias, and of aliases without end", async () => {
    const alias = third.replace("  - Two.", "  - *two");
    expect(await problemsOf({ "small/data/third.yaml": alias })).toEqual([
      expect.stringContaining(inThird("- *two", "", alias)),
    ]);
    const wide = (name: string, of: string) => `${name}: &${name} [${Array(10).fill(of).join(", ")}]\n`;
    const bomb = `${wide("a", "1")}${wide("b", "*a")}${wide("c", "*b")}${wide("d", "*c")}${third}`;
    expect(await problemsOf({ "small/data/third.yaml": bomb })).toEqual([
      expect.stringMatching(/^bank\/small\/data\/third\.yaml:1: .*alias/),
    ]);
  });

  test("names an id that another file has, and a file that is named otherwise", async () => {
    const twin = question("first", "data");
    expect(await problemsOf({ "small/data/first.yaml": twin })).toEqual([
      "bank/small/nets/first.yaml:1: id: first is the id of another file too",
    ]);
    expect(await problemsOf({ "small/data/third.yaml": question("thrid", "data") })).toEqual([
      "bank/small/data/third.yaml:1: id: must be third, as the file or folder is named so",
    ]);
    const packs = await problemsOf({ "big/pack.yaml": PACK });
    expect(packs).toContain("bank/big/pack.yaml:1: id: must be big, as the file or folder is named so");
  });

  test("names a pack that is missing or wrong", async () => {
    expect(await problemsOf({ "stray/nets/third.yaml": third })).toEqual([
      "bank/stray/pack.yaml:1: is missing or cannot be read",
    ]);
    const three = PACK.replace("[one, two, three, four]", "[one, two, three]");
    const [problem] = await problemsOf({ "small/pack.yaml": three });
    expect(problem).toContain(at(three, "anchors:", "small/pack.yaml", "communication.anchors"));
  });

  test("names what is wrong in a kit: an unknown question, minutes that do not add up", async () => {
    const inKit = (file: string, text: string, field: string) => at(file, text, "small/kits/short.yaml", field);
    const unknown = KIT.replace("question: second", "question: seventh");
    expect(await problemsOf({ "small/kits/short.yaml": unknown })).toEqual([
      `${inKit(unknown, "seventh", "questions.1.question")}seventh is not in the bank`,
    ]);
    const short = KIT.replace("minutes: 20", "minutes: 30");
    expect(await problemsOf({ "small/kits/short.yaml": short })).toEqual([
      `${inKit(short, "- kind: introduction", "phases")}add up to 20 minutes, but the kit has 30`,
    ]);
    const full = KIT.replace("minutes: 7", "minutes: 17");
    expect(await problemsOf({ "small/kits/short.yaml": full })).toEqual([
      `${inKit(full, "- question: first", "questions")}take 23 minutes, but their phase has 15`,
    ]);
  });

  test.each([
    ["a weight of a competency beyond the kit's", "- competency: 2", "- competency: 3", "weights.0.competency", "3"],
    ["a question that probes beyond the kit's competencies", "probes: [1]", "probes: [5]", "questions.0.probes.0", "5"],
  ])("names %s", async (_, good, bad, field, number) => {
    const file = KIT.replace(good, bad);
    expect(await problemsOf({ "small/kits/short.yaml": file })).toEqual([
      `${at(file, bad, "small/kits/short.yaml", field)}there is no competency ${number}; the kit has 2`,
    ]);
  });

  test("names a competency that is weighed twice, or named twice by one question", async () => {
    const again = "  - competency: 2\n    weight: 3\n    reason: Again.\n";
    const file = KIT.replace("phases:", `${again}phases:`).replace("[1, 2]", "[2, 2]");
    expect(await problemsOf({ "small/kits/short.yaml": file })).toEqual([
      `bank/small/kits/short.yaml:${lineOf(file, again)}: weights.1.competency: competency 2 is weighed twice`,
      `${at(file, "[2, 2]", "small/kits/short.yaml", "questions.1.probes.1")}competency 2 is named twice`,
    ]);
  });

  test.each([
    ["without a reason", "    reason: It is what the role is for.\n", "", "weights.0.reason"],
    ["of nothing", "    weight: 2", "    weight: 0", "weights.0.weight"],
  ])("names a weight %s", async (_, good, bad, field) => {
    const [problem, ...others] = await problemsOf({ "small/kits/short.yaml": KIT.replace(good, bad) });
    expect(problem).toMatch(new RegExp(`^bank/small/kits/short\\.yaml:\\d+: ${field.replaceAll(".", "\\.")}: `));
    expect(others).toEqual([]);
  });

  test("names every fault at once", async () => {
    const problems = await problemsOf({
      "small/data/third.yaml": third.replace("minutes: 6", "minutes: 0").replace("level: working", "level: expert"),
      "small/nets/second.yaml": "- not\n- a\n- mapping\n",
      "small/nets/fourth.yaml": "",
      "small/nets/fifth.yaml": ": :",
    });
    const files = problems.map((problem) => problem.slice(0, problem.indexOf(":")));
    for (const file of ["nets/second", "nets/fourth", "nets/fifth"]) {
      expect(files).toContain(`bank/small/${file}.yaml`);
    }
    expect(files.filter((file) => file === "bank/small/data/third.yaml")).toHaveLength(2);
  });

  test("names a field that no file has, so that a slip of the pen is not lost", async () => {
    const file = third.replace("reviewed:", "alliases: [another way]\nreviewed:");
    expect(await problemsOf({ "small/data/third.yaml": file })).not.toEqual([]);
  });

  test("does not leave out a file because of its ending", async () => {
    expect(await problemsOf({ "small/nets/fourth.yml": question("fourth") })).not.toEqual([]);
  });
});
