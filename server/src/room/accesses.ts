import type { Access } from "@whetstone/shared/room/keeping/access";

/** Who read a room after its end, or took it away: what an audit asks and the room's log does not hold. */
export interface Accesses {
  /** On disk when this returns. */
  add(roomId: string, access: Access): void;
  /** The oldest first. */
  of(roomId: string): readonly Access[];
  close(): void;
}

/** The same look again within this time, in milliseconds, says nothing new. */
const AGAIN_MS = 3_600_000;
/** How many looks are remembered, so that they are not noted again. */
const REMEMBERED = 10_000;

/** Notes accesses; what fails to be noted keeps nobody from reading, and is told to `onError`. */
export class AccessNotes {
  readonly #accesses: Accesses;
  readonly #now: () => number;
  readonly #onError: (error: unknown) => void;
  /** By room, seat and what it did, when. */
  readonly #last = new Map<string, number>();

  /** `now` is in milliseconds since 1970. */
  constructor(accesses: Accesses, now: () => number, onError: (error: unknown) => void) {
    this.#accesses = accesses;
    this.#now = now;
    this.#onError = onError;
  }

  /** Takes down that the seat did it just now; a look that was noted within the hour is not noted again, and a file always is. */
  note(roomId: string, seatId: string, did: Did): void {
    const at = this.#now();
    const key = `${roomId} ${seatId} ${did.what}`;
    if (did.what !== "exported") {
      if (Math.abs(at - (this.#last.get(key) ?? Number.NEGATIVE_INFINITY)) < AGAIN_MS) return;
      if (this.#last.size >= REMEMBERED) this.#last.clear();
      this.#last.set(key, at);
    }
    try {
      this.#accesses.add(roomId, { ...did, at, seatId });
    } catch (error) {
      this.#last.delete(key);
      this.#onError(error);
    }
  }

  of(roomId: string): readonly Access[] {
    return this.#accesses.of(roomId);
  }
}

/** An access without who and when. */
type Did = Access extends infer A ? (A extends Access ? Omit<A, "at" | "seatId"> : never) : never;
