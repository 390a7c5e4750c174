import type { Commit } from "@whetstone/shared/room/event";
import { type AtHand, appendingRows } from "./append.ts";
import { type Answer, KEY_BYTES, type RoomEnd, type Task } from "./append-beside.ts";
import { openDatabase } from "./database.ts";

let appending: ReturnType<typeof appendingRows> | null = null;

/** Appends a batch to the log of the one database that it is asked for. Nothing is thrown but where that cannot be opened. */
export default (task: Task): Answer => {
  appending ??= appendingRows(openDatabase(task.path), () => performance.now());
  const batch: readonly Commit[] = JSON.parse(task.commits);
  const rooms: readonly RoomEnd[] = JSON.parse(task.rooms);
  const ends = new Map(rooms);
  const places = new Map(rooms.map(([roomId], place) => [roomId, place]));
  const atHand: AtHand = {
    endOf: (roomId) => ends.get(roomId) ?? null,
    ends: (roomId, end) => void ends.set(roomId, end),
    keyOf: (roomId) => keyAt(task.keys, places.get(roomId) ?? places.size),
  };
  try {
    const { stored, waited } = appending(batch, atHand);
    return { stored: JSON.stringify(stored), rooms: JSON.stringify([...ends]), waited };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    return { message: error instanceof Error ? error.message : String(error), code };
  }
};

/** A key that is nothing but zeros is none. */
function keyAt(keys: Uint8Array, place: number): Buffer | null {
  const key = Buffer.from(keys.subarray(place * KEY_BYTES, (place + 1) * KEY_BYTES));
  return key.some((byte) => byte !== 0) ? key : null;
}
