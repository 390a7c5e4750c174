import { setImmediate as nextTurn } from "node:timers/promises";
import type { Refusal } from "@whetstone/shared/room/refusal";
import type { Acknowledgement } from "@whetstone/shared/wire";
import type { Committed } from "./commit-queue.ts";
import type { RoomLog } from "./log.ts";
import type { Rooms } from "./rooms.ts";

const DAY_MS = 24 * 3_600_000;

export interface RetentionOptions {
  readonly rooms: Pick<Rooms, "tend" | "onCommitted">;
  readonly log: Pick<RoomLog, "expired" | "keptOtherwise">;
  /** Erases a room whose time is over, with all that was made of it. */
  readonly expire: (roomId: string) => Promise<Acknowledgement>;
  /** For how many days after its end a room is kept; null for as long as nobody erases it. */
  readonly days: number | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onError: (error: unknown, doing: string) => void;
}

/**
 * Sees to it that rooms are kept for as long as the setting says, that each says until when that is, and that they are erased then. What was
 * promised under another setting is told anew in each room, and never shortened without a week's notice.
 */
export class Retention {
  readonly #options: RetentionOptions;
  /** By room, when its date was last looked at. */
  readonly #dated = new Map<string, number>();
  #underWay: Promise<void> | null = null;

  constructor(options: RetentionOptions) {
    this.#options = options;
    if (options.days !== null) options.rooms.onCommitted((commits) => this.#follow(commits));
  }

  /** Erases what is due and dates what has another date. Never rejects; to be called every hour or so. */
  look(): Promise<void> {
    this.#underWay ??= this.#go().finally(() => {
      this.#underWay = null;
    });
    return this.#underWay;
  }

  /** Waits until a look that is under way is over. */
  async settle(): Promise<void> {
    await this.#underWay;
  }

  async #go(): Promise<void> {
    const { log, now, expire } = this.#options;
    await this.#each(() => log.expired(now()), expire, "a room whose time is over could not be erased");
    await this.#each(
      () => log.keptOtherwise(this.#options.days),
      (roomId) => this.#date(roomId),
      NOT_DATED,
    );
  }

  async #each(
    list: () => Promise<readonly string[]>,
    act: (roomId: string) => Promise<Acknowledgement>,
    failed: string,
  ): Promise<void> {
    const { onError } = this.#options;
    const roomIds = await list().catch((error: unknown) => {
      onError(error, failed);
      return [];
    });
    for (const roomId of roomIds) {
      await act(roomId).then(
        (answer) => (answer.ok ? undefined : onError(new NotDone(roomId, answer.refusal), failed)),
        (error: unknown) => onError(error, failed),
      );
      // A first look may be over many; interviews go on between two of them.
      await nextTurn();
    }
  }

  /** A room that goes on is kept on: its date moves with it, once a day, and stands when it ends. */
  #follow(commits: readonly Committed[]): void {
    const at = this.#options.now();
    for (const { commit } of commits) {
      const { roomId, events } = commit;
      const ends = events.some(({ type }) => type === "roomEnded");
      const isDated = Math.abs(at - (this.#dated.get(roomId) ?? Number.NEGATIVE_INFINITY)) < DAY_MS;
      if (isDated && !ends) continue;
      if (this.#dated.size > 10_000) this.#dated.clear();
      this.#dated.set(roomId, at);
      this.#date(roomId).catch((error: unknown) => this.#options.onError(error, NOT_DATED));
    }
  }

  #date(roomId: string): Promise<Acknowledgement> {
    return this.#options.rooms.tend(roomId, { type: "keep", days: this.#options.days });
  }
}

const NOT_DATED = "it could not be told until when a room is kept";

class NotDone extends Error {
  constructor(roomId: string, { sentence }: Refusal) {
    super(`${roomId}: ${sentence}`);
  }
}
