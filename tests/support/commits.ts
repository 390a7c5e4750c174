import type { Commit, RoomEvent } from "@whetstone/shared/room/event";
import type { RoomLog } from "../../server/src/room/log.ts";

/** All commits of a room, as its log has them. */
export async function commitsOf(log: RoomLog, roomId: string): Promise<Commit[]> {
  const commits: Commit[] = [];
  for await (const { commit } of log.read(roomId)) commits.push(commit);
  return commits;
}

/** That somebody who scores has begun a note. */
export const noteBegun = (text: string): RoomEvent => ({
  type: "noteWritten",
  roundId: 1,
  seatId: "s_000000000001",
  noteId: "n_000000000001",
  askId: null,
  begunAt: 1_767_603_600_000,
  edit: { at: 0, remove: 0, insert: text },
  mark: null,
  evidenceFor: null,
});
