import type { Commit } from "@whetstone/shared/room/event";

/** A place in a room's log: its last commit, and what the chain of hashes has come to with it, as hexadecimal. */
export interface Point {
  readonly seq: number;
  readonly hash: string;
}

/** What is known of a commit once that it is stored. */
export interface Stored {
  readonly point: Point;
  /** What its events take. */
  readonly bytes: number;
}

export interface StoredCommit extends Stored {
  readonly commit: Commit;
}

/**
 * The append-only log of all rooms. Asynchronous, so that another database can stand behind it; every implementation passes
 * the same contract tests.
 */
export interface RoomLog {
  /**
   * Makes all commits durable, or none: when the promise fulfils they are on disk. Rejects when one of them does not follow
   * its room's last one, which is what happens to a second server on the same log.
   */
  append(commits: readonly Commit[]): Promise<readonly Stored[]>;
  /**
   * A room's commits in order, those behind a point of it or all; none for a room that does not exist. It lets the event loop turn every
   * few milliseconds. Throws `DamagedLog` where what is stored is not what was, and `OtherHistory` where the log has no such point.
   */
  read(roomId: string, after?: Point | null): AsyncIterable<StoredCommit>;
  /** The room that a secret with this SHA-256 lets or has let somebody into; null where none does. */
  roomOfSecret(secretHash: string): Promise<string | null>;
  /** Whether there is such a room. */
  has(roomId: string): Promise<boolean>;
  /**
   * Destroys the texts of a room whose log says that it is erased: for ever, and in every backup. Asked again it does again what is left to do.
   * `at` is in milliseconds since 1970.
   */
  erase(roomId: string, at: number): Promise<void>;
  /** To be called before anything is read: carries through what was stopped half way, and erases again what a backup brought back. */
  settleErasures(now: number): Promise<void>;
  /** The rooms whose time is over at that moment, in milliseconds since 1970. */
  expired(at: number): Promise<readonly string[]>;
  /** The rooms that are kept by another setting than so many days; null stands for none. */
  keptOtherwise(days: number | null): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** What is stored of a room is not what was stored. Nothing is made of it. */
export class DamagedLog extends Error {
  readonly roomId: string;

  constructor(roomId: string, seq: number, cause?: unknown) {
    super(`Commit ${seq} of ${roomId} is not as it was stored.`, { cause });
    this.roomId = roomId;
  }
}

/** A room's log does not have the point from which it was to be read on. */
export class OtherHistory extends Error {}
