import { evolve, type RoomState } from "@whetstone/shared/room/state";
import { DONE } from "./commit-queue.ts";
import { OtherHistory, type Point, type RoomLog } from "./log.ts";
import { answersTo, grow, type Room } from "./room.ts";
import { slices } from "./slices.ts";
import type { Snapshot, Snapshots } from "./snapshots.ts";

/**
 * Reads a room from its snapshot and what came after it, or from all of its log where there is no snapshot that fits; null where there is
 * no such room. Throws what `RoomLog.read` throws. `onError` is told of a snapshot that cannot be read.
 */
export async function loadRoom(
  roomId: string,
  { log, snapshots }: { readonly log: RoomLog; readonly snapshots: Snapshots },
  onError: (error: unknown) => void,
): Promise<Room | null> {
  const snapshot = await snapshots.read(roomId).catch((error: unknown) => {
    onError(error);
    return null;
  });
  try {
    return await replay(roomId, log, snapshot);
  } catch (error) {
    if (snapshot && error instanceof OtherHistory) return replay(roomId, log, null);
    throw error;
  }
}

async function replay(roomId: string, log: RoomLog, snapshot: Snapshot | null): Promise<Room | null> {
  let state: RoomState | null = snapshot?.state ?? null;
  let point: Point | null = snapshot?.point ?? null;
  let at = snapshot?.at ?? 0;
  const history = await historyOf(snapshot);
  for await (const stored of log.read(roomId, point)) {
    const { seatId, commandId, events } = stored.commit;
    ({ point } = stored);
    ({ at } = stored.commit);
    for (const event of events) state = evolve(state, event, at);
    answersTo(history, seatId).set(commandId, DONE);
    grow(history, seatId, stored.bytes);
  }
  if (!state || !point) return null;
  const snapshotAt = { seq: snapshot?.point.seq ?? 0, bytes: sum(snapshot?.sizes ?? []) };
  return {
    roomId,
    state,
    durable: state,
    seq: point.seq,
    at,
    point,
    durableAt: at,
    snapshotAt,
    unanswered: 0,
    ...history,
  };
}

/** In slices: a long room has a hundred thousand answers. */
async function historyOf(snapshot: Snapshot | null): Promise<Pick<Room, "answers" | "size">> {
  const pause = slices();
  const answers: Room["answers"] = new Map();
  for (const [seatId, commandIds] of snapshot?.done ?? []) {
    const answered = answersTo({ answers }, seatId);
    for (const [index, commandId] of commandIds.entries()) {
      answered.set(commandId, DONE);
      if (index % ANSWERS_AT_ONCE === 0) await pause();
    }
  }
  const sizes = snapshot?.sizes ?? [];
  return { answers, size: { bytes: sum(sizes), bySeat: new Map(sizes) } };
}

/** Answers that are taken up before it is looked how long that has taken. */
const ANSWERS_AT_ONCE = 256;

const sum = (sizes: Snapshot["sizes"]): number => sizes.reduce((total, [, bytes]) => total + bytes, 0);

/** The room as it is on disk; null before any of it is. What it gives shares nothing that changes later. */
export function snapshotOf({ durable, point, answers, size, durableAt }: Room): Snapshot | null {
  if (!point) return null;
  const done = [...answers].map(([seatId, answered]) => {
    const onDisk = [...answered].filter(([, answer]) => answer === DONE);
    return [seatId, onDisk.map(([commandId]) => commandId)] as const;
  });
  return { point, at: durableAt, state: durable, done, sizes: [...size.bySeat] };
}
