import assert from "node:assert/strict";
import type { QuestionLevel } from "@whetstone/shared/bank";
import type { Rest, SeekerCommand } from "@whetstone/shared/practice/matching/commands";
import {
  decideSeeker,
  lineBack,
  lineBroke,
  passTime,
  type QueueDecision,
} from "@whetstone/shared/practice/matching/decide";
import type { QueueEvent } from "@whetstone/shared/practice/matching/events";
import { fitNow, mayMeet } from "@whetstone/shared/practice/matching/match";
import {
  EMPTY_QUEUE,
  evolve,
  isReady,
  keyOf,
  MET_FOR,
  otherOf,
  type QueueState,
} from "@whetstone/shared/practice/matching/state";
import { SeekerView, viewOf } from "@whetstone/shared/practice/matching/view";
import { LEVELS, type When, WIDENINGS, type Wishes } from "@whetstone/shared/practice/matching/wishes";
import fc from "fast-check";

/** A queue for tests, which remembers all that happened in it, and arbitrary courses of one. */

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const OPENED_AT = Date.UTC(2026, 0, 5, 12);
const PLACES_PER_ADDRESS = 4;

export interface Happened {
  readonly before: QueueState;
  readonly event: QueueEvent;
  readonly at: number;
}

export const wishesFor = (wishes: Partial<Wishes> = {}): Wishes => ({
  levels: ["working"],
  topics: [],
  minutes: [25],
  language: "en",
  when: { kind: "now" },
  ...wishes,
});

export const browser = (index: number): string => `b_browser000${String(index).padStart(2, "0")}`;
export const nameOf = (seekerId: string): string => `⟦name of ${seekerId}⟧`;

export class TestQueue {
  state: QueueState = EMPTY_QUEUE;
  now = OPENED_AT;
  readonly happened: Happened[] = [];
  readonly refused: string[] = [];
  #ids = 0;

  readonly newId = (prefix: string): string => `${prefix}_${String(++this.#ids).padStart(12, "0")}`;

  act(seekerId: string, command: SeekerCommand, address = seekerId): QueueDecision {
    const { now, newId } = this;
    const by = { seekerId, address };
    const decision = decideSeeker(this.state, by, command, { now, newId, placesPerAddress: PLACES_PER_ADDRESS });
    if ("events" in decision) this.take(decision.events);
    else this.refused.push(decision.refusal.reason);
    return decision;
  }

  must(seekerId: string, command: SeekerCommand): readonly QueueEvent[] {
    const decision = this.act(seekerId, command);
    return "events" in decision ? decision.events : assert.fail(decision.refusal.sentence);
  }

  enter(seekerId: string, wishes: Partial<Wishes> = {}, rest?: Rest): void {
    this.must(seekerId, { type: "enter", name: nameOf(seekerId), wishes: wishesFor(wishes), ...(rest && { rest }) });
  }

  /** Time passes, and what it does is done at its end. */
  wait(ms = 0): readonly QueueEvent[] {
    this.now += ms;
    const events = passTime(this.state, { now: this.now, newId: this.newId });
    this.take(events);
    return events;
  }

  lineBreaks(seekerId: string): void {
    this.take(lineBroke(this.state, seekerId, this.now));
  }

  lineIsBack(seekerId: string): void {
    this.take(lineBack(this.state, seekerId));
  }

  take(events: readonly QueueEvent[]): void {
    for (const event of events) {
      this.happened.push({ before: this.state, event, at: this.now });
      this.state = evolve(this.state, event);
    }
  }

  view(seekerId: string, state = this.state): SeekerView {
    return SeekerView.parse(viewOf(state, seekerId, { now: this.now, usual: [], roomOf: () => null }));
  }

  offerTo(seekerId: string): string | null {
    return this.state.seekers.get(seekerId)?.offerId ?? null;
  }

  /** Both accept the offer that they have. */
  acceptBoth(one: string, two: string): string {
    for (const id of [one, two])
      this.must(id, { type: "accept", offerId: this.offerTo(id) ?? assert.fail(`${id} has none.`) });
    return this.state.seekers.get(one)?.pairId ?? assert.fail("There is no pair.");
  }

  all<T extends QueueEvent["type"]>(type: T): (Happened & { readonly event: Extract<QueueEvent, { type: T }> })[] {
    return this.happened.filter(
      (one): one is Happened & { event: Extract<QueueEvent, { type: T }> } => one.event.type === type,
    );
  }
}

/** Of those who can be offered somebody in a state, whom one fits who was not their partner of late; the longest waiter first. */
export function fittingIn(state: QueueState, seekerId: string, now: number): string[] {
  const seeker = state.seekers.get(seekerId) ?? assert.fail(`${seekerId} is not there.`);
  return state.list.filter((id) => {
    const other = state.seekers.get(id);
    if (!other || !isReady(other, now) || !mayMeet(state, seeker, other)) return false;
    return fitNow(seeker, other, now) !== null && !metOfLate(state, seekerId, id, now);
  });
}

/** Whether two became a pair within the last two weeks. */
export function metOfLate({ pairs }: QueueState, one: string, two: string, now: number): boolean {
  return [...pairs.values()].some((pair) => keyOf(pair.one, pair.two) === keyOf(one, two) && pair.at + MET_FOR > now);
}

const levels: fc.Arbitrary<QuestionLevel[]> = fc.subarray([...LEVELS], { minLength: 1, maxLength: 2 });

export const whens: fc.Arbitrary<When> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<When>({ kind: "now" }) },
  fc.record({
    kind: fc.constant("hours" as const),
    zone: fc.constantFrom("Europe/Berlin", "America/New_York", "Asia/Kolkata"),
    hours: fc.array(
      fc
        .record({ day: fc.nat({ max: 6 }), from: fc.nat({ max: 1_400 }), length: fc.integer({ min: 1, max: 40 }) })
        .map(({ day, from, length }) => ({ day, from, to: from + length })),
      { minLength: 1, maxLength: 4 },
    ),
  }),
);

export const wishes: fc.Arbitrary<Wishes> = fc.record({
  levels,
  topics: fc.subarray(["topic-a", "topic-b", "topic-c"]),
  minutes: fc.constantFrom<Wishes["minutes"]>([25], [40], [25, 40]),
  language: fc.constantFrom("en", "en", "en", "de"),
  when: whens,
});

export type Step =
  | {
      readonly do: "enter";
      readonly who: number;
      readonly address: number;
      readonly wishes: Wishes;
      readonly resumes?: boolean;
    }
  | { readonly do: "answer"; readonly who: number; readonly accepts: boolean; readonly both: boolean }
  | { readonly do: "leave" | "break" | "back" | "block"; readonly who: number }
  | { readonly do: "widen"; readonly who: number; readonly by: number }
  | { readonly do: "wait"; readonly ms: number };

const PEOPLE = 12;
const who = fc.nat({ max: PEOPLE - 1 });
const arrival: fc.Arbitrary<Step> = fc.record({
  do: fc.constant("enter" as const),
  who,
  address: fc.nat({ max: 3 }),
  wishes,
  resumes: fc.boolean(),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: arrival },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("answer" as const),
      who,
      accepts: fc.nat({ max: 4 }).map((n) => n > 0),
      both: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom("leave" as const, "break" as const, "back" as const, "block" as const),
      who,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("widen" as const), who, by: fc.nat({ max: 2 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("wait" as const),
      ms: fc.oneof(
        { weight: 20, arbitrary: fc.integer({ min: 0, max: 40 * SECOND }) },
        { weight: 10, arbitrary: fc.integer({ min: MINUTE, max: 40 * MINUTE }) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 16 * 1_440 * MINUTE }) },
      ),
    }),
  },
);

/** Courses of a queue: arrivals, answers, departures, broken lines, blocks, and time that passes. */
export const queueCourses = (most: number): fc.Arbitrary<Step[]> =>
  fc.array(step, { minLength: most / 4, maxLength: most });

export function playStep(queue: TestQueue, step: Step): void {
  if (step.do === "wait") return void queue.wait(step.ms);
  const id = browser(step.who);
  switch (step.do) {
    case "enter": {
      const last = [...queue.state.pairs.values()].findLast((pair) => otherOf(pair, id) !== undefined);
      const rest = step.resumes && last ? { rest: { pairId: last.pairId, first: "answer" as const } } : {};
      queue.act(id, { type: "enter", name: nameOf(id), wishes: step.wishes, ...rest }, `address ${step.address}`);
      break;
    }
    case "answer": {
      const offer = [...queue.state.offers.values()][step.who % Math.max(1, queue.state.offers.size)];
      if (!offer) return;
      const { offerId } = offer;
      const type = step.accepts ? ("accept" as const) : ("decline" as const);
      for (const one of step.both ? [offer.one, offer.two] : [offer.one]) queue.act(one, { type, offerId });
      break;
    }
    case "leave":
      queue.act(id, { type: "leave" });
      break;
    case "break":
      queue.lineBreaks(id);
      break;
    case "back":
      queue.lineIsBack(id);
      break;
    case "block": {
      const pair = [...queue.state.pairs.values()][step.who % Math.max(1, queue.state.pairs.size)];
      if (pair) queue.act(step.who % 2 === 0 ? pair.one : pair.two, { type: "block", pairId: pair.pairId });
      break;
    }
    case "widen":
      queue.act(id, { type: "widen", by: WIDENINGS[step.by] ?? "levels" });
      break;
    default:
      step satisfies never;
  }
  queue.wait();
}

export function played(course: readonly Step[]): TestQueue {
  const queue = new TestQueue();
  for (const step of course) playStep(queue, step);
  return queue;
}

/** Courses in which many come who fit each other better than whoever waits, and all accept: a crowd that passes over. */
export const crowdedCourses: fc.Arbitrary<Step[]> = fc
  .array(
    fc.record({
      topics: fc.subarray(["topic-a", "topic-b", "topic-c", "topic-d"], { minLength: 2, maxLength: 2 }),
      ms: fc.integer({ min: 0, max: 20 * SECOND }),
    }),
    { minLength: 10, maxLength: 60 },
  )
  .map((crowd) =>
    crowd.flatMap(({ topics, ms }, index): Step[] => [
      { do: "enter", who: index, address: index, wishes: wishesFor({ topics }) },
      { do: "answer", who: 0, accepts: true, both: true },
      { do: "wait", ms },
    ]),
  );
