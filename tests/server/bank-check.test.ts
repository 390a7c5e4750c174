import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { checkBank } from "../../server/src/bank/check.ts";
import { describeProblem } from "../../server/src/bank/load.ts";
import { FILES, type Files, KIT, lineOf, PACK, question, SOURCES, writeBank } from "../support/bank-files.ts";
import { buildServer } from "../support/process.ts";
import { temporaryFolder } from "../support/server.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** When the small bank's questions were reviewed. */
const MONTH = "2026-01";

// Files are read by name, data before nets, so that second.yaml is the last of the questions.
const SECOND = "small/nets/second.yaml";
const second = FILES[SECOND];
const THIRD = "small/data/third.yaml";
const third = FILES[THIRD];

/** What the check finds in the small bank, with source lists, after some of its files were changed or added. */
async function problemsOf(files: Files): Promise<string[]> {
  const { problems } = await checkBank(await writeBank({ "small/sources.yaml": SOURCES, ...files }), MONTH);
  return problems.map(describeProblem);
}

function changed(file: string, passage: string, other: string): string {
  if (!file.includes(passage)) throw new Error(`There is no ${passage}.`);
  return file.replace(passage, other);
}

/** How a problem names the place in a file where `text` stands first. */
const place = (path: string, file: string, text: string, field: string) =>
  `bank/${path}:${lineOf(file, text)}: ${field}`;

/** A change to second.yaml, and the two places that say the same then, each by the text at its line and its field. */
interface Repetition {
  readonly what: string;
  readonly change: readonly [passage: string, other: string];
  readonly at: readonly [text: string, field: string];
  readonly repeats: readonly [path: string, text: string, field: string];
}

describe("the questions of this repository", () => {
  // A month after every review, so that the clock of the machine has no say.
  const check = () => checkBank(join(ROOT, "questions"), "9999-12");

  test("are clean: they cover all 191 items of the source lists, and no two share an anchor", async () => {
    const { problems, figures } = await check();
    expect(problems.map(describeProblem)).toEqual([]);
    expect(figures).toMatchObject({ packs: 1, items: 191, itemsCovered: 191 });
  });

  test("are 110 to 150 with two or three criteria each, and there are eight kits at least", async () => {
    const { figures } = await check();
    if (!figures) throw new Error("The bank does not load.");
    expect(figures.questions).toBeGreaterThanOrEqual(110);
    expect(figures.questions).toBeLessThanOrEqual(150);
    expect(figures.kits).toBeGreaterThanOrEqual(8);
    expect(figures.criteria - figures.packs).toBeGreaterThanOrEqual(2 * figures.questions);
    expect(figures.criteria - figures.packs).toBeLessThanOrEqual(3 * figures.questions);
    expect(figures.anchors).toBe(4 * figures.criteria);
  });
});

describe("the check of a bank", () => {
  test("finds nothing where nothing is wrong, and counts the communication criterion once", async () => {
    expect(await checkBank(await writeBank({ "small/sources.yaml": SOURCES }), MONTH)).toEqual({
      problems: [],
      figures: { packs: 1, questions: 3, items: 1, itemsCovered: 1, kits: 1, criteria: 7, anchors: 28 },
    });
  });

  test("asks for no coverage where a pack has no source lists", async () => {
    const { problems, figures } = await checkBank(await writeBank(), MONTH);
    expect(problems).toEqual([]);
    expect(figures).toMatchObject({ questions: 3, items: 0, itemsCovered: 0 });
  });

  test("names an item that no question covers, at its line in the source lists", async () => {
    const sources = `${SOURCES}          - id: A1.2\n            text: And y?\n`;
    const { problems, figures } = await checkBank(await writeBank({ "small/sources.yaml": sources }), MONTH);
    expect(problems.map(describeProblem)).toEqual([
      `${place("small/sources.yaml", sources, "A1.2", "lists.0.sections.0.items.1.id")}: no question covers A1.2`,
    ]);
    expect(figures).toMatchObject({ items: 2, itemsCovered: 1 });
  });

  test("takes an item for covered only by a question of its own pack", async () => {
    const pack = changed(changed(PACK, "id: small", "id: other"), "[one, two, three, four]", "[i, ii, iii, iv]");
    const other = { "other/pack.yaml": pack, "other/sources.yaml": SOURCES };
    expect(await problemsOf(other)).toEqual([
      `${place("other/sources.yaml", SOURCES, "A1.1", "lists.0.sections.0.items.0.id")}: no question covers A1.1`,
    ]);
    expect(await problemsOf({ ...other, "other/nets/fourth.yaml": question("fourth") })).toEqual([]);
  });

  test.each<Repetition>([
    {
      what: "an anchor of another question",
      change: ["b of second", "B, of  third!"],
      at: ["B, of", "criteria.0.anchors.1"],
      repeats: [THIRD, "b of third", "criteria.0.anchors.1"],
    },
    {
      what: "an anchor of its own",
      change: ["f of second", "a of second"],
      at: ["[e of second", "criteria.1.anchors.1"],
      repeats: [SECOND, "- a of second", "criteria.0.anchors.0"],
    },
    {
      what: "an anchor of the communication criterion",
      change: ["b of second", "Two."],
      at: ["- Two.\n      - c", "criteria.0.anchors.1"],
      repeats: ["small/pack.yaml", "[one, two", "communication.anchors.1"],
    },
    {
      what: "the title of another question",
      change: ["About the second", "About - the THIRD?"],
      at: ["THIRD", "title"],
      repeats: [THIRD, "title:", "title"],
    },
    {
      what: "the prompt of another question",
      change: ["in the second?", "in the third?"],
      at: ["prompt:", "prompt"],
      repeats: [THIRD, "prompt:", "prompt"],
    },
    {
      what: "a key point of its own",
      change: ["- Four.", "- two"],
      at: ["- two", "strongAnswer.3"],
      repeats: [SECOND, "- Two.", "strongAnswer.1"],
    },
    {
      what: "a reference of its own",
      change: ["A book, 2016", "A paper (2015)"],
      at: ["A paper (2015)", "references.1"],
      repeats: [SECOND, "A paper, 2015", "references.0"],
    },
    {
      what: "the identifier of another criterion of its own",
      change: ["- id: practice", "- id: depth"],
      at: ["- id: depth\n    name: Practice", "criteria.1.id"],
      repeats: [SECOND, "- id: depth", "criteria.0.id"],
    },
    {
      what: "the name of another criterion of its own",
      change: ["name: Practice", "name: DEPTH"],
      at: ["name: DEPTH", "criteria.1.name"],
      repeats: [SECOND, "name: Depth", "criteria.0.name"],
    },
    {
      what: "the identifier of the communication criterion",
      change: ["- id: practice", "- id: communication"],
      at: ["- id: communication", "criteria.1.id"],
      repeats: ["small/pack.yaml", "  id: communication", "communication.id"],
    },
  ])("names both places where a question repeats $what", async ({ change, at, repeats }) => {
    const file = changed(second, ...change);
    const files: Files = { ...FILES, [SECOND]: file };
    const [path, text, field] = repeats;
    expect(await problemsOf(files)).toEqual([
      `${place(SECOND, file, ...at)}: repeats ${place(path, files[path] ?? "", text, field)}`,
    ]);
  });

  test("lets different questions share key points, references and the names of criteria", async () => {
    for (const shared of ["  - Two.", "  - A paper, 2015", "id: depth", "name: Depth"]) {
      expect(second).toContain(shared);
      expect(third).toContain(shared);
    }
    expect(await problemsOf({})).toEqual([]);
  });

  test("names a review in a month that is yet to come, and takes the present one", async () => {
    const file = changed(second, "reviewed: 2026-01", "reviewed: 2026-02");
    const folder = await writeBank({ [SECOND]: file });
    expect((await checkBank(folder, "2026-01")).problems.map(describeProblem)).toEqual([
      `${place(SECOND, file, "reviewed:", "reviewed")}: 2026-02 is yet to come; this month is 2026-01`,
    ]);
    expect((await checkBank(folder, "2026-02")).problems).toEqual([]);
  });

  test("names a question that is in a kit twice", async () => {
    const kit = changed(KIT, "question: second", "question: first");
    const path = "small/kits/short.yaml";
    expect(await problemsOf({ [path]: kit })).toEqual([
      `bank/${path}:${lineOf(KIT, "question: second")}: questions.1.question: ` +
        `repeats ${place(path, kit, "question: first", "questions.0.question")}`,
    ]);
  });

  test("names a competency that no question of its kit probes, where the questions say what they probe", async () => {
    const path = "small/kits/short.yaml";
    const kit = changed(KIT, "probes: [1, 2]", "probes: [1]");
    expect(await problemsOf({ [path]: kit })).toEqual([
      `${place(path, kit, "[Testing, Judging]", "competencies.1")}: no question probes competency 2`,
    ]);
    expect(await problemsOf({ [path]: KIT.replace(/ {4}probes: .*\n/g, "") })).toEqual([]);
  });

  test.each([
    ["a kit without a competency", "[Testing, Judging]", "[]", "competencies", "competencies:"],
    ["a kit whose phases do not add up", "minutes: 20", "minutes: 25", "phases", "- kind: introduction"],
    ["a kit that plans more than its phase holds", "minutes: 7", "minutes: 10", "questions", "- question: first"],
    ["a kit with a question that there is not", "question: first", "question: lost", "questions.0.question", "lost"],
  ])("names %s, which does not load either", async (_, passage, other, field, line) => {
    const kit = changed(KIT, passage, other);
    const { problems, figures } = await checkBank(await writeBank({ "small/kits/short.yaml": kit }), MONTH);
    expect(problems).toHaveLength(1);
    expect(problems.map(describeProblem).join()).toContain(`${place("small/kits/short.yaml", kit, line, field)}: `);
    expect(figures).toBeNull();
  });

  test("names all problems at once, by file and line", async () => {
    const file = changed(changed(second, "- Four.", "- Two."), "name: Practice", "name: Depth");
    const late = changed(third, "reviewed: 2026-01", "reviewed: 2027-01");
    const places = (await problemsOf({ [SECOND]: file, [THIRD]: late })).map((problem) =>
      problem.split(": ", 2).join(" "),
    );
    expect(places).toEqual([
      `bank/${THIRD}:${lineOf(late, "reviewed:")} reviewed`,
      `bank/${SECOND}:${lineOf(second, "- Four.")} strongAnswer.3`,
      `bank/${SECOND}:${lineOf(second, "name: Practice")} criteria.1.name`,
    ]);
  });

  test("does not take a folder without packs for a clean bank", async () => {
    const { problems } = await checkBank(await temporaryFolder(), MONTH);
    expect(problems.map(({ message }) => message)).toEqual(["holds no pack"]);
  });
});

describe("bank:check", () => {
  beforeAll(buildServer);

  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(ROOT, "server", "bin", "check-bank.mjs"), ...args], { encoding: "utf8" });

  test("prints the figures of this repository's bank with --json, and nothing else", () => {
    const { stdout } = run("--json");
    const report = JSON.parse(stdout);
    expect(Object.keys(report)).toEqual(["problems", "figures"]);
    expect(report.figures).toMatchObject({ packs: 1, items: 191, itemsCovered: 191 });
  });

  test("says how much a clean bank holds, and succeeds", async () => {
    const folder = await writeBank({ "small/sources.yaml": SOURCES });
    const { status, stdout } = run(folder);
    expect([status, stdout]).toEqual([0, "3 questions cover 1 of 1 items; 1 kits; 7 criteria, 28 anchors.\n"]);
  });

  test("prints each problem before the figures, and fails", async () => {
    const file = changed(second, "- Four.", "- Two.");
    const folder = await writeBank({ "small/sources.yaml": SOURCES, [SECOND]: file });
    const [at, first] = [lineOf(second, "- Four."), lineOf(second, "- Two.")];
    const { status, stdout } = run(folder);
    expect([status, ...stdout.split("\n")]).toEqual([
      1,
      `bank/${SECOND}:${at}: strongAnswer.3: repeats bank/${SECOND}:${first}: strongAnswer.1`,
      "3 questions cover 1 of 1 items; 1 kits; 7 criteria, 28 anchors.",
      "",
    ]);
    const json = run("--json", folder);
    expect(json.status).toBe(1);
    expect(JSON.parse(json.stdout).problems).toEqual([
      {
        file: `bank/${SECOND}`,
        line: at,
        field: "strongAnswer.3",
        message: `repeats bank/${SECOND}:${first}: strongAnswer.1`,
      },
    ]);
  });

  test("prints what keeps a bank from loading the same way", async () => {
    const file = changed(third, "minutes: 6", "minutes: six");
    const folder = await writeBank({ [THIRD]: file });
    const { status, stdout } = run(folder);
    expect(status).toBe(1);
    expect(stdout.split("\n")).toContainEqual(
      expect.stringMatching(`^${place(THIRD, file, "minutes: six", "minutes")}: `),
    );
    expect(JSON.parse(run("--json", folder).stdout)).toMatchObject({ problems: [{ field: "minutes" }], figures: null });
  });

  test.each([
    ["a folder that is not there", "no-such-folder"],
    ["an option that there is not", "--jason"],
    ["two folders", ROOT, ROOT],
  ])("says how it is used when it is given %s", (_, ...args) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Usage: npm run bank:check -- [folder] [--json]");
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
