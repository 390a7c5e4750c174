import { rmSync } from "node:fs";
import { join } from "node:path";
import { backupsIn, newBackup } from "./backup.ts";

/** How long after one that failed the next one is tried, in milliseconds. */
const AGAIN_MS = 15 * 60_000;

export interface ScheduledBackupsOptions {
  readonly directory: string;
  /** From one to the next, in milliseconds. */
  readonly every: number;
  /** How many are kept; older ones are removed. */
  readonly kept: number;
  /** Makes one, or rejects and leaves nothing. */
  readonly make: (file: string) => Promise<unknown>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

/**
 * The backups that a running server makes by itself. When the next one is due is told by the newest one's name, so that a server which is
 * restarted every night makes them all the same.
 */
export class ScheduledBackups {
  readonly #options: ScheduledBackupsOptions;
  #underWay: Promise<void> | null = null;
  #failedAt: number | null = null;

  constructor(options: ScheduledBackupsOptions) {
    this.#options = options;
  }

  /** Makes one if it is due and none is under way. Never rejects; to be called every minute or so. */
  look(): Promise<void> {
    this.#underWay ??= this.#makeIfDue().finally(() => {
      this.#underWay = null;
    });
    return this.#underWay;
  }

  async #makeIfDue(): Promise<void> {
    const { directory, make, now, onError } = this.#options;
    try {
      if (!this.#isDue()) return;
      const file = newBackup(directory, now());
      await make(file);
      this.#failedAt = null;
      this.#removeOldest(file);
    } catch (error) {
      this.#failedAt = now();
      onError(error);
    }
  }

  #isDue(): boolean {
    const { directory, every, now } = this.#options;
    const at = now();
    if (this.#failedAt !== null && Math.abs(at - this.#failedAt) < AGAIN_MS) return false;
    const newest = backupsIn(directory).at(-1);
    // One from the future says that the clock was set back since; how long ago that was, nobody knows.
    return newest === undefined || newest <= nameAt(at - every) || newest > nameAt(at);
  }

  #removeOldest(made: string): void {
    const { directory, kept } = this.#options;
    const names = backupsIn(directory);
    const others = names.map((name) => join(directory, name)).filter((path) => path !== made);
    for (const path of others.slice(0, Math.max(0, names.length - kept))) rmSync(path, { force: true });
  }
}

const nameAt = (at: number): string => newBackup("", at);
