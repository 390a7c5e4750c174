import assert from "node:assert/strict";
import { findRound, roleIn } from "@whetstone/shared/room/state";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { courses, play, propertyRuns } from "../support/courses.ts";
import {
  livePanelRoom,
  MINUTE,
  panelRoom,
  putBeside,
  Room,
  refusalOf,
  replay,
  SCORING_COMMANDS,
  textsIn,
} from "../support/domain.ts";

/** Two people who interview each other: each is host once and candidate once. */
function pair() {
  const room = new Room({ planned: ["first-question", "second-question"] });
  const one = room.hostId;
  const two = room.join("candidate", "Two");
  room.must(one, { type: "admit", seatId: two });
  room.must(one, { type: "start" });
  return { room, one, two, swap: () => room.beginRound({ [one]: "candidate", [two]: "host" }) };
}

describe("a candidate who is replaced", () => {
  test("begins a round of their own, which goes on with the clock, the plan and the scorecards", () => {
    const { room, host, ann, candidate } = livePanelRoom({ planned: ["first-question", "second-question"] });
    const [item] = room.round.plan;
    room.pushPlanned(item?.itemId ?? "");
    room.must(ann, { type: "writeSummary", text: "So far." });
    room.wait(3 * MINUTE);
    room.must(host, { type: "removeSeat", seatId: candidate });
    const dana = room.join("candidate", "Dana");
    room.must(host, { type: "admit", seatId: dana });
    expect(room.state.rounds).toHaveLength(1);
    const askId = room.pushPlanned(item?.itemId ?? "");
    const [first, second] = room.state.rounds;
    expect(second).toMatchObject({ roundId: 2, continues: 1, candidateId: dana, openAskId: askId });
    expect(second?.clock).toEqual(first.clock);
    expect(second?.plan).toEqual(first.plan);
    expect(second?.scorecards[ann]?.summary).toBe("So far.");
    expect(room.panelView(ann).asks.map(({ number, roundId }) => [number, roundId])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(second?.asks[0]?.deviation).toBe("none");
  });

  test("of whom nothing was asked takes the place in the round that is there", () => {
    const { room, host, candidate } = livePanelRoom();
    room.must(host, { type: "removeSeat", seatId: candidate });
    room.must(host, { type: "admit", seatId: room.join("candidate", "Dana") });
    room.push("first-question");
    expect(room.state.rounds).toHaveLength(1);
  });
});

describe("what a seat is", () => {
  test("is said for each round, and where a round says nothing it is what they came in as", () => {
    const { room, one, two, swap } = pair();
    swap();
    const roles = [1, 2].map((roundId) => [one, two].map((seatId) => roleIn(room.state, roundId, seatId)));
    expect(roles).toEqual([
      ["host", "candidate"],
      ["candidate", "host"],
    ]);
    expect(roleIn(room.state, 3, one)).toBeNull();
    expect(roleIn(room.state, 1, "s_never-seated-here")).toBeNull();
  });

  test("is what the others see them as in that round, whoever leads it first", () => {
    const { room, host, ann, bob, candidate, observer } = panelRoom();
    const company = () => room.panelView(ann).people.map(({ seatId, role }) => [seatId, role]);
    const before = [
      [host, "host"],
      [ann, "interviewer"],
      [bob, "interviewer"],
      [candidate, "candidate"],
      [observer, "observer"],
    ];
    expect(company()).toEqual(before);
    room.beginRound({ [host]: "interviewer", [bob]: "host" });
    expect(company()).toEqual([
      [bob, "host"],
      [host, "interviewer"],
      [ann, "interviewer"],
      [candidate, "candidate"],
      [observer, "observer"],
    ]);
    room.beginRound({});
    expect(company()).toEqual(before);
  });

  test("decides what they may do and what they see, in every round for itself", () => {
    const { room, one, two, swap } = pair();
    const asked = room.push("first-question");
    room.push("second-question");
    room.must(one, { type: "rate", askId: asked, criterionId: "depth", level: 2 });
    swap();
    expect(room.view(one)?.role).toBe("candidate");
    expect(room.view(two)?.role).toBe("host");
    expect(room.panelView(two).asks).toEqual([]);
    room.must(two, { type: "start" });
    room.must(two, { type: "push", source: { kind: "bank", questionId: "first-question" } });
    expect(room.round.asks[0]).toMatchObject({ number: 1, candidateId: one });
    // What was asked in the first round is still the first one's to rate, and never the second's.
    room.must(one, { type: "rate", askId: asked, criterionId: "depth", level: 3 });
    expect(refusalOf(room.act(two, { type: "rate", askId: asked, criterionId: "depth", level: 4 }))).toBe("wrong_seat");
    expect(findRound(room.state, 1)?.scorecards[one]?.ratings[`${asked}/depth`]).toBe(3);
    const again = room.round.asks[0]?.askId ?? "";
    room.must(two, { type: "rate", askId: again, criterionId: "depth", level: 1 });
    expect(room.round.scorecards[two]?.ratings).toEqual({ [`${again}/depth`]: 1 });
    expect(Object.keys(room.round.scorecards)).toEqual([two]);
  });
});

describe("two rounds with the seats swapped, whatever happens in them", () => {
  const both = fc.tuple(courses(30), courses(30));

  test("nothing that either wrote as an interviewer ever reaches the other, nor a rubric of their own round", () => {
    let written = 0;
    const runs = propertyRuns(300);
    fc.assert(
      fc.property(both, ([before, after]) => {
        const { room, one, two, swap } = pair();
        const scored = (seatId: string) => SCORING_COMMANDS.map((type) => `⟦${seatId} ${type}⟧`);
        const check = () => {
          for (const seatId of [one, two]) {
            const other = seatId === one ? two : one;
            const seen = room.view(seatId);
            const text = textsIn(seen).join("\n");
            assert.deepStrictEqual(
              scored(other).filter((mark) => text.includes(mark)),
              [],
              "what the other wrote as interviewer",
            );
            written += scored(seatId).filter((mark) => text.includes(mark)).length;
            if (seen?.role !== "candidate") continue;
            const put = room.round.asks
              .filter(({ candidateId }) => candidateId === seatId)
              .flatMap(({ question }) => [
                question.prompt,
                ...putBeside(question),
                ...question.hints,
                ...question.followUps.map(({ ask }) => ask),
              ]);
            const secrets = textsIn([room.bank.pack, room.bank.questions])
              .filter((secret) => secret.startsWith("⟦") && !put.includes(secret))
              .filter((secret) => text.includes(secret));
            assert.deepStrictEqual(secrets, [], "the bank's secrets");
          }
        };
        for (const step of before) {
          play(room, step);
          check();
        }
        swap();
        check();
        for (const step of after) {
          play(room, step);
          check();
        }
      }),
      runs,
    );
    expect(written).toBeGreaterThan(runs.numRuns / 3);
  });

  test("the log gives the same room again", () => {
    fc.assert(
      fc.property(both, ([before, after]) => {
        const { room, swap } = pair();
        for (const step of before) play(room, step);
        swap();
        for (const step of after) play(room, step);
        assert.deepStrictEqual(replay(room.commits), room.state);
      }),
      propertyRuns(100),
    );
  });
});

test("a round that begins anew has a scorecard for each who scores it, and nothing of the one before", () => {
  const { room, host, ann, bob } = livePanelRoom();
  room.come(room.link("interviewer").hash, "Dora");
  room.push("first-question");
  room.must(ann, { type: "writeSummary", text: "So far." });
  room.must(host, { type: "end" });
  for (const seatId of [host, ann, bob]) room.must(seatId, { type: "submitScorecard", reason: "." });
  room.must(host, { type: "recordDecision", outcome: "advance", rationale: "." });
  room.must(host, { type: "removeSeat", seatId: ann });
  room.beginRound({});
  expect(Object.keys(room.round.scorecards)).toEqual([host, bob]);
  expect(room.round).toMatchObject({ phase: "lobby", plan: [], asks: [], decisions: [], candidateId: null });
  expect(room.panelView(bob)).toMatchObject({ scorecard: { summary: "", versions: [] }, debriefOpen: false });
});

test("somebody who comes in later scores the current round, and only that", () => {
  const { room, ann } = panelRoom();
  room.beginRound({});
  const late = room.join("interviewer", "Late");
  expect(Object.keys(room.round.scorecards)).toContain(late);
  expect(Object.keys(room.round.scorecards)).toContain(ann);
  expect(Object.keys(room.state.rounds[0].scorecards)).not.toContain(late);
});
