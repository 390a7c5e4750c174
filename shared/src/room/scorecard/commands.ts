import { z } from "zod";
import { Level } from "../../bank.ts";
import { writtenBase } from "../../text.ts";
import { Id } from "../id.ts";
import { LIMITS } from "../limits.ts";

/** When an interviewer may read the others' submitted scorecards. */
export const BlindPolicy = z.enum(["after_own", "after_all", "never"]);
export type BlindPolicy = z.infer<typeof BlindPolicy>;

export const Recommendation = z.enum(["strong_no", "no", "yes", "strong_yes"]);
export type Recommendation = z.infer<typeof Recommendation>;

/** How sure a rater is of their recommendation. */
export const Confidence = z.enum(["low", "medium", "high"]);
export type Confidence = z.infer<typeof Confidence>;

export const NoteMark = z.enum(["strength", "concern"]);
export type NoteMark = z.infer<typeof NoteMark>;

/** A moment of how an answer was written. */
export const NoteMoment = z.strictObject({
  askId: Id,
  elapsedMs: z.int().min(0).describe("Running time of the interview."),
});
export type NoteMoment = z.infer<typeof NoteMoment>;

/** What a note is beside its text. */
const NoteSigns = z.strictObject({
  mark: NoteMark.nullable(),
  evidenceFor: z.string().max(80).nullable().describe("The criterion of the ask whose rating this note supports."),
});

const reason = z.string().trim().min(1).max(LIMITS.reason);

/** How long ago a note can have been begun that comes now, in milliseconds. */
export const OLDEST_NOTE_MS = 24 * 3_600_000;

export const scorecardCommands = [
  z.strictObject({ type: z.literal("rate"), askId: Id, criterionId: z.string().max(80), level: Level.nullable() }),
  z.strictObject({ type: z.literal("tick"), askId: Id, keyPoint: z.int().min(0).max(20), heard: z.boolean() }),
  z.strictObject({
    type: z.literal("writeNote"),
    noteId: Id,
    askId: Id.nullable(),
    text: z.string().max(LIMITS.note),
    ...NoteSigns.shape,
    ageMs: z
      .int()
      .min(0)
      .max(OLDEST_NOTE_MS)
      .describe("How long ago the note was begun, so that one written offline keeps its moment."),
    moment: NoteMoment.optional().describe("What it points at, said when it is begun; it stays with the note."),
    base: writtenBase(LIMITS.note),
    baseSigns: NoteSigns.optional().describe("Its mark and evidence when the writing began."),
  }),
  z.strictObject({
    type: z.literal("removeNote"),
    noteId: Id,
    base: z.string().max(LIMITS.note).optional().describe("The text that was removed; another one stays."),
  }),
  z.strictObject({
    type: z.literal("writeSummary"),
    text: z.string().max(LIMITS.summary),
    base: writtenBase(LIMITS.summary),
  }),
  z.strictObject({ type: z.literal("recommend"), recommendation: Recommendation.nullable() }),
  z.strictObject({ type: z.literal("setConfidence"), confidence: Confidence.nullable() }),
  z.strictObject({
    type: z.literal("submitScorecard"),
    reason: reason.nullable().describe("Why it is submitted although something in it is missing."),
  }),
  z.strictObject({ type: z.literal("amendScorecard"), reason }),
  z.strictObject({ type: z.literal("dropAmendment") }),
  z.strictObject({ type: z.literal("remind") }),
] as const;
