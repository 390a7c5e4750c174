import type { Fault, KitDraft, QuestionDraft } from "@whetstone/shared/own";
import { LIST_BOUNDS } from "../question/question-draft.ts";

/** What is wrong with a draft, in sentences, by the key of the field: its path joined by dots, such as `criteria.0.anchors.2`. */
export type FieldFaults = ReadonlyMap<string, string>;

export const fieldKey = (...path: readonly PropertyKey[]): string => path.map(String).join(".");

/** The first fault of each field as a sentence; `words` knows what the field is for. */
function faultsByField(
  faults: readonly Fault[],
  words: (path: readonly PropertyKey[], message: string) => string,
  shownAt = (path: readonly PropertyKey[]): readonly PropertyKey[] => path,
) {
  const byField = new Map<string, string>();
  for (const { path, message } of faults) {
    const key = fieldKey(...shownAt(path));
    if (!byField.has(key)) byField.set(key, words(path, message));
  }
  return byField;
}

export const questionFaults = (faults: readonly Fault[], draft: QuestionDraft): FieldFaults =>
  faultsByField(faults, (path, message) => questionWords(path, message, draft));

export const kitFaults = (faults: readonly Fault[], draft: KitDraft): FieldFaults =>
  faultsByField(faults, kitWords, (path) => shownAt(path, draft));

/** A weight is shown with its competency, and what a question probes in one place. */
function shownAt(path: readonly PropertyKey[], { weights }: KitDraft): readonly PropertyKey[] {
  const [field, index, part] = path;
  const weighed = field === "weights" ? weights[Number(index)] : undefined;
  if (weighed) return ["competencies", weighed.competency - 1, part === "reason" ? part : "weight"];
  return field === "questions" && part === "probes" ? [field, Number(index), part] : path;
}

const EMPTY_LINE = "Write something here, or take it out.";
const HYPHENATED = "Use lower-case letters, digits and single hyphens, such as vanishing-gradients.";

function questionWords(path: readonly PropertyKey[], message: string, draft: QuestionDraft): string {
  const [field, index] = path;
  const inList = index !== undefined;
  switch (field as keyof QuestionDraft) {
    case "title":
      return "Give it a title for the panel's lists.";
    case "topic":
      return draft.topic === "" ? "Choose a topic, or name one of your own." : HYPHENATED;
    case "level":
      return "Choose a level.";
    case "minutes":
      return "Choose between 1 and 60 minutes.";
    case "tags":
      return HYPHENATED;
    case "prompt":
      return "Write what the candidate sees.";
    case "hints":
      return inList ? EMPTY_LINE : "Write at least one hint, for a candidate who is stuck.";
    case "followUps":
      return followUpWords(path);
    case "strongAnswer":
      return inList ? EMPTY_LINE : `Write at least ${LIST_BOUNDS.strongAnswer.min} key points.`;
    case "redFlags":
      return inList ? EMPTY_LINE : "Write at least one red flag.";
    case "criteria":
      return criterionWords(path);
    case "covers":
      return "Name an item of the source lists, such as A1.5.";
    case "reviewed":
      return "Say in which month it was last checked, such as 2026-11.";
    case "aliases":
    case "references":
      return EMPTY_LINE;
    default:
      return message;
  }
}

function followUpWords([, index, field]: readonly PropertyKey[]): string {
  if (index === undefined) return `Write at least ${LIST_BOUNDS.followUps.min} follow-ups.`;
  return field === "probes" ? "Say what it finds out." : "Write what is asked next.";
}

function criterionWords([, index, field, anchor]: readonly PropertyKey[]): string {
  if (index === undefined) return `Write at least ${LIST_BOUNDS.criteria.min} criteria, each with four anchors.`;
  if (field !== "anchors") return "Name what is judged.";
  return `Say what an answer at level ${Number(anchor) + 1} sounds like.`;
}

function kitWords(path: readonly PropertyKey[], message: string): string {
  const [field, index, part] = path;
  const inList = index !== undefined;
  switch (field as keyof KitDraft) {
    case "title":
      return "Give the kit a title.";
    case "role":
      return "Say which role it is for.";
    case "description":
      return "Say in a sentence or two what this kit is good for.";
    case "minutes":
      return "Choose between 10 and 240 minutes.";
    case "competencies":
      return inList ? EMPTY_LINE : "Name at least one competency that the interview should show.";
    case "weights":
      return part === "reason" ? "Say why it does not count like the others." : asSentence(message);
    case "phases":
      return inList ? "Choose between 0 and 480 minutes." : "Divide the interview into phases.";
    case "questions":
      if (part === "probes") return asSentence(message);
      return inList ? "Choose between 1 and 60 minutes." : "Add at least one question.";
    default:
      return message;
  }
}

const asSentence = (message: string): string => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;

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
