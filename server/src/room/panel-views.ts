import { setImmediate as nextTurn } from "node:timers/promises";
import type { Refusal } from "@whetstone/shared/room/refusal";
import { seatsHeldApart } from "@whetstone/shared/room/seats/capabilities";
import type { RoomState } from "@whetstone/shared/room/state";
import { NewerEvents } from "@whetstone/shared/room/upcast";
import { panelReading, remainsReading } from "@whetstone/shared/room/view/panel-reading";
import type { PanelView } from "@whetstone/shared/room/view/view";
import { seatKey } from "./allowances.ts";
import type { Rooms } from "./rooms.ts";
import { hashSecret, newId, roomNamedIn } from "./secrets.ts";
import { slices } from "./slices.ts";

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
  /** What counts of a room that was erased, and is shown to nobody; else null. */
  readonly remains: PanelView | null;
  /** How many of them open none. */
  readonly unusable: number;
  /** Why the room could not be read, as its seats would be told; null where it was. */
  readonly unreadable: Refusal | null;
}

export function soughtRooms(secrets: readonly string[]): SoughtRooms {
  const rooms = new Map<string, string[]>();
  let malformed = 0;
  for (const secret of new Set(secrets)) {
    const roomId = roomNamedIn(secret);
    if (roomId === null) malformed += 1;
    else {
      const hashes = rooms.get(roomId) ?? [];
      rooms.set(roomId, hashes);
      hashes.push(hashSecret(secret));
    }
  }
  return { rooms, malformed };
}

/**
 * Reads rooms one after the other as the holder of their secrets may see them, and lets the event loop turn between two,
 * so that no live interview waits for more than one room. Nobody loses a seat by it. Of several seats in one room it is the one
 * that may read most. A room that cannot be read opens nothing, and keeps none of the others from being read: `refusalOf` says why it
 * cannot, except of one that a newer server has written in. `now` is in milliseconds since 1970.
 */
export async function* panelViews(
  rooms: Rooms,
  { rooms: sought }: SoughtRooms,
  now: () => number,
  refusalOf: (error: unknown) => Refusal,
): AsyncGenerator<PanelReading, void, undefined> {
  const turn = slices();
  for (const [roomId, hashes] of sought) {
    const known: string[] = [];
    for (const hash of hashes) {
      if (await rooms.secrets.lets(roomId, hash)) known.push(hash);
      await turn();
    }
    const state = known.length > 0 ? await heldBy(rooms, roomId, known, now()).catch(noneIfNewer(refusalOf)) : null;
    if (state && "reason" in state) {
      yield { roomId, view: null, remains: null, unusable: 0, unreadable: state };
      await nextTurn();
      continue;
    }
    const views = known.flatMap((hash) => (state && panelReading(state, hash, now())) ?? []);
    const remains = known.flatMap((hash) => (state && remainsReading(state, hash, now())) ?? []);
    yield {
      roomId,
      view: views.toSorted(byReach)[0] ?? null,
      remains: remains.toSorted(byReach)[0] ?? null,
      unusable: hashes.length - views.length - remains.length,
      unreadable: null,
    };
    await nextTurn();
  }
}

/**
 * The name of a seat that leads or scores and that the secrets open, or null where they open none. Rooms are read in the order of their
 * secrets up to the first that opens.
 */
export async function firstPanelSeat(...reading: Parameters<typeof panelViews>): Promise<string | null> {
  for await (const { roomId, view } of panelViews(...reading)) if (view) return seatName(roomId, view);
  return null;
}

/** The room, once that it is on disk that whoever reads it by the secrets of several of its seats holds them all; null where there is none. */
async function heldBy(
  rooms: Rooms,
  roomId: string,
  secretHashes: readonly string[],
  now: number,
): Promise<RoomState | Refusal | null> {
  const state = await rooms.read(roomId);
  const [secretHash] = secretHashes;
  if (!state || secretHash === undefined || seatsHeldApart(state, secretHashes, now).length === 0) return state;
  const held = await rooms.execute(
    roomId,
    newId("c"),
    { kind: "bearer", secretHash },
    { type: "holdTogether", secretHashes: [...secretHashes] },
  );
  return held.ok ? rooms.read(roomId) : held.refusal;
}

/** A seat's name among those of all rooms. */
export const seatName = (roomId: string, { you: { seatId } }: PanelView): string => seatKey({ roomId, seatId });

const noneIfNewer =
  (refusalOf: (error: unknown) => Refusal) =>
  (error: unknown): Refusal | null =>
    error instanceof NewerEvents ? null : refusalOf(error);

const reach = ({ debriefOpen, role }: PanelView): number => 2 * Number(debriefOpen) + Number(role === "host");
const byReach = (one: PanelView, other: PanelView): number => reach(other) - reach(one);
