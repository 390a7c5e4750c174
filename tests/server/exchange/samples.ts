import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Criterion, Kit, Pack, Question } from "@whetstone/shared/bank";
import { asName, isVisible } from "@whetstone/shared/visible";
import { Language } from "@whetstone/shared/workspace/language";
import type { Workspace } from "@whetstone/shared/workspace/workspace";
import fc from "fast-check";
import { openFiles } from "../../../server/src/bank/exchange/office/open-files.ts";
import type { ImportFile, Parsed } from "../../../server/src/bank/exchange/parsed.ts";
import { readImport } from "../../../server/src/bank/exchange/read-import.ts";

export const TODAY = "2026-11";

export const read = (...files: ImportFile[]): Parsed => readImport(files, { today: TODAY });
export const readText = (name: string, text: string): Parsed => read({ name, text });

/** A file of bytes, opened and read as the server does. */
export async function readBytes(name: string, bytes: Uint8Array): Promise<Parsed> {
  const base64 = Buffer.from(bytes).toString("base64");
  return readImport(await openFiles([{ name, base64 }]), { today: TODAY });
}

/** A file of `files/`, byte for byte. */
export function fixture(name: string): ImportFile {
  return { name, text: readFileSync(fileURLToPath(new URL(`files/${name}`, import.meta.url)), "utf8") };
}

/** Everything that is refused, as `file:line: field: message`. */
export const refusals = ({ refused }: Parsed): string[] =>
  refused.map(({ at, field, message }) => `${at.file}:${at.line}: ${field ? `${field}: ` : ""}${message}`);

/** The number of the line in which `part` stands first. */
export function lineOf(text: string, part: string): number {
  const index = text.split("\n").findIndex((line) => line.includes(part));
  if (index < 0) throw new Error(`There is no ${part}.`);
  return index + 1;
}

const criterion = (id: string): Criterion => ({ id, name: `The ${id}`, anchors: ["one", "two", "three", "four"] });

export const PACK: Pack = {
  id: "small",
  title: "A small pack",
  description: "For a test.",
  topics: [
    { id: "nets", name: "Nets" },
    { id: "data", name: "Data" },
  ],
  communication: criterion("communication"),
};

export const sampleQuestion = (changed: Partial<Question> = {}): Question => ({
  id: "first",
  title: "A title",
  covers: ["A1.1"],
  topic: "nets",
  level: "working",
  minutes: 6,
  tags: ["depth"],
  aliases: ["another way"],
  prompt: "What does $x$ do?",
  hints: ["Look at $x$."],
  followUps: [
    { ask: "Why?", probes: "reasons" },
    { ask: "When not?", probes: "limits" },
  ],
  strongAnswer: ["One.", "Two.", "Three.", "Four."],
  redFlags: ["None."],
  criteria: [criterion("depth"), criterion("practice")],
  references: ["Somebody, Something, 2020"],
  reviewed: "2026-01",
  ...changed,
});

export const KIT: Kit = {
  id: "short",
  title: "A short one",
  role: "Tester",
  description: "Two questions.",
  minutes: 20,
  competencies: ["Testing", "Judging"],
  weights: [{ competency: 2, weight: 2.5, reason: "It is what the role is for." }],
  phases: [
    { kind: "introduction", minutes: 3 },
    { kind: "questions", minutes: 15 },
    { kind: "wrap_up", minutes: 2 },
  ],
  questions: [{ question: "first", minutes: 6, probes: [1, 2] }],
};

/** Texts that formats stumble over. */
const NASTY = [
  ...[
    '"',
    "'",
    '""',
    "''",
    '"a" b',
    "a: b",
    "a #b",
    "- a",
    "-",
    "* a",
    "1. a",
    "? a",
    "| a",
    "> a",
    "& a",
    "! a",
    "% a",
  ],
  ...[
    "=1+1",
    "'=1+1",
    "''@x",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "{a}",
    "[a]",
    "a,b;c\td",
    "null",
    "true",
    "~",
    "1e3",
    "0x1F",
  ],
  ...["2026-11", "---", "...", "a\n---\nb", "a >> b", ">>", "a >>", "a \\>> b", ">> >>", "a\n>> b", "a\n  b\n\n    c"],
  ...["$\\frac{1}{2}$", "```python\n\tx = 1\n\n  y\n```", "<script>alert(1)</script>", "<!-- c -->", "\\n", "\\"],
  ...[
    "😀",
    "مرحبا: \u200f؟",
    "e\u0301",
    "a\u00a0b",
    "a\u0085b",
    "a\u2028b",
    "a\u0007b",
    "a\ufeffb",
    "sep=;",
    "a  \nb  \nc",
  ],
  // What the Markdown export itself is made of.
  ...[
    "# a",
    "## Kits",
    "### a\n\nWorking, 6 minutes, reviewed 2026-01",
    "#### Hints",
    "#",
    "### Hints",
    "### a <!-- a -->",
  ],
  ...[
    "**Hints**",
    "**Plan**",
    "**a**\n\n1. b\n2. c",
    "**a** <!-- a -->",
    "**a**",
    "**Answer**",
    "**Workspace**, in Python",
  ],
  ...["\\# a", "\\\\**a**", "\\", "&#10;", "&amp;#10;", "&amp;amp;#10;", "<!--", "-->", "\\<!--", "Working, 6 minutes"],
  ...["Probes: a", "a\nProbes\\: b", "Counts 2 times: a", "a\nCounts 2 times: b", "1: a", "a, 3 minutes, probes 1"],
  ...[
    "**Starter**\n\n```python\nx",
    "```\n**Hints**\n```",
    "~~~\n# a",
    "````\n```\n# a\n````",
    "```",
    "~~~~",
    "  # a",
    "\t- b",
  ],
];

const text = (most: number) =>
  fc
    .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "grapheme", maxLength: 12 })), {
      minLength: 1,
      maxLength: 4,
    })
    .chain((parts) => fc.constantFrom("", " ", "\n", "\n\n", "\n  ").map((glue) => parts.join(glue)))
    // NUL and the sign of lost characters are refused in an import; line ends of other systems become `\n`.
    .map((joined) =>
      joined
        .replace(/[\0\r\uFFFD]/g, "")
        .slice(0, most)
        .replace(/[\uD800-\uDBFF]$/, "")
        .trim(),
    )
    .filter((joined) => joined !== "");

const identifier = fc.stringMatching(/^[a-z0-9]{1,8}(?:-[a-z0-9]{1,8}){0,3}$/);
const lines = (least: number, most: number) => fc.array(text(200), { minLength: least, maxLength: most });
const anchors = fc.tuple(text(200), text(200), text(200), text(200));
/** What is no name is refused, and what cannot be seen at the ends of one is taken off when it is read. */
const name = (most: number) => text(most).map(asName).filter(isVisible);
const criteria = fc.record({ id: identifier, name: text(60), anchors });

/** Code of which the white space counts, at its ends too. */
const code = fc
  .tuple(fc.constantFrom("", "    ", "\t", "\n", "\n\n  "), text(300), fc.constantFrom("", "\n", "  \n\n", "\t", " "))
  .map((parts) => parts.join(""));
const maybeCode = fc.oneof(fc.constant(""), code);
const oneLine = (most: number) =>
  text(most)
    .map((line) => asName(line.replace(/\s+/g, " ")))
    .filter(isVisible);

function workspacesIn(language: Workspace["language"]): fc.Arbitrary<Workspace> {
  const isRun = language !== "text" && language !== "markdown";
  const [files, tests] = [
    fc.record({ name: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/), text: maybeCode }),
    fc.record({ name: oneLine(100), visible: fc.boolean(), code: code.filter((written) => written.trim() !== "") }),
  ];
  const uniquely = <T extends { name: string }>(one: fc.Arbitrary<T>) =>
    fc.uniqueArray(one, { selector: ({ name: own }) => own.toLowerCase(), maxLength: 4 });
  return fc.record({
    language: fc.constant(language),
    starter: maybeCode,
    files: isRun && language !== "sql" ? uniquely(files) : fc.constant<Workspace["files"]>([]),
    database: language === "sql" ? maybeCode : fc.constant(""),
    expectedOutput: isRun ? maybeCode : fc.constant(""),
    tests: isRun ? uniquely(tests) : fc.constant<Workspace["tests"]>([]),
  });
}
const workspaces = fc.oneof(...Language.options.map(workspacesIn));

const withoutWorkspace = fc.record<Omit<Question, "workspace">>({
  id: identifier,
  title: name(120),
  covers: fc.array(fc.stringMatching(/^[A-Z]\d{1,2}\.\d{1,2}$/), { maxLength: 5 }),
  topic: fc.constantFrom("nets", "data"),
  level: fc.constantFrom("foundation", "working", "advanced", "research"),
  minutes: fc.integer({ min: 1, max: 60 }),
  tags: fc.array(identifier, { maxLength: 4 }),
  aliases: lines(0, 3),
  prompt: text(1_000),
  hints: lines(1, 3),
  followUps: fc.array(fc.record({ ask: text(200), probes: text(200) }), { minLength: 2, maxLength: 4 }),
  strongAnswer: lines(4, 8),
  redFlags: lines(1, 3),
  criteria: fc.array(criteria, { minLength: 2, maxLength: 3 }),
  references: lines(0, 3),
  reviewed: fc.constantFrom("2024-01", "2026-11", "1999-12"),
});
export const questions: fc.Arbitrary<Question> = fc
  .tuple(withoutWorkspace, fc.option(workspaces, { nil: undefined }))
  .map(([question, workspace]) => (workspace ? { ...question, workspace } : question));

/** A workspace that has everything, with spaces at the ends of its texts that belong to them. */
export const WORKSPACE: Workspace = {
  language: "python",
  starter: "\n    indented = 1\n\n\ndef total(rows):\n    ...\n",
  files: [
    { name: "rows.csv", text: "a,b\n1,2\n" },
    { name: "empty.txt", text: "" },
  ],
  database: "",
  expectedOutput: "  3\n",
  tests: [
    { name: "adds two rows", visible: true, code: "assert total([1, 2]) == 3\n" },
    { name: "visible: takes no rows", visible: false, code: "  assert total([]) == 0  # `hidden`\n\n" },
  ],
};

/** Packs of which every text is nasty, with questions of different ids and a kit. */
export const packs = fc
  .record({
    title: name(200),
    description: text(500),
    communication: criteria,
    questions: fc.uniqueArray(questions, { selector: ({ id }) => id, minLength: 1, maxLength: 4 }),
    kitTexts: fc.tuple(name(100), name(100), text(300), lines(1, 4)),
    weighing: fc.record({ weight: fc.constantFrom(0.5, 1.5, 2, 10), reason: text(200) }),
  })
  .map(({ title, description, communication, questions: all, kitTexts, weighing }) => {
    const [kitTitle, role, kitDescription, competencies] = kitTexts;
    const kit: Kit = {
      ...KIT,
      title: kitTitle,
      role,
      description: kitDescription,
      competencies,
      weights: [{ competency: competencies.length, ...weighing }],
      questions: all.map(({ id }, index) => ({ question: id, minutes: 3, probes: index === 0 ? [] : [1] })),
    };
    return { pack: { ...PACK, title, description, communication }, questions: all, kits: [kit] };
  });
