import { admits, type Fit, fit, widened, worthTo } from "./fit.ts";
import { isReady, keyOf, type QueueState, type Seeker, waitedBy } from "./state.ts";
import type { Widening } from "./wishes.ts";

/** Two to be brought together, and who is passed over by it. */
export interface Match {
  readonly one: string;
  readonly two: string;
  readonly fit: number;
  readonly passedOver: readonly string[];
}

/** So many who would have fitted the longest waiter are given to others, and no more. */
const PASSED_OVER_MOST = 3;

const MINUTE = 60_000;

/**
 * How good a partner somebody holds out for, who has waited that long, in milliseconds: the best there is at first, and whoever fits at all after
 * `held`. Of two, it is enough that one holds out no longer, as each has the other's wishes respected by what they let go of.
 */
const leastFit = (waitedMs: number, held: number): number => 1 - waitedMs / held;

/** Longer gives better partners later; chosen on seeded weeks (`npm run bench -- --only matching`). */
const HELD = 50 * MINUTE;

/** Somebody who can be offered a partner now, with what is needed of them more than once. */
interface Ready {
  readonly seeker: Seeker;
  readonly place: number;
  readonly waited: number;
  readonly letGo: readonly Widening[];
  /** Everybody who fits and is no partner of late, by their place in the list. */
  readonly fitting: Edge[];
  readonly again: Edge[];
}

interface Edge {
  readonly one: Ready;
  readonly two: Ready;
  readonly fit: Fit;
}

const partnerIn = (edge: Edge, ready: Ready): Ready => (edge.one === ready ? edge.two : edge.one);

/** Whether two people may be brought together at all, whatever they wish for. */
export const mayMeet = ({ blocks }: Pick<QueueState, "blocks">, one: Seeker, other: Seeker): boolean =>
  one.seekerId !== other.seekerId &&
  !blocks.has(keyOf(one.seekerId, other.seekerId)) &&
  !one.declined.includes(other.seekerId) &&
  !other.declined.includes(one.seekerId);

/** How the two fit, where each takes the other after what they have waited and let go of; else null. */
export function fitNow(one: Seeker, other: Seeker, now: number): Fit | null {
  const found = fit(one.wishes, other.wishes);
  const takes = (seeker: Seeker) => admits(found, widened(seeker.byHand, waitedBy(seeker, now)));
  return takes(one) && takes(other) ? found : null;
}

/**
 * Who is brought together now, of those who can be: the best fits first, as soon as one of the two holds out for no better. `held` is for how
 * long somebody holds out, in milliseconds. A maximum-weight matching of those who wait at one moment was no better, as few stand to choose from.
 */
export function match(state: QueueState, now: number, held = HELD): Match[] {
  const ready = readyIn(state, now);
  join(state, ready);
  const round = new Round(ready);
  // The longest waiters first, whom nobody may be kept from any more.
  for (const due of ready.filter(({ seeker }) => seeker.passedOver >= PASSED_OVER_MOST)) {
    for (const edge of due.fitting.toSorted(byFit)) if (round.bring(edge)) break;
  }
  const edges = edgesOf(ready, "fitting").filter((edge) => isWorth(edge, 0, held));
  for (const edge of edges.sort(byFit)) round.bring(edge);
  const again = edgesOf(ready, "again").filter((edge) => isWorth(edge, AGAIN, held));
  for (const edge of again.sort(byFit)) if (!round.hasOther(edge.one) && !round.hasOther(edge.two)) round.bring(edge);
  return round.made;
}

/** What a partner of late is worth less. */
const AGAIN = 0.5;

/** Whether one of the two holds out for no better partner; `less` is what this one is worth less. */
const isWorth = ({ one, two, fit }: Edge, less: number, held: number): boolean =>
  [one, two].some(({ seeker, waited }) => worthTo(seeker.byHand, fit) - less >= leastFit(waited, held));

const byFit = (one: Edge, other: Edge): number =>
  other.fit.total - one.fit.total || one.one.place + one.two.place - (other.one.place + other.two.place);

function readyIn(state: QueueState, now: number): Ready[] {
  return state.list.flatMap((id, place) => {
    const seeker = state.seekers.get(id);
    if (!seeker || !isReady(seeker, now)) return [];
    const waited = waitedBy(seeker, now);
    return [{ seeker, place, waited, letGo: widened(seeker.byHand, waited), fitting: [], again: [] }];
  });
}

/** Finds all that can be brought together. */
function join(state: QueueState, ready: readonly Ready[]): void {
  for (const [index, two] of ready.entries()) {
    for (const one of ready.slice(0, index)) {
      if (one.seeker.wishes.language !== two.seeker.wishes.language || !mayMeet(state, one.seeker, two.seeker))
        continue;
      const found = fit(one.seeker.wishes, two.seeker.wishes);
      if (!admits(found, one.letGo) || !admits(found, two.letGo)) continue;
      const edge = { one, two, fit: found };
      const kind = state.met.has(keyOf(one.seeker.seekerId, two.seeker.seekerId)) ? "again" : "fitting";
      one[kind].push(edge);
      two[kind].push(edge);
    }
  }
}

/** Each pair once. */
const edgesOf = (ready: readonly Ready[], kind: "fitting" | "again"): Edge[] =>
  ready.flatMap((one) => one[kind].filter((edge) => edge.one === one));

/** One round of bringing together: who is taken, and who was passed over how often. */
class Round {
  readonly made: Match[] = [];
  readonly #taken = new Set<Ready>();
  readonly #passed: Map<Ready, number>;

  constructor(ready: readonly Ready[]) {
    this.#passed = new Map(ready.map((one) => [one, one.seeker.passedOver]));
  }

  /** Whether somebody who fits and is no partner of late is still free. */
  hasOther = (ready: Ready): boolean => ready.fitting.some((edge) => !this.#taken.has(partnerIn(edge, ready)));

  /** Brings two together, unless one of them is taken or somebody would be passed over too often. */
  bring(edge: Edge): boolean {
    const { one, two } = edge;
    if (this.#taken.has(one) || this.#taken.has(two)) return false;
    const passed = [this.#longestFor(one), this.#longestFor(two)].flatMap((other) =>
      other !== null && other.place < Math.min(one.place, two.place) ? [other] : [],
    );
    const after = new Map<Ready, number>();
    for (const other of passed) after.set(other, (after.get(other) ?? this.#passed.get(other) ?? 0) + 1);
    if ([...after.values()].some((count) => count > PASSED_OVER_MOST)) return false;
    for (const [other, count] of after) this.#passed.set(other, count);
    this.#taken.add(one).add(two);
    this.made.push({
      one: one.seeker.seekerId,
      two: two.seeker.seekerId,
      fit: edge.fit.total,
      passedOver: passed.map(({ seeker }) => seeker.seekerId),
    });
    return true;
  }

  /** Of those who fit and are free, who has waited the longest. */
  #longestFor(ready: Ready): Ready | null {
    const edge = ready.fitting.find((one) => !this.#taken.has(partnerIn(one, ready)));
    return edge ? partnerIn(edge, ready) : null;
  }
}
