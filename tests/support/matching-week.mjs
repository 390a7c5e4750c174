import { decideSeeker, passTime } from "@whetstone/shared/practice/matching/decide";
import { fit as fitOf } from "@whetstone/shared/practice/matching/fit";
import { EMPTY_QUEUE, evolve } from "@whetstone/shared/practice/matching/state";
import { clockOf } from "@whetstone/shared/practice/matching/zone";

/** A seeded week of people who look for a partner, and its course through the real queue. Types stand in `matching-week.d.ts`. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Monday in the first hours of which Europe and America have their usual time. */
const WEEK_START = Date.UTC(2026, 0, 5);
/** How often the queue is told that time has passed. */
const STEP = 10 * SECOND;

const NO_SHOWS = 0.08;
const LEAVERS = 0.05;
const WITH_HOURS = 0.1;
/** So many of the pairs end in a block by one of them. */
const BLOCKS = 0.01;

/** Language, zone, and the share of people. */
const PLACES = [
  ["en", "America/New_York", 0.2],
  ["en", "America/Los_Angeles", 0.1],
  ["en", "Europe/London", 0.1],
  ["en", "Asia/Kolkata", 0.15],
  ["de", "Europe/Berlin", 0.12],
  ["es", "Europe/Madrid", 0.06],
  ["es", "America/Mexico_City", 0.06],
  ["fr", "Europe/Paris", 0.08],
  ["pt", "America/Sao_Paulo", 0.07],
  ["ja", "Asia/Tokyo", 0.06],
];
const LEVELS = [
  ["foundation", 0.3],
  ["working", 0.4],
  ["advanced", 0.22],
  ["research", 0.08],
];
const TOPICS = [
  ["neural-network-basics", 0.2],
  ["training-and-optimisation", 0.16],
  ["transformers-and-attention", 0.16],
  ["convolutional-networks", 0.1],
  ["evaluation-and-interpretation", 0.1],
  ["frameworks-and-deployment", 0.08],
  ["generative-and-unsupervised-models", 0.07],
  ["computer-vision", 0.05],
  ["reinforcement-learning", 0.04],
  ["ethics-privacy-and-security", 0.04],
];
const MINUTES = [
  [[25], 0.45],
  [[40], 0.3],
  [[25, 40], 0.25],
];
/** How many come in each hour of their own day. */
const HOURS = [2, 1, 1, 1, 1, 1, 3, 5, 7, 8, 8, 8, 9, 8, 8, 8, 9, 11, 14, 16, 16, 13, 8, 4].map((many, hour) => [
  hour,
  many / 170,
]);

/** Numbers from 0 up to but not including 1 (mulberry32, T. Ettinger, 2017, public domain). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function weighted(random, choices) {
  let left = random();
  for (const choice of choices) {
    left -= choice.at(-1);
    if (left < 0) return choice;
  }
  return choices.at(-1);
}

/** People, of whom most come more than once a week. */
function peopleOf(random, count) {
  return Array.from({ length: count }, (_, index) => {
    const [language, zone] = weighted(random, PLACES);
    const [level] = weighted(random, LEVELS);
    return { seekerId: `b_${String(index).padStart(12, "0")}`, language, zone, level, clock: clockOf(zone) };
  });
}

function wishesOf(random, { level, language }) {
  const order = LEVELS.map(([name]) => name);
  const neighbour = order[order.indexOf(level) + (random() < 0.5 ? -1 : 1)];
  const levels = random() < 0.3 && neighbour ? [level, neighbour] : [level];
  const topics = new Set();
  if (random() > 0.3) {
    const many = 1 + Math.floor(random() * 4);
    while (topics.size < many) topics.add(weighted(random, TOPICS)[0]);
  }
  return { levels, topics: [...topics], minutes: weighted(random, MINUTES)[0], language, when: { kind: "now" } };
}

/** Those hours of the person's day, two of them, that begin within three hours of the moment. */
function hoursAfter(random, { zone, clock }, at) {
  const shown = clock(at) + Math.ceil(random() * 6) * 30 * MINUTE;
  const begins = Math.ceil(shown / (30 * MINUTE)) * 30 * MINUTE;
  const from = (begins % DAY) / MINUTE;
  const to = Math.min(from + 120, 1_440);
  const day = (Math.floor(begins / DAY) + 3) % 7;
  return { when: { kind: "hours", zone, hours: [{ day, from, to }] }, opensAt: at + (begins - clock(at)) };
}

/** So many arrivals over one week, in their order. */
export function weekOf(seed, count) {
  const random = seeded(seed);
  const people = peopleOf(random, Math.ceil(count * 0.4));
  const here = new Map();
  const moments = Array.from({ length: count }, () => {
    const person = people[Math.floor(random() * people.length)];
    const [hour] = weighted(random, HOURS);
    const shown = WEEK_START + Math.floor(random() * 7) * DAY + (hour + random()) * HOUR;
    return { person, at: Math.round(shown - (person.clock(shown) - shown)) };
  });
  return moments
    .sort((one, other) => one.at - other.at)
    .flatMap(({ person, at }) => {
      const chance = { noShow: random(), leaver: random(), hours: random(), stay: random(), answer: random() };
      const wishes = wishesOf(random, person);
      const later = chance.hours < WITH_HOURS ? hoursAfter(random, person, at) : null;
      const opensAt = later?.opensAt ?? at;
      const stays = chance.leaver < LEAVERS ? 1 + chance.stay * 9 : 20 + chance.stay * 70;
      const leavesAt = Math.round(opensAt + stays * MINUTE);
      // One browser waits once at a time.
      if ((here.get(person.seekerId) ?? 0) >= at) return [];
      here.set(person.seekerId, leavesAt + MINUTE);
      return [
        {
          seekerId: person.seekerId,
          at,
          opensAt,
          leavesAt,
          isNoShow: chance.noShow < NO_SHOWS,
          isLeaver: chance.leaver < LEAVERS,
          answersIn: Math.round((2 + chance.answer * 10) * SECOND),
          wishes: later ? { ...wishes, when: later.when } : wishes,
        },
      ];
    });
}

/**
 * Plays a week through the queue. `bringTogether` stands in the place of the matching; `onEvents` sees what happens, with the state before.
 */
export function play(arrivals, seed, { bringTogether, onEvents } = {}) {
  const random = seeded(seed);
  let state = EMPTY_QUEUE;
  let made = 0;
  const course = { pairs: [], waits: [], left: new Map(), offers: 0, noShows: 0, inTwo: 0 };
  const current = new Map();
  const agenda = new Agenda();
  const later = (at, act) => agenda.add(at, act);
  const newId = (prefix) => `${prefix}_${String(++made).padStart(12, "0")}`;
  const happen = (events, now) => {
    onEvents?.(state, events, now);
    for (const event of events) {
      if (event.type === "offered") {
        course.offers += 1;
        for (const id of [event.one, event.two]) {
          const { isNoShow, answersIn } = current.get(id);
          if (!isNoShow) later(now + answersIn, (at) => tell(id, { type: "accept", offerId: event.offerId }, at));
        }
      } else if (event.type === "made") pair(event, state.offers.get(event.offerId), now);
      else if (event.type === "left") {
        course.left.set(current.get(event.seekerId), event.why);
        if (event.why === "no_show") course.noShows += 1;
      }
      state = evolve(state, event);
    }
  };
  const pair = ({ pairId, at }, { one, two, fit: how }, now) => {
    const both = [one, two].map((id) => current.get(id));
    for (const one of both) {
      if (one.pairedAt !== undefined) course.inTwo += 1;
      one.pairedAt = now;
    }
    course.pairs.push({ both, fit: how, at });
    for (const { opensAt } of both) course.waits.push(at - opensAt);
    if (random() < BLOCKS) later(now, (at) => tell(one, { type: "block", pairId }, at));
    // They go to their room.
    for (const id of [one, two]) later(now, (at) => tell(id, { type: "leave" }, at));
  };
  const tell = (seekerId, command, now) => {
    const decision = decideSeeker(state, { seekerId, address: seekerId }, command, { now, newId, placesPerAddress: 1 });
    if ("events" in decision) happen(decision.events, now);
    return decision;
  };
  for (const arrival of arrivals.map((one) => ({ ...one }))) {
    later(arrival.at, (now) => {
      current.set(arrival.seekerId, arrival);
      const entered = tell(arrival.seekerId, { type: "enter", name: "Somebody", wishes: arrival.wishes }, now);
      if ("refusal" in entered) throw new Error(`${arrival.seekerId}: ${entered.refusal.sentence}`);
    });
    later(arrival.leavesAt, (now) => {
      if (arrival.pairedAt === undefined) tell(arrival.seekerId, { type: "leave" }, now);
    });
  }
  let now = arrivals[0]?.at ?? 0;
  while (!agenda.isEmpty || state.offers.size > 0) {
    if (state.list.length === 0) now = Math.max(now, agenda.next);
    agenda.runUntil(now);
    if (state.list.length > 0) happen(passTime(state, { now, newId }, bringTogether), now);
    now += STEP;
  }
  return { ...course, state };
}

/** What is to be done at which moment; a binary heap. */
class Agenda {
  #heap = [];
  #added = 0;

  get isEmpty() {
    return this.#heap.length === 0;
  }

  get next() {
    return this.#heap[0]?.at ?? Infinity;
  }

  add(at, act) {
    const heap = this.#heap;
    heap.push({ at, order: this.#added++, act });
    for (let place = heap.length - 1; place > 0; ) {
      const above = (place - 1) >> 1;
      if (isBefore(heap[above], heap[place])) break;
      [heap[above], heap[place]] = [heap[place], heap[above]];
      place = above;
    }
  }

  runUntil(now) {
    while (this.next <= now) {
      const { at, act } = this.#take();
      act(at);
    }
  }

  #take() {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length > 0) {
      heap[0] = last;
      for (let place = 0; ; ) {
        const [left, right] = [2 * place + 1, 2 * place + 2];
        let least = place;
        if (left < heap.length && isBefore(heap[left], heap[least])) least = left;
        if (right < heap.length && isBefore(heap[right], heap[least])) least = right;
        if (least === place) break;
        [heap[least], heap[place]] = [heap[place], heap[least]];
        place = least;
      }
    }
    return first;
  }
}

const isBefore = (one, other) => one.at < other.at || (one.at === other.at && one.order < other.order);

/** First come, first served: each in the order of the list gets the first who fits, at the same widening and with the same blocks. */
export function firstComeFirstServed({ isReady, mayMeet, fitNow }) {
  return (state, now) => {
    const free = state.list.map((id) => state.seekers.get(id)).filter((one) => isReady(one, now));
    const taken = new Set();
    return free.flatMap((one, place) => {
      if (taken.has(one)) return [];
      for (const two of free.slice(place + 1)) {
        if (taken.has(two) || !mayMeet(state, one, two)) continue;
        const how = fitNow(one, two, now);
        if (how === null) continue;
        taken.add(one).add(two);
        return [{ one: one.seekerId, two: two.seekerId, fit: how.total, passedOver: [] }];
      }
      return [];
    });
  };
}

/**
 * Who knows the whole week: the heaviest matching of those who will show up, where two can be paired from the later one's coming until the
 * earlier one's going. `worth` is what a pair counts, by its fit and by how long both waited. Whoever has many to choose from keeps the best
 * `NEIGHBOURS`; the week of each language is cut where it is quietest into pieces of some `PIECE` people, so that it can be computed: what it
 * reaches is a little below the best there is. It knows nothing of blocks and of partners of late, and asks nobody whether they accept.
 */
export function clairvoyant(arrivals, blossom, worth = ({ fit: how }) => how) {
  const course = { pairs: [], waits: [], cut: 0 };
  for (const language of new Set(arrivals.map(({ wishes }) => wishes.language))) {
    const there = arrivals.filter((one) => !one.isNoShow && one.wishes.language === language);
    there.sort((one, other) => one.opensAt - other.opensAt);
    const { edges, cut } = edgesOf(there, worth);
    course.cut += cut;
    if (edges.length === 0) continue;
    for (const piece of componentsOf(edges)) {
      const ids = [...new Set(piece.flatMap(({ one, two }) => [one, two]))];
      const index = new Map(ids.map((id, place) => [id, place]));
      const mates = blossom(
        piece.map(({ one, two, worth: weight }) => [index.get(one), index.get(two), Math.round(weight * 10_000)]),
      );
      for (const { one, two, fit: how, at } of piece) {
        if (mates[index.get(one)] !== index.get(two)) continue;
        course.pairs.push({ fit: how });
        course.waits.push(at - there[one].opensAt, at - there[two].opensAt);
      }
    }
  }
  return course;
}

const NEIGHBOURS = 14;
const PIECE = 450;

function edgesOf(there, worth) {
  const all = there.map(() => []);
  const cuts = cutsOf(there);
  let cut = 0;
  let open = [];
  for (const [two, later] of there.entries()) {
    open = open.filter((one) => there[one].leavesAt > later.opensAt);
    for (const one of open) {
      const how = fitOf(there[one].wishes, later.wishes).total;
      const at = later.opensAt;
      const weight = how > 0 ? worth({ fit: how, waits: [at - there[one].opensAt, 0] }) : 0;
      if (weight <= 0 || there[one].seekerId === later.seekerId) continue;
      if (cuts[one] !== cuts[two]) {
        cut += 1;
        continue;
      }
      const edge = { one, two, fit: how, at, worth: weight };
      all[one].push(edge);
      all[two].push(edge);
    }
    open.push(two);
  }
  const kept = new Set(
    all.flatMap((edges) => edges.sort((one, other) => other.worth - one.worth).slice(0, NEIGHBOURS)),
  );
  return { edges: [...kept], cut };
}

/** For each person the piece of the week that they are in: it ends at the longest gap between arrivals past `PIECE` people. */
function cutsOf(there) {
  const pieces = [];
  let piece = 0;
  let begins = 0;
  while (begins < there.length) {
    const first = begins + PIECE;
    let ends = there.length;
    if (first + PIECE / 2 < there.length) {
      ends = first;
      for (let place = first; place < first + PIECE / 2; place++) {
        if (gapBefore(there, place) > gapBefore(there, ends)) ends = place;
      }
    }
    for (let place = begins; place < ends; place++) pieces.push(piece);
    piece += 1;
    begins = ends;
  }
  return pieces;
}

const gapBefore = (there, place) => there[place].opensAt - there[place - 1].opensAt;

/** The edges by what hangs together. */
function componentsOf(edges) {
  const root = new Map();
  const find = (id) => {
    let top = id;
    while (root.has(top)) top = root.get(top);
    if (top !== id) root.set(id, top);
    return top;
  };
  for (const { one, two } of edges) {
    const [a, b] = [find(one), find(two)];
    if (a !== b) root.set(a, b);
  }
  return [...grouped(edges, ({ one }) => find(one))];
}

function grouped(values, keyFor) {
  const groups = new Map();
  for (const value of values) {
    const key = keyFor(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups.values();
}
