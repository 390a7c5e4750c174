/** How much is allowed: on average in a second, and at once. */
export interface Rate {
  readonly perSecond: number;
  readonly atOnce: number;
}

interface Bucket {
  left: number;
  at: number;
}

/** Buckets that are looked at again for full ones once there are so many. */
const SWEPT_AT = 1_000;

/**
 * Token buckets, each by the name of whom it belongs to, and never to a connection: whoever comes back finds what they have left. The last
 * spending may overdraw a bucket, as the price of some things is known only once they are made; then nothing is left until it is paid.
 */
export class Allowances {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();
  #sweptAt = SWEPT_AT;

  /** `now` is in milliseconds and only measures. */
  constructor(rate: Rate, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Whether anything is left to `who`. */
  has(who: string): boolean {
    const bucket = this.#buckets.get(who);
    return (bucket ? this.#filled(bucket).left : this.#rate.atOnce) >= 1;
  }

  /** Says whether anything is left then. */
  spend(who: string, price: number): boolean {
    const bucket = this.#bucketOf(who);
    bucket.left -= price;
    return bucket.left >= 1;
  }

  /** Spends one where something is left, and says whether it was. */
  take(who: string): boolean {
    const bucket = this.#bucketOf(who);
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  }

  #bucketOf(who: string): Bucket {
    const known = this.#buckets.get(who);
    if (known) return this.#filled(known);
    this.#sweep();
    const bucket = { left: this.#rate.atOnce, at: this.#now() };
    this.#buckets.set(who, bucket);
    return bucket;
  }

  #filled(bucket: Bucket): Bucket {
    const { perSecond, atOnce } = this.#rate;
    const at = this.#now();
    bucket.left = Math.min(atOnce, bucket.left + (Math.max(0, at - bucket.at) * perSecond) / 1000);
    bucket.at = at;
    return bucket;
  }

  /** Forgets the buckets that are full again, as they are those of somebody who is not here. */
  #sweep(): void {
    if (this.#buckets.size < this.#sweptAt) return;
    for (const [who, bucket] of this.#buckets) {
      if (this.#filled(bucket).left >= this.#rate.atOnce) this.#buckets.delete(who);
    }
    this.#sweptAt = Math.max(SWEPT_AT, 2 * this.#buckets.size);
  }
}

/** So many a second on average, and twice as many at once. */
export const twiceAtOnce = (perSecond: number): Rate => ({ perSecond, atOnce: 2 * perSecond });

/** The name of a seat among those of all rooms. */
export const seatKey = ({ roomId, seatId }: { readonly roomId: string; readonly seatId: string }): string =>
  `${roomId} ${seatId}`;
