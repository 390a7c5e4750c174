import { setImmediate as nextTurn } from "node:timers/promises";
import { panelReading } from "@whetstone/shared/room/view/panel-reading";
import type { PanelView } from "@whetstone/shared/room/view/view";
import type { Rooms } from "./rooms.ts";
import { hashSecret, roomNamedIn } from "./secrets.ts";
import { whyUnreadable } from "./unreadable.ts";

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
    const roomId = roomNamedIn(secret);
    if (roomId === null) malformed += 1;
    else rooms.set(roomId, [...(rooms.get(roomId) ?? []), hashSecret(secret)]);
  }
  return { rooms, malformed };
}

/**
 * Reads rooms one after the other as the holder of their secrets may see them, and lets the event loop turn between two,
 * so that no live interview waits for more than one room. Nobody loses a seat by it. Of several seats in one room it is the one
 * that may read most. A room that cannot be read opens nothing here, and keeps none of the others from being read.
 * `now` is in milliseconds since 1970.
 */
export async function* panelViews(
  rooms: Rooms,
  { rooms: sought }: SoughtRooms,
  now: () => number,
): AsyncGenerator<PanelReading, void, undefined> {
  for (const [roomId, hashes] of sought) {
    const known: string[] = [];
    for (const hash of hashes) if (await rooms.knows(roomId, hash)) known.push(hash);
    const state = known.length > 0 ? await rooms.read(roomId).catch(noneIfUnreadable) : null;
    const views = known.flatMap((hash) => (state && panelReading(state, hash, now())) ?? []);
    yield { roomId, view: views.toSorted(byReach)[0] ?? null, unusable: hashes.length - views.length };
    await nextTurn();
  }
}

/** A seat's name among those of all rooms. */
export const seatName = (roomId: string, { you }: PanelView): string => `${roomId}/${you.seatId}`;

/**
 * The name of a seat that leads or scores and that the secrets open, or null where they open none. Rooms are read in the order of their
 * secrets up to the first that opens.
 */
export async function firstPanelSeat(rooms: Rooms, sought: SoughtRooms, now: () => number): Promise<string | null> {
  for await (const { roomId, view } of panelViews(rooms, sought, now)) if (view) return seatName(roomId, view);
  return null;
}

function noneIfUnreadable(error: unknown): null {
  if (whyUnreadable(error)) return null;
  throw error;
}

const reach = ({ debriefOpen, role }: PanelView): number => 2 * Number(debriefOpen) + Number(role === "host");
const byReach = (one: PanelView, other: PanelView): number => reach(other) - reach(one);
