import { z } from "zod";
import { Competency, PhaseBudget, PhaseKind, QuestionLevel } from "../../bank.ts";
import { nameOfAtMost } from "../../visible.ts";
import { Meeting } from "../call/commands.ts";
import { Id } from "../id.ts";
import { LIMITS } from "../limits.ts";
import { PeerOpening } from "../peers/commands.ts";
import { BlindPolicy } from "../scorecard/commands.ts";
import { PersonName } from "../seats/commands.ts";

export const Minutes = z.int().min(1).max(LIMITS.minutes);

/** A question to plan. Its words stay in the bank until it is asked. */
export const PlanRequest = z.strictObject({
  itemId: Id,
  questionId: z.string().max(LIMITS.title),
  minutes: Minutes,
});
export type PlanRequest = z.infer<typeof PlanRequest>;

/** By name, the competencies of the room's kit that a planned question probes. */
const probes = z.array(z.string());

/** A question of the plan, with what a list shows of it. */
export const PlanItem = PlanRequest.extend({
  title: z.string(),
  topic: z.string().nullable(),
  level: QuestionLevel.nullable(),
  probes: probes.default([]),
});
export type PlanItem = z.infer<typeof PlanItem>;

/** The kit that a room was opened from, as it was then. */
export const RoomKit = z.strictObject({
  kitId: z.string(),
  title: z.string(),
  competencies: z.array(Competency),
});
export type RoomKit = z.infer<typeof RoomKit>;

/** What opens a room; everything secret in it was made by the server. */
export const Opening = z.strictObject({
  title: nameOfAtMost(LIMITS.title),
  candidateName: PersonName.nullable(),
  forRole: nameOfAtMost(LIMITS.title).nullable().describe("The role or team that is interviewed for."),
  minutes: z.int().min(10).max(LIMITS.minutes),
  phases: z.array(PhaseBudget).max(4),
  kit: RoomKit.nullable(),
  plan: z.array(PlanRequest.extend({ probes })).max(LIMITS.planItems),
  blindPolicy: BlindPolicy,
  interviewersAsk: z.boolean().optional().describe("Interviewers may ask too; absent where hosts alone do."),
  marks: z
    .boolean()
    .optional()
    .describe("Large pastes and leaving the page are noted of the candidate, who is told before they join."),
  meeting: Meeting.optional().describe("The address of a meeting in another tool, in place of the room's own call."),
  hostName: PersonName,
  peers: PeerOpening.optional().describe("For people who practise with each other, or one who does alone."),
});
export type Opening = z.infer<typeof Opening>;

export const courseCommands = [
  z.strictObject({
    type: z.literal("arrangePlan"),
    items: z.array(PlanRequest).max(LIMITS.planItems),
    base: z
      .array(PlanRequest)
      .max(LIMITS.planItems)
      .optional()
      .describe("The plan that was arranged; pages of earlier builds do not say."),
  }),
  z.strictObject({
    type: z.literal("assignItem"),
    itemId: Id,
    seatId: Id.nullable().describe("Who of the panel is to ask it; null for nobody in particular."),
  }),
  z.strictObject({ type: z.literal("start") }),
  z.strictObject({ type: z.literal("pause") }),
  z.strictObject({ type: z.literal("resume") }),
  z.strictObject({ type: z.literal("end") }),
  z.strictObject({ type: z.literal("reopenRoom") }),
  z.strictObject({ type: z.literal("extendRoom"), minutes: z.int().min(1).max(60) }),
  z.strictObject({ type: z.literal("enterPhase"), phase: PhaseKind }),
] as const;
