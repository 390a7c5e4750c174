import type { SideChannel } from "./channel.ts";
import { clock } from "./clock.ts";
import { presence } from "./presence.ts";

export interface ChannelOptions {
  readonly now: () => number;
  /** What one seat may send on a channel in a second, on average. */
  readonly perSecond: number;
}

/** All side channels. */
export const sideChannels = ({ now, perSecond }: ChannelOptions): readonly SideChannel[] => [
  presence(),
  clock(now, perSecond),
];
