import { z } from "zod";
import { PhaseKind } from "../../bank.ts";
import { Id, RoundId } from "../id.ts";
import { SeatRole } from "../seats/commands.ts";
import { Holder, StoredLink } from "../seats/events.ts";
import { Opening, PlanItem } from "./commands.ts";

/** The first event of every room; its first round begins with it. */
export const RoomOpened = z.strictObject({
  type: z.literal("roomOpened"),
  ...Opening.omit({ hostName: true, plan: true }).shape,
  // Names of before they had to be visible stay readable.
  title: z.string(),
  candidateName: z.string().nullable(),
  forRole: z.string().nullable(),
  plan: z.array(PlanItem),
  meeting: z.string().optional(),
  host: z.strictObject({ seatId: Id, name: z.string(), linkId: Id, tokenHash: z.string(), holder: Holder }),
  links: z.array(StoredLink),
});
export type RoomOpened = z.infer<typeof RoomOpened>;

/** Another round begins and is the current one from here on. */
export const RoundBegun = z.strictObject({
  type: z.literal("roundBegun"),
  roundId: RoundId,
  continues: RoundId.nullable().describe(
    "The round whose clock, plan and scorecards it goes on with, as when a candidate is replaced; null for one of its own.",
  ),
  roles: z.record(Id, SeatRole).describe("What seats are in it, where that is not what they came in as."),
  minutes: z.int().optional().describe("Absent where it has as many as the one before."),
});
export type RoundBegun = z.infer<typeof RoundBegun>;

const roundId = RoundId;

export const courseEvents = [
  z.strictObject({ type: z.literal("planArranged"), roundId, items: z.array(PlanItem) }),
  z.strictObject({ type: z.literal("itemAssigned"), roundId, itemId: Id, seatId: Id.nullable() }),
  z.strictObject({ type: z.literal("roomStarted"), roundId }),
  z.strictObject({ type: z.literal("roomPaused"), roundId }),
  z.strictObject({ type: z.literal("roomResumed"), roundId }),
  z.strictObject({ type: z.literal("roomEnded"), roundId }),
  z.strictObject({ type: z.literal("roomReopened"), roundId }),
  z.strictObject({ type: z.literal("roomExtended"), roundId, minutes: z.int() }),
  z.strictObject({ type: z.literal("phaseEntered"), roundId, phase: PhaseKind }),
] as const;
export type CourseEvent = z.infer<(typeof courseEvents)[number]>;
