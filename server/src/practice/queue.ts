import { agreedWishes } from "@whetstone/shared/practice/matching/agreed";
import {
  decideSeeker,
  lineBack,
  lineBroke,
  pairFailed,
  passTime,
  type SeekerOf,
} from "@whetstone/shared/practice/matching/decide";
import type { QueueEvent } from "@whetstone/shared/practice/matching/events";
import {
  evolve,
  otherOf,
  type QueueState,
  rememberedQueue,
  type Seeker,
  waitedBy,
} from "@whetstone/shared/practice/matching/state";
import { type PastWait, usualWaits } from "@whetstone/shared/practice/matching/usual";
import { type PairRoom, type SeekerView, viewOf } from "@whetstone/shared/practice/matching/view";
import type { PracticeAnswer, PracticeCommand } from "@whetstone/shared/practice/wire";
import type { PeerWishes } from "@whetstone/shared/room/peers/commands";
import type { Acquaintances, Met } from "./acquaintances.ts";

/** Opens the room of two strangers by their names, of whom the first asks first, and gives each the secret of their link into it. */
export type OpenPair = (
  asks: string,
  answers: string,
  wishes: PeerWishes,
) => Promise<{ readonly roomId: string; readonly secrets: readonly [string, string] }>;

/** Where one page of a browser is shown the queue. */
export interface SeekerLine {
  readonly show: (view: SeekerView) => void;
}

export interface PracticeQueueOptions {
  /** What the clock on the wall says, in milliseconds since 1970; it may be set at any moment. */
  readonly now: () => number;
  /** Milliseconds of a clock that nobody sets. */
  readonly steady: () => number;
  readonly newId: (prefix: "o" | "d") => string;
  readonly openPair: OpenPair;
  readonly acquaintances: Acquaintances;
  readonly placesPerAddress: number;
  /** A partner was reported; `about` is the browser that they came from. */
  readonly onReport: (report: Report) => void;
  readonly onError: (error: unknown, doing: string) => void;
}

type Report = Omit<Extract<PracticeCommand, { type: "report" }>, "type"> & {
  readonly by: string;
  readonly about: string;
};

/** A difference that is no setting of the clock, in milliseconds: clocks are always corrected by a little. */
const NO_SETTING_MS = 1_000;
/** Waits that are remembered for the usual ones: some weeks of a lively server. */
const PAST_MOST = 20_000;
/** Views of people to whom nothing happens that are made anew in one beat; the next goes on with the others. */
const SHOWN_IN_A_BEAT = 50;
/** After so many milliseconds the usual waits are reckoned anew. */
const USUAL_FOR = 60_000;

/**
 * The queue of those who look for a partner, in memory: a restart of the server empties it, and pages enter it again; who has met whom and who
 * never does outlives it. Everything is decided by the pure functions of `shared`; this keeps the state, who is connected, and the ways into the
 * rooms.
 */
export class PracticeQueue {
  readonly #options: PracticeQueueOptions;
  #state: QueueState;
  readonly #lines = new Map<string, Set<SeekerLine>>();
  readonly #shown = new WeakMap<SeekerLine, string>();
  readonly #rooms = new Map<string, ReadonlyMap<string, PairRoom>>();
  #past: PastWait[] = [];
  #usual = { at: -Infinity, waits: usualWaits([]) };
  #next = 0;
  /** How far the clock on the wall was before the other when it was looked at last. */
  #ahead: number;

  constructor(options: PracticeQueueOptions) {
    this.#options = options;
    this.#ahead = options.now() - options.steady();
    const { pairs, blocks } = options.acquaintances.all();
    this.#state = rememberedQueue(pairs, blocks);
    for (const met of pairs) this.#remember(met);
  }

  /** The queue's time, in milliseconds since 1970. Where the clock on the wall was set, all that is measured goes on from where it was. */
  readonly now = (): number => {
    const { now, steady } = this.#options;
    const at = now();
    const ahead = at - steady();
    const by = Math.round(ahead - this.#ahead);
    this.#ahead = ahead;
    if (Math.abs(by) > NO_SETTING_MS) this.#take([{ type: "clockSet", by, at }]);
    return at;
  };

  /** A page of a browser is there; gives what to call when it is gone. */
  connect(seekerId: string, line: SeekerLine): () => void {
    const lines = this.#lines.get(seekerId) ?? new Set();
    this.#lines.set(seekerId, lines.add(line));
    this.now();
    this.#take(lineBack(this.#state, seekerId));
    this.#show(seekerId);
    return () => {
      lines.delete(line);
      if (lines.size > 0 || this.#lines.get(seekerId) !== lines) return;
      this.#lines.delete(seekerId);
      const at = this.now();
      this.#take(lineBroke(this.#state, seekerId, at));
    };
  }

  execute(by: SeekerOf, command: PracticeCommand): PracticeAnswer {
    const { newId, placesPerAddress, onReport } = this.#options;
    const now = this.now();
    const asked = command.type === "report" ? ({ type: "block", pairId: command.pairId } as const) : command;
    const decision = decideSeeker(this.#state, by, asked, { now, newId, placesPerAddress });
    if ("refusal" in decision) return { ok: false, refusal: decision.refusal };
    if (command.type === "report") {
      const { type, ...report } = command;
      const pair = this.#state.pairs.get(report.pairId);
      onReport({ ...report, by: by.seekerId, about: (pair && otherOf(pair, by.seekerId)) ?? "" });
    }
    this.#take(decision.events);
    this.#show(by.seekerId);
    return { ok: true };
  }

  /** Does what the time does that has passed, and shows some of those who look at it how many there are by now. */
  beat(): void {
    const now = this.now();
    this.#take(passTime(this.#state, { now, newId: this.#options.newId }));
    const there = [...this.#lines.keys()];
    const many = Math.min(SHOWN_IN_A_BEAT, there.length);
    for (let index = 0; index < many; index++) this.#show(there[(this.#next + index) % there.length] ?? "");
    this.#next = there.length === 0 ? 0 : (this.#next + many) % there.length;
  }

  #take(events: readonly QueueEvent[]): void {
    const concerned = new Set<string>();
    for (const event of events) {
      for (const seekerId of concernedBy(this.#state, event)) concerned.add(seekerId);
      if (event.type === "forgotten") for (const pairId of event.pairIds) this.#rooms.delete(pairId);
      this.#state = evolve(this.#state, event);
      this.#keep(event);
      if (event.type === "made") void this.#open(event.pairId);
    }
    for (const seekerId of concerned) this.#show(seekerId);
  }

  /** What cannot be kept is known until the next start all the same. */
  #keep(event: QueueEvent): void {
    const { acquaintances, onError } = this.#options;
    try {
      if (event.type === "made") {
        const met = this.#metBy(event);
        if (!met) return;
        this.#remember(met);
        acquaintances.met(met);
      } else if (event.type === "blocked") acquaintances.blocked(event.one, event.two);
      else if (event.type === "forgotten") acquaintances.forget(event.pairIds);
      else if (event.type === "unmade") acquaintances.forget([event.pairId]);
    } catch (error) {
      onError(error, "who found whom could not be kept");
    }
  }

  #metBy({ pairId, at }: Extract<QueueEvent, { type: "made" }>): Met | null {
    const pair = this.#state.pairs.get(pairId);
    const [one, two] = pair ? [this.#state.seekers.get(pair.one), this.#state.seekers.get(pair.two)] : [];
    if (!pair || !one || !two) return null;
    return { ...pair, oneWaited: waitedBy(one, at), twoWaited: waitedBy(two, at) };
  }

  #remember({ at, oneWaited, twoWaited }: Met): void {
    this.#past.push({ at, waitedMs: oneWaited }, { at, waitedMs: twoWaited });
    if (this.#past.length > PAST_MOST) this.#past = this.#past.slice(-PAST_MOST / 2);
  }

  async #open(pairId: string): Promise<void> {
    const { openPair, onError } = this.#options;
    const pair = this.#state.pairs.get(pairId);
    const one = pair && this.#state.seekers.get(pair.one);
    const two = pair && this.#state.seekers.get(pair.two);
    if (!one || !two) return;
    try {
      const [asks, answers] = inOrder(one, two);
      const wishes = agreedWishes(one.wishes, two.wishes);
      const { roomId, secrets } = await openPair(asks.name, answers.name, wishes);
      const room = { roomId, minutes: 2 * wishes.minutes };
      this.#rooms.set(
        pairId,
        new Map([
          [asks.seekerId, { ...room, secret: secrets[0] }],
          [answers.seekerId, { ...room, secret: secrets[1] }],
        ]),
      );
    } catch (error) {
      onError(error, "the room of a pair could not be opened");
      this.#take(pairFailed(this.#state, pairId));
    }
    for (const { seekerId } of [one, two]) this.#show(seekerId);
  }

  /** Shows a browser's pages what it may see, where that has changed. */
  #show(seekerId: string): void {
    const lines = this.#lines.get(seekerId);
    if (!lines) return;
    const roomOf = (pairId: string, id: string) => this.#rooms.get(pairId)?.get(id) ?? null;
    const view = viewOf(this.#state, seekerId, { now: this.#options.now(), usual: this.#usualWaits(), roomOf });
    const written = JSON.stringify(view);
    for (const line of lines) {
      if (this.#shown.get(line) === written) continue;
      this.#shown.set(line, written);
      line.show(view);
    }
  }

  #usualWaits() {
    const now = this.#options.now();
    if (Math.abs(now - this.#usual.at) >= USUAL_FOR) this.#usual = { at: now, waits: usualWaits(this.#past) };
    return this.#usual.waits;
  }
}

/** Who asks first and who answers: whoever has begun a practice does first what is still to be done of it. */
const inOrder = (one: Seeker, two: Seeker): readonly [Seeker, Seeker] =>
  one.rest?.first === "answer" || (one.rest === null && two.rest?.first === "ask") ? [two, one] : [one, two];

/** Whose own view an event changes; how many fit changes for others too, and is shown to them by the beat. */
function concernedBy({ offers, pairs, seekers }: QueueState, event: QueueEvent): readonly string[] {
  switch (event.type) {
    case "offered":
      return [event.one, event.two];
    case "withdrawn":
    case "made": {
      const offer = offers.get(event.offerId);
      return offer ? [offer.one, offer.two] : [];
    }
    case "unmade": {
      const pair = pairs.get(event.pairId);
      return pair ? [pair.one, pair.two] : [];
    }
    case "left": {
      const pairId = seekers.get(event.seekerId)?.pairId;
      const pair = pairId ? pairs.get(pairId) : undefined;
      return pair ? [pair.one, pair.two] : [event.seekerId];
    }
    case "clockSet":
      return [...seekers.keys()];
    case "blocked":
    case "forgotten":
      return [];
    default:
      return [event.seekerId];
  }
}
