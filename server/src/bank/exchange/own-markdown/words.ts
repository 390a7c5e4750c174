import type { PhaseKind } from "@whetstone/shared/bank";
import { LANGUAGE_NAMES, type Language } from "@whetstone/shared/workspace/language";

/** The words of the Markdown that the project itself writes and reads. They are a format: what was exported once must be read for ever. */

/** The bold lines over the lists of a question. */
export const QUESTION_LIST_NAMES = {
  hints: "Hints",
  followUps: "Follow-ups",
  strongAnswer: "A strong answer",
  redFlags: "Red flags",
  aliases: "Also asked as",
  references: "References",
  tags: "Tags",
  covers: "Covers",
} as const;
/** The bold lines over the lists of a kit. */
export const KIT_LIST_NAMES = { competencies: "Competencies", phases: "Phases", plan: "Plan" } as const;
const LIST_NAMES = { ...QUESTION_LIST_NAMES, ...KIT_LIST_NAMES };
export type QuestionList = keyof typeof QUESTION_LIST_NAMES;
export type ListName = keyof typeof LIST_NAMES;

export const KITS = "Kits";
export const SCORED = "Scored in every question";

/** What a document for candidates begins with. */
export const PROMPTS = "Questions";
/** The remark behind that heading: texts in the document are kept apart from its own parts, as in one with identifiers. */
export const PROMPTS_REMARK = "whetstone 1";
/** The remark behind the name of code that ends within a line, as code in a fence always ends with a line. */
export const ENDS_IN_LINE = "ends without a line break";

const PHASES: Readonly<Record<PhaseKind, string>> = {
  introduction: "Introduction",
  questions: "Questions",
  candidate_questions: "Candidate's questions",
  wrap_up: "Wrap-up",
};
export const phaseName = (kind: PhaseKind): string => PHASES[kind];
/** What a phase is called in the bank; a name that no phase has stays as it is, to be refused. */
export const phaseNamed = (name: string): string => keyNamed(PHASES, name) ?? name;

/** The list that a line names, whatever its capitals. */
export const listNamed = (name: string): ListName | null => keyNamed(LIST_NAMES, name.replace(/:$/, ""));
export const isQuestionList = (list: ListName): list is QuestionList => Object.hasOwn(QUESTION_LIST_NAMES, list);

/** What a language is called in the bank; a name that no language has stays as it is, to be refused. */
export const languageNamed = (name: string): string => keyNamed(LANGUAGE_NAMES, name) ?? name.toLowerCase();

function keyNamed<K extends string>(names: Readonly<Record<K, string>>, name: string): K | null {
  const wanted = plain(name);
  for (const key in names) if (plain(names[key]) === wanted) return key;
  return null;
}
/** Word processors bend apostrophes. */
const plain = (name: string): string => name.trim().toLowerCase().replaceAll("’", "'");

/** A piece of code of a workspace, by the bold line above it. */
export type CodePart =
  | { readonly kind: "starter" | "database" | "expectedOutput" }
  | { readonly kind: "file"; readonly name: string }
  /** `visible` is null where the line does not say who sees the test. */
  | { readonly kind: "test"; readonly name: string; readonly visible: boolean | null };

const CODE_NAMES = {
  starter: "Starter",
  database: "Database",
  expectedOutput: "Expected output, which only the panel sees",
} as const;
const SEEN = "Test, which the candidate sees";
const HIDDEN = "Test, which only the panel sees";

export function codeName(part: CodePart): string {
  switch (part.kind) {
    case "starter":
    case "database":
    case "expectedOutput":
      return CODE_NAMES[part.kind];
    case "file":
      return `File: ${part.name}`;
    case "test":
      return `${part.visible === null ? "Test" : part.visible ? SEEN : HIDDEN}: ${part.name}`;
    default:
      return part satisfies never;
  }
}

export function codeNamed(name: string): CodePart | null {
  const kind = keyNamed(CODE_NAMES, name);
  if (kind) return { kind };
  if (plain(name) === "expected output") return { kind: "expectedOutput" };
  const colon = name.indexOf(":");
  const [what, own] = [plain(name.slice(0, Math.max(colon, 0))), name.slice(colon + 1).trim()];
  if (what === "file") return { kind: "file", name: own };
  if (what === plain(SEEN)) return { kind: "test", name: own, visible: true };
  if (what === plain(HIDDEN)) return { kind: "test", name: own, visible: false };
  return what === "test" ? { kind: "test", name: own, visible: null } : null;
}

export const workspaceLine = (language: Language): string => `**Workspace**, in ${LANGUAGE_NAMES[language]}`;
/** The language that such a line names, as it stands there. */
export const workspaceIn = (line: string): string | null =>
  /^\*\*workspace\*\*, in (.{1,40})$/i.exec(line.trimEnd())?.[1] ?? null;

/** What stands below a question's title. */
export interface About {
  readonly level: string;
  readonly minutes: number;
  readonly reviewed: string | null;
}

export function aboutLine({ level, minutes, reviewed }: About): string {
  const about = `${level.charAt(0).toUpperCase()}${level.slice(1)}, ${minutesInWords(minutes)}`;
  return reviewed === null ? about : `${about}, reviewed ${reviewed}`;
}

/** The line as somebody may have changed it; a level that there is none of is read too, to be refused. */
export function aboutIn(line: string): About | null {
  const [, level, minutes, reviewed] =
    /^(\p{L}{1,40}), (\d{1,4}) minutes?(?:, reviewed (\S{1,20}))?$/iu.exec(line.trimEnd()) ?? [];
  return level === undefined
    ? null
    : { level: level.toLowerCase(), minutes: Number(minutes), reviewed: reviewed ?? null };
}

const minutesInWords = (minutes: number): string => (minutes === 1 ? "1 minute" : `${minutes} minutes`);

/** A text and the minutes behind it, with what follows on them: a kit's role, a phase, a question of a plan. */
export interface Timed {
  readonly name: string;
  readonly minutes: number;
  readonly probes: readonly number[];
}

export const timedLine = ({ name, minutes, probes }: Timed): string =>
  `${name}, ${minutesInWords(minutes)}${probes.length > 0 ? `, probes ${probes.join(", ")}` : ""}`;

export function timedIn(line: string): Timed | null {
  const [, name, minutes, probes = ""] =
    /^(.+), (\d{1,4}) minutes?(?:, probes ([\d, ]{1,200}))?$/s.exec(line.trimEnd()) ?? [];
  return name === undefined
    ? null
    : { name, minutes: Number(minutes), probes: [...probes.matchAll(/\d+/g)].map(([number]) => Number(number)) };
}
