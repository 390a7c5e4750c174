import { snapshotOf } from "./loading.ts";
import type { Room } from "./room.ts";
import type { Snapshot, Snapshots } from "./snapshots.ts";

/** A room gets a snapshot when so much was added since the last one, or a quarter of what was there by then where that is more. */
const COMMITS = 2_000;
const BYTES = 1024 * 1024;
const SHARE = 0.25;

/** Takes snapshots of rooms as they grow, and writes them one after the other. */
export class SnapshotKeeper {
  readonly #snapshots: Snapshots;
  readonly #onError: (error: unknown) => void;
  /** By room, what is to be written. */
  readonly #waiting = new Map<string, Snapshot>();
  #writing: Promise<void> | null = null;

  /** `onError` is told of a snapshot that could not be written, which loses nothing. */
  constructor(snapshots: Snapshots, onError: (error: unknown) => void) {
    this.#snapshots = snapshots;
    this.#onError = onError;
  }

  /** Takes a snapshot of the room as it is now, where it is time for one. */
  consider(room: Room): void {
    if (!isDue(room)) return;
    const snapshot = snapshotOf(room);
    if (!snapshot) return;
    room.snapshotAt = { seq: snapshot.point.seq, bytes: room.size.bytes };
    this.#waiting.set(room.roomId, snapshot);
    this.#writing ??= this.#write();
  }

  /** Waits until nothing is left to be written. */
  async settle(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    for (const [roomId, snapshot] of this.#waiting) {
      this.#waiting.delete(roomId);
      await this.#snapshots.write(roomId, snapshot).catch(this.#onError);
    }
    this.#writing = null;
  }
}

function isDue({ point, size, snapshotAt }: Room): boolean {
  const commits = (point?.seq ?? 0) - snapshotAt.seq;
  const bytes = size.bytes - snapshotAt.bytes;
  return commits >= Math.max(COMMITS, SHARE * snapshotAt.seq) || bytes >= Math.max(BYTES, SHARE * snapshotAt.bytes);
}
