import type { KitDraft, QuestionDraft, WorkspaceDraft } from "@whetstone/shared/authored";

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
  workspace: "Workspace",
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

/** What stands inside a workspace, by names of its own. */
const WORKSPACE_FIELDS: Readonly<Record<keyof WorkspaceDraft, string>> = {
  language: "Language",
  starter: "Starter",
  files: "Files",
  database: "Database",
  expectedOutput: "Expected output",
  tests: "Tests",
};

const NAMES = new Map(Object.entries({ ...KIT_FIELDS, ...QUESTION_FIELDS, ...WORKSPACE_FIELDS }));

/** What a field is called on screen, with its number where it stands in a list: `Key points, 2`. */
export function fieldName(key: string): string {
  const [first = "", ...inside] = key.split(".");
  const [field = "", index] = first === "workspace" && inside.length > 0 ? inside : [first, ...inside];
  const name = NAMES.get(field) ?? field;
  return index === undefined ? name : `${name}, ${Number(index) + 1}`;
}
