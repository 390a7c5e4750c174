import { z } from "zod";
import { Level, QuestionLevel } from "../../bank.ts";
import { writtenBase } from "../../text.ts";
import { Id, RoundId } from "../id.ts";
import { LIMITS } from "../limits.ts";

/** What people who practise with each other wish to be asked. Each round is as long, and holds as many questions of the same levels. */
export const PeerWishes = z.strictObject({
  levels: z.array(QuestionLevel).min(1).max(4),
  topics: z
    .array(z.string().max(LIMITS.title))
    .max(100)
    .describe("Topics of the bank by identifier; empty for all of them."),
  minutes: z.literal([25, 40]).describe("Of each round."),
  kitId: z.string().max(LIMITS.title).nullable().describe("A kit whose questions are dealt instead of the bank's."),
  only: z
    .array(z.string().max(LIMITS.title))
    .min(1)
    .max(20)
    .optional()
    .describe("These questions and no others, had before or not: for one who practises alone."),
});
export type PeerWishes = z.infer<typeof PeerWishes>;

/** What makes a room one of peers. */
export const PeerOpening = z.strictObject({
  people: z.int().min(1).max(4).describe("How many practise: one alone, a pair, or a small group."),
  wishes: PeerWishes,
  strangers: z
    .literal(true)
    .optional()
    .describe("They found each other here and know nobody of this house: what was written in it is not dealt to them."),
});
export type PeerOpening = z.infer<typeof PeerOpening>;

/** What one says of the other when a round is over: two texts for whoever was asked, one for whoever asked. */
export const PeerText = z.enum(["wentWell", "tryNext", "toInterviewer"]);
export type PeerText = z.infer<typeof PeerText>;

/** What an interviewer is rated on by whom they asked. */
export const InterviewingCriterion = z.enum(["clarity", "listening", "hints"]);
export type InterviewingCriterion = z.infer<typeof InterviewingCriterion>;

export const peerCommands = [
  z.strictObject({
    type: z.literal("tellHad"),
    questionIds: z
      .array(z.string().max(LIMITS.title))
      .max(LIMITS.had)
      .describe("Questions that this person was asked or has asked before, as their browser knows."),
  }),
  z.strictObject({ type: z.literal("wish"), wishes: PeerWishes }),
  z.strictObject({ type: z.literal("swapDealt"), roundId: RoundId, itemId: Id }),
  z.strictObject({
    type: z.literal("ready"),
    roundId: RoundId,
    isReady: z.boolean().describe("For the round to begin, where it has not; else for it to end."),
  }),
  z.strictObject({ type: z.literal("extendBreath"), roundId: RoundId }),
  z.strictObject({ type: z.literal("askNext") }),
  z.strictObject({
    type: z.literal("askAgain"),
    questionIds: z
      .array(z.string().max(LIMITS.title))
      .min(1)
      .max(LIMITS.planItems)
      .describe("Questions that were asked here before, to be answered once more without what the bank says of them."),
  }),
  z.strictObject({
    type: z.literal("writeToPeer"),
    roundId: RoundId,
    part: PeerText,
    text: z.string().max(LIMITS.note),
    base: writtenBase(LIMITS.note),
  }),
  z.strictObject({
    type: z.literal("rateInterviewing"),
    roundId: RoundId,
    criterionId: InterviewingCriterion,
    level: Level.nullable(),
  }),
  z.strictObject({
    type: z.literal("letGo"),
    gives: z.boolean().describe("Whether what was written is given; else nothing of it is shown to anybody."),
  }),
  z.strictObject({ type: z.literal("sayLine"), lineId: Id, text: z.string().trim().min(1).max(LIMITS.line) }),
] as const;

/** What the server does of itself when a round's or a breath's time is over. */
export const peerRequests = [z.strictObject({ type: z.literal("turn") })] as const;
