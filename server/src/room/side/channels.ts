import { type CallOptions, call } from "./call.ts";
import { captions } from "./captions.ts";
import type { SideChannel } from "./channel.ts";
import { clock } from "./clock.ts";
import { fullness } from "./fullness.ts";
import { presence } from "./presence.ts";
import { type WorkspaceOptions, workspace } from "./workspace.ts";

export interface ChannelOptions extends WorkspaceOptions, CallOptions {
  /** The time in a room, in milliseconds since 1970. */
  readonly timeIn: (roomId: string) => number;
  /** How full a room is, from 0 to 1. */
  readonly fullnessOf: (roomId: string) => number;
}

/** All side channels. */
export const sideChannels = ({ timeIn, fullnessOf, ...of }: ChannelOptions): readonly SideChannel[] => [
  presence(),
  clock(timeIn, of.perSecond),
  fullness(fullnessOf),
  workspace(of),
  call(of),
  captions(),
];
