import { CorrectedRole, type PieceRole } from "@whetstone/shared/bank-wire";
import type { Piece } from "./corrections.ts";

/** What a piece of an imported text can be, in words and keys. */

export const ROLE_NAMES: Readonly<Record<PieceRole, string>> = {
  heading: "Topic",
  question: "Question",
  prompt: "Prompt",
  hint: "Hint",
  followUp: "Follow-up",
  probes: "Listen for",
  answer: "Answer",
  redFlag: "Red flag",
  reference: "Reference",
  join: "Joined",
  out: "Left out",
};

/** What a piece is after it was put right, as the end of a sentence. */
export const ROLE_MEANINGS: Readonly<Record<CorrectedRole, string>> = {
  heading: "a topic, under which questions are filed",
  question: "a question of its own, which the candidate sees",
  prompt: "part of the prompt: the candidate sees it",
  hint: "a hint: the candidate sees it once it is revealed",
  followUp: "a follow-up: the candidate sees it once it is revealed",
  answer: "part of the answer: only the panel sees it",
  redFlag: "a red flag: only the panel sees it",
  join: "joined to the piece before it",
  out: "left out",
};

interface RoleGroup {
  readonly name: string;
  readonly roles: readonly CorrectedRole[];
}

/** What can be chosen, by who sees it. */
export const ROLE_GROUPS: readonly RoleGroup[] = [
  { name: "The candidate sees it", roles: ["question", "prompt", "hint", "followUp"] },
  { name: "Only the panel", roles: ["answer", "redFlag"] },
  { name: "Neither", roles: ["heading", "join", "out"] },
];

/** The key of each, as `keyName` calls it. */
export const ROLE_KEYS: Readonly<Record<CorrectedRole, string>> = {
  question: "q",
  prompt: "p",
  hint: "h",
  followUp: "f",
  answer: "a",
  redFlag: "r",
  heading: "t",
  join: "j",
  out: "x",
};

export const roleOfKey = (key: string): CorrectedRole | undefined =>
  CorrectedRole.options.find((role) => ROLE_KEYS[role] === key);

/** What a piece can be confirmed as; null for what cannot be chosen. */
export const confirmable = (role: PieceRole): CorrectedRole | null => CorrectedRole.safeParse(role).data ?? null;

const ASKS = /[?？؟;]["”’»)*_\s]*$/u;

/** What a piece most likely is if it is not what it was taken for; `isAlone` where it stands in no question. */
export function likelyInstead({ role, text, isSure }: Piece, isAlone: boolean): CorrectedRole {
  switch (role) {
    case "question":
      return "heading";
    case "heading":
      return "question";
    case "answer":
      return ASKS.test(text) ? "followUp" : "prompt";
    case "out":
      if (ASKS.test(text) || !isSure) return "question";
      return isAlone ? "heading" : "answer";
    case "prompt":
    case "hint":
    case "followUp":
    case "probes":
    case "redFlag":
    case "reference":
    case "join":
      return "answer";
    default:
      return role satisfies never;
  }
}
