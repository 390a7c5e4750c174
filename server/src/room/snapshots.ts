import type { RoomState } from "@whetstone/shared/room/state";
import type { Point } from "./log.ts";

/** A room as it was at one point of its log, with all that is needed to go on from there. */
export interface Snapshot {
  readonly point: Point;
  /** When its last commit was, in milliseconds since 1970. */
  readonly at: number;
  readonly state: RoomState;
  /** By seat, the commandIds that were carried out. */
  readonly done: readonly (readonly [seatId: string | null, commandIds: readonly string[]])[];
  /** By seat, the bytes that its commands have taken in the log. */
  readonly sizes: readonly (readonly [seatId: string | null, bytes: number])[];
}

/**
 * Where snapshots of long rooms are kept, so that opening one does not mean reading all of its log. They are a cache: what is missing, old or
 * damaged is as good as none, and the log alone gives the same room.
 */
export interface Snapshots {
  /** The room's snapshot, or null where there is none that can be used. */
  read(roomId: string): Promise<Snapshot | null>;
  /** Keeps it in the place of the one before. Both let the event loop turn every few milliseconds. */
  write(roomId: string, snapshot: Snapshot): Promise<void>;
  /** Keeps none of the room any more. */
  drop(roomId: string): Promise<void>;
  close(): Promise<void>;
}

/** For a server that keeps none. */
export const noSnapshots: Snapshots = {
  read: async () => null,
  write: async () => undefined,
  drop: async () => undefined,
  close: async () => undefined,
};
