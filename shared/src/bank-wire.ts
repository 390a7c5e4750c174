import { z } from "zod";
import { KitDraft, QuestionDraft } from "./authored.ts";
import { Identifier, Kit, Question, QuestionLevel, Sources } from "./bank.ts";
import { BANK_LIMITS } from "./bank-limits.ts";
import { commandId } from "./room/id.ts";
import { nameOfAtMost } from "./visible.ts";

/** The shapes of the HTTP API about the bank. Both ends are typed by them, and the server parses what comes in. */

const choices = <T extends z.ZodType>(choice: T) => z.array(choice).max(200).default([]);

/** A search of the bank. Choices of one kind are alternatives; a question must meet each kind. */
export const SearchRequest = z.strictObject({
  text: z.string().max(200).default(""),
  topics: choices(Identifier),
  levels: choices(QuestionLevel),
  minutes: choices(z.int()),
  tags: choices(Identifier),
  sections: choices(z.string().max(12)).describe("Lists or sections of the source lists: `A`, or `A5`."),
  packs: choices(Identifier),
  asked: z
    .strictObject({ ids: z.array(Identifier).max(5_000), keep: z.enum(["all", "asked", "not_asked"]) })
    .default({ ids: [], keep: "all" })
    .describe("What was asked before, as the caller knows it, and whether to keep only that or all but that."),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(100).default(50),
});
export type SearchRequest = z.infer<typeof SearchRequest>;

/** A question in a list of results. */
export const BankSummary = Question.pick({
  id: true,
  title: true,
  topic: true,
  level: true,
  minutes: true,
  tags: true,
}).extend({
  topicName: z.string(),
  pack: z.string(),
  own: z.boolean(),
  excerpt: z.string().describe("The beginning of the prompt, as plain text."),
});
export type BankSummary = z.infer<typeof BankSummary>;

/** One choice of a filter, with the number of questions that it would give if it alone were chosen of its kind. */
export const Choice = z.strictObject({ value: z.string(), name: z.string(), count: z.int() });
export type Choice = z.infer<typeof Choice>;

export const SearchResponse = z.strictObject({
  total: z.int(),
  results: z.array(BankSummary),
  corrected: z.string().nullable().describe("What was searched for instead, where the text itself found nothing."),
  choices: z.strictObject({
    topics: z.array(Choice),
    levels: z.array(Choice),
    minutes: z.array(Choice),
    tags: z.array(Choice),
    sections: z.array(Choice).describe("Lists, each followed by its sections."),
    packs: z.array(Choice),
    asked: z.array(Choice).describe("`asked` and `not_asked`."),
  }),
});
export type SearchResponse = z.infer<typeof SearchResponse>;

/** A question with all that the panel may see of it. */
export const BankEntry = Question.extend({
  pack: z.string(),
  packTitle: z.string(),
  topicName: z.string(),
  own: z.boolean(),
  archived: z.boolean(),
  communication: Question.shape.criteria.element.describe("The pack's criterion, which it is scored on too."),
});
export type BankEntry = z.infer<typeof BankEntry>;

/** The source lists of the packs as they stand, each item with the questions that cover it. */
export const CoverageResponse = z.array(
  z.strictObject({
    pack: z.string(),
    packTitle: z.string(),
    sources: Sources,
    questions: z
      .record(z.string(), z.array(z.strictObject({ id: Identifier, title: z.string() })))
      .describe("By item."),
  }),
);
export type CoverageResponse = z.infer<typeof CoverageResponse>;

export const KitSummary = Kit.pick({ id: true, title: true, role: true, description: true, minutes: true }).extend({
  own: z.boolean(),
  questionCount: z.int(),
});
export type KitSummary = z.infer<typeof KitSummary>;
export const KitsResponse = z.array(KitSummary);

/** A kit with what its questions are called. */
export const KitEntry = Kit.extend({
  own: z.boolean(),
  archived: z.boolean(),
  titles: z.record(z.string(), BankSummary).describe("By question."),
});
export type KitEntry = z.infer<typeof KitEntry>;

/** Begins a question of one's own: empty or from a draft under a new identifier, or as a copy of one in the bank. */
export const NewQuestion = z.union([
  z.strictObject({ commandId, id: Identifier, draft: QuestionDraft }),
  z.strictObject({ commandId, copyOf: Identifier }),
]);
export type NewQuestion = z.infer<typeof NewQuestion>;

export const NewKit = z.union([
  z.strictObject({ commandId, id: Identifier, draft: KitDraft }),
  z.strictObject({ commandId, copyOf: Identifier }),
]);
export type NewKit = z.infer<typeof NewKit>;

/** The revision that a change starts from. */
export const AtRevision = z.strictObject({ revision: z.int().min(0) });
export const ChangeQuestion = AtRevision.extend({ draft: QuestionDraft });
export const ChangeKit = AtRevision.extend({ draft: KitDraft });

/**
 * What a piece of an imported text is taken for. `heading`, `question` and `out` stand for themselves; the others belong to the question before them,
 * and `join` goes on with the piece before it. A candidate is shown questions, prompts, and as they are revealed hints and follow-ups; all else is
 * the panel's.
 */
export const PieceRole = z.enum([
  ...["heading", "question", "prompt", "hint", "followUp", "probes", "answer", "redFlag", "reference", "join", "out"],
] as const);
export type PieceRole = z.infer<typeof PieceRole>;

/** What a piece can be put right to. */
export const CorrectedRole = PieceRole.exclude(["probes", "reference"]);
export type CorrectedRole = z.infer<typeof CorrectedRole>;

/** Puts one piece right, or all of a file's pieces of one shape. What is said of one goes before what is said of its shape. */
export const ImportCorrection = z.union([
  z.strictObject({ file: z.string().max(400), piece: z.int().min(0), as: CorrectedRole }),
  z.strictObject({ file: z.string().max(400), shape: z.string().max(100), as: CorrectedRole }),
]);
export type ImportCorrection = z.infer<typeof ImportCorrection>;

const ImportName = z.string().min(1).max(400);

/** Files to import, and the pack that they go into; a pack that the files bring themselves goes first. */
export const ImportRequest = z.strictObject({
  pack: z.strictObject({ id: Identifier, title: nameOfAtMost(BANK_LIMITS.title) }),
  files: z
    .array(
      z.union([
        z.strictObject({ name: ImportName, text: z.string() }),
        z.strictObject({
          name: ImportName,
          base64: z.string().describe("The bytes of a workbook or a document (.xlsx, .docx)."),
        }),
      ]),
    )
    .min(1)
    .max(20_000),
  corrections: z.array(ImportCorrection).max(20_000).default([]),
  leaveOutRefused: z
    .boolean()
    .default(false)
    .describe("Carries out the rest where some of it is refused. Else an import is carried out whole or not at all."),
});
export type ImportRequest = z.infer<typeof ImportRequest>;

/** What an import does, line by line. Anything refused blocks all of it, unless it is to be left out. */
export const ImportPlan = z.strictObject({
  entries: z.array(
    z.strictObject({
      kind: z.enum(["question", "kit"]),
      id: z.string(),
      title: z.string(),
      file: z.string(),
      line: z.int(),
      outcome: z.enum(["added", "changed", "unchanged", "refused"]),
      details: z.array(z.string()).describe("The fields that change, or why it is refused."),
      lacks: z.array(z.string()).describe("What a draft still lacks before it can be published."),
    }),
  ),
  pieces: z
    .array(
      z.strictObject({
        file: z.string(),
        line: z.int(),
        /** Its number in its file, for a correction; null where nothing can be put right. */
        piece: z.int().nullable(),
        shape: z.string(),
        role: PieceRole,
        /** Whether it is certain what it is. */
        isSure: z.boolean(),
        text: z.string(),
        /** The entry that it belongs to, by its place in `entries`; null where it belongs to none. */
        entry: z.int().nullable(),
      }),
    )
    .describe(
      "What the import was read as, in the order of the files: each question's side for the candidate and for the panel.",
    ),
  morePieces: z.int().describe("How many pieces there are beyond those that are named."),
  refused: z.array(z.strictObject({ file: z.string(), line: z.int(), field: z.string(), message: z.string() })),
  passedOver: z
    .array(z.strictObject({ file: z.string(), line: z.int(), message: z.string() }))
    .describe("What was left out without harm, and why."),
  blocked: z.string().nullable().describe("Why nothing can be carried out as it is asked for, or null where it can."),
  canLeaveOut: z.boolean().describe("Whether the rest can be carried out without what is refused."),
  carriedOut: z.boolean(),
});
export type ImportPlan = z.infer<typeof ImportPlan>;

export const ExportQuery = z.strictObject({
  pack: Identifier,
  format: z.enum(["yaml", "yaml-folder", "json", "csv", "markdown"]),
  audience: z.enum(["panel", "candidate"]),
});
export type ExportQuery = z.infer<typeof ExportQuery>;
