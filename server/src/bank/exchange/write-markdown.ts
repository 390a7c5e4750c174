import {
  type Competency,
  type Criterion,
  competenciesOf,
  type Kit,
  LEVELS,
  type Question,
} from "@whetstone/shared/bank";
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
      ...ofTopic.flatMap(({ level, minutes, prompt }) => {
        number++;
        return [`### Question ${number}`, `${capital(level)}, ${minutes} minutes`, prompt];
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
    ...listed("Also asked as", question.aliases),
    ...listed("References", question.references),
    ...listed("Tags", question.tags),
    ...listed("Covers", question.covers),
  ];
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
