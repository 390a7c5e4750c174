import { setImmediate as nextTurn } from "node:timers/promises";
import { seatsHeldApart } from "@whetstone/shared/room/seats/capabilities";
import type { RoomState } from "@whetstone/shared/room/state";
import { NewerEvents } from "@whetstone/shared/room/upcast";
import { panelReading } from "@whetstone/shared/room/view/panel-reading";
import type { PanelView } from "@whetstone/shared/room/view/view";
import type { Rooms } from "./rooms.ts";
import { hashSecret, newId, roomOfSecret } from "./secrets.ts";

/** The rooms that secrets are for, before any is read. */
export interface SoughtRooms {
  /** By room, the hashes of its secrets. */
  readonly rooms: ReadonlyMap<string, readonly string[]>;
  /** Secrets that have not the form of one. */
  readonly malformed: number;
}

interface PanelReading {
  readonly roomId: string;
  /** What the room's secrets show their holder, or null where they open no seat that leads or scores. */
  readonly view: PanelView | null;
  /** How many of them open none. */
  readonly unusable: number;
}

export function soughtRooms(secrets: readonly string[]): SoughtRooms {
  const rooms = new Map<string, string[]>();
  let malformed = 0;
  for (const secret of new Set(secrets)) {
    const roomId = roomOfSecret(secret);
    if (roomId === null) malformed += 1;
    else rooms.set(roomId, [...(rooms.get(roomId) ?? []), hashSecret(secret)]);
  }
  return { rooms, malformed };
}

/**
 * Reads rooms one after the other as the holder of their secrets may see them, and lets the event loop turn between two,
 * so that no live interview waits for more than one room. Nobody loses a seat by it. Of several seats in one room it is the one
 * that may read most. A room that a newer server has written in opens nothing here, and keeps none of the others from being read.
 * `now` is in milliseconds since 1970.
 */
export async function* panelViews(
  rooms: Rooms,
  { rooms: sought }: SoughtRooms,
  now: () => number,
): AsyncGenerator<PanelReading, void, undefined> {
  for (const [roomId, hashes] of sought) {
    const state = await rooms.read(roomId).catch(noneIfNewer);
    if (state) await knowTheirHolder(rooms, roomId, state, hashes, now());
    const views = hashes.flatMap((hash) => (state && panelReading(state, hash, now())) ?? []);
    yield { roomId, view: views.toSorted(byReach)[0] ?? null, unusable: hashes.length - views.length };
    await nextTurn();
  }
}

/** Whoever reads a room by the secrets of several of its seats holds them all; that is on disk before anything is read. */
async function knowTheirHolder(
  rooms: Rooms,
  roomId: string,
  state: RoomState,
  secretHashes: readonly string[],
  now: number,
): Promise<void> {
  const [secretHash] = secretHashes;
  if (secretHash === undefined || seatsHeldApart(state, secretHashes, now).length === 0) return;
  const known = await rooms.execute(
    roomId,
    newId("c"),
    { kind: "bearer", secretHash },
    { type: "holdTogether", secretHashes: [...secretHashes] },
  );
  if (!known.ok) throw new Error(known.refusal.sentence);
}

function noneIfNewer(error: unknown): null {
  if (error instanceof NewerEvents) return null;
  throw error;
}

const reach = ({ debriefOpen, role }: PanelView): number => 2 * Number(debriefOpen) + Number(role === "host");
const byReach = (one: PanelView, other: PanelView): number => reach(other) - reach(one);
