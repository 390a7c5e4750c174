import { z } from "zod";
import { unsubmitted } from "../debrief.ts";
import { RoomPhase } from "../room/view/phase.ts";
import type { PanelView } from "../room/view/view.ts";
import { candidateOfRound } from "../scorecard.ts";
import { Secrets } from "./interviews.ts";

/** How the rooms stand that somebody leads or scores in: all of it is made from the views of their seats. */

/** How many rooms are told of at once, so that one list takes no longer than a page of another. */
export const MOST_STANDINGS = 50;

export const StandingsRequest = z.strictObject({ secrets: Secrets.max(MOST_STANDINGS) });

const Standing = z.strictObject({
  roomId: z.string(),
  status: z.enum([...RoomPhase.options, "erased"]),
  title: z.string().nullable().describe("Null once the room was erased."),
  candidate: z.string().nullable(),
  forRole: z.string().nullable(),
  at: z.number().nullable().describe("When it began, else when it was opened, in milliseconds since 1970."),
  owed: z.boolean().describe("The viewer has a scorecard to submit."),
  missing: z
    .int()
    .nullable()
    .describe(
      "How many others have not submitted theirs; null where the viewer may not know it, or nobody submits yet.",
    ),
  decided: z.boolean().nullable().describe("A decision is recorded; null where the viewer may not know it."),
});
export type Standing = z.infer<typeof Standing>;

export const Standings = z.strictObject({
  rooms: z.array(Standing).describe("Those that the secrets open."),
  unreadable: z.array(z.strictObject({ roomId: z.string(), sentence: z.string() })),
});
export type Standings = z.infer<typeof Standings>;

/** How a room stands, as its viewer may know it. */
export function standingOf(roomId: string, view: PanelView): Standing {
  const { title, candidateName, forRole, phase, startedAt, openedAt } = view.room;
  const isOver = phase === "ended";
  return {
    roomId,
    status: phase,
    title,
    candidate: candidateOfRound(view) ?? candidateName,
    forRole,
    at: startedAt ?? openedAt,
    owed: isOver && view.scorecard.versions.length === 0,
    missing: isOver ? (unsubmitted(view)?.length ?? null) : null,
    decided: view.debriefOpen ? view.decisions.length > 0 : null,
  };
}

/** Of an erased room nothing is told but that it is one. */
export const erasedStanding = (roomId: string): Standing => ({
  ...{ roomId, status: "erased", title: null, candidate: null, forRole: null, at: null },
  ...{ owed: false, missing: null, decided: null },
});
