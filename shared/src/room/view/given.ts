import type { Given } from "./peers-said.ts";

/** What the viewer has said of a round so far. */
export const givenIn = ({ given }: { readonly given: readonly Given[] }, roundId: number): Omit<Given, "roundId"> =>
  given.find((one) => one.roundId === roundId) ?? { texts: {}, interviewing: {} };
