import type { RoomState } from "@whetstone/shared/room/state";
import type { Acknowledgement } from "@whetstone/shared/wire";
import type { Point } from "./log.ts";

/** By commandId. */
type Answers = Map<string, Acknowledgement | Promise<Acknowledgement>>;

/** Bytes of a room's log: all of them, and what each seat's commands have taken. */
interface RoomSize {
  bytes: number;
  readonly bySeat: Map<string | null, number>;
}

/** A room as this process holds it. */
export interface Room {
  readonly roomId: string;
  /** What the next command is decided on; may be ahead of the disk. */
  state: RoomState;
  /** What is on disk; all that anybody sees is made from it. */
  durable: RoomState;
  seq: number;
  at: number;
  /** Up to where it is on disk; null while its first commit is not. */
  point: Point | null;
  /** When the last commit was that is on disk, in milliseconds since 1970. */
  durableAt: number;
  /** How far it had come when its last snapshot was taken. */
  snapshotAt: { readonly seq: number; readonly bytes: number };
  /** How many of its commits are not answered yet. */
  unanswered: number;
  /** What its log takes by now. */
  readonly size: RoomSize;
  /** By seat, what was answered to its commands, or will be to those on their way to the disk. */
  readonly answers: Map<string | null, Answers>;
}

export function answersTo({ answers }: Pick<Room, "answers">, seatId: string | null): Answers {
  const known = answers.get(seatId);
  if (known) return known;
  const none: Answers = new Map();
  answers.set(seatId, none);
  return none;
}

export function grow({ size }: Pick<Room, "size">, seatId: string | null, bytes: number): void {
  size.bytes += bytes;
  size.bySeat.set(seatId, (size.bySeat.get(seatId) ?? 0) + bytes);
}

/** A room with its first commit under way. */
export function newRoom(roomId: string, state: RoomState, at: number): Room {
  return {
    roomId,
    state,
    durable: state,
    seq: 1,
    at,
    point: null,
    durableAt: at,
    snapshotAt: { seq: 0, bytes: 0 },
    unanswered: 0,
    size: { bytes: 0, bySeat: new Map() },
    answers: new Map(),
  };
}
