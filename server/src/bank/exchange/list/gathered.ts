import type { Piece } from "../pieces.ts";
import { askedIn } from "./asking.ts";
import type { Section } from "./labels.ts";

/** What a question begins with, which says what belongs to it. */
export type Anchor =
  | { readonly kind: "heading"; readonly level: number }
  | { readonly kind: "item" | "prose" | "summary" | "row" };

/** A question as it is gathered from the text. What is not certainly the question, a hint or a follow-up stands in the answer. */
export interface Gathered {
  readonly line: number;
  readonly anchor: Anchor;
  readonly group: number;
  readonly number: number | null;
  readonly pieces: Piece[];
  /** What a label opened that holds still. */
  section: Section | null;
  isAnswered: boolean;
  /** What can be chosen, by its letter. */
  choices: ReadonlyMap<string, string>;
}

export const newQuestion = (about: Pick<Gathered, "line" | "anchor" | "group" | "number">): Gathered => ({
  ...about,
  pieces: [],
  section: null,
  isAnswered: false,
  choices: new Map(),
});

/** Where a text was found, for those that look alike. */
export interface Found {
  readonly line: number;
  /** What it is in the text: an item, a paragraph, code. */
  readonly kind: string;
  /** Whether it is certain where it belongs: a label says so, or it can be nothing else. */
  readonly isSure: boolean;
}

/** Puts a text where it belongs. Of a follow-up only what certainly asks is asked; the rest is what it probes. */
export function put(question: Gathered, section: Section, text: string, found: Found): void {
  const whole = text.trim();
  if (whole === "") return;
  if (section !== "followUps") {
    add(question, section, section === "strongAnswer" ? chosen(question, whole) : whole, found);
    return;
  }
  const { asked, rest } = askedIn(whole);
  add(question, "followUps", rest === "" ? whole : asked, found);
  putProbes(question, rest, { ...found, isSure: false });
}

/** What the follow-up before it finds out. */
export function putProbes(question: Gathered, text: string, found: Found): void {
  if (text !== "") question.pieces.push(pieceOf(question, "probes", text, found));
}

export function putReference(question: Gathered, address: string, found: Found): void {
  question.pieces.push(pieceOf(question, "reference", address, found));
}

/** Code belongs to what stands before it. */
export function putCode(question: Gathered, section: Section, code: string, found: Found): void {
  const last = question.pieces.at(-1);
  const role = ROLES[section];
  // What a candidate is shown of a follow-up is its words alone.
  if (section === "followUps") putProbes(question, code, found);
  else if (last && (last.role === role || (role === "prompt" && last.role === "question"))) {
    question.pieces[question.pieces.length - 1] = { ...last, text: `${last.text}\n\n${code}` };
  } else add(question, section, code, found);
}

/** What a candidate is asked, as far as it is gathered. */
export const promptOf = ({ pieces }: Gathered): string =>
  pieces
    .filter(({ role }) => role === "question" || role === "prompt")
    .map(({ text }) => text)
    .join("\n\n");

function add(question: Gathered, section: Section, text: string, found: Found): void {
  const role = section === "prompt" && question.pieces.length === 0 ? "question" : ROLES[section];
  question.pieces.push(pieceOf(question, role, text, found));
  if (section === "strongAnswer") question.isAnswered = true;
}

const pieceOf = ({ group }: Gathered, role: Piece["role"], text: string, { line, kind, isSure }: Found): Piece => ({
  ...{ line, role, text, isSure, group },
  shape: `${kind} as ${role}`,
  level: 0,
});

const ROLES = {
  prompt: "prompt",
  hints: "hint",
  followUps: "followUp",
  strongAnswer: "answer",
  redFlags: "redFlag",
} as const satisfies Record<Section, Piece["role"]>;

/** An answer that is a letter, with what it stands for. */
function chosen({ choices }: Gathered, text: string): string {
  const letter = /^\(?([A-Za-z])[).]?$/.exec(text)?.[1]?.toUpperCase();
  const choice = letter === undefined ? undefined : choices.get(letter);
  return choice === undefined ? text : `${letter}: ${choice}`;
}
