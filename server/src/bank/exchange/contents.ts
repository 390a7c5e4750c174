import type { Kit, Pack, Question } from "@whetstone/shared/bank";
import { type CandidateWorkspace, candidateWorkspace, copiedWorkspace } from "@whetstone/shared/workspace/workspace";

/** What an export may hold, for each of its two audiences. Both are built field by field, from nothing. */

/** A question as a candidate may have it. Its title and id are the panel's: they may give the answer away. */
export interface Prompt {
  readonly topic: string;
  readonly level: Question["level"];
  readonly minutes: number;
  readonly prompt: string;
  /** Absent where the question has none. */
  readonly workspace?: CandidateWorkspace;
}

/** A pack as the panel has it. */
export interface PackContents {
  readonly pack: Pack;
  readonly questions: readonly Question[];
  readonly kits: readonly Kit[];
}

export const topicName = (pack: Pack, id: string): string => pack.topics.find((topic) => topic.id === id)?.name ?? id;

/** The prompts with what stands beside them in the candidate's workspace, with their topics by name, in the order of the questions. */
export const promptsOf = ({ pack, questions }: PackContents): Prompt[] =>
  questions.map(({ topic, level, minutes, prompt, workspace }) => ({
    topic: topicName(pack, topic),
    level,
    minutes,
    prompt,
    ...(workspace && { workspace: candidateWorkspace(workspace) }),
  }));

/** The contents with the fields in the order of the project's files, also those that are empty; a workspace where there is one. */
export const inOrder = ({ pack, questions, kits }: PackContents): PackContents => ({
  pack: packInOrder(pack),
  questions: questions.map(questionInOrder),
  kits: kits.map(kitInOrder),
});

const packInOrder = ({ id, title, description, topics, communication }: Pack): Pack => ({
  id,
  title,
  description,
  topics: topics.map((topic) => ({ id: topic.id, name: topic.name })),
  communication: criterionInOrder(communication),
});

const criterionInOrder = ({ id, name, anchors }: Pack["communication"]): Pack["communication"] => ({
  id,
  name,
  anchors,
});

const questionInOrder = (question: Question): Question => ({
  id: question.id,
  title: question.title,
  covers: question.covers,
  topic: question.topic,
  level: question.level,
  minutes: question.minutes,
  tags: question.tags,
  aliases: question.aliases,
  prompt: question.prompt,
  hints: question.hints,
  followUps: question.followUps.map(({ ask, probes }) => ({ ask, probes })),
  strongAnswer: question.strongAnswer,
  redFlags: question.redFlags,
  criteria: question.criteria.map(criterionInOrder),
  ...(question.workspace && { workspace: copiedWorkspace(question.workspace) }),
  references: question.references,
  reviewed: question.reviewed,
});

const kitInOrder = (kit: Kit): Kit => ({
  id: kit.id,
  title: kit.title,
  role: kit.role,
  description: kit.description,
  minutes: kit.minutes,
  competencies: kit.competencies,
  weights: kit.weights.map(({ competency, weight, reason }) => ({ competency, weight, reason })),
  phases: kit.phases.map(({ kind, minutes }) => ({ kind, minutes })),
  questions: kit.questions.map(({ question, minutes, probes }) => ({ question, minutes, probes })),
});
