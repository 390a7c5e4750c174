import { turnsAt } from "@whetstone/shared/room/peers/rules";
import type { RoomState } from "@whetstone/shared/room/state";
import { quietEndsAt } from "@whetstone/shared/room/workspace/quiet";
import type { Rooms } from "./rooms.ts";

export interface TurnsOptions {
  readonly rooms: Pick<Rooms, "tend" | "onCommitted" | "timeIn">;
  readonly onError: (error: unknown) => void;
}

/** How long after a failure it is tried again, in milliseconds. */
const AGAIN_MS = 5_000;
/** A timer waits no longer than this, in milliseconds; what is further away is looked at again then. */
const LONGEST_MS = 3_600_000;

/** What a room does of itself when its time has come. */
interface Turn {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly type: "turn" | "quietOver";
}

/** What a room does of itself next; null where it waits for somebody. */
function nextTurn(state: RoomState): Turn | null {
  const [round, quiet] = [turnsAt(state), quietEndsAt(state)];
  if (quiet !== null && (round === null || quiet <= round)) return { at: quiet, type: "quietOver" };
  return round === null ? null : { at: round, type: "turn" };
}

/**
 * Ends what has a time of its own when that is over: quiet time, and the rounds of people who practise, after which the next ones begin. It
 * follows rooms from when something happens in them or somebody comes in; when a room that nobody looks at has to go on after a restart,
 * it does so when they come back.
 */
export class Turns {
  readonly #options: TurnsOptions;
  #stopped = false;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(options: TurnsOptions) {
    this.#options = options;
    options.rooms.onCommitted((commits) => {
      const last = new Map(commits.map(({ commit, state }) => [commit.roomId, state]));
      for (const [roomId, state] of last) this.follow(roomId, state);
    });
  }

  /** Sees to it that a room goes on when it is time, as it is now. */
  follow(roomId: string, state: RoomState): void {
    const before = this.#timers.get(roomId);
    if (before) {
      clearTimeout(before);
      this.#timers.delete(roomId);
    }
    const turn = nextTurn(state);
    if (turn === null) return;
    const wait = Math.min(LONGEST_MS, Math.max(0, turn.at - this.#options.rooms.timeIn(roomId)));
    const timer = setTimeout(() => this.#turn(roomId, state, turn), wait);
    timer.unref();
    this.#timers.set(roomId, timer);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #turn(roomId: string, state: RoomState, { at, type }: Turn): void {
    this.#timers.delete(roomId);
    // The room's own time counts: by it a long wait may not be over.
    if (at > this.#options.rooms.timeIn(roomId)) {
      this.follow(roomId, state);
      return;
    }
    const { rooms, onError } = this.#options;
    rooms.tend(roomId, { type }).then(
      ({ ok }) => (ok ? undefined : this.#later(roomId, state, { at, type })),
      (error: unknown) => {
        onError(error);
        this.#later(roomId, state, { at, type });
      },
    );
  }

  /** What cannot be saved just now is tried again, unless the room has moved on by then. */
  #later(roomId: string, state: RoomState, turn: Turn): void {
    if (this.#stopped || this.#timers.has(roomId)) return;
    const timer = setTimeout(() => this.#turn(roomId, state, turn), AGAIN_MS);
    timer.unref();
    this.#timers.set(roomId, timer);
  }
}
