import { z } from "zod";
import { writtenBase } from "../../text.ts";
import { Minutes } from "../course/commands.ts";
import { Id } from "../id.ts";
import { LIMITS } from "../limits.ts";

export const RevealKind = z.enum(["hint", "followUp"]);
export type RevealKind = z.infer<typeof RevealKind>;

/** Where a pushed question comes from. */
export const QuestionSource = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("plan"), itemId: Id }),
  z.strictObject({ kind: z.literal("bank"), questionId: z.string().max(LIMITS.title) }),
  z.strictObject({ kind: z.literal("typed"), prompt: z.string().trim().min(1).max(LIMITS.prompt), minutes: Minutes }),
]);
export type QuestionSource = z.infer<typeof QuestionSource>;

export const askCommands = [
  z.strictObject({
    type: z.literal("push"),
    source: QuestionSource,
    over: Id.nullable()
      .optional()
      .describe("The ask that was open for whoever asks; pages of earlier builds do not say."),
  }),
  z.strictObject({ type: z.literal("letAsk"), interviewers: z.boolean() }),
  z.strictObject({ type: z.literal("closeAsk"), askId: Id }),
  z.strictObject({ type: z.literal("reopenAsk"), askId: Id }),
  z.strictObject({ type: z.literal("takeBackAsk"), askId: Id }),
  z.strictObject({ type: z.literal("extendAsk"), askId: Id, minutes: z.int().min(1).max(60) }),
  z.strictObject({ type: z.literal("reveal"), askId: Id, kind: RevealKind, index: z.int().min(0).max(20) }),
  z.strictObject({ type: z.literal("takeBackReveal"), askId: Id, kind: RevealKind, index: z.int().min(0).max(20) }),
  z.strictObject({
    type: z.literal("writeAnswer"),
    askId: Id,
    text: z.string().max(LIMITS.answer),
    base: writtenBase(LIMITS.answer),
  }),
] as const;
