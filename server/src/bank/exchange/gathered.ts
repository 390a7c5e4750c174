import { BANK_LIMITS, QUESTION_LISTS } from "@whetstone/shared/bank-limits";
import { askedIn } from "./asking.ts";
import type { Section } from "./labels.ts";
import type { PassedOver, Place } from "./parsed.ts";
import { inWords, shortened } from "./phrases.ts";
import type { RawQuestion } from "./raw.ts";
import { slugOf } from "./slug.ts";

/** What a question begins with, which says what belongs to it. */
export type Anchor =
  | { readonly kind: "heading"; readonly level: number }
  | { readonly kind: "item" | "prose" | "summary" | "row" };

/** A name over questions: how high it stands, less being higher. */
export interface Name {
  readonly level: number;
  readonly name: string;
}

/** Names that are bold lines, plain lines and items of a list are below all real headings. */
export const NAME_LEVELS = { bold: 7, line: 8, item: 9 } as const;

interface FollowUp {
  readonly ask: string;
  readonly probes: string;
}

/** A question as it is gathered from the text. What is not certainly the question, a hint or a follow-up stands in the answer. */
export interface Gathered {
  readonly line: number;
  readonly anchor: Anchor;
  readonly names: readonly Name[];
  /** Which of several lists in one text it is from, counted from 1. */
  readonly group: number;
  readonly number: number | null;
  readonly prompt: string[];
  readonly hints: string[];
  readonly followUps: FollowUp[];
  readonly strongAnswer: string[];
  readonly redFlags: string[];
  readonly references: string[];
  /** What a label opened that holds still. */
  section: Section | null;
  /** What can be chosen, by its letter. */
  choices: ReadonlyMap<string, string>;
}

export function newQuestion(about: Pick<Gathered, "line" | "anchor" | "names" | "group" | "number">): Gathered {
  const lists = { prompt: [], hints: [], followUps: [], strongAnswer: [], redFlags: [], references: [] };
  return { ...about, ...lists, section: null, choices: new Map() };
}

/** Puts a text where it belongs. Of a follow-up only what certainly asks is asked; the rest is what it probes. */
export function put(question: Gathered, section: Section, text: string): void {
  const whole = text.trim();
  if (whole === "") return;
  if (section !== "followUps") {
    question[section].push(section === "strongAnswer" ? chosen(question, whole) : whole);
    return;
  }
  const { asked, rest } = askedIn(whole);
  question.followUps.push({ ask: asked, probes: rest });
}

/** An answer that is a letter, with what it stands for. */
function chosen({ choices }: Gathered, text: string): string {
  const letter = /^\(?([A-Za-z])[).]?$/.exec(text)?.[1]?.toUpperCase();
  const choice = letter === undefined ? undefined : choices.get(letter);
  return choice === undefined ? text : `${letter}: ${choice}`;
}

/** Code belongs to what stands before it. */
export function putCode(question: Gathered, section: Section, code: string): void {
  if (section === "followUps") {
    const last = question.followUps.pop();
    if (last) question.followUps.push({ ...last, probes: `${last.probes}\n\n${code}`.trim() });
    else question.strongAnswer.push(code);
    return;
  }
  const last = question[section].pop();
  question[section].push(last === undefined ? code : `${last}\n\n${code}`);
}

/** The question as a draft's fields; those that the text says nothing about are left out. What does not fit is passed over, and quoted. */
export function rawQuestion(
  question: Gathered,
  { file, hasGroups }: { readonly file: string; readonly hasGroups: boolean },
): { readonly raw: RawQuestion; readonly passedOver: readonly PassedOver[] } {
  const at: Place = { file, line: question.line };
  const { topic, tags } = namesOf(question, hasGroups);
  const points = fitted(question.strongAnswer, QUESTION_LISTS.strongAnswer.max);
  const flags = fitted(question.redFlags, QUESTION_LISTS.redFlags.max);
  const hints = fitted(question.hints, QUESTION_LISTS.hints.max);
  const value = {
    prompt: question.prompt.join("\n\n"),
    hints: hints.texts,
    followUps: fewer(question.followUps),
    strongAnswer: points.texts,
    redFlags: flags.texts,
    references: question.references.slice(0, QUESTION_LISTS.references.max),
    tags: tags.slice(0, QUESTION_LISTS.tags.max),
  };
  const isSaid = ([field, part]: [string, unknown]) => field === "prompt" || (Array.isArray(part) && part.length > 0);
  const passedOver = [...points.left, ...flags.left, ...hints.left].map((text) => ({
    at,
    message: `This is more than a question has place for: “${shortened(inWords(text), QUOTED)}”`,
  }));
  const raw = {
    value: Object.fromEntries(Object.entries(value).filter(isSaid)),
    topicName: topic === undefined ? null : shortened(inWords(topic), BANK_LIMITS.topicName),
    place: () => at,
    field: ([field]: readonly PropertyKey[]) => (field === undefined ? "" : (FIELDS[String(field)] ?? String(field))),
  };
  return { raw, passedOver };
}

/** How much of a text is quoted, in UTF-16 code units. */
export const QUOTED = 300;

const FIELDS: Readonly<Record<string, string>> = {
  followUps: "follow-ups",
  strongAnswer: "answer",
  redFlags: "red flags",
};

/** The topic is the highest heading; where there are none, the innermost item that stands over others. The others are tags. */
function namesOf({ names, group }: Gathered, hasGroups: boolean): { topic: string | undefined; tags: string[] } {
  const hasHeading = names.some(({ level }) => level < NAME_LEVELS.bold);
  const topic = hasHeading ? names[0] : (names.findLast(({ level }) => level === NAME_LEVELS.item) ?? names[0]);
  const others = names.filter((name) => name !== topic).map(({ name }) => slugOf(name, ""));
  const tags = [...others.filter((tag) => tag !== ""), ...(hasGroups ? [`list-${group}`] : [])];
  return { topic: topic?.name, tags: [...new Set(tags)] };
}

/** A question has so many follow-ups; what is more is joined to the last. */
function fewer(followUps: readonly FollowUp[]): FollowUp[] {
  const most = QUESTION_LISTS.followUps.max;
  if (followUps.length <= most) return [...followUps];
  const last = followUps.slice(most - 1);
  const joined = (part: "ask" | "probes") =>
    last
      .map((followUp) => followUp[part])
      .filter((text) => text !== "")
      .join("\n\n");
  return [...followUps.slice(0, most - 1), { ask: joined("ask"), probes: joined("probes") }];
}

/**
 * At most so many texts, none longer than a field holds: what is too long is parted at the end of a line or a sentence, and those that are too many
 * are joined, the last ones first. `left` does not fit at all.
 */
export function fitted(texts: readonly string[], most: number): { readonly texts: string[]; readonly left: string[] } {
  const parts = texts.flatMap((text) => parted(text));
  for (let alone = Math.min(most, parts.length); alone > 0; alone--) {
    const packed = packedIn(parts.slice(alone));
    if (alone + packed.length <= most) return { texts: [...parts.slice(0, alone), ...packed], left: [] };
  }
  const packed = packedIn(parts);
  return { texts: packed.slice(0, most), left: packed.slice(most) };
}

function packedIn(parts: readonly string[]): string[] {
  const packed: string[] = [];
  for (const part of parts) {
    const last = packed.at(-1);
    const isFull = last === undefined || last.length + part.length + 2 > BANK_LIMITS.paragraph;
    if (isFull) packed.push(part);
    else packed[packed.length - 1] = `${last}\n\n${part}`;
  }
  return packed;
}

function parted(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > BANK_LIMITS.paragraph) {
    const begin = rest.slice(0, BANK_LIMITS.paragraph);
    const ends = [begin.lastIndexOf("\n"), begin.lastIndexOf(". ") + 1, begin.lastIndexOf(" ")];
    const end = ends.find((place) => place > BANK_LIMITS.paragraph / 2) ?? begin.replace(/[\uD800-\uDBFF]$/, "").length;
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest === "" ? parts : [...parts, rest];
}
