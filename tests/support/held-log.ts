import type { RoomLog } from "../../server/src/room/log.ts";

interface Waiting {
  readonly go: () => void;
  readonly fail: () => void;
}

/** A log whose appends wait until each is let go or made to fail, once it is told to hold them. */
export class HeldLog {
  #holds = false;
  #waiting: Waiting | null = null;
  #tell: (() => void) | null = null;

  readonly wrap = (log: RoomLog): RoomLog => ({
    ...log,
    append: async (batch) => {
      if (this.#holds) await this.#turn();
      return log.append(batch);
    },
  });

  hold(): void {
    this.#holds = true;
  }

  /** Waits until an append waits. */
  async reached(): Promise<void> {
    if (!this.#waiting) {
      await new Promise<void>((tell) => {
        this.#tell = tell;
      });
    }
  }

  /** Lets the append go that waits; the next one waits again. */
  letGo(): void {
    this.#next().go();
  }

  /** Refuses the append that waits, as a full disk does. */
  fail(): void {
    this.#next().fail();
  }

  /** Lets everything go from now on. */
  release(): void {
    this.#holds = false;
    if (this.#waiting) this.letGo();
  }

  #turn(): Promise<void> {
    return new Promise((go, reject) => {
      this.#waiting = { go, fail: () => reject(new Error("SQLITE_FULL: database or disk is full")) };
      this.#tell?.();
      this.#tell = null;
    });
  }

  #next(): Waiting {
    const waiting = this.#waiting;
    if (!waiting) throw new Error("No append waits.");
    this.#waiting = null;
    return waiting;
  }
}
