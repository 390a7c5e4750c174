import assert from "node:assert/strict";
import { type Commit, EVENTS_VERSION } from "@whetstone/shared/room/event";
import { evolve, type RoomState } from "@whetstone/shared/room/state";
import { commitReader, NewerEvents, nameRounds, type StoredCommit } from "@whetstone/shared/room/upcast";
import { panelView } from "@whetstone/shared/room/view/view";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { begin, beginnings, courses, play, propertyRuns, type Step } from "../support/courses.ts";
import { livePanelRoom, Room } from "../support/domain.ts";

/** A commit as version 1 stored it: rounds had no name. */
function asVersion1({ events, ...commit }: Commit): StoredCommit {
  const unnamed = events.filter(({ type }) => type !== "roundBegun").map((event) => ({ ...event, roundId: undefined }));
  return { ...commit, version: 1, events: JSON.parse(JSON.stringify(unnamed)) };
}

/** Version 1 knew no taking back, one host who alone asked, and no reminders. */
const YOUNGER = [
  "takeBackAsk",
  "takeBackReveal",
  "reopenRoom",
  "makeHost",
  "stepBack",
  "remind",
  "letAsk",
  "letEdit",
  "keepRun",
  "keepCheck",
  "beginQuiet",
  "endQuiet",
  "mark",
  "assignItem",
];
const isYounger = (step: Step): boolean => step.kind === "command" && YOUNGER.includes(step.type);

const asToday = (commit: Commit): StoredCommit => ({ ...commit, version: EVENTS_VERSION });

function stateOf(stored: readonly StoredCommit[]): RoomState | null {
  const read = commitReader();
  let state: RoomState | null = null;
  for (const commit of stored) {
    const { events, at } = read(commit);
    for (const event of events) state = evolve(state, event, at);
  }
  return state;
}

describe("from version 1 to 2", () => {
  test("any log is read as the room that it was, also one that was written by both versions", () => {
    fc.assert(
      fc.property(beginnings, courses(60), fc.nat({ max: 100 }), (beginning, course, upgradedAfter) => {
        const room = begin(beginning);
        for (const step of course) if (!isYounger(step)) play(room, step);
        assert.deepStrictEqual(stateOf(room.commits.map(asVersion1)), room.state);
        const mixed = room.commits.map((commit, index) =>
          index < upgradedAfter ? asVersion1(commit) : asToday(commit),
        );
        assert.deepStrictEqual(stateOf(mixed), room.state);
      }),
      propertyRuns(300),
    );
  });

  test("a question to another candidate begins a round that goes on where the one before stands", () => {
    const asked = (candidateId: string) => ({ type: "asked", candidateId });
    const once = nameRounds({ roundId: 1, candidateId: null }, [{ type: "handRaised" }, asked("s_1"), asked("s_1")]);
    expect(once).toEqual({
      rounds: { roundId: 1, candidateId: "s_1" },
      events: [
        { type: "handRaised" },
        { type: "asked", candidateId: "s_1", roundId: 1 },
        { type: "asked", candidateId: "s_1", roundId: 1 },
      ],
    });
    expect(nameRounds(once.rounds, [{ type: "askClosed" }, asked("s_2"), { type: "rated" }])).toEqual({
      rounds: { roundId: 2, candidateId: "s_2" },
      events: [
        { type: "askClosed", roundId: 1 },
        { type: "roundBegun", roundId: 2, continues: 1, roles: {} },
        { type: "asked", candidateId: "s_2", roundId: 2 },
        { type: "rated", roundId: 2 },
      ],
    });
  });

  test("every event of a round is named", () => {
    const { room, host, ann } = livePanelRoom();
    room.push("first-question");
    room.must(ann, { type: "writeSummary", text: "Fine." });
    room.must(host, { type: "end" });
    const events = room.commits.flatMap((commit) => commit.events);
    const unnamed = room.commits
      .map(asVersion1)
      .flatMap((commit) => nameRounds({ roundId: 1, candidateId: null }, commit.events).events);
    expect(unnamed).toEqual(JSON.parse(JSON.stringify(events)));
  });
});

describe("from version 2 to 3", () => {
  test("whoever took a seat by a link for several stays let in, and a candidate waits as they did", () => {
    const room = new Room();
    room.link("interviewer");
    const seatIds = (["interviewer", "observer", "candidate"] as const).map((role) =>
      room.come(room.link(role).hash, role),
    );
    const stored = room.commits.map(({ events, ...commit }) => {
      const before = events.map((event) => ({ ...event, admitted: undefined }));
      return { ...commit, version: 2, events: JSON.parse(JSON.stringify(before)) };
    });
    const state = stateOf(stored);
    expect(seatIds.map((seatId) => state?.seats[seatId]?.admitted)).toEqual([true, true, false]);
    expect(seatIds.map((seatId) => room.state.seats[seatId]?.admitted)).toEqual([false, true, false]);
    const [interviewer = ""] = seatIds;
    expect(state && panelView(state, interviewer)).toMatchObject({ role: "interviewer" });
    expect(Object.keys(state?.rounds[0].scorecards ?? {})).toEqual([room.hostId, interviewer]);
  });
});

test("what a newer version has stored is never guessed at", () => {
  const [first] = new Room().commits;
  assert.ok(first);
  const read = commitReader();
  read(asToday(first));
  expect(() => read({ ...asToday(first), seq: 2, version: EVENTS_VERSION + 1 })).toThrow(NewerEvents);
});

test("what is no commit is not read", () => {
  const [first] = new Room().commits;
  assert.ok(first);
  for (const version of [1, EVENTS_VERSION]) {
    for (const events of [null, {}, "text", [{ type: "never heard of" }], [null]]) {
      expect(() => commitReader()({ ...first, version, events })).toThrow(z.ZodError);
    }
  }
});
