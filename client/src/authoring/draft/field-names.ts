import type { KitDraft, QuestionDraft } from "@whetstone/shared/authored";

const QUESTION_FIELDS: Readonly<Record<keyof QuestionDraft, string>> = {
  title: "Title",
  topic: "Topic",
  level: "Level",
  minutes: "Minutes",
  tags: "Tags",
  aliases: "Other ways to ask it",
  prompt: "Prompt",
  hints: "Hints",
  followUps: "Follow-ups",
  strongAnswer: "Key points",
  redFlags: "Red flags",
  criteria: "Rubric",
  references: "References",
  covers: "Covers",
  reviewed: "Last checked",
};

const KIT_FIELDS: Readonly<Record<keyof KitDraft, string>> = {
  title: "Title",
  role: "Role",
  description: "Description",
  minutes: "Minutes",
  competencies: "Competencies",
  weights: "Weights",
  phases: "Phases",
  questions: "Questions",
};

const NAMES = new Map(Object.entries({ ...KIT_FIELDS, ...QUESTION_FIELDS }));

/** What a field is called on screen, with its number where it stands in a list: `Key points, 2`. */
export function fieldName(key: string): string {
  const [field = "", index] = key.split(".");
  const name = NAMES.get(field) ?? field;
  return index === undefined ? name : `${name}, ${Number(index) + 1}`;
}
