import { z } from "zod";
import { BANK_LIMITS, KIT_LISTS, QUESTION_LISTS } from "./bank-limits.ts";
import { AskedWorkspace, copiedWorkspace, Workspace } from "./workspace/workspace.ts";

/**
 * The bank: packs of questions, each question with the rubric that it is scored against.
 * These schemas are the only definition: the YAML files under `questions/`, the JSON Schema that editors use and
 * the frozen copy inside an ask all come from here. Texts are Markdown with LaTeX maths and fenced code.
 */

export const Identifier = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "lower-case words joined by hyphens, such as vanishing-gradients")
  .max(BANK_LIMITS.identifier);
const identifier = Identifier;
const line = z.string().trim().min(1).max(BANK_LIMITS.line);
const paragraph = z.string().trim().min(1).max(BANK_LIMITS.paragraph);
const listOf = <T extends z.ZodType>(entry: T, { min, max }: { readonly min: number; readonly max: number }) =>
  z.array(entry).min(min).max(max);
const item = z.string().regex(/^[A-Z]\d+\.\d+$/, "an item of the source lists, such as A1.5");

export const LEVELS = [1, 2, 3, 4] as const;
/** A level of a criterion: 1 wrong or absent, 2 recites, 3 explains and applies, 4 weighs alternatives. */
export const Level = z.literal(LEVELS);
export type Level = z.infer<typeof Level>;

/** Four sentences; the one at index `level - 1` says what an answer at that level sounds like. */
const Anchors = z.tuple([line, line, line, line]);

export const Criterion = z.strictObject({
  id: identifier,
  name: z.string().trim().min(1).max(BANK_LIMITS.name),
  anchors: Anchors,
});
export type Criterion = z.infer<typeof Criterion>;

const FollowUp = z.strictObject({
  ask: paragraph.describe("What is put to the candidate, word for word."),
  probes: line.describe("What it finds out. Only the panel sees this."),
});

export const QuestionLevel = z.enum(["foundation", "working", "advanced", "research"]);
export type QuestionLevel = z.infer<typeof QuestionLevel>;

export const Question = z.strictObject({
  id: identifier,
  title: z
    .string()
    .trim()
    .min(1)
    .max(BANK_LIMITS.title)
    .describe("A short name for the panel's lists. The candidate never sees it."),
  covers: z
    .array(item)
    .max(QUESTION_LISTS.covers.max)
    .default([])
    .describe("Items of the pack's source lists that this question covers."),
  topic: identifier,
  level: QuestionLevel,
  minutes: z.int().min(1).max(60),
  tags: z.array(identifier).max(QUESTION_LISTS.tags.max).default([]),
  aliases: z.array(line).max(QUESTION_LISTS.aliases.max).default([]).describe("Other ways to ask it, for search."),
  prompt: paragraph.describe("What the candidate sees."),
  hints: listOf(paragraph, QUESTION_LISTS.hints).describe("In rising strength; each can be revealed."),
  followUps: listOf(FollowUp, QUESTION_LISTS.followUps),
  strongAnswer: listOf(paragraph, QUESTION_LISTS.strongAnswer).describe("Key points that can be ticked as heard."),
  redFlags: listOf(paragraph, QUESTION_LISTS.redFlags),
  criteria: listOf(Criterion, QUESTION_LISTS.criteria),
  workspace: Workspace.optional().describe(
    "What the candidate's editor holds when it is asked, and how code is tested.",
  ),
  references: z.array(line).max(QUESTION_LISTS.references.max).default([]),
  reviewed: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "a month as YYYY-MM"),
});
export type Question = z.infer<typeof Question>;

const Topic = z.strictObject({ id: identifier, name: z.string().trim().min(1).max(BANK_LIMITS.topicName) });

/** `pack.yaml`: what all questions of one folder share. */
export const Pack = z.strictObject({
  id: identifier,
  title: line,
  description: paragraph,
  topics: z.array(Topic).min(1),
  communication: Criterion.describe("The one criterion that every question of the pack is scored on besides its own."),
});
export type Pack = z.infer<typeof Pack>;

/** `sources.yaml`: the lists of what a pack is to cover, each item one thing that an interviewer wants to be able to ask. */
export const Sources = z.strictObject({
  lists: z.array(
    z.strictObject({
      id: z.string().regex(/^[A-Z]$/, "one capital letter"),
      title: line,
      sections: z.array(
        z.strictObject({
          id: z.string().regex(/^[A-Z]\d+$/, "a list and a number, such as A5"),
          title: line,
          items: z.array(z.strictObject({ id: item, text: line })).min(1),
        }),
      ),
    }),
  ),
});
export type Sources = z.infer<typeof Sources>;

const PHASES = ["introduction", "questions", "candidate_questions", "wrap_up"] as const;
export const PhaseKind = z.enum(PHASES);
export type PhaseKind = z.infer<typeof PhaseKind>;

/** One part of an interview with its budget in minutes. */
export const PhaseBudget = z.strictObject({ kind: PhaseKind, minutes: z.int().min(0).max(480) });
export type PhaseBudget = z.infer<typeof PhaseBudget>;

/** The number of one of a kit's competencies, counted from 1 in the order in which the kit lists them. */
const CompetencyNumber = z.int().min(1).max(KIT_LISTS.competencies.max);

/** A competency that counts for more or less than 1 in the overall score of a scorecard, and why. */
const CompetencyWeight = z.strictObject({
  competency: CompetencyNumber,
  weight: z.number().positive().max(10).describe("The others count 1."),
  reason: line,
});

/** An ordered plan of questions with minutes and phases, prepared for a role. */
export const Kit = z.strictObject({
  id: identifier,
  title: line,
  role: line,
  description: paragraph,
  minutes: z.int().min(10).max(240),
  competencies: listOf(line, KIT_LISTS.competencies),
  weights: z
    .array(CompetencyWeight)
    .max(KIT_LISTS.weights.max)
    .default([])
    .describe("Competencies that do not count alike; without it all do."),
  phases: listOf(PhaseBudget, KIT_LISTS.phases),
  questions: z
    .array(
      z.strictObject({
        question: identifier,
        minutes: z.int().min(1).max(60),
        probes: z
          .array(CompetencyNumber)
          .max(KIT_LISTS.competencies.max)
          .default([])
          .describe("The competencies that ratings of this question count to."),
      }),
    )
    .min(KIT_LISTS.questions.min)
    .max(KIT_LISTS.questions.max),
});
export type Kit = z.infer<typeof Kit>;

/** What a rating counts to, with its weight in the overall score. */
export const Competency = z.strictObject({
  name: z.string(),
  weight: z.number(),
  reason: z.string().nullable().describe("Why it does not count like the others; null where it does."),
});
export type Competency = z.infer<typeof Competency>;

/** A kit's competencies in their order; they weigh alike unless the kit says otherwise. */
export function competenciesOf({ competencies, weights }: Kit): Competency[] {
  return competencies.map((name, index) => {
    const own = weights.find(({ competency, weight }) => competency === index + 1 && weight !== 1);
    return { name, weight: own?.weight ?? 1, reason: own?.reason ?? null };
  });
}

/** A question of the bank with the pack it came from. */
export type BankQuestion = Question & { readonly pack: string };

/** Everything that was loaded, by identifier. */
export interface Bank {
  readonly packs: ReadonlyMap<string, Pack>;
  readonly questions: ReadonlyMap<string, BankQuestion>;
  readonly kits: ReadonlyMap<string, Kit>;
  /** By pack, for those that have any. */
  readonly sources: ReadonlyMap<string, Sources>;
}

/**
 * The frozen copy of a question inside an ask: what the bank said at that moment, or what the host typed.
 * `criteria` holds the pack's communication criterion too; a typed question has no level, topic or key points.
 */
export const AskedQuestion = z.strictObject({
  bankId: identifier.nullable(),
  title: z.string(),
  topic: z.string().nullable(),
  level: QuestionLevel.nullable(),
  minutes: z.int(),
  prompt: z.string(),
  hints: z.array(z.string()),
  followUps: z.array(FollowUp),
  strongAnswer: z.array(z.string()),
  redFlags: z.array(z.string()),
  criteria: z.array(Criterion).min(1),
  workspace: AskedWorkspace.optional().describe("Absent where the question has none."),
  references: z.array(z.string()),
});
export type AskedQuestion = z.infer<typeof AskedQuestion>;

/** Freezes a bank's question for an ask, with its pack's communication criterion behind its own. */
export function freezeQuestion(question: Question, pack: Pack): AskedQuestion {
  return {
    bankId: question.id,
    title: question.title,
    topic: pack.topics.find((topic) => topic.id === question.topic)?.name ?? null,
    level: question.level,
    minutes: question.minutes,
    prompt: question.prompt,
    hints: question.hints,
    followUps: question.followUps,
    strongAnswer: question.strongAnswer,
    redFlags: question.redFlags,
    criteria: [...question.criteria, pack.communication],
    ...(question.workspace && { workspace: copiedWorkspace(question.workspace) }),
    references: question.references,
  };
}

/** What every question is scored on whose pack brings no criterion of its own for it. */
export const COMMUNICATION: Criterion = {
  id: "communication",
  name: "Communication",
  anchors: [
    "The argument cannot be followed, even after asking.",
    "Can be followed when the panel asks for the missing steps.",
    "Gives the steps in order, and checks that they were understood.",
    "Builds the argument from what the listener knows, so that they could repeat it.",
  ],
};

/** What a question that was typed in the room is scored on: it has no anchors of its own. */
const TYPED_CRITERIA: Criterion[] = [
  {
    id: "substance",
    name: "Substance",
    anchors: [
      "The answer is wrong, or does not touch what was asked.",
      "Repeats the right terms, but cannot say why or apply them to the question.",
      "Answers what was asked correctly, with a reason, and applies it to a case.",
      "Also weighs an alternative, and says where the answer stops being true.",
    ],
  },
  COMMUNICATION,
];

/** Freezes a question that the host typed: `prompt` as written, the title its first line, shortened. */
export function freezeTypedQuestion(typed: { prompt: string; minutes: number }): AskedQuestion {
  const firstLine =
    typed.prompt
      .trim()
      .split(/\r\n|\r|\n/, 1)[0]
      ?.trimEnd() ?? "";
  return {
    bankId: null,
    title: shortened(firstLine, 60),
    topic: null,
    level: null,
    minutes: typed.minutes,
    prompt: typed.prompt,
    hints: [],
    followUps: [],
    strongAnswer: [],
    redFlags: [],
    criteria: TYPED_CRITERIA,
    references: [],
  };
}

/** The text in at most `length` characters (not code units, so that none is cut in half). */
function shortened(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`;
}

/** The usual split of a slot into phases: 45 min as 5/32/5/3, 60 min as 7/40/8/5, others in proportion to 45. */
export function phasePreset(minutes: number): PhaseBudget[] {
  if (minutes === 60) return phases(7, 40, 8, 5);
  const introduction = Math.round((minutes * 5) / 45);
  const candidate = Math.round((minutes * 5) / 45);
  const wrapUp = Math.round((minutes * 3) / 45);
  return phases(introduction, minutes - introduction - candidate - wrapUp, candidate, wrapUp);
}

/** The phases of an interview of `minutes`: the kit's own where it was made for that length, else the usual split. */
export function phasesOf(kit: Kit | null, minutes: number): PhaseBudget[] {
  return kit && kit.minutes === minutes ? kit.phases : phasePreset(minutes);
}

function phases(introduction: number, questions: number, candidate: number, wrapUp: number): PhaseBudget[] {
  return [
    { kind: "introduction", minutes: introduction },
    { kind: "questions", minutes: questions },
    { kind: "candidate_questions", minutes: candidate },
    { kind: "wrap_up", minutes: wrapUp },
  ];
}
