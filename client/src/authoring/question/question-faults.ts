import type { Fault, QuestionDraft } from "@whetstone/shared/authored";
import { QUESTION_LISTS } from "@whetstone/shared/bank-limits";
import { NAME_UNSEEN } from "@whetstone/shared/visible";
import { NAME_RULES } from "@whetstone/shared/workspace/workspace";
import type { FieldFaults } from "../../ui/form/field-key.ts";
import { EMPTY_LINE, faultsByField } from "../draft/faults.ts";

/** What is wrong with the draft of a question. */
export const questionFaults = (faults: readonly Fault[], draft: QuestionDraft): FieldFaults =>
  faultsByField(faults, (path, message) => questionWords(path, message, draft));

const HYPHENATED = "Use lower-case letters, digits and single hyphens, such as vanishing-gradients.";

function questionWords(path: readonly PropertyKey[], message: string, draft: QuestionDraft): string {
  if (message === NAME_UNSEEN) return message;
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
      return inList ? EMPTY_LINE : `Write at least ${QUESTION_LISTS.strongAnswer.min} key points.`;
    case "redFlags":
      return inList ? EMPTY_LINE : "Write at least one red flag.";
    case "criteria":
      return criterionWords(path);
    case "workspace":
      return workspaceWords(path, message);
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
  if (index === undefined) return `Write at least ${QUESTION_LISTS.followUps.min} follow-ups.`;
  return field === "probes" ? "Say what it finds out." : "Write what is asked next.";
}

const USELESS: Readonly<Record<string, string>> = {
  database: "Only SQL has a database. Empty this, or choose SQL.",
  files: "Nothing reads files in this language. Take them out, or choose another one.",
  expectedOutput: "Nothing is printed in this language. Empty this, or choose another one.",
  tests: "Nothing is run in this language. Take the tests out, or choose another one.",
};

function workspaceWords([, field, index, part]: readonly PropertyKey[], message: string): string {
  if (index === undefined) return USELESS[String(field)] ?? message;
  const isFile = field === "files";
  if (part === "code") return "Write what is run behind the candidate's code.";
  switch (message) {
    case NAME_RULES.taken:
      return isFile ? "Another file has this name." : "Another test has this name.";
    case NAME_RULES.plain:
      return "Use letters without accents, digits, dots, hyphens and underscores, and no folder: grades.csv.";
    default:
      return isFile ? "Give the file a name." : "Say in a few words what the test shows.";
  }
}

function criterionWords([, index, field, anchor]: readonly PropertyKey[]): string {
  if (index === undefined) return `Write at least ${QUESTION_LISTS.criteria.min} criteria, each with four anchors.`;
  if (field !== "anchors") return "Name what is judged.";
  return `Say what an answer at level ${Number(anchor) + 1} sounds like.`;
}
