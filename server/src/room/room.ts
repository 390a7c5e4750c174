import type { RoomState } from "@whetstone/shared/room/state";
import type { Acknowledgement } from "@whetstone/shared/wire";

/** By commandId. */
type Answers = Map<string, Acknowledgement | Promise<Acknowledgement>>;

/** A room as this process holds it. */
export interface Room {
  readonly roomId: string;
  /** What the next command is decided on; may be ahead of the disk. */
  state: RoomState;
  /** What is on disk; all that anybody sees is made from it. */
  durable: RoomState;
  seq: number;
  at: number;
  /** By seat, what was answered to its commands, or will be to those on their way to the disk. */
  readonly answers: Map<string | null, Answers>;
}

export function answersTo({ answers }: Room, seatId: string | null): Answers {
  const known = answers.get(seatId);
  if (known) return known;
  const none: Answers = new Map();
  answers.set(seatId, none);
  return none;
}
