import { z } from "zod";
import { Identifier, Kit, Pack, PhaseBudget, Question, QuestionLevel } from "./bank.ts";
import { BANK_LIMITS, KIT_LISTS, QUESTION_LISTS, WORKSPACE_LISTS } from "./bank-limits.ts";
import { asName, isVisible, NAME_UNSEEN } from "./visible.ts";
import { Language } from "./workspace/language.ts";

/**
 * What a user writes: questions and kits beside those of the packs. A draft saves itself while it is written, so it may lack
 * anything; it is published when it is whole, and only what is published can be asked.
 */

type TextOfAtMost = (most: number) => z.ZodString;
const bounded: TextOfAtMost = (most) => z.string().max(most);
/** What its writer has not shortened yet is kept as it is, and not saved. */
const unbounded: TextOfAtMost = () => z.string();
const empty = <T extends z.ZodType>(item: T, max: number) => z.array(item).max(max).default([]);

function criterionDraft(text: TextOfAtMost) {
  const line = text(BANK_LIMITS.line);
  return z.strictObject({
    id: text(BANK_LIMITS.identifier).default(""),
    name: text(BANK_LIMITS.name).default(""),
    anchors: z.tuple([line, line, line, line]).default(["", "", "", ""]),
  });
}
export type CriterionDraft = z.infer<ReturnType<typeof criterionDraft>>;

function workspaceDraft(text: TextOfAtMost) {
  const code = text(BANK_LIMITS.code).default("");
  return z.strictObject({
    language: Language,
    starter: code,
    files: empty(
      z.strictObject({ name: text(BANK_LIMITS.fileName).default(""), text: code }),
      WORKSPACE_LISTS.files.max,
    ),
    database: code,
    expectedOutput: text(BANK_LIMITS.output).default(""),
    tests: empty(
      z.strictObject({
        name: text(BANK_LIMITS.title).default(""),
        visible: z.boolean().default(false),
        code: text(BANK_LIMITS.testCode).default(""),
      }),
      WORKSPACE_LISTS.tests.max,
    ),
  });
}
/** A workspace while it is written. */
export const WorkspaceDraft = workspaceDraft(bounded);
export type WorkspaceDraft = z.infer<typeof WorkspaceDraft>;

function questionDraft(text: TextOfAtMost) {
  const line = text(BANK_LIMITS.line);
  const paragraph = text(BANK_LIMITS.paragraph);
  return z.strictObject({
    title: text(BANK_LIMITS.title).default(""),
    topic: text(BANK_LIMITS.identifier).default(""),
    level: QuestionLevel.default("working"),
    minutes: z.int().min(1).max(60).default(6),
    tags: empty(text(BANK_LIMITS.identifier), QUESTION_LISTS.tags.max),
    aliases: empty(line, QUESTION_LISTS.aliases.max),
    prompt: paragraph.default(""),
    hints: empty(paragraph, QUESTION_LISTS.hints.max),
    followUps: empty(
      z.strictObject({ ask: paragraph.default(""), probes: line.default("") }),
      QUESTION_LISTS.followUps.max,
    ),
    strongAnswer: empty(paragraph, QUESTION_LISTS.strongAnswer.max),
    redFlags: empty(paragraph, QUESTION_LISTS.redFlags.max),
    criteria: empty(criterionDraft(text), QUESTION_LISTS.criteria.max),
    workspace: workspaceDraft(text).optional(),
    references: empty(line, QUESTION_LISTS.references.max),
    covers: empty(text(BANK_LIMITS.item), QUESTION_LISTS.covers.max),
    reviewed: text(7).default(""),
  });
}

/** A question while it is written. It has the fields of `Question` but for the identifier; each may be empty, none is too long. */
export const QuestionDraft = questionDraft(bounded);
export type QuestionDraft = z.infer<typeof QuestionDraft>;
/** The same as its writer's browser keeps it: what is too long is not cut, and not lost. */
export const WrittenQuestion = questionDraft(unbounded);

const PlannedQuestion = Kit.shape.questions.element;

function kitDraft(text: TextOfAtMost) {
  const line = text(BANK_LIMITS.line);
  const weight = Kit.shape.weights.unwrap().element.extend({ reason: line.default("") });
  return z.strictObject({
    title: line.default(""),
    role: line.default(""),
    description: text(BANK_LIMITS.paragraph).default(""),
    minutes: z.int().min(10).max(240).default(45),
    competencies: empty(line, KIT_LISTS.competencies.max),
    weights: empty(weight, KIT_LISTS.weights.max),
    phases: empty(PhaseBudget, KIT_LISTS.phases.max),
    questions: empty(PlannedQuestion, KIT_LISTS.questions.max),
  });
}

/** A kit while it is put together. A weight that was set back to 1 keeps its reason here; it is not published. */
export const KitDraft = kitDraft(bounded);
export type KitDraft = z.infer<typeof KitDraft>;
/** The same as its writer's browser keeps it. */
export const WrittenKit = kitDraft(unbounded);

/** What is wrong with a draft: the field's path, such as `["criteria", 0, "anchors", 2]`, and a sentence. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The question that a draft makes, or everything that it lacks. */
export function questionOfDraft(id: string, draft: QuestionDraft): { question: Question } | { faults: Fault[] } {
  const parsed = Question.safeParse({ id, ...draft, title: asName(draft.title) });
  const faults = [...(parsed.success ? [] : faultsOf(parsed.error)), ...questionNameFaults(draft)];
  return parsed.success && faults.length === 0 ? { question: parsed.data } : { faults: firstByPlace(faults) };
}

/** The kit that a draft makes, or everything that it lacks. */
export function kitOfDraft(id: string, draft: KitDraft): { kit: Kit } | { faults: Fault[] } {
  const parsed = Kit.safeParse({ id, ...draft, title: asName(draft.title) });
  const faults = [
    ...(parsed.success ? [] : faultsOf(parsed.error)),
    ...kitNameFaults(draft),
    ...competencyFaults(draft),
  ];
  if (!parsed.success || faults.length > 0) return { faults: firstByPlace(faults) };
  return { kit: { ...parsed.data, weights: parsed.data.weights.filter(({ weight }) => weight !== 1) } };
}

const questionNameFaults = ({
  title,
  criteria,
  workspace,
}: Pick<QuestionDraft, "title" | "criteria" | "workspace">): Fault[] =>
  unseenFaults([
    { path: ["title"], name: title },
    ...criteria.map(({ name }, at) => ({ path: ["criteria", at, "name"], name })),
    ...(workspace?.tests ?? []).map(({ name }, at) => ({ path: ["workspace", "tests", at, "name"], name })),
  ]);

const kitNameFaults = ({ title, role, competencies }: Pick<KitDraft, "title" | "role" | "competencies">): Fault[] =>
  unseenFaults([
    { path: ["title"], name: title },
    { path: ["role"], name: role },
    ...competencies.map((name, at) => ({ path: ["competencies", at], name })),
  ]);

/** The names that are no names to whoever reads them. One that is empty is missing, which is another fault. */
export const unseenFaults = (names: readonly { readonly path: Fault["path"]; readonly name: string }[]): Fault[] =>
  names.flatMap(({ path, name }) => (name.trim() === "" || isVisible(name) ? [] : [{ path, message: NAME_UNSEEN }]));

/** One fault a place: a name of which nothing can be seen is not said to be missing as well. */
const firstByPlace = (faults: readonly Fault[]): Fault[] => {
  const unseen = new Set(faults.filter(({ message }) => message === NAME_UNSEEN).map(({ path }) => path.join()));
  return faults.filter(({ path, message }) => message === NAME_UNSEEN || !unseen.has(path.join()));
};

/** Where a kit names a competency that it does not have, or one twice. Each message goes on from the field's name. */
export function competencyFaults({
  competencies,
  weights,
  questions,
}: Pick<KitDraft, "competencies" | "weights" | "questions">): Fault[] {
  const numberFaults = (numbers: readonly number[], pathOf: (index: number) => Fault["path"], deed: string): Fault[] =>
    numbers.flatMap((number, index) => {
      const path = pathOf(index);
      if (number > competencies.length) {
        return [{ path, message: `there is no competency ${number}; the kit has ${competencies.length}` }];
      }
      return numbers.indexOf(number) < index ? [{ path, message: `competency ${number} is ${deed} twice` }] : [];
    });
  return [
    ...numberFaults(
      weights.map(({ competency }) => competency),
      (index) => ["weights", index, "competency"],
      "weighed",
    ),
    ...questions.flatMap(({ probes }, at) =>
      numberFaults(probes, (index) => ["questions", at, "probes", index], "named"),
    ),
  ];
}

/** A draft with the fields of a question, to change a copy of it. */
export function draftOfQuestion({ id: _, ...fields }: Question): QuestionDraft {
  return QuestionDraft.parse(fields);
}

/** A draft with the fields of a kit, to change a copy of it. */
export function draftOfKit({ id: _, ...fields }: Kit): KitDraft {
  return KitDraft.parse(fields);
}

const faultsOf = (error: z.ZodError): Fault[] => error.issues.map(({ path, message }) => ({ path, message }));

const about = {
  id: Identifier,
  pack: Identifier,
  /** Counts the changes, so that two who change the same thing notice each other. */
  revision: z.int().min(0),
  archived: z.boolean(),
  changedAt: z.number().describe("Milliseconds since 1970."),
};

/** A question of the user's own: as it is being written, and as it was published last. */
export const AuthoredQuestion = z.strictObject({
  ...about,
  draft: QuestionDraft,
  published: Question.nullable(),
});
export type AuthoredQuestion = z.infer<typeof AuthoredQuestion>;

export const AuthoredKit = z.strictObject({ ...about, draft: KitDraft, published: Kit.nullable() });
export type AuthoredKit = z.infer<typeof AuthoredKit>;

/** A pack that a user made or imported. Its topics are those of its questions, so it may list none. */
export const AuthoredPack = Pack.extend({ topics: z.array(Pack.shape.topics.element) });
export type AuthoredPack = z.infer<typeof AuthoredPack>;

/** What the server keeps of all that, one row each. */
export const AuthoredDocument = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("question"), ...AuthoredQuestion.shape }),
  z.strictObject({ kind: z.literal("kit"), ...AuthoredKit.shape }),
  z.strictObject({ kind: z.literal("pack"), ...AuthoredPack.shape }),
]);
export type AuthoredDocument = z.infer<typeof AuthoredDocument>;
