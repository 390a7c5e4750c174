import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BankResponse, KitsResponse } from "@whetstone/shared/wire";
import { describe, expect, test } from "vitest";
import { describeProblem, loadBank, questionOf } from "../../server/src/bank.ts";
import { testBank } from "../support/domain.ts";
import { bankOf, fullHouse, startServer, temporaryFolder } from "../support/server.ts";

const QUESTIONS = fileURLToPath(new URL("../../questions", import.meta.url));

async function realBank() {
  const loaded = await loadBank(QUESTIONS);
  if ("problems" in loaded) throw new Error(loaded.problems.map(describeProblem).join("\n"));
  return loaded.bank;
}

const PACK = `id: small
title: A small pack
description: For a test.
topics:
  - id: nets
    name: Nets
  - id: data
    name: Data
communication:
  id: communication
  name: Communication
  anchors: [one, two, three, four]
`;

const question = (id: string, topic = "nets") => `id: ${id}
title: A title
covers: [A1.1]
topic: ${topic}
level: working
minutes: 6
prompt: |
  What does $x$ do?
hints:
  - Look at $x$.
followUps:
  - ask: Why?
    probes: reasons
  - ask: When not?
    probes: limits
strongAnswer:
  - One.
  - Two.
  - Three.
  - Four.
redFlags:
  - None.
criteria:
  - id: depth
    name: Depth
    anchors:
      - a
      - b
      - c
      - d
  - id: practice
    name: Practice
    anchors: [a, b, c, d]
reviewed: 2026-01
`;

const KIT = `id: short
title: A short one
role: Tester
description: Two questions.
minutes: 20
competencies: [Testing]
phases:
  - kind: introduction
    minutes: 3
  - kind: questions
    minutes: 15
  - kind: wrap_up
    minutes: 2
questions:
  - question: first
    minutes: 6
  - question: second
    minutes: 7
`;

const FILES = {
  "small/pack.yaml": PACK,
  "small/nets/first.yaml": question("first"),
  "small/nets/second.yaml": question("second"),
  "small/data/third.yaml": question("third", "data"),
  "small/kits/short.yaml": KIT,
};

type Files = Record<string, string>;

/** Loads a small bank with some of its files changed or added. */
async function load(changed: Files = {}) {
  const folder = join(await temporaryFolder(), "bank");
  for (const [path, text] of Object.entries({ ...FILES, ...changed })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return loadBank(folder);
}

async function problemsOf(changed: Files): Promise<string[]> {
  const loaded = await load(changed);
  return "problems" in loaded ? loaded.problems.map(describeProblem) : [];
}

/** The number of the line in which `text` stands first. */
function lineOf(file: string, text: string): number {
  const index = file.split("\n").findIndex((line) => line.includes(text));
  if (index < 0) throw new Error(`There is no ${text}.`);
  return index + 1;
}

describe("the questions of this repository", () => {
  test("load without a fault", async () => {
    const { packs, questions, kits } = await realBank();
    expect([...packs.keys()]).toEqual(["deep-learning"]);
    expect(questions.size).toBeGreaterThanOrEqual(16);
    expect(kits.size).toBeGreaterThanOrEqual(1);
  });

  test.each([
    ["neural network basics", ["A1.1", "A1.2", "A1.3", "A1.4", "A1.5", "A1.6"]],
    ["attention and transformers", ["A5.1", "A5.2", "A5.3", "A5.4", "A5.5"]],
    ["training and optimisation", ["A6.1", "A6.2", "A6.3", "A6.4", "A6.5", "A6.6"]],
  ])("cover every item of the source list on %s", async (_, items) => {
    const { questions } = await realBank();
    const covered = new Set([...questions.values()].flatMap(({ covers }) => covers));
    expect(items.filter((item) => !covered.has(item))).toEqual([]);
  });

  test("are all answered, asked and rated in full", async () => {
    const bank = await realBank();
    for (const { id, strongAnswer, criteria, hints, followUps } of bank.questions.values()) {
      expect([id, strongAnswer.length >= 4, hints.length >= 1, followUps.length >= 2]).toEqual([id, true, true, true]);
      for (const { anchors } of criteria) expect(new Set(anchors).size).toBe(4);
      expect(questionOf(bank)(id)?.criteria.map((criterion) => criterion.id)).toEqual([
        ...criteria.map((criterion) => criterion.id),
        "communication",
      ]);
    }
  });

  test("can be asked from every kit", async () => {
    const { kits, questions } = await realBank();
    for (const kit of kits.values()) {
      expect(kit.questions.filter((planned) => !questions.has(planned.question))).toEqual([]);
    }
  });
});

describe("a bank in files", () => {
  test("is loaded whole", async () => {
    const loaded = await load();
    if ("problems" in loaded) throw new Error(loaded.problems.map(describeProblem).join("\n"));
    const { packs, questions, kits } = loaded.bank;
    expect([...packs.keys()]).toEqual(["small"]);
    expect([...questions.keys()].sort()).toEqual(["first", "second", "third"]);
    expect(questions.get("third")).toMatchObject({ pack: "small", topic: "data", prompt: "What does $x$ do?" });
    expect([...kits.keys()]).toEqual(["short"]);
    expect(questionOf(loaded.bank)("no-such")).toBeUndefined();
  });

  test("holds what the test's own bank holds when it is served", async () => {
    const server = await startServer();
    const { host, ines, candidate, observer } = await fullHouse(server);
    for (const seat of [host, ines]) {
      const entries = BankResponse.parse((await seat.fetch("/api/bank")).body);
      expect(entries.map(({ id }) => id)).toEqual([...bankOf(testBank()).questions.keys()]);
      expect(entries[0]).toMatchObject({ pack: "test-pack", topicName: "⟦pack rubric: topic⟧" });
    }
    for (const seat of [candidate, observer]) expect((await seat.fetch("/api/bank")).status).toBe(403);
    expect(KitsResponse.parse((await server.get("/api/kits")).body)).toEqual([
      { id: "test-kit", title: "Test kit", role: "Tester", description: "Two questions.", minutes: 45 },
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
    ["a quote that is not closed", "title: A title", 'title: "A title', "title:"],
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
    for (const field of ["title", "covers", "minutes", "prompt", "criteria", "reviewed"]) {
      const file = third.replace(new RegExp(`^${field}:.*\\n(?: .*\\n)*`, "m"), "");
      const problems = await problemsOf({ "small/data/third.yaml": file });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(new RegExp(`^bank/small/data/third\\.yaml:\\d+: ${field}: `));
    }
    const withoutAnchors = third.replace("    anchors: [a, b, c, d]\n", "");
    const [problem = ""] = await problemsOf({ "small/data/third.yaml": withoutAnchors });
    expect(problem).toContain(inThird("- id: practice", "criteria.1.anchors", withoutAnchors));
  });

  test.each([
    ["too few anchors", "      - d\n", "", "criteria.0.anchors", "      - a"],
    ["too many anchors", "      - d\n", "      - d\n      - e\n", "criteria.0.anchors", "      - a"],
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
