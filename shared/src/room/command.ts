import { z } from "zod";
import { Competency, Level, PhaseBudget, PhaseKind, QuestionLevel } from "../bank.ts";
import { FeedbackDraft } from "../feedback.ts";

/** The longest texts that are accepted, in UTF-16 code units, and other bounds of one room. */
export const LIMITS = {
  name: 80,
  title: 120,
  prompt: 4_000,
  note: 20_000,
  answer: 20_000,
  summary: 20_000,
  rationale: 20_000,
  reason: 2_000,
  decisions: 100,
  amendments: 50,
  planItems: 60,
  minutes: 480,
  seats: 40,
  notes: 2_000,
} as const;

/**
 * A letter that says what it names (`r_` room, `s_` seat, `l_` link, `p_` plan item, `a_` ask, `n_` note, `c_` command), then
 * random characters. The prefix also keeps an identifier from being the name of a built-in property.
 */
export const Id = z.string().regex(/^[a-z]_[A-Za-z0-9-]{12,40}$/);

const name = z.string().trim().min(1).max(LIMITS.name);
const reason = z.string().trim().min(1).max(LIMITS.reason);
const hash = z.string().regex(/^[a-f0-9]{64}$/, "SHA-256 as hexadecimal");
const minutes = z.int().min(1).max(LIMITS.minutes);

export const SeatRole = z.enum(["host", "interviewer", "candidate", "observer"]);
export type SeatRole = z.infer<typeof SeatRole>;

/** The seats that a link can be made for; the host's own link is their way back. */
export const InvitedRole = SeatRole.exclude(["host"]);
export type InvitedRole = z.infer<typeof InvitedRole>;

/** When an interviewer may read the others' submitted scorecards. */
export const BlindPolicy = z.enum(["after_own", "after_all", "never"]);
export type BlindPolicy = z.infer<typeof BlindPolicy>;

export const Recommendation = z.enum(["strong_no", "no", "yes", "strong_yes"]);
export type Recommendation = z.infer<typeof Recommendation>;

/** How sure a rater is of their recommendation. */
export const Confidence = z.enum(["low", "medium", "high"]);
export type Confidence = z.infer<typeof Confidence>;

/** What the panel decides about the candidate. */
export const Outcome = z.enum(["advance", "decline", "hold"]);
export type Outcome = z.infer<typeof Outcome>;

export const NoteMark = z.enum(["strength", "concern"]);
export type NoteMark = z.infer<typeof NoteMark>;

export const RevealKind = z.enum(["hint", "followUp"]);
export type RevealKind = z.infer<typeof RevealKind>;

/** A question to plan. Its words stay in the bank until it is asked. */
export const PlanRequest = z.strictObject({ itemId: Id, questionId: z.string().max(LIMITS.title), minutes });
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

/** Where a pushed question comes from. */
const QuestionSource = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("plan"), itemId: Id }),
  z.strictObject({ kind: z.literal("bank"), questionId: z.string().max(LIMITS.title) }),
  z.strictObject({ kind: z.literal("typed"), prompt: z.string().trim().min(1).max(LIMITS.prompt), minutes }),
]);

/** What a seat can ask for over its socket. */
export const Command = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("admit"), seatId: Id }),
  z.strictObject({ type: z.literal("removeSeat"), seatId: Id }),
  z.strictObject({ type: z.literal("revokeLink"), linkId: Id }),
  z.strictObject({ type: z.literal("showObservers"), shown: z.boolean() }),
  z.strictObject({ type: z.literal("arrangePlan"), items: z.array(PlanRequest).max(LIMITS.planItems) }),
  z.strictObject({ type: z.literal("start") }),
  z.strictObject({ type: z.literal("pause") }),
  z.strictObject({ type: z.literal("resume") }),
  z.strictObject({ type: z.literal("end") }),
  z.strictObject({ type: z.literal("extendRoom"), minutes: z.int().min(1).max(60) }),
  z.strictObject({ type: z.literal("extendAsk"), askId: Id, minutes: z.int().min(1).max(60) }),
  z.strictObject({ type: z.literal("enterPhase"), phase: PhaseKind }),
  z.strictObject({ type: z.literal("push"), source: QuestionSource }),
  z.strictObject({ type: z.literal("closeAsk"), askId: Id }),
  z.strictObject({ type: z.literal("reopenAsk"), askId: Id }),
  z.strictObject({ type: z.literal("reveal"), askId: Id, kind: RevealKind, index: z.int().min(0).max(20) }),
  z.strictObject({ type: z.literal("rate"), askId: Id, criterionId: z.string().max(80), level: Level.nullable() }),
  z.strictObject({ type: z.literal("tick"), askId: Id, keyPoint: z.int().min(0).max(20), heard: z.boolean() }),
  z.strictObject({
    type: z.literal("writeNote"),
    noteId: Id,
    askId: Id.nullable(),
    text: z.string().max(LIMITS.note),
    mark: NoteMark.nullable(),
    evidenceFor: z.string().max(80).nullable().describe("The criterion of the ask whose rating this note supports."),
    ageMs: z
      .int()
      .min(0)
      .max(24 * 3_600_000)
      .describe("How long ago the note was begun, so that one written offline keeps its moment."),
  }),
  z.strictObject({ type: z.literal("removeNote"), noteId: Id }),
  z.strictObject({ type: z.literal("writeSummary"), text: z.string().max(LIMITS.summary) }),
  z.strictObject({ type: z.literal("recommend"), recommendation: Recommendation.nullable() }),
  z.strictObject({ type: z.literal("setConfidence"), confidence: Confidence.nullable() }),
  z.strictObject({
    type: z.literal("submitScorecard"),
    reason: reason.nullable().describe("Why it is submitted although something in it is missing."),
  }),
  z.strictObject({ type: z.literal("amendScorecard"), reason }),
  z.strictObject({ type: z.literal("dropAmendment") }),
  z.strictObject({
    type: z.literal("recordDecision"),
    outcome: Outcome,
    rationale: z.string().trim().min(1).max(LIMITS.rationale),
  }),
  z.strictObject({ type: z.literal("writeFeedback"), feedback: FeedbackDraft }),
  z.strictObject({ type: z.literal("withdrawFeedback") }),
  z.strictObject({ type: z.literal("writeAnswer"), askId: Id, text: z.string().max(LIMITS.answer) }),
  z.strictObject({ type: z.literal("raiseHand") }),
  z.strictObject({ type: z.literal("lowerHand"), seatId: Id }),
]);
export type Command = z.infer<typeof Command>;

/** What opens a room; everything secret in it was made by the server. */
export const Opening = z.strictObject({
  title: z.string().trim().min(1).max(LIMITS.title),
  candidateName: name.nullable(),
  forRole: z.string().trim().min(1).max(LIMITS.title).nullable().describe("The role or team that is interviewed for."),
  minutes: z.int().min(10).max(LIMITS.minutes),
  phases: z.array(PhaseBudget).max(4),
  kit: RoomKit.nullable(),
  plan: z.array(PlanRequest.extend({ probes })).max(LIMITS.planItems),
  blindPolicy: BlindPolicy,
  hostName: name,
});
export type Opening = z.infer<typeof Opening>;

/**
 * A link is a capability of which only the SHA-256 is known here. The host's own never expires, so that a host
 * can always come back.
 */
export const Link = z.strictObject({
  linkId: Id,
  role: SeatRole,
  hash,
  expiresAt: z.int().nullable().describe("Milliseconds since 1970; null for never."),
});
export type Link = z.infer<typeof Link>;

/** The link under which a candidate reads their feedback. */
export const FeedbackLink = Link.omit({ role: true });
export type FeedbackLink = z.infer<typeof FeedbackLink>;

/** Commands that only the server's own routes issue, because they carry hashes of secrets that it has just made. */
export const ServerCommand = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("issueLink"), link: Link }),
  z.strictObject({ type: z.literal("join"), linkHash: hash, name: name.nullable(), tokenHash: hash }),
  z.strictObject({
    type: z.literal("publishFeedback"),
    seatId: Id,
    link: FeedbackLink.nullable().describe("A new link; null to keep the one that is in use."),
  }),
]);
export type ServerCommand = z.infer<typeof ServerCommand>;
