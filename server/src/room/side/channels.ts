import type { SideChannel } from "./channel.ts";
import { clock } from "./clock.ts";
import { presence } from "./presence.ts";

export interface ChannelOptions {
  /** The time in a room, in milliseconds since 1970. */
  readonly timeIn: (roomId: string) => number;
  /** What one seat may send on a channel in a second, on average. */
  readonly perSecond: number;
}

/** All side channels. */
export const sideChannels = ({ timeIn, perSecond }: ChannelOptions): readonly SideChannel[] => [
  presence(),
  clock(timeIn, perSecond),
];
