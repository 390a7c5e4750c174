import {
  type CriterionDraft,
  QuestionDraft,
  questionOfDraft,
  WorkspaceDraft,
  WrittenQuestion,
} from "@whetstone/shared/authored";
import { COMMUNICATION, type Question } from "@whetstone/shared/bank";
import { isSame } from "../draft/kept-draft.ts";
import type { Publication } from "../draft/publication.ts";
import { freeSlug, slugOf } from "../slug.ts";

/** A question before the first keystroke, reviewed in the month of `now` (milliseconds since 1970). */
export const blankQuestion = (now: number): QuestionDraft =>
  QuestionDraft.parse({ reviewed: new Date(now).toISOString().slice(0, 7) });

export const BLANK_CRITERION: CriterionDraft = { id: "", name: "", anchors: ["", "", "", ""] };

export const BLANK_WORKSPACE = WorkspaceDraft.parse({ language: "python" });

/** The draft with another workspace or none, its fields in the order of the schema: two drafts are the same only in one order. */
export const withWorkspace = (draft: QuestionDraft, workspace: QuestionDraft["workspace"]): QuestionDraft =>
  WrittenQuestion.parse({ ...draft, workspace });

/**
 * The criteria with another name for the one at `index`. Its identifier follows the name and stays apart from the others' and from
 * the pack's own criterion, which is put beside them in a room.
 */
export function renamedCriterion(criteria: readonly CriterionDraft[], index: number, name: string): CriterionDraft[] {
  const others = criteria.filter((_, at) => at !== index).map(({ id }) => id);
  const id = freeSlug(slugOf(name).slice(0, 70) || "criterion", [...others, COMMUNICATION.id]);
  return criteria.map((criterion, at) => (at === index ? { ...criterion, id, name } : criterion));
}

export function questionPublication(id: string, draft: QuestionDraft, published: Question | null): Publication {
  if (published === null) return "draft";
  const made = questionOfDraft(id, draft);
  return "question" in made && isSame(made.question, published) ? "published" : "changed";
}
