import { draftOfKit, type Fault, type KitDraft, type QuestionDraft, questionOfDraft } from "@whetstone/shared/authored";
import type { Kit, Question } from "@whetstone/shared/bank";
import type { ImportPlan } from "@whetstone/shared/bank-wire";
import type { Parsed, ParsedKit, ParsedQuestion, Place, Refused } from "./parsed.ts";
import { lackInWords } from "./sentences.ts";
import { numbering } from "./slug.ts";
import { tidyField } from "./tidy.ts";

/** The bank as an import finds it. */
export interface Existing {
  readonly question: (id: string) => ExistingQuestion | undefined;
  readonly kit: (id: string) => ExistingKit | undefined;
  readonly pack: (id: string) => ExistingPack | undefined;
}

/** `own` tells what users wrote, which an import may change, from what stands in files. */
export interface ExistingQuestion {
  readonly question: Question | null;
  readonly draft: QuestionDraft;
  readonly pack: string;
  readonly own: boolean;
}

export interface ExistingKit {
  readonly kit: Kit | null;
  readonly draft: KitDraft;
  readonly own: boolean;
}

export interface ExistingPack {
  readonly title: string;
  readonly own: boolean;
}

type Entry = ImportPlan["entries"][number];

/** An entry as it is shown, and what to store for it. */
export type Planned =
  | (Entry & { readonly kind: "question"; readonly draft: QuestionDraft; readonly question: Question | null })
  | (Entry & { readonly kind: "kit"; readonly value: Kit });

export interface Plan {
  /** The pack that the questions go into: the import's own, else the one that was chosen. */
  readonly pack: string;
  readonly entries: readonly Planned[];
  readonly refused: readonly Refused[];
  /** Why nothing can be carried out as it is asked for, or `null` where it can. */
  readonly blocked: string | null;
  /** Whether the rest can be carried out without what is refused. */
  readonly canLeaveOut: boolean;
}

/**
 * What an import will do, before it does anything. A field that the import says nothing about stays as it is. Anything refused blocks all of
 * it, unless `leaveOutRefused`: whoever imports a list of their own sees what would be missing and decides; nothing goes missing by itself. A
 * refused pack cannot be left out, as it says where everything else belongs.
 */
export function planImport(
  parsed: Parsed,
  existing: Existing,
  chosenPack: string,
  { leaveOutRefused = false }: { readonly leaveOutRefused?: boolean } = {},
): Plan {
  const pack = parsed.pack?.pack.id ?? chosenPack;
  const questions = plannedQuestions(parsed.questions, existing, pack);
  const known = new Set(questions.map(({ id }) => id));
  const kits = parsed.kits.map((kit) => plannedKit(kit, existing, known));
  const ofPack = packFaults(parsed, existing, chosenPack);
  const refused = [...parsed.refused, ...ofPack, ...kits.flatMap((kit) => kit.refused)];
  const entries = [...questions, ...kits.flatMap((kit) => (kit.refused.length > 0 ? [] : [kit.entry]))];
  const count = refused.length + entries.filter(({ outcome }) => outcome === "refused").length;
  const isPackWrong = parsed.isPackRefused || ofPack.length > 0;
  const canLeaveOut = count > 0 && !isPackWrong && entries.some(isChange);
  const isBlocked = count > 0 && !(leaveOutRefused && canLeaveOut);
  return { pack, entries, refused, blocked: isBlocked ? blockedBy(count, canLeaveOut) : null, canLeaveOut };
}

/** Whether carrying out an entry changes the bank. */
export const isChange = ({ outcome }: Planned): boolean => outcome === "added" || outcome === "changed";

const blockedBy = (count: number, canLeaveOut: boolean): string =>
  `${count === 1 ? "One thing is" : `${count} things are`} refused, so nothing is imported: an import is carried out ` +
  `whole or not at all. Change what is named, and import it again${canLeaveOut ? ", or import the rest without it" : ""}.`;

/** Packs in files are changed in their files and nowhere else. */
function packFaults({ pack, questions }: Parsed, existing: Existing, chosenPack: string): Refused[] {
  const found = existing.pack(pack?.pack.id ?? chosenPack);
  if (!found || found.own) return [];
  const message = `${found.title} is a pack in files, which no import changes; give yours another id`;
  const at = pack?.at ?? questions[0]?.at;
  return at ? [{ at, field: pack ? "id" : "", message }] : [];
}

function plannedQuestions(questions: readonly ParsedQuestion[], existing: Existing, pack: string): Planned[] {
  const taken = new Set(questions.map(({ id }) => id));
  const isForeign = (id: string) => {
    const found = existing.question(id);
    return found !== undefined && (!found.own || found.pack !== pack);
  };
  const free = numbering((id) => taken.has(id) || isForeign(id));
  return questions.map((parsed) => {
    if (!isForeign(parsed.id)) return plannedQuestion(parsed, existing.question(parsed.id));
    if (parsed.idGiven) return foreignQuestion(parsed, existing);
    const id = free(parsed.id);
    taken.add(id);
    return plannedQuestion({ ...parsed, id }, existing.question(id));
  });
}

const shown = ({ file, line }: Place) => ({ file, line });

function foreignQuestion({ id, draft, question, at }: ParsedQuestion, existing: Existing): Planned {
  const pack = existing.question(id)?.pack ?? "";
  const details = [`${id} is a question of the pack ${existing.pack(pack)?.title ?? pack}; give yours another id`];
  const { title } = draft;
  return { kind: "question", id, title, ...shown(at), outcome: "refused", details, lacks: [], draft, question };
}

function plannedQuestion(parsed: ParsedQuestion, before: ExistingQuestion | undefined): Planned {
  const { id, at } = parsed;
  const draft = before ? merged(before.draft, parsed) : parsed.draft;
  const made = questionOfDraft(id, draft);
  const question = "question" in made ? made.question : null;
  const faults: Fault[] = "faults" in made ? made.faults : [];
  const details = before ? FIELD_NAMES.filter(([field]) => !isSame(field, before.draft[field], draft[field])) : [];
  return {
    kind: "question",
    id,
    title: draft.title,
    ...shown(at),
    outcome: before ? outcomeOf(details.length) : "added",
    details: details.map(([, name]) => name),
    lacks: [...new Set(faults.map((fault) => lackInWords(draft, fault)))],
    draft,
    question,
  };
}

const outcomeOf = (differences: number) => (differences > 0 ? "changed" : "unchanged");

/** The draft with those fields replaced that the import names. */
function merged(before: QuestionDraft, { draft, given }: ParsedQuestion): QuestionDraft {
  const replaced = Object.fromEntries(given.map((field) => [field, draft[field]]));
  // A list of questions has no place for what a follow-up probes.
  const followUps = draft.followUps.map(({ ask, probes }) => ({
    ask,
    probes: probes || (before.followUps.find((followUp) => followUp.ask === ask)?.probes ?? ""),
  }));
  return { ...before, ...replaced, ...(given.includes("followUps") ? { followUps } : {}) };
}

const FIELD_NAMES: readonly (readonly [keyof QuestionDraft, string])[] = [
  ["title", "title"],
  ["topic", "topic"],
  ["level", "level"],
  ["minutes", "minutes"],
  ["tags", "tags"],
  ["aliases", "aliases"],
  ["prompt", "prompt"],
  ["hints", "hints"],
  ["followUps", "follow-ups"],
  ["strongAnswer", "strong answer"],
  ["redFlags", "red flags"],
  ["criteria", "rubric"],
  ["workspace", "workspace"],
  ["references", "references"],
  ["covers", "covers"],
  ["reviewed", "reviewed"],
];

/** Whether two fields say the same, whatever their line ends and the white space around them; code's own counts. */
const isSame = (field: string, one: unknown, other: unknown): boolean =>
  JSON.stringify(tidyField(field, one)) === JSON.stringify(tidyField(field, other));

function plannedKit(
  { kit, at, questionsAt }: ParsedKit,
  existing: Existing,
  known: ReadonlySet<string>,
): { entry: Planned; refused: Refused[] } {
  const entry = (outcome: Entry["outcome"], details: string[]): Planned => {
    const { id, title } = kit;
    return { kind: "kit", id, title, ...shown(at), outcome, details, lacks: [], value: kit };
  };
  const refused = kit.questions.flatMap(({ question }, index): Refused[] => {
    if (known.has(question) || existing.question(question)) return [];
    const message = `${question} is neither in this import nor in the bank`;
    return [{ at: questionsAt[index] ?? at, field: `questions.${index}.question`, message }];
  });
  const before = existing.kit(kit.id);
  if (before && !before.own) {
    return { entry: entry("refused", [`${kit.id} is a kit of a pack in files; give yours another id`]), refused };
  }
  if (!before) return { entry: entry("added", []), refused };
  const draft = draftOfKit(kit);
  const details = KIT_FIELDS.filter((field) => !isSame(field, before.draft[field], draft[field]));
  return { entry: entry(outcomeOf(details.length), [...details]), refused };
}

const KIT_FIELDS = [
  "title",
  "role",
  "description",
  "minutes",
  "competencies",
  "weights",
  "phases",
  "questions",
] as const;
