import type { SideChannel } from "./channel.ts";

/** Answers what the time is in the room, in milliseconds since 1970, and says so by itself when it was set. */
export const clock = (timeIn: (roomId: string) => number, perSecond: number): SideChannel => ({
  intake: { event: "time", perSecond, receive: ({ answer }, { roomId }) => answer?.(timeIn(roomId)) },
  clockSet: (all) => {
    for (const who of all) who.tell("clockSet", timeIn(who.roomId));
  },
  join: () => undefined,
  leave: () => undefined,
  peopleChanged: () => undefined,
  roomGrew: () => undefined,
});
