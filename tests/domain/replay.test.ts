import assert from "node:assert/strict";
import { Command, RequestedCommand } from "@whetstone/shared/room/command";
import { Commit, RoomEvent } from "@whetstone/shared/room/event";
import { evolve, type RoomState, roleIn } from "@whetstone/shared/room/state";
import { View, view } from "@whetstone/shared/room/view/view";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { begin, beginnings, courses, play, propertyRuns, scoredBeginnings, scoredCourses } from "../support/courses.ts";
import { PANEL_COMMANDS, PERMISSIONS, Room, replay } from "../support/domain.ts";

const throughText = <T>(value: T): unknown => JSON.parse(JSON.stringify(value));

/** What every seat sees, and an unknown one. */
const viewsOf = (state: RoomState) =>
  [...Object.keys(state.seats), "s_never-seated-here"].map((seatId) => view(state, seatId));

describe("a room outlives the process", () => {
  test("the stored log leads to the same state, and at every step to the same views for every seat", () => {
    fc.assert(
      fc.property(beginnings, courses(60), (beginning, course) => {
        const room = begin(beginning);
        const seen = new Map([[room.commits.length, room.state]]);
        for (const step of course) {
          play(room, step);
          seen.set(room.commits.length, room.state);
        }
        let state: RoomState | null = null;
        for (const stored of room.commits.map((commit) => Commit.parse(throughText(commit)))) {
          for (const event of stored.events) state = evolve(state, event, stored.at);
          const then = seen.get(stored.seq);
          if (state && then) assert.deepStrictEqual(viewsOf(state), viewsOf(then));
        }
        assert.deepStrictEqual(state, room.state);
      }),
      propertyRuns(400),
    );
  });

  test("a log is stored as it is: its schema and JSON change nothing in it", () => {
    fc.assert(
      fc.property(beginnings, courses(60), (beginning, course) => {
        const room = begin(beginning);
        for (const step of course) play(room, step);
        for (const commit of room.commits) {
          assert.deepStrictEqual(Commit.parse(commit), commit);
          assert.deepStrictEqual(throughText(commit), commit);
          for (const event of commit.events) assert.deepStrictEqual(RoomEvent.parse(throughText(event)), event);
        }
      }),
      propertyRuns(300),
    );
  });

  test("a log that does not begin with the opening is refused", () => {
    expect(() => evolve(null, { type: "roomStarted", roundId: 1 }, 0)).toThrow("roomOpened");
    expect(() => replay(new Room().commits.slice(1))).toThrow();
  });
});

describe("every command in every state", () => {
  test("is answered, and a refusal changes nothing", () => {
    fc.assert(
      fc.property(beginnings, courses(60), (beginning, course) => {
        const room = begin(beginning);
        for (const step of course) {
          const before = room.state;
          const asStored = JSON.stringify(before);
          const played = play(room, step);
          assert.equal(JSON.stringify(before), asStored, "a state is never written to");
          const events = played.by === "time" || "refusal" in played.decision ? [] : played.decision.events;
          if (events.length === 0) assert.equal(room.state, before);
        }
      }),
      propertyRuns(300),
    );
  });

  test("leaves every seat a view that is allowed by the schema of its role, and by no other", () => {
    fc.assert(
      fc.property(beginnings, courses(60), (beginning, course) => {
        const room = begin(beginning);
        const checked = new Set<string>();
        for (const step of course) {
          play(room, step);
          for (const { seatId, removed } of Object.values(room.state.seats)) {
            const seen = room.view(seatId);
            if (removed) assert.equal(seen, null);
            else assert.equal(seen?.role, roleIn(room.state, room.round.roundId, seatId));
            const text = JSON.stringify(seen);
            if (seen === null || checked.has(text)) continue;
            checked.add(text);
            assert.deepStrictEqual(View.parse(seen), seen);
            assert.deepStrictEqual(JSON.parse(text), seen);
          }
        }
      }),
      propertyRuns(300),
    );
  });
});

describe("a log that was written before a field was added", () => {
  test("is read with what the field's absence means", () => {
    const room = new Room({ planned: ["first-question"] });
    room.must(room.hostId, { type: "admit", seatId: room.join("candidate") });
    room.must(room.hostId, { type: "start" });
    room.must(room.hostId, { type: "end" });
    room.must(room.hostId, { type: "submitScorecard", reason: "Only a test." });
    const added = new Set(["kit", "probes", "informed", "roundId"]);
    const isReason = (key: string, value: unknown) => key === "reason" && value === "Only a test.";
    const older = JSON.parse(
      JSON.stringify(room.commits, (key, value) => (added.has(key) || isReason(key, value) ? undefined : value)),
    );
    const { rounds } = replay(older, 1);
    const [state] = rounds;
    assert.equal(state.kit, null);
    assert.deepStrictEqual(
      state.plan.map(({ probes }) => probes),
      [[]],
    );
    const [version] = state.scorecards[room.hostId]?.versions ?? [];
    assert.deepStrictEqual([version?.reason, version?.informed], [null, false]);
  });
});

describe("the random rooms themselves", () => {
  test("try every command with success and without, reach every phase, and say only what a client could", () => {
    const accepted = new Set<string>();
    const refused = new Set<string>();
    const reasons = new Set<string>();
    const phases = new Set<string>();
    const samples = fc.sample(fc.tuple(fc.oneof(beginnings, scoredBeginnings), fc.oneof(courses(60), scoredCourses)), {
      seed: 1,
      numRuns: 600,
    });
    for (const [beginning, course] of samples) {
      const room = begin(beginning);
      for (const step of course) {
        phases.add(room.round.phase);
        const played = play(room, step);
        if (played.by === "time") continue;
        const { command, decision } = played;
        const schema = played.command.type in PERMISSIONS ? Command : RequestedCommand;
        assert.deepStrictEqual(schema.parse(command), command);
        ("refusal" in decision ? refused : accepted).add(command.type);
        if ("refusal" in decision) reasons.add(decision.refusal.reason);
      }
    }
    expect([...phases].sort()).toEqual(["ended", "live", "lobby", "paused"]);
    expect([...accepted].sort()).toEqual([...PANEL_COMMANDS, "issueLink", "join", "publishFeedback"].sort());
    expect([...refused].sort()).toEqual([...PANEL_COMMANDS, "issueLink", "join", "publishFeedback"].sort());
    expect([...reasons].sort()).toMatchInlineSnapshot(`
      [
        "already_asked",
        "asked_meanwhile",
        "feedback_empty",
        "last_host",
        "link_expired",
        "link_revoked",
        "malformed",
        "nobody_admitted",
        "not_admitted",
        "not_submitted",
        "not_there",
        "quiet_time",
        "reason_missing",
        "scorecard_locked",
        "seat_locked",
        "seat_removed",
        "seat_taken_over",
        "still_blind",
        "too_late",
        "unknown_ask",
        "unknown_criterion",
        "unknown_link",
        "unknown_note",
        "unknown_plan_item",
        "unknown_question",
        "unknown_reveal",
        "unknown_seat",
        "wrong_phase",
        "wrong_seat",
      ]
    `);
  });
});
