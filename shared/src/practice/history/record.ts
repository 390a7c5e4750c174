import { z } from "zod";
import { Identifier, Level, QuestionLevel } from "../../bank.ts";
import { BANK_LIMITS } from "../../bank-limits.ts";

/**
 * The history of somebody who practises: what they were asked, what they asked, and how it was rated. It is kept where they practise and
 * travels as a file. Everything else about it, what to practise next too, is computed from its entries alone.
 */

/** The year 2100, in milliseconds since 1970: no clock that means well is further ahead. */
const LATEST = 4_102_444_800_000;
const moment = z.int().min(0).max(LATEST);
const name = z.string().min(1).max(200);

/** The level on one criterion; null where it was left open. */
const PracticeRating = z.looseObject({
  criterionId: name,
  name: z.string().max(200).describe("Empty in an entry that was compacted."),
  level: Level.nullable(),
});

/**
 * Whose answer an entry is about and who rated it: I was asked and a partner rated me, I was asked and rated myself, or I asked and rated
 * whoever answered.
 */
export const PracticeKind = z.enum(["asked", "self", "given"]);
export type PracticeKind = z.infer<typeof PracticeKind>;

const keyPoints = z.array(z.string().max(BANK_LIMITS.paragraph)).max(20);

/** One question with one person's ratings of one answer. What another version knows of an entry stays in it. */
export const PracticeRecord = z.looseObject({
  entryId: name,
  roomId: name,
  at: moment.describe("When it was asked, in milliseconds since 1970."),
  changedAt: moment.describe("When this state of the entry was written. The newer of two states counts."),
  kind: PracticeKind,
  questionId: Identifier.nullable().describe("The bank's question, or null for one that was typed."),
  title: z.string().max(200),
  topic: z.string().max(200).nullable().describe("The topic's name."),
  level: QuestionLevel.nullable(),
  minutes: z.number().min(0).max(480),
  ratings: z.array(PracticeRating).max(20),
  partnerName: z.string().max(200).nullable(),
  heard: keyPoints.describe("Key points that were said."),
  missed: keyPoints,
  redoOf: name.nullable().describe("The entry of the answer that this one repeats."),
  compacted: z.literal(true).optional().describe("Key points and names went, to make room; levels and dates stayed."),
});
export type PracticeRecord = z.infer<typeof PracticeRecord>;

export const PRACTICE_FORMAT = "whetstone-practice";
export const PRACTICE_VERSION = 1;

/** The file in which a history travels from one browser to another. */
export const PracticeHistory = z.strictObject({
  format: z.literal(PRACTICE_FORMAT),
  version: z.literal(PRACTICE_VERSION),
  entries: z.array(PracticeRecord),
});
export type PracticeHistory = z.infer<typeof PracticeHistory>;

export const historyOf = (entries: readonly PracticeRecord[]): PracticeHistory => ({
  format: PRACTICE_FORMAT,
  version: PRACTICE_VERSION,
  entries: [...entries],
});
