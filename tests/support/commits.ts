import type { Commit } from "@whetstone/shared/room/event";
import type { RoomLog } from "../../server/src/room/log.ts";

/** All commits of a room, as its log has them. */
export async function commitsOf(log: RoomLog, roomId: string): Promise<Commit[]> {
  const commits: Commit[] = [];
  for await (const { commit } of log.read(roomId)) commits.push(commit);
  return commits;
}
