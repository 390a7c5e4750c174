import type { Commit } from "@whetstone/shared/room/event";
import type { DocumentPlace } from "../../room/documents/store.ts";
import { openDatabase } from "../database.ts";
import { type Answer, type BareBatch, KEY_BYTES, type PlaceEnd, type RoomEnd, type Task } from "./beside.ts";
import { type AtHand, appendingCommits } from "./commits.ts";
import { appendingUpdates, type DocumentEnd, type DocumentsAtHand, keyOfPlace } from "./updates.ts";

function opened(path: string) {
  const connection = openDatabase(path);
  const steady = () => performance.now();
  return { append: appendingCommits(connection, steady), appendUpdates: appendingUpdates(connection, steady) };
}

let database: ReturnType<typeof opened> | null = null;

/** Appends a batch to the one database that it is asked for. Nothing is thrown but where that cannot be opened. */
export default (task: Task): Answer => {
  database ??= opened(task.path);
  try {
    return task.of === "log" ? toLog(database, task) : toDocuments(database, task);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    return { message: error instanceof Error ? error.message : String(error), code };
  }
};

function toLog({ append }: ReturnType<typeof opened>, task: Task): Answer {
  const batch: readonly Commit[] = JSON.parse(task.batch);
  const rooms: readonly RoomEnd[] = JSON.parse(task.ends);
  const ends = new Map(rooms);
  const places = new Map(rooms.map(([roomId], place) => [roomId, place]));
  const atHand: AtHand = {
    endOf: (roomId) => ends.get(roomId) ?? null,
    ends: (roomId, end) => void ends.set(roomId, end),
    keyOf: (roomId) => keyAt(task.bytes, places.get(roomId) ?? places.size),
  };
  const { stored, waited } = append(batch, atHand);
  return { stored: JSON.stringify(stored), ends: JSON.stringify([...ends]), waited };
}

/** A key that is nothing but zeros is none. */
function keyAt(keys: Uint8Array, place: number): Buffer | null {
  const key = Buffer.from(keys.subarray(place * KEY_BYTES, (place + 1) * KEY_BYTES));
  return key.some((byte) => byte !== 0) ? key : null;
}

function toDocuments({ appendUpdates }: ReturnType<typeof opened>, task: Task): Answer {
  const { updates, kept }: BareBatch = JSON.parse(task.batch);
  const documents: readonly PlaceEnd[] = JSON.parse(task.ends);
  const ends = new Map<string, { readonly place: DocumentPlace; readonly end: DocumentEnd | null }>(
    documents.map(([place, end]) => [keyOfPlace(place), { place, end }]),
  );
  const atHand: DocumentsAtHand = {
    endOf: (place) => ends.get(keyOfPlace(place))?.end ?? null,
    ends: ({ roomId, name }, end) => void ends.set(keyOfPlace({ roomId, name }), { place: { roomId, name }, end }),
  };
  let from = 0;
  const next = (bytes: number): Uint8Array => {
    from += bytes;
    return task.bytes.subarray(from - bytes, from);
  };
  const batch = {
    updates: updates.map(({ sealedBytes, ...one }) => ({ ...one, sealed: next(sealedBytes) })),
    kept: kept.map((one) => {
      if (one.kind === "folded") return one;
      const { sealedBytes, ...state } = one;
      return { ...state, sealed: next(sealedBytes) };
    }),
  };
  const waited = appendUpdates(batch, atHand);
  return { stored: "[]", ends: JSON.stringify([...ends.values()].map(({ place, end }) => [place, end])), waited };
}
