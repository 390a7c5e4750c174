/**
 * The time of a playback. It goes as the room's time went, but that a silence is never longer than a few seconds. `shown` times are in
 * milliseconds since the playback began, `at` times in milliseconds since 1970.
 */

/** No silence lasts longer than this, in milliseconds. */
export const LONGEST_SILENCE_MS = 3_000;

interface Knot {
  readonly at: number;
  readonly shown: number;
}

export interface Timeline {
  readonly totalMs: number;
  /** Where a moment of the room's stands in the playback. */
  readonly shownAt: (at: number) => number;
  /** Which moment of the room's it is by then; in a shortened silence it goes faster. */
  readonly atShown: (shown: number) => number;
  /** How long the silence lasted that is shown just then, in milliseconds; 0 where it is none that is shortened. */
  readonly silenceAt: (shown: number) => number;
}

/** The timeline over moments at which something happened, in any order. */
export function timelineOf(moments: readonly number[]): Timeline {
  const knots = knotsOf(moments);
  const last = knots.at(-1);
  return {
    totalMs: last?.shown ?? 0,
    shownAt: (at) => between(knots, at, "at", "shown"),
    atShown: (shown) => between(knots, shown, "shown", "at"),
    silenceAt: (shown) => {
      const index = behind(knots, shown, "shown");
      const [from, to] = [knots[index - 1], knots[index]];
      const lasts = from && to ? to.at - from.at : 0;
      return lasts > LONGEST_SILENCE_MS ? lasts : 0;
    },
  };
}

function knotsOf(moments: readonly number[]): readonly Knot[] {
  const knots: Knot[] = [];
  for (const at of moments.toSorted((one, other) => one - other)) {
    const last = knots.at(-1);
    if (last?.at === at) continue;
    knots.push({ at, shown: last ? last.shown + Math.min(at - last.at, LONGEST_SILENCE_MS) : 0 });
  }
  return knots;
}

/** How many knots are at that place or before it. */
function behind(knots: readonly Knot[], place: number, by: keyof Knot): number {
  return countUpTo(knots.length, (index) => (knots[index]?.[by] ?? 0) <= place);
}

/** The number of things up to which it is so, of things of which it is so from the first to one of them. */
export function countUpTo(length: number, isSo: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function between(knots: readonly Knot[], place: number, by: keyof Knot, to: keyof Knot): number {
  const index = behind(knots, place, by);
  const [before, after] = [knots[index - 1], knots[index]];
  if (!before) return after?.[to] ?? 0;
  if (!after) return before[to];
  const share = (place - before[by]) / (after[by] - before[by]);
  return before[to] + share * (after[to] - before[to]);
}
