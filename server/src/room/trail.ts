import type { RoomState } from "@whetstone/shared/room/state";
import {
  entriesOfCommit,
  entryOfAccess,
  type Trail,
  type TrailEntry,
  trailOf,
} from "@whetstone/shared/room/view/trail";
import type { AccessNotes } from "./accesses.ts";
import type { RoomLog } from "./log.ts";

/** Reads a room's trail from its log and from what was noted beside it, as the seat `reader` may see it. */
export async function readTrail(
  { log, notes }: { readonly log: Pick<RoomLog, "read">; readonly notes: Pick<AccessNotes, "of"> },
  roomId: string,
  state: RoomState,
  reader: string,
): Promise<Trail> {
  const entries: TrailEntry[] = notes.of(roomId).map((access) => entryOfAccess(state, access));
  for await (const { commit } of log.read(roomId)) entries.push(...entriesOfCommit(state, commit, reader));
  return trailOf(state, entries);
}
