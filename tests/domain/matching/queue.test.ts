import assert from "node:assert/strict";
import { agreedWishes } from "@whetstone/shared/practice/matching/agreed";
import { pairFailed } from "@whetstone/shared/practice/matching/decide";
import { ACCEPT_WITHIN, isReady, keyOf, type QueueState } from "@whetstone/shared/practice/matching/state";
import type { Wishes } from "@whetstone/shared/practice/matching/wishes";
import { PeerWishes } from "@whetstone/shared/room/peers/commands";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../support/courses.ts";
import {
  browser,
  crowdedCourses,
  fittingIn,
  MINUTE,
  metOfLate,
  nameOf,
  played,
  playStep,
  queueCourses,
  SECOND,
  TestQueue,
  wishesFor,
} from "../../support/queue.ts";

const [A, B, C, D, E] = [0, 1, 2, 3, 4].map(browser) as [string, string, string, string, string];

/** What must be true of every state, whatever happened. */
function expectWhole({ seekers, list, offers, pairs }: QueueState): void {
  expect(new Set(list).size).toBe(list.length);
  for (const { seekerId, offerId, pairId } of seekers.values()) {
    // Whoever is here either waits, in the list once, or has a partner.
    expect(list.includes(seekerId)).toBe(pairId === null);
    if (pairId !== null) expect(offerId).toBeNull();
    if (offerId === null) continue;
    const offer = offers.get(offerId) ?? assert.fail("There is no such offer.");
    expect([offer.one, offer.two]).toContain(seekerId);
  }
  expect(list.every((id) => seekers.has(id))).toBe(true);
  const offered = [...offers.values()].flatMap(({ one, two }) => [one, two]);
  expect(new Set(offered).size).toBe(offered.length);
  for (const { offerId, one, two } of offers.values()) {
    expect([one, two].map((id) => seekers.get(id)?.offerId)).toEqual([offerId, offerId]);
  }
  const paired = [...seekers.values()].flatMap(({ seekerId, pairId }) =>
    pairId === null ? [] : [[seekerId, pairId] as const],
  );
  for (const [seekerId, pairId] of paired) {
    const pair = pairs.get(pairId);
    if (pair) expect([pair.one, pair.two]).toContain(seekerId);
  }
}

describe("in every course of the queue", () => {
  test("nobody is in two pairs or offers, and nobody is lost", () => {
    fc.assert(
      fc.property(queueCourses(80), (course) => {
        const queue = new TestQueue();
        for (const step of course) {
          playStep(queue, step);
          expectWhole(queue.state);
        }
        // Whoever entered is here, or left for a reason that was said.
        const entered = queue.all("entered").length;
        const left = queue.all("left").length;
        const again = queue.all("entered").filter(({ before, event }) => before.seekers.has(event.seekerId)).length;
        expect(queue.state.seekers.size).toBe(entered - left - again);
      }),
      propertyRuns(200),
    );
  });

  test("only two who both accepted in time become a pair", () => {
    fc.assert(
      fc.property(queueCourses(80), (course) => {
        const queue = played(course);
        for (const { before, event, at } of queue.all("made")) {
          const offer = before.offers.get(event.offerId) ?? assert.fail("There is no such offer.");
          expect(offer.accepted.toSorted()).toEqual([offer.one, offer.two].toSorted());
          expect(at).toBeLessThan(offer.at + ACCEPT_WITHIN);
        }
        for (const { at } of queue.state.offers.values()) expect(queue.now).toBeLessThan(at + ACCEPT_WITHIN);
      }),
      propertyRuns(150),
    );
  });

  test("whoever is not at fault for an offer that came to nothing is at the head of the list, since when they were", () => {
    fc.assert(
      fc.property(queueCourses(80), (course) => {
        for (const { before, event, at } of played(course).all("withdrawn")) {
          const offer = before.offers.get(event.offerId) ?? assert.fail("There is no such offer.");
          const queue = new TestQueue();
          queue.state = before;
          queue.now = at;
          queue.take([event]);
          const free = [offer.one, offer.two].filter((id) => !event.atFault.includes(id));
          expect(queue.state.list.slice(0, free.length).toSorted()).toEqual(free.toSorted());
          for (const id of free) expect(queue.state.seekers.get(id)?.since).toBe(before.seekers.get(id)?.since);
          if (event.why === "lapsed") expect(free.toSorted()).toEqual(offer.accepted.toSorted());
        }
      }),
      propertyRuns(150),
    );
  });

  test.each([
    ["any", queueCourses(160)],
    ["a crowded", crowdedCourses],
  ])("the longest waiter is passed over by three who fit and no more, in %s course", (_, courses) => {
    fc.assert(
      fc.property(courses, (course) => {
        const passed = new Map<string, number>();
        for (const { before, event, at } of played(course).happened) {
          if (event.type === "entered") passed.delete(event.seekerId);
          if (event.type !== "offered") continue;
          const both = [event.one, event.two];
          const place = Math.min(...both.map((id) => before.list.indexOf(id)));
          for (const given of both) {
            const [longest] = fittingIn(before, given, at);
            if (longest === undefined || before.list.indexOf(longest) >= place) continue;
            passed.set(longest, (passed.get(longest) ?? 0) + 1);
          }
          expect(Math.max(0, ...passed.values())).toBeLessThanOrEqual(3);
        }
      }),
      propertyRuns(200),
    );
  });

  test("whoever was passed over by as many as may be gets the next who fits", () => {
    fc.assert(
      fc.property(crowdedCourses, (course) => {
        const queue = new TestQueue();
        for (const step of course) {
          playStep(queue, step);
          const due = [...queue.state.seekers.values()].filter((one) => one.passedOver >= 3 && isReady(one, queue.now));
          for (const { seekerId } of due) expect(fittingIn(queue.state, seekerId, queue.now)).toEqual([]);
        }
      }),
      propertyRuns(100),
    );
  });

  test("partners of the last two weeks come last: never while another fits either of them", () => {
    fc.assert(
      fc.property(queueCourses(160), (course) => {
        for (const { before, event, at } of played(course).all("offered")) {
          if (!metOfLate(before, event.one, event.two, at)) continue;
          expect([event.one, event.two].map((id) => fittingIn(before, id, at))).toEqual([[], []]);
        }
      }),
      propertyRuns(300),
    );
  });

  test("two of whom one blocked the other never meet", () => {
    fc.assert(
      fc.property(queueCourses(120), (course) => {
        const blocked = new Set<string>();
        const queue = played(course);
        for (const { before, event } of queue.happened) {
          if (event.type === "blocked") blocked.add(keyOf(event.one, event.two));
          if (event.type === "offered") expect(blocked).not.toContain(keyOf(event.one, event.two));
          if (event.type !== "made") continue;
          const offer = before.offers.get(event.offerId) ?? assert.fail("There is no such offer.");
          expect(blocked).not.toContain(keyOf(offer.one, offer.two));
        }
      }),
      propertyRuns(200),
    );
  });

  test("a browser sees what it would if nobody were there whom it blocked or who blocked it", () => {
    fc.assert(
      fc.property(queueCourses(80), (course) => {
        const queue = played(course);
        for (const key of queue.state.blocks) {
          const [one = "", two = ""] = key.split(" ");
          for (const [viewer, other] of [
            [one, two],
            [two, one],
          ] as const) {
            const seeker = queue.state.seekers.get(other);
            // Whom somebody has an own pair or offer with is there for them, and was chosen before the block.
            if (!seeker || seeker.pairId !== null) continue;
            const seekers = new Map(queue.state.seekers);
            seekers.delete(other);
            const alone = { ...queue.state, seekers, list: queue.state.list.filter((id) => id !== other) };
            expect(queue.view(viewer)).toEqual(queue.view(viewer, alone));
          }
        }
      }),
      propertyRuns(300),
    );
  });

  test("no name is shown to anybody but the partner, and to them once both have accepted", () => {
    fc.assert(
      fc.property(queueCourses(60), (course) => {
        const queue = new TestQueue();
        for (const step of course) {
          playStep(queue, step);
          for (const { seekerId, pairId } of queue.state.seekers.values()) {
            const shown = JSON.stringify(queue.view(seekerId));
            const partners = [...queue.state.seekers.values()].filter(
              (other) => pairId !== null && other.pairId === pairId,
            );
            for (const { seekerId: other } of queue.state.seekers.values()) {
              const isPartner = other !== seekerId && partners.some((one) => one.seekerId === other);
              expect(shown.includes(nameOf(other))).toBe(isPartner);
              if (!isPartner) expect(shown).not.toContain(other);
            }
          }
        }
      }),
      propertyRuns(100),
    );
  });

  test("what a page says of how many fit and would fit is true", () => {
    fc.assert(
      fc.property(queueCourses(60), (course) => {
        const queue = played(course);
        for (const { seekerId, offerId, pairId } of queue.state.seekers.values()) {
          const view = queue.view(seekerId);
          if (offerId !== null || pairId !== null) continue;
          if (view.kind !== "waiting") return assert.fail("Whoever has no offer waits.");
          const others = (state: QueueState) => {
            const again = new TestQueue();
            again.state = { ...state, pairs: new Map() };
            return fittingIn(again.state, seekerId, queue.now);
          };
          const fitting = others(queue.state);
          const place = queue.state.list.indexOf(seekerId);
          expect(view.fitting).toBe(fitting.length);
          expect(view.ahead).toBe(fitting.filter((id) => queue.state.list.indexOf(id) < place).length);
          for (const { by, more } of view.widenings) {
            const wider = new TestQueue();
            wider.state = queue.state;
            wider.take([{ type: "widened", seekerId, by }]);
            expect(more).toBe(others(wider.state).length - fitting.length);
          }
        }
      }),
      propertyRuns(150),
    );
  });

  test("nobody starves: whoever waits for an hour has nobody who fits and has too", () => {
    fc.assert(
      fc.property(queueCourses(80), (course) => {
        const queue = played(course);
        queue.wait();
        const ready = queue.state.list.filter((id) => {
          const seeker = queue.state.seekers.get(id);
          return (
            seeker && isReady(seeker, queue.now) && seeker.openings === null && seeker.since <= queue.now - 60 * MINUTE
          );
        });
        for (const id of ready) expect(fittingIn(queue.state, id, queue.now)).toEqual([]);
      }),
      propertyRuns(200),
    );
  });

  test("a browser holds one place, and an address four", () => {
    fc.assert(
      fc.property(queueCourses(80), (course) => {
        const queue = new TestQueue();
        for (const step of course) {
          playStep(queue, step);
          const waiting = [...queue.state.seekers.values()].filter(({ pairId }) => pairId === null);
          const counts = new Map<string, number>();
          for (const { address } of waiting) counts.set(address, (counts.get(address) ?? 0) + 1);
          expect(Math.max(0, ...counts.values())).toBeLessThanOrEqual(4);
        }
        const twice = queue.all("entered").filter(({ before, event }) => before.list.includes(event.seekerId));
        expect(twice).toEqual([]);
      }),
      propertyRuns(150),
    );
  });
});

describe("an offer", () => {
  test("is brought to two who fit, without names, and makes a pair once both have accepted", () => {
    const queue = new TestQueue();
    queue.enter(A);
    queue.enter(B);
    queue.wait();
    const offerId = queue.offerTo(A) ?? assert.fail("A has no offer.");
    const common = { levels: ["working"], topics: [], minutes: [25] };
    expect(queue.view(B)).toEqual({
      kind: "offered",
      offerId,
      endsAt: queue.now + 30 * SECOND,
      accepted: false,
      common,
    });
    queue.must(A, { type: "accept", offerId });
    expect(queue.view(A)).toMatchObject({ kind: "offered", accepted: true });
    expect(queue.view(B)).toMatchObject({ kind: "offered", accepted: false });
    queue.must(B, { type: "accept", offerId });
    expect(queue.view(A)).toMatchObject({ kind: "paired", partner: nameOf(B) });
    expect(queue.view(B)).toMatchObject({ kind: "paired", partner: nameOf(A) });
    expect(queue.state.list).toEqual([]);
  });

  test("that lapses sends away who did not answer, and the other to the head of the list with their time", () => {
    const queue = new TestQueue();
    queue.enter(C, { language: "de" });
    queue.wait(MINUTE);
    queue.enter(A);
    queue.enter(B);
    queue.wait();
    queue.must(A, { type: "accept", offerId: queue.offerTo(A) ?? "" });
    queue.wait(30 * SECOND);
    expect(queue.state.list).toEqual([A, C]);
    expect(queue.view(B)).toEqual({
      kind: "out",
      waiting: [
        { language: "en", people: 1 },
        { language: "de", people: 1 },
      ],
      usual: [],
    });
    expect(queue.view(A)).toMatchObject({ kind: "waiting", since: queue.now - 30 * SECOND });
    queue.enter(D);
    queue.wait();
    expect(queue.view(D).kind).toBe("offered");
    expect(queue.offerTo(A)).toBe(queue.offerTo(D));
  });

  test("is over after 30 seconds for whoever accepts then, and for a stranger always", () => {
    const queue = new TestQueue();
    queue.enter(A);
    queue.enter(B);
    queue.enter(C, { language: "de" });
    queue.wait();
    const offerId = queue.offerTo(A) ?? assert.fail("A has no offer.");
    queue.act(C, { type: "accept", offerId });
    queue.now += 30 * SECOND;
    queue.act(A, { type: "accept", offerId });
    queue.act(E, { type: "accept", offerId });
    expect(queue.refused).toEqual(["offer_over", "offer_over", "not_waiting"]);
  });

  test("that is declined costs neither their place, and the two are not brought together again", () => {
    const queue = new TestQueue();
    queue.enter(A);
    queue.enter(B);
    queue.wait();
    queue.must(A, { type: "decline", offerId: queue.offerTo(A) ?? "" });
    queue.wait(60 * MINUTE);
    expect(queue.state.list).toEqual([B, A]);
    expect(queue.all("offered")).toHaveLength(1);
  });
});

describe("a pair", () => {
  test("for whom no room could be opened waits again, at the head of the list since when they did", () => {
    const queue = new TestQueue();
    queue.enter(C, { language: "de" });
    queue.enter(A);
    queue.enter(B);
    queue.wait(MINUTE);
    const pairId = queue.acceptBoth(A, B);
    queue.take(pairFailed(queue.state, pairId));
    expect(queue.state.list).toEqual([A, B, C]);
    expect(queue.view(A)).toMatchObject({ kind: "waiting", since: queue.now - MINUTE });
    queue.wait();
    expect(queue.offerTo(A)).toBe(queue.offerTo(B));
    expect(queue.offerTo(A)).not.toBeNull();
    expect(pairFailed(queue.state, pairId)).toEqual([]);
  });
});

describe("the rest of a practice whose partner has gone", () => {
  const rested = () => {
    const queue = new TestQueue();
    queue.enter(A);
    queue.enter(B);
    queue.wait();
    const pairId = queue.acceptBoth(A, B);
    for (const id of [C, D]) queue.enter(id, { language: id === C ? "de" : "fr" });
    return { queue, rest: { pairId, first: "answer" as const } };
  };

  test("is looked for at the head of the list, once for each of the two", () => {
    const { queue, rest } = rested();
    queue.enter(A, {}, rest);
    queue.enter(B, {}, rest);
    expect(queue.state.list).toEqual([B, A, C, D]);
    for (const id of [A, B]) queue.must(id, { type: "leave" });
    queue.enter(A, {}, rest);
    expect(queue.state.list).toEqual([C, D, A]);
    expect(queue.state.seekers.get(A)?.rest).toBeNull();
  });

  test("is nobody else's, and over after three hours", () => {
    const { queue, rest } = rested();
    queue.enter(E, {}, rest);
    expect(queue.state.list).toEqual([C, D, E]);
    queue.must(E, { type: "leave" });
    queue.now += 180 * MINUTE;
    queue.enter(A, {}, rest);
    expect(queue.state.list).toEqual([C, D, A]);
  });
});

describe("who does not look yet", () => {
  test("is told how many wait by language, and nobody of whom they blocked", () => {
    const queue = new TestQueue();
    queue.enter(A);
    queue.enter(B);
    queue.wait();
    const pairId = queue.acceptBoth(A, B);
    queue.must(A, { type: "block", pairId });
    queue.enter(B);
    queue.enter(C, { language: "de" });
    queue.enter(D, { language: "de", levels: ["research"] });
    queue.must(A, { type: "leave" });
    const seen = (id: string) => queue.view(id);
    expect(seen(A)).toEqual({ kind: "out", waiting: [{ language: "de", people: 2 }], usual: [] });
    expect(seen(E)).toMatchObject({
      waiting: [
        { language: "de", people: 2 },
        { language: "en", people: 1 },
      ],
    });
  });
});

describe("what the room of two is opened with", () => {
  test.each([
    ["what both wish for", {}, {}, { levels: ["working"], topics: [], minutes: 25 }],
    [
      "both levels and topics where they share none, and the shorter length",
      { levels: ["advanced"], topics: ["a"], minutes: [40] },
      { topics: ["b"], minutes: [25] },
      { levels: ["working", "advanced"], topics: ["a", "b"], minutes: 25 },
    ],
    ["the topics of whoever named some", { topics: ["a"] }, {}, { levels: ["working"], topics: ["a"], minutes: 25 }],
    [
      "what both have of several",
      { levels: ["foundation", "working"], minutes: [25, 40] },
      { levels: ["working", "advanced"], minutes: [40] },
      { levels: ["working"], topics: [], minutes: 40 },
    ],
  ] as const)("%s", (_, one, other, agreed) => {
    const both = [wishesFor(one as Partial<Wishes>), wishesFor(other as Partial<Wishes>)] as const;
    expect(agreedWishes(...both)).toEqual({ ...agreed, kitId: null });
    expect(PeerWishes.parse(agreedWishes(both[1], both[0]))).toEqual({
      ...agreed,
      topics: expect.arrayContaining([...agreed.topics]),
      kitId: null,
    });
  });
});

describe("a place", () => {
  test("is kept for a minute after the line broke, and nobody is offered to an empty chair", () => {
    const queue = new TestQueue();
    queue.enter(A);
    queue.lineBreaks(A);
    queue.enter(B);
    queue.wait(59 * SECOND);
    expect(queue.all("offered")).toEqual([]);
    queue.lineIsBack(A);
    queue.wait();
    expect(queue.offerTo(A)).not.toBeNull();
    queue.enter(C, { language: "de" });
    queue.lineBreaks(C);
    queue.wait(59 * SECOND);
    expect(queue.view(C).kind).toBe("waiting");
    queue.wait(SECOND);
    expect(queue.view(C)).toEqual({ kind: "out", waiting: [], usual: [] });
    expect(queue.all("left").find(({ event }) => event.seekerId === C)?.event.why).toBe("line");
  });

  test("is one for a browser and four for an address; whoever has a partner takes none", () => {
    const queue = new TestQueue();
    const enter = (id: string, language: string) =>
      queue.act(id, { type: "enter", name: "Ann", wishes: { ...anyWishes, language } }, "one address");
    for (const [index, id] of [A, B, C, D].entries()) enter(id, ["en", "en", "de", "fr"][index] ?? "en");
    enter(A, "en");
    enter(E, "es");
    expect(queue.refused).toEqual(["already_waiting", "address_waits"]);
    queue.wait();
    queue.acceptBoth(A, B);
    enter(E, "es");
    expect(queue.view(E).kind).toBe("waiting");
  });
});

const anyWishes = { levels: ["working" as const], topics: [], minutes: [25 as const], when: { kind: "now" as const } };

describe("partners of late", () => {
  test("meet again when nobody else fits and they have waited, and at once after two weeks", () => {
    const queue = new TestQueue();
    const meet = () => {
      queue.enter(A);
      queue.enter(B);
      queue.wait();
    };
    meet();
    queue.acceptBoth(A, B);
    meet();
    expect(queue.state.offers.size).toBe(0);
    queue.wait(40 * MINUTE);
    expect(queue.state.offers.size).toBe(1);
    queue.acceptBoth(A, B);
    queue.wait(14 * 1_440 * MINUTE);
    meet();
    expect(queue.state.offers.size).toBe(1);
  });
});

test("a partner of late is not brought again while another fits, however much worse", () => {
  const queue = new TestQueue();
  const enter = () => {
    queue.enter(A, { topics: ["topic-a"] });
    queue.enter(B, { topics: ["topic-a"] });
  };
  enter();
  queue.wait();
  queue.acceptBoth(A, B);
  enter();
  queue.enter(C, { levels: ["advanced"], topics: ["topic-b"] });
  queue.wait(26 * MINUTE);
  expect(queue.state.offers.size).toBe(0);
  queue.wait(4 * MINUTE);
  expect(queue.offerTo(C)).not.toBeNull();
});

describe("a block", () => {
  test("ends an offer that stands between the two, and says nothing to either", () => {
    const queue = new TestQueue();
    queue.enter(A);
    queue.enter(B);
    queue.wait();
    const pairId = queue.acceptBoth(A, B);
    queue.enter(A);
    queue.enter(B);
    queue.wait(60 * MINUTE);
    expect(queue.view(B).kind).toBe("offered");
    queue.must(A, { type: "block", pairId });
    queue.wait();
    expect(queue.view(A)).toMatchObject({ kind: "waiting", fitting: 0, ahead: 0 });
    expect(queue.view(B)).toMatchObject({ kind: "waiting", fitting: 0, ahead: 0 });
    queue.act(C, { type: "block", pairId });
    expect(queue.refused).toEqual(["unknown_pair"]);
  });
});
