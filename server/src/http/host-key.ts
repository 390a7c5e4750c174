import { timingSafeEqual } from "node:crypto";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import { hashSecret } from "../room/secrets.ts";

/** Different wrong keys that are looked at in a minute from one address. */
const GUESSES = 10;
const MINUTE_MS = 60_000;

/** So many addresses are remembered; the one that was heard of the longest ago is forgotten first. */
const REMEMBERED = 10_000;

interface Guesser {
  /** When the first of the `wrong` ones came, in milliseconds since 1970. */
  readonly since: number;
  readonly wrong: number;
  /** The last wrong one's hash: an old key that a browser keeps is one guess, however often it comes. */
  readonly lastWrong: string;
  /** Whether the right key has come from there. */
  readonly isProven: boolean;
}

const UNKNOWN: Guesser = { since: 0, wrong: 0, lastWrong: "", isProven: false };

/**
 * The host key, and who tries to guess it. After `GUESSES` wrong ones in a minute nothing more from an address is looked at until the
 * minute is over. Where the right one has come from an address before, it is always admitted from there: whoever shares an office or a
 * proxy with its holder cannot keep them out, and has the address's allowance of requests to guess by.
 */
export class HostKey {
  readonly #hash: string | null;
  readonly #now: () => number;
  readonly #guessers = new Map<string, Guesser>();

  /** `key` is null where none is asked for; `now` gives milliseconds since 1970. */
  constructor(key: string | null, now: () => number) {
    this.#hash = key === null ? null : hashSecret(key);
    this.#now = now;
  }

  /** Whether there is one to bring. */
  get isAsked(): boolean {
    return this.#hash !== null;
  }

  /** Why a key that is brought from an address opens nothing, or null where it does. */
  refusalOf(given: unknown, client: string): Refusal | null {
    if (this.#hash === null) return null;
    if (typeof given !== "string") return refusal("key_required");
    const guesser = this.#guesser(client);
    const isShutOut = guesser.wrong >= GUESSES;
    if (isShutOut && !guesser.isProven) return refusal("too_many");

    const hash = hashSecret(given);
    if (timingSafeEqual(Buffer.from(hash), Buffer.from(this.#hash))) {
      if (!guesser.isProven) this.#remember(client, { ...guesser, isProven: true });
      return null;
    }
    if (isShutOut) return refusal("too_many");
    if (hash !== guesser.lastWrong) {
      const since = guesser.wrong === 0 ? this.#now() : guesser.since;
      this.#remember(client, { ...guesser, since, wrong: guesser.wrong + 1, lastWrong: hash });
    }
    return refusal("key_required");
  }

  /** What is known of an address; its wrong keys are forgotten a minute after the first. */
  #guesser(client: string): Guesser {
    const known = this.#guessers.get(client) ?? UNKNOWN;
    const age = this.#now() - known.since;
    // A clock that was set back must not keep anybody out for longer.
    return age >= 0 && age < MINUTE_MS ? known : { ...known, wrong: 0 };
  }

  #remember(client: string, guesser: Guesser): void {
    this.#guessers.delete(client);
    this.#guessers.set(client, guesser);
    const [oldest] = this.#guessers.keys();
    if (this.#guessers.size > REMEMBERED && oldest !== undefined) this.#guessers.delete(oldest);
  }
}
