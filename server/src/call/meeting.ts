import { createHash } from "node:crypto";
import type { Opening } from "@whetstone/shared/room/course/commands";

const ROOM = "{room}";

/**
 * A room's opening with the meeting that the configuration has for it: `address`, with a name of the room's own in place of `{room}`, which tells
 * whoever runs the other tool nothing of the room. One that was chosen for the room stays. Strangers are never sent where others meet.
 */
export function withMeeting(opening: Opening, roomId: string, address: string | null): Opening {
  if (address === null || opening.meeting !== undefined) return opening;
  if (opening.peers?.strangers && !address.includes(ROOM)) return opening;
  const name = createHash("sha256").update(`meeting ${roomId}`).digest("hex").slice(0, 24);
  return { ...opening, meeting: address.replaceAll(ROOM, `room-${name}`) };
}
