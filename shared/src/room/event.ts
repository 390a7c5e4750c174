import { z } from "zod";
import { AskedQuestion, Level, PhaseKind } from "../bank.ts";
import { Feedback, FeedbackDraft } from "../feedback.ts";
import { Splice } from "../text.ts";
import {
  Confidence,
  FeedbackLink,
  Id,
  Link,
  NoteMark,
  Opening,
  Outcome,
  PlanItem,
  Recommendation,
  RevealKind,
  RoomKit,
  SeatRole,
} from "./command.ts";

const seatId = Id;
const askId = Id;

/**
 * Everything that can have happened in a room, as it is stored. Stored events are never rewritten: a field that is
 * added later needs a default.
 */
export const RoomEvent = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("roomOpened"),
    ...Opening.omit({ hostName: true, plan: true }).shape,
    kit: RoomKit.nullable().default(null),
    plan: z.array(PlanItem),
    host: z.strictObject({ seatId, name: z.string(), linkId: Id, tokenHash: z.string() }),
    links: z.array(Link),
  }),
  z.strictObject({ type: z.literal("linkIssued"), link: Link }),
  z.strictObject({ type: z.literal("linkRevoked"), linkId: Id }),
  z.strictObject({
    type: z.literal("seatTaken"),
    seatId,
    role: SeatRole,
    name: z.string(),
    linkId: Id,
    tokenHash: z.string(),
  }),
  z.strictObject({ type: z.literal("seatReclaimed"), seatId, tokenHash: z.string() }),
  z.strictObject({ type: z.literal("seatAdmitted"), seatId }),
  z.strictObject({ type: z.literal("seatRemoved"), seatId }),
  z.strictObject({ type: z.literal("observersShown"), shown: z.boolean() }),
  z.strictObject({ type: z.literal("planArranged"), items: z.array(PlanItem) }),
  z.strictObject({ type: z.literal("roomStarted") }),
  z.strictObject({ type: z.literal("roomPaused") }),
  z.strictObject({ type: z.literal("roomResumed") }),
  z.strictObject({ type: z.literal("roomEnded") }),
  z.strictObject({ type: z.literal("roomExtended"), minutes: z.int() }),
  z.strictObject({ type: z.literal("askExtended"), askId, minutes: z.int() }),
  z.strictObject({ type: z.literal("phaseEntered"), phase: PhaseKind }),
  z.strictObject({
    type: z.literal("asked"),
    askId,
    candidateId: Id,
    question: AskedQuestion,
    planItemId: Id.nullable(),
    minutes: z.int(),
    deviation: z.enum(["none", "out_of_order", "not_in_plan"]),
  }),
  z.strictObject({ type: z.literal("askClosed"), askId }),
  z.strictObject({ type: z.literal("askReopened"), askId }),
  z.strictObject({ type: z.literal("revealed"), askId, kind: RevealKind, index: z.int() }),
  z.strictObject({ type: z.literal("answerWritten"), askId, edit: Splice }),
  z.strictObject({ type: z.literal("handRaised"), seatId }),
  z.strictObject({ type: z.literal("handLowered"), seatId }),
  z.strictObject({ type: z.literal("rated"), seatId, askId, criterionId: z.string(), level: Level.nullable() }),
  z.strictObject({ type: z.literal("ticked"), seatId, askId, keyPoint: z.int(), heard: z.boolean() }),
  z.strictObject({
    type: z.literal("noteWritten"),
    seatId,
    noteId: Id,
    askId: Id.nullable(),
    begunAt: z.int(),
    edit: Splice,
    mark: NoteMark.nullable(),
    evidenceFor: z.string().nullable(),
  }),
  z.strictObject({ type: z.literal("noteRemoved"), seatId, noteId: Id }),
  z.strictObject({ type: z.literal("summaryWritten"), seatId, edit: Splice }),
  z.strictObject({ type: z.literal("recommended"), seatId, recommendation: Recommendation.nullable() }),
  z.strictObject({ type: z.literal("confidenceSet"), seatId, confidence: Confidence.nullable() }),
  z.strictObject({
    type: z.literal("scorecardSubmitted"),
    seatId,
    reason: z.string().nullable().default(null),
    informed: z.boolean().default(false).describe("Its owner could read another's scorecard by then."),
  }),
  z.strictObject({ type: z.literal("scorecardAmended"), seatId, reason: z.string() }),
  z.strictObject({ type: z.literal("amendmentDropped"), seatId }),
  z.strictObject({ type: z.literal("decisionRecorded"), seatId, outcome: Outcome, rationale: z.string() }),
  z.strictObject({ type: z.literal("feedbackWritten"), feedback: FeedbackDraft }),
  z.strictObject({ type: z.literal("feedbackPublished"), feedback: Feedback, link: FeedbackLink.nullable() }),
  z.strictObject({ type: z.literal("feedbackWithdrawn") }),
]);
export type RoomEvent = z.infer<typeof RoomEvent>;

/**
 * One accepted command with the events it caused. `(roomId, seq)` is its key, `seq` counts from 1 without gaps;
 * `at` is the server's time in milliseconds since 1970 and never falls within a room; `seatId` is null for the server.
 */
export const Commit = z.strictObject({
  roomId: Id,
  seq: z.int().min(1),
  commandId: Id,
  seatId: Id.nullable(),
  at: z.int(),
  events: z.array(RoomEvent),
});
export type Commit = z.infer<typeof Commit>;
