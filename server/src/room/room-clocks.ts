import { currentRound, type RoomState } from "@whetstone/shared/room/state";

export interface RoomClocksOptions {
  /** What the clock on the wall says, in milliseconds since 1970; it may be set at any moment. */
  readonly now: () => number;
  /** Milliseconds of a clock that nobody sets. */
  readonly steady: () => number;
  /** Told of a room whose clock was set while people may be in it. */
  readonly onSet: (roomId: string) => void;
}

/** What a room's clock needs of the room. */
interface Timed {
  readonly roomId: string;
  readonly state: RoomState;
  /** The moment of its last commit. */
  readonly at: number;
}

/** A moment is a whole number of milliseconds, as it is stored, and never before the room's last commit. */
const whole = (moment: number, least: number): number => Math.max(least, Math.floor(moment));

/** A difference that is no setting of the clock, in milliseconds: clocks are always corrected by a little. */
const NO_SETTING_MS = 1_000;

/**
 * Each room's own time, in milliseconds since 1970. While a round is live, its timers run, and so its time goes on by the steady clock
 * from where it was: however the clock on the wall is set, a minute stays a minute. While none is, nothing is measured, and the
 * room's time is the wall's, so that moments are named rightly, a night on a sleeping computer later too. It never falls behind the
 * room's last commit, as after a restart with a clock that was set back. A room that nobody holds is forgotten.
 */
export class RoomClocks {
  readonly #options: RoomClocksOptions;
  /** By room, what is added to the steady clock. */
  readonly #offsets = new Map<string, number>();

  constructor(options: RoomClocksOptions) {
    this.#options = options;
  }

  now({ roomId, state, at }: Timed): number {
    const { now, steady, onSet } = this.#options;
    const before = this.#offsets.get(roomId);
    if (before !== undefined && currentRound(state).phase === "live") return whole(steady() + before, at);
    const offset = Math.max(at, now()) - steady();
    this.#offsets.set(roomId, offset);
    if (before !== undefined && Math.abs(offset - before) > NO_SETTING_MS) onSet(roomId);
    return whole(steady() + offset, at);
  }

  forget(roomId: string): void {
    this.#offsets.delete(roomId);
  }
}
