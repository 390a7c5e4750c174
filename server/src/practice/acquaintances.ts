import type { Pair } from "@whetstone/shared/practice/matching/state";

/** Who of those who look for a partner knows whom: what the queue must still know after a restart. No names, and nothing of who waits. */
export interface Acquaintances {
  /** The pairs in the order in which they were made. */
  all(): { readonly pairs: readonly Met[]; readonly blocks: readonly (readonly [string, string])[] };
  met(pair: Met): void;
  blocked(one: string, two: string): void;
  forget(pairIds: readonly string[]): void;
  close(): void;
}

export interface Met extends Omit<Pair, "resumed"> {
  /** For how long each had waited, in milliseconds. */
  readonly oneWaited: number;
  readonly twoWaited: number;
}
