import {
  type Competency,
  type Criterion,
  competenciesOf,
  type Kit,
  type Pack,
  type Question,
} from "@whetstone/shared/bank";
import type { Language } from "@whetstone/shared/workspace/language";
import type { CandidateWorkspace, Workspace } from "@whetstone/shared/workspace/workspace";
import { type PackContents, type Prompt, topicName } from "./contents.ts";
import { listOf } from "./own-markdown/entries.ts";
import { COUNTS, guarded, inLine, PROBES } from "./own-markdown/guards.ts";
import { remark } from "./own-markdown/lines.ts";
import {
  aboutLine,
  type CodePart,
  codeName,
  ENDS_IN_LINE,
  KIT_LIST_NAMES,
  KITS,
  PROMPTS,
  PROMPTS_REMARK,
  phaseName,
  QUESTION_LIST_NAMES,
  SCORED,
  timedLine,
  workspaceLine,
} from "./own-markdown/words.ts";

/**
 * The pack as a document to read and print, by topics, which `readOwnMarkdown` reads back unchanged: identifiers stand in comments, which a reader
 * does not see, and what a text has in common with the document's own parts is kept apart from them.
 */
export function markdownOfPack({ pack, questions, kits }: PackContents): string {
  const chapters = chaptersOf(pack, questions);
  const inDocument = chapters.flatMap(({ questions: ofTopic }) => ofTopic);
  const isInOrder = inDocument.every((question, index) => question === questions[index]);
  const places = new Map(questions.map((question, index) => [question, index + 1]));
  const titles = new Map(questions.map(({ id, title }) => [id, title]));
  return document([
    heading(1, pack.title, pack.id),
    guarded(pack.description),
    ...chapters.flatMap(({ id, name, questions: ofTopic }) => [
      heading(2, name, id),
      ...ofTopic.flatMap((question) => questionBlocks(question, isInOrder ? null : (places.get(question) ?? null))),
    ]),
    ...(kits.length > 0 ? [`## ${KITS}`] : []),
    ...kits.flatMap((kit) => kitBlocks(kit, titles)),
    `## ${SCORED}`,
    ...criterionBlocks(pack.communication),
  ]);
}

/** The prompts alone, numbered, by topics. */
export function markdownOfPrompts(prompts: readonly Prompt[]): string {
  let number = 0;
  return document([
    `# ${PROMPTS}${remark(PROMPTS_REMARK)}`,
    ...byTopic(prompts).flatMap(([topic, ofTopic]) => [
      `## ${inLine(topic)}`,
      ...ofTopic.flatMap(({ level, minutes, prompt, workspace }) => {
        number++;
        return [
          `### Question ${number}`,
          aboutLine({ level, minutes, reviewed: null }),
          guarded(prompt),
          ...(workspace ? seenBlocks(workspace) : []),
        ];
      }),
    ]),
  ]);
}

const document = (blocks: readonly string[]): string => `${blocks.join("\n\n")}\n`;

const heading = (level: 1 | 2 | 3, name: string, id: string): string =>
  `${"#".repeat(level)} ${inLine(name)}${remark(id)}`;

interface Chapter {
  readonly id: string;
  readonly name: string;
  readonly questions: readonly Question[];
}

/** The pack's topics in its own order, also those that have no question yet. */
function chaptersOf(pack: Pack, questions: readonly Question[]): Chapter[] {
  const ofTopics = new Map(byTopic(questions));
  const ids = new Set([...pack.topics.map(({ id }) => id), ...ofTopics.keys()]);
  return [...ids].map((id) => ({ id, name: topicName(pack, id), questions: ofTopics.get(id) ?? [] }));
}

function questionBlocks(question: Question, place: number | null): string[] {
  const names = QUESTION_LIST_NAMES;
  return [
    heading(3, question.title, place === null ? question.id : `${question.id}, ${place}`),
    aboutLine(question),
    guarded(question.prompt),
    ...listed(names.hints, question.hints),
    ...listed(
      names.followUps,
      question.followUps.map(({ ask, probes }) => `${PROBES.guarded(ask)}\n\nProbes: ${probes}`),
    ),
    ...listed(names.strongAnswer, question.strongAnswer),
    ...listed(names.redFlags, question.redFlags),
    ...question.criteria.flatMap(criterionBlocks),
    ...(question.workspace ? workspaceBlocks(question.workspace) : []),
    ...listed(names.aliases, question.aliases),
    ...listed(names.references, question.references),
    ...listed(names.tags, question.tags),
    ...listed(names.covers, question.covers),
  ];
}

function kitBlocks(kit: Kit, titles: ReadonlyMap<string, string>): string[] {
  const { competencies, phases, plan } = KIT_LIST_NAMES;
  return [
    heading(3, kit.title, kit.id),
    guarded(timedLine({ name: inLine(kit.role), minutes: kit.minutes, probes: [] })),
    guarded(kit.description),
    ...listed(
      competencies,
      competenciesOf(kit).map((competency, index) => competencyLine(competency, index + 1)),
    ),
    ...listed(
      phases,
      kit.phases.map(({ kind, minutes }) => timedLine({ name: phaseName(kind), minutes, probes: [] })),
    ),
    ...listed(
      plan,
      kit.questions.map(({ question: id, minutes, probes }) => {
        const name = inLine(titles.get(id) ?? id);
        return `${timedLine({ name, minutes, probes })}${remark(id)}`;
      }),
    ),
  ];
}

function competencyLine({ name, weight, reason }: Competency, number: number): string {
  const line = `${number}: ${COUNTS.guarded(name)}`;
  return weight === 1 ? line : `${line}\n\nCounts ${weight} times: ${reason ?? ""}`;
}

/** What of a workspace a candidate sees. */
const seenBlocks = ({ tests, ...workspace }: CandidateWorkspace): string[] => [
  ...editorBlocks(workspace),
  ...tests.flatMap(({ name, code }) =>
    codeBlocks({ kind: "test", name: inLine(name), visible: null }, code, workspace.language),
  ),
];

const workspaceBlocks = ({ expectedOutput, tests, ...workspace }: Workspace): string[] => [
  ...editorBlocks(workspace),
  ...(expectedOutput === "" ? [] : codeBlocks({ kind: "expectedOutput" }, expectedOutput, "text")),
  ...tests.flatMap(({ name, visible, code }) =>
    codeBlocks({ kind: "test", name: inLine(name), visible }, code, workspace.language),
  ),
];

const editorBlocks = ({ language, starter, files, database }: Omit<CandidateWorkspace, "tests">): string[] => [
  workspaceLine(language),
  ...(starter === "" ? [] : codeBlocks({ kind: "starter" }, starter, language)),
  ...files.flatMap(({ name, text }) => codeBlocks({ kind: "file", name }, text, "text")),
  ...(database === "" ? [] : codeBlocks({ kind: "database" }, database, "sql")),
];

/** Code in a fence that is longer than any inside it. */
function codeBlocks(part: CodePart, code: string, language: Language): string[] {
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  const isOpenEnded = !code.endsWith("\n");
  const lines = isOpenEnded ? `${code}\n` : code;
  return [`**${codeName(part)}**${isOpenEnded ? remark(ENDS_IN_LINE) : ""}`, `${fence}${language}\n${lines}${fence}`];
}

const criterionBlocks = ({ id, name, anchors }: Criterion): string[] => [
  `**${inLine(name)}**${remark(id)}`,
  listOf(anchors, (index) => `${index + 1}. `),
];

/** A list below a bold line. */
const listed = (name: string, entries: readonly string[]): string[] =>
  entries.length === 0 ? [] : [`**${name}**`, listOf(entries, () => "- ")];

function byTopic<T extends { readonly topic: string }>(things: readonly T[]): [string, T[]][] {
  const topics = new Map<string, T[]>();
  for (const thing of things) topics.set(thing.topic, [...(topics.get(thing.topic) ?? []), thing]);
  return [...topics];
}
