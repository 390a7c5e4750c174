import {
  type Competency,
  type Criterion,
  competenciesOf,
  type Kit,
  LEVELS,
  type Question,
} from "@whetstone/shared/bank";
import { LANGUAGE_NAMES, type Language } from "@whetstone/shared/workspace/language";
import type { CandidateWorkspace, Workspace } from "@whetstone/shared/workspace/workspace";
import { type PackContents, type Prompt, topicName } from "./contents.ts";

/** The pack as a document to read and print, by topics. */
export function markdownOfPack({ pack, questions, kits }: PackContents): string {
  const titles = new Map(questions.map(({ id, title }) => [id, title]));
  const kitChapters = kits.map((kit) => [
    `### ${inLine(kit.title)}`,
    `${inLine(kit.role)}, ${kit.minutes} minutes`,
    kit.description,
    ...listed(
      "Competencies",
      competenciesOf(kit).map((competency, index) => competencyLine(competency, index + 1)),
    ),
    ...listed(
      "Plan",
      kit.questions.map((planned) => plannedLine(planned, titles.get(planned.question) ?? planned.question)),
    ),
  ]);
  return document([
    `# ${inLine(pack.title)}`,
    pack.description,
    ...byTopic(questions).flatMap(([topic, ofTopic]) => [
      `## ${inLine(topicName(pack, topic))}`,
      ...ofTopic.flatMap(questionBlocks),
    ]),
    ...(kits.length > 0 ? ["## Kits", ...kitChapters.flat()] : []),
    "## Scored in every question",
    ...criterionBlocks(pack.communication),
  ]);
}

const competencyLine = ({ name, weight, reason }: Competency, number: number): string =>
  weight === 1 ? `${number}: ${name}` : `${number}: ${name}\n\nCounts ${weight} times: ${reason ?? ""}`;

const plannedLine = ({ minutes, probes }: Kit["questions"][number], title: string): string =>
  `${title}, ${minutes} minutes${probes.length > 0 ? `, probes ${probes.join(", ")}` : ""}`;

/** The prompts alone, numbered, by topics. */
export function markdownOfPrompts(prompts: readonly Prompt[]): string {
  let number = 0;
  return document([
    "# Questions",
    ...byTopic(prompts).flatMap(([topic, ofTopic]) => [
      `## ${inLine(topic)}`,
      ...ofTopic.flatMap(({ level, minutes, prompt, workspace }) => {
        number++;
        return [
          `### Question ${number}`,
          `${capital(level)}, ${minutes} minutes`,
          prompt,
          ...(workspace ? seenBlocks(workspace) : []),
        ];
      }),
    ]),
  ]);
}

const document = (blocks: readonly string[]): string => `${blocks.join("\n\n")}\n`;

function questionBlocks(question: Question): string[] {
  const about = `${capital(question.level)}, ${question.minutes} minutes, reviewed ${question.reviewed}`;
  return [
    `### ${inLine(question.title)}`,
    about,
    question.prompt,
    ...listed("Hints", question.hints),
    ...listed(
      "Follow-ups",
      question.followUps.map(({ ask, probes }) => `${ask}\n\nProbes: ${probes}`),
    ),
    ...listed("A strong answer", question.strongAnswer),
    ...listed("Red flags", question.redFlags),
    ...question.criteria.flatMap(criterionBlocks),
    ...(question.workspace ? workspaceBlocks(question.workspace) : []),
    ...listed("Also asked as", question.aliases),
    ...listed("References", question.references),
    ...listed("Tags", question.tags),
    ...listed("Covers", question.covers),
  ];
}

/** What of a workspace a candidate sees. */
const seenBlocks = ({ tests, ...workspace }: CandidateWorkspace): string[] => [
  ...editorBlocks(workspace),
  ...tests.flatMap(({ name, code }) => codeBlocks(`Test: ${inLine(name)}`, code, workspace.language)),
];

const workspaceBlocks = ({ expectedOutput, tests, ...workspace }: Workspace): string[] => [
  ...editorBlocks(workspace),
  ...codeBlocks("Expected output, which only the panel sees", expectedOutput, "text"),
  ...tests.flatMap(({ name, visible, code }) =>
    codeBlocks(
      `Test, which ${visible ? "the candidate sees" : "only the panel sees"}: ${inLine(name)}`,
      code,
      workspace.language,
    ),
  ),
];

const editorBlocks = ({ language, starter, files, database }: Omit<CandidateWorkspace, "tests">): string[] => [
  `**Workspace**, in ${LANGUAGE_NAMES[language]}`,
  ...codeBlocks("Starter", starter, language),
  ...files.flatMap(({ name, text }) => codeBlocks(`File: ${name}`, text, "text", true)),
  ...codeBlocks("Database", database, "sql"),
];

/** Code in a fence that is longer than any inside it. */
function codeBlocks(name: string, code: string, language: Language, evenEmpty = false): string[] {
  if (code === "" && !evenEmpty) return [];
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return [`**${name}**`, `${fence}${language}\n${code.replace(/\n$/, "")}\n${fence}`];
}

const criterionBlocks = ({ name, anchors }: Criterion): string[] => [
  `**${inLine(name)}**`,
  anchors.map((anchor, index) => `${LEVELS[index] ?? ""}. ${inLine(anchor)}`).join("\n"),
];

/** A list below a bold line; an entry's further lines are indented, so that they stay inside it. */
const listed = (name: string, entries: readonly string[]): string[] =>
  entries.length === 0
    ? []
    : [`**${name}**`, entries.map((entry) => `- ${entry.replace(/\n(?=.)/g, "\n  ")}`).join("\n")];

function byTopic<T extends { readonly topic: string }>(things: readonly T[]): [string, T[]][] {
  const topics = new Map<string, T[]>();
  for (const thing of things) topics.set(thing.topic, [...(topics.get(thing.topic) ?? []), thing]);
  return [...topics];
}

const inLine = (text: string): string => text.replace(/\s+/g, " ").trim();
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
