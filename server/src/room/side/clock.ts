import type { SideChannel } from "./channel.ts";

/** Answers what the server's time is, in milliseconds since 1970. */
export const clock = (now: () => number, perSecond: number): SideChannel => ({
  intake: { event: "time", perSecond, receive: ({ answer }) => answer?.(now()) },
  join: () => undefined,
  leave: () => undefined,
  peopleChanged: () => undefined,
  roomGrew: () => undefined,
});
