import { HostView } from "@whetstone/shared/room/view/host";
import { Trail } from "@whetstone/shared/room/view/trail";
import { z } from "zod";
import { withoutAside } from "./messages.ts";
import { RoomExport } from "./room-export.ts";

/**
 * Everything that the server holds about a room's candidate, as its host may take it away: for the candidate who asks for it, or before it is
 * erased.
 */
export const CandidateRecord = z.strictObject({
  format: z.literal("whetstone-candidate-record"),
  version: z.literal(1),
  room: RoomExport.describe("What was asked, answered, rated, noted and decided."),
  feedback: HostView.shape.feedback.describe("What the candidate was told, and what was drafted for it."),
  trail: Trail.describe("Who opened, took away, revealed and erased what, when."),
  leftOut: z.array(z.string()).describe("What there may be besides, each as a sentence that says why it is not here."),
});
export type CandidateRecord = z.infer<typeof CandidateRecord>;

/** The JSON Schema (draft 2020-12) of the record, for whoever reads it by program. */
export const recordSchema = (): unknown => z.toJSONSchema(CandidateRecord);

export function candidateRecord(view: HostView, room: RoomExport, trail: Trail): CandidateRecord {
  const leftOut = view.debriefOpen
    ? []
    : [
        "Other interviewers' scorecards are not here, as they are not open to the host. Take the record again once they are.",
      ];
  if (view.aside) {
    leftOut.push(
      "What the panel wrote to each other is not here, as it is theirs alone. The room's JSON and Markdown files hold it.",
    );
  }
  return {
    format: "whetstone-candidate-record",
    version: 1,
    room: withoutAside(room),
    feedback: view.feedback,
    trail,
    leftOut,
  };
}
