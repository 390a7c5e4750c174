import type { Commit } from "@whetstone/shared/room/event";

/**
 * The append-only log of all rooms. Asynchronous, so that another database can stand behind it; every implementation passes
 * the same contract tests.
 */
export interface RoomLog {
  /**
   * Makes all commits durable, or none: when the promise fulfils they are on disk. Rejects when one of them does not follow
   * its room's last one, which is what happens to a second server on the same log.
   */
  append(commits: readonly Commit[]): Promise<void>;
  /** A room's commits in order; empty for a room that does not exist. */
  read(roomId: string): Promise<Commit[]>;
  close(): Promise<void>;
}
