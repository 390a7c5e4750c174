import assert from "node:assert/strict";
import { currentRound } from "@whetstone/shared/room/state";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../support/courses.ts";
import { BLIND_POLICIES, eventsOf, hashOf, Room } from "../support/domain.ts";

/** Somebody may come by several links, and by one of them again and again: it shows them no more, and is known of them. */

/** Browsers, by what each calls itself. */
const BROWSERS = [1, 2, 3].map((n) => hashOf(0xb000 + n));

type Step =
  | { readonly kind: "come"; readonly browser: number; readonly by: number }
  | { readonly kind: "admit" | "submit" | "amend" | "remove"; readonly seat: number }
  | { readonly kind: "bring"; readonly seats: readonly number[] };

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("come" as const), browser: fc.nat(2), by: fc.nat(40) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "admit" as const,
        "submit" as const,
        "submit" as const,
        "amend" as const,
        "remove" as const,
      ),
      seat: fc.nat(20),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("bring" as const), seats: fc.array(fc.nat(20), { maxLength: 3 }) }),
  },
);

const courses = fc.record({
  blindPolicy: fc.constantFrom(...BLIND_POLICIES),
  before: fc.array(steps, { minLength: 4, maxLength: 14 }),
  after: fc.array(steps, { minLength: 8, maxLength: 40, size: "max" }),
});

/** A room with three links by name, the link for several, and a question that was asked. */
function begin(blindPolicy: (typeof BLIND_POLICIES)[number]) {
  const room = new Room({ blindPolicy });
  const names = ["Ann", "Bob", "Cid"].map((name) => room.invite(name).hash);
  const shared = room.link("interviewer").hash;
  const links = [...names, shared, shared, room.link("host").hash];
  const candidate = room.join("candidate");
  room.must(room.hostId, { type: "admit", seatId: candidate });
  room.must(room.hostId, { type: "start" });
  room.push("first-question");
  return { room, links };
}

/** By browser, which seats it has now, as the joins were: kept apart from what the room knows. */
class Bearers {
  readonly has = new Map<string, number>();
  readonly read = new Set<number>();

  /** Whoever's seat shows another's scorecard has read it. */
  look(room: Room): void {
    for (const [seatId, browser] of this.has) {
      const seen = room.view(seatId);
      if (seen && "others" in seen && seen.others.length > 0) this.read.add(browser);
    }
  }
}

function play(room: Room, links: readonly string[], bearers: Bearers, step: Step): void {
  const raters = room.seatsOf("host", "interviewer");
  switch (step.kind) {
    case "come": {
      const wayBacks = Object.values(room.state.links).filter(({ role }) => role === "interviewer");
      const secrets = [...links, ...wayBacks.map(({ hash }) => hash)];
      const hash = secrets[step.by % secrets.length] ?? "";
      const decision = room.bring(hash, room.joining("Somebody", BROWSERS[step.browser]));
      if ("refusal" in decision) return;
      for (const event of decision.events) {
        if (event.type === "seatTaken" || event.type === "seatReclaimed") bearers.has.set(event.seatId, step.browser);
      }
      return;
    }
    case "bring": {
      const secretHashes = step.seats.flatMap(
        (n) => room.state.seats[raters[n % raters.length] ?? ""]?.tokenHash ?? [],
      );
      room.bring(hashOf(1), { type: "holdTogether", secretHashes });
      return;
    }
    case "admit":
    case "remove": {
      const seatId = raters[step.seat % raters.length] ?? "";
      room.act(room.hostId, { type: step.kind === "admit" ? "admit" : "removeSeat", seatId });
      return;
    }
    case "submit":
    case "amend": {
      const seatId = raters[step.seat % raters.length] ?? "";
      const browser = bearers.has.get(seatId);
      const knew = browser !== undefined && bearers.read.has(browser);
      const reason = "For a reason.";
      const decision = room.act(seatId, {
        type: step.kind === "submit" ? "submitScorecard" : "amendScorecard",
        reason,
      });
      if ("refusal" in decision) return;
      const [submitted] = eventsOf(decision);
      if (submitted?.type === "scorecardSubmitted" && knew) assert.equal(submitted.informed, true);
      return;
    }
    default:
      step satisfies never;
  }
}

describe("whoever holds several seats of a room", () => {
  test("has every version marked that they submit after any of their seats could read another's", () => {
    let informed = 0;
    fc.assert(
      fc.property(courses, ({ blindPolicy, before, after }) => {
        const { room, links } = begin(blindPolicy);
        const bearers = new Bearers();
        for (const step of before) play(room, links, bearers, step);
        room.must(room.hostId, { type: "end" });
        for (const step of after) {
          play(room, links, bearers, step);
          bearers.look(room);
        }
        const versions = Object.values(currentRound(room.state).scorecards).flatMap((scorecard) => scorecard.versions);
        informed += versions.filter((version) => version.number === 1 && version.informed).length;
      }),
      propertyRuns(300),
    );
    // The courses come to what they are about.
    expect(informed).toBeGreaterThan(0);
  });

  test("reads by no sequence of joins what one seat could not", () => {
    fc.assert(
      fc.property(courses, ({ blindPolicy, before, after }) => {
        const { room, links } = begin(blindPolicy);
        const bearers = new Bearers();
        for (const step of before) play(room, links, bearers, step);
        room.must(room.hostId, { type: "end" });
        for (const step of after) {
          play(room, links, bearers, step);
          const { scorecards } = currentRound(room.state);
          for (const link of Object.values(room.state.links)) {
            if (link.name === undefined) continue;
            const seats = Object.values(room.state.seats).filter(({ linkId }) => linkId === link.linkId);
            assert.ok(seats.length <= 1, "a personal link seats one person");
          }
          for (const { seatId, removed, admitted } of Object.values(room.state.seats)) {
            const seen = room.view(seatId);
            if (removed || !seen || !("others" in seen)) continue;
            // A seat that nobody let in adds nothing, and one that was let in shows what its own scorecard opened.
            if (!admitted) assert.deepEqual([seen.asks, seen.others, scorecards[seatId]], [[], [], undefined]);
            if (seen.others.length > 0) assert.ok((scorecards[seatId]?.versions.length ?? 0) > 0);
          }
        }
      }),
      propertyRuns(200),
    );
  });

  test("cannot submit one empty, read by it, and pass for uninformed with the other", () => {
    const { room, links } = begin("after_own");
    const [ann = "", bob = ""] = links;
    const browser = BROWSERS[0];
    const others = room.come(bob, "Bob", BROWSERS[1]);
    const [first, second] = [
      room.come(ann, "Ann", browser),
      room.come(room.link("interviewer").hash, "Ann too", browser),
    ];
    room.must(room.hostId, { type: "admit", seatId: second });
    room.must(room.hostId, { type: "end" });
    const submit = (seatId: string) => room.must(seatId, { type: "submitScorecard", reason: "." })[0];
    expect(submit(others)).toMatchObject({ informed: false });
    expect(submit(second)).toMatchObject({ informed: false });
    expect(room.panelView(second).others).toHaveLength(1);
    expect(submit(first)).toMatchObject({ informed: true });
    expect(submit(room.hostId)).toMatchObject({ informed: false });
  });

  test("is known by the secrets that they bring together, whatever browsers they came by", () => {
    const { room, links } = begin("after_own");
    const [ann = "", bob = "", cid = ""] = links;
    const [one, two, other] = [room.come(ann, "Ann"), room.come(bob, "Bob"), room.come(cid, "Cid")];
    room.must(room.hostId, { type: "end" });
    const secretHashes = [one, two].map((seatId) => room.state.seats[seatId]?.tokenHash ?? "");
    const bring = () => eventsOf(room.bring(secretHashes[0] ?? "", { type: "holdTogether", secretHashes }));
    expect(bring()).toMatchObject([{ type: "seatsHeldTogether", seatIds: [one, two] }]);
    expect(bring()).toEqual([]);
    const submit = (seatId: string) => room.must(seatId, { type: "submitScorecard", reason: "." })[0];
    submit(room.hostId);
    submit(one);
    expect(submit(two)).toMatchObject({ informed: true });
    expect(submit(other)).toMatchObject({ informed: false });
  });

  test("is one person for each of whom secrets were brought, however these were brought, and nobody else", () => {
    const { room, links } = begin("after_own");
    const [ann = "", bob = "", cid = ""] = links;
    const seats = [room.come(ann, "Ann"), room.come(bob, "Bob"), room.come(cid, "Cid")] as const;
    const [one, two, three] = seats;
    const [four, five] = ["Dora", "Eve"].map((name) => room.join("interviewer", name));
    assert.ok(four && five);
    room.must(room.hostId, { type: "end" });
    const bring = (...seatIds: string[]) => {
      const secretHashes = seatIds.map((seatId) => room.state.seats[seatId]?.tokenHash ?? "");
      return eventsOf(room.bring(secretHashes[0] ?? "", { type: "holdTogether", secretHashes })).length;
    };
    const submit = (seatId: string) => room.must(seatId, { type: "submitScorecard", reason: "." })[0];
    expect([bring(one, two), bring(four, five), bring(two, three)]).toEqual([1, 1, 1]);
    // Nothing of it is new.
    expect([bring(one, two, three), bring(five, four), bring(one)]).toEqual([0, 0, 0]);
    submit(room.hostId);
    submit(one);
    for (const seatId of [two, three]) expect(submit(seatId)).toMatchObject({ informed: true });
    expect(submit(four)).toMatchObject({ informed: false });
    expect(submit(five)).toMatchObject({ informed: true });
  });

  test("a browser that read by a seat which it lost has read for whatever seat it holds next", () => {
    const { room, links } = begin("after_own");
    const [ann = "", bob = ""] = links;
    const [one, two] = [room.come(ann, "Ann", BROWSERS[0]), room.come(bob, "Bob", BROWSERS[1])];
    room.must(room.hostId, { type: "end" });
    const submit = (seatId: string) => room.must(seatId, { type: "submitScorecard", reason: "." })[0];
    submit(room.hostId);
    submit(one);
    expect(room.panelView(one).others).toHaveLength(1);
    expect(room.come(ann, null, BROWSERS[2])).toBe(one);
    expect(room.come(bob, null, BROWSERS[0])).toBe(two);
    expect(submit(two)).toMatchObject({ informed: true });
  });

  test("a browser that held a seat no more when it read says nothing of that seat", () => {
    const { room, links } = begin("after_own");
    const [ann = ""] = links;
    room.come(room.link("host").hash, null, BROWSERS[0]);
    const seatId = room.come(ann, "Ann", BROWSERS[0]);
    room.come(ann, null, BROWSERS[1]);
    const bob = room.join("interviewer");
    room.must(room.hostId, { type: "end" });
    const submit = (by: string) => room.must(by, { type: "submitScorecard", reason: "." })[0];
    submit(bob);
    submit(room.hostId);
    expect(room.panelView(room.hostId).others).toHaveLength(1);
    expect(submit(seatId)).toMatchObject({ informed: false });
  });
});
