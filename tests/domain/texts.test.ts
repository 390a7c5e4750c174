import assert from "node:assert/strict";
import { erased, parted, rejoined } from "@whetstone/shared/room/keeping/texts";
import type { Scorecard } from "@whetstone/shared/room/scorecard/state";
import { evolve, isErased, type RoomState } from "@whetstone/shared/room/state";
import { commitReader } from "@whetstone/shared/room/upcast";
import { remainsView, view } from "@whetstone/shared/room/view/view";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { begin, beginnings, courses, play, propertyRuns, scoredBeginnings, scoredCourses } from "../support/courses.ts";
import { livePanelRoom, type Room } from "../support/domain.ts";

/** What was written stands apart from what happened, so that it can be sealed, and erased without the other. */

const asStored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The room as it is read once its texts are gone. */
function withoutTexts(room: Room): RoomState {
  const read = commitReader();
  let state: RoomState | null = null;
  for (const commit of room.commits) {
    const { events, at } = read({ ...commit, version: 4, events: erased(asStored(commit.events)) });
    for (const event of events) state = evolve(state, event, at);
  }
  assert(state);
  return state;
}

describe("a commit's texts", () => {
  test("come apart and together again, whatever was written in a room", () => {
    fc.assert(
      fc.property(beginnings, courses(60), (beginning, course) => {
        const room = begin(beginning);
        for (const step of course) play(room, step);
        for (const { events } of room.commits) {
          const { open, texts } = parted(asStored(events));
          assert.deepStrictEqual(rejoined(asStored(open), texts), asStored(events));
        }
      }),
      propertyRuns(200),
    );
  });

  test("are all that is not an identifier, a hash, a number or a word from a closed list", () => {
    const spoken = fc.string({ minLength: 1 }).map((text) => `Zoë said: ${text}`);
    const anywhere = fc.letrec((tie) => ({
      value: fc.oneof(
        spoken,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("type", "seatId", "hash", "name", "text", "why", "roles", "x"), tie("value")),
      ),
    })).value;
    fc.assert(
      fc.property(anywhere, (value) => {
        const { open, texts } = parted(value);
        expect(JSON.stringify(open)).not.toContain("Zoë");
        expect(rejoined(open, texts)).toEqual(value);
      }),
      propertyRuns(500),
    );
  });

  test("that are too few or too many are not put back", () => {
    const { open, texts } = parted([{ type: "noteWritten", edit: { insert: "one" }, name: "two" }]);
    expect(texts).toEqual(["one", "two"]);
    expect(() => rejoined(open, ["one"])).toThrow(/fewer/);
    expect(() => rejoined(open, ["one", "two", "three"])).toThrow(/more/);
  });
});

describe("a room whose texts are gone", () => {
  test("can be read, whatever happened in it, and counts as it did", () => {
    fc.assert(
      fc.property(scoredBeginnings, scoredCourses, (beginning, course) => {
        const room = begin(beginning);
        for (const step of course) play(room, step);
        const left = withoutTexts(room);
        assert.deepStrictEqual(Object.keys(left.seats), Object.keys(room.state.seats));
        for (const [index, round] of left.rounds.entries()) {
          const was = room.state.rounds[index];
          assert(was);
          assert.deepStrictEqual(round.clock, was.clock);
          assert.deepStrictEqual(Object.keys(round.scorecards), Object.keys(was.scorecards));
          for (const [seatId, { ratings, recommendation, versions }] of Object.entries(round.scorecards)) {
            const before: Scorecard | undefined = was.scorecards[seatId];
            assert(before);
            assert.deepStrictEqual(ratings, before.ratings);
            assert.strictEqual(recommendation, before.recommendation);
            assert.strictEqual(versions.length, before.versions.length);
          }
          assert.deepStrictEqual(
            round.asks.map(({ askId, question }) => [askId, question.bankId, question.criteria.map(({ id }) => id)]),
            was.asks.map(({ askId, question }) => [askId, question.bankId, question.criteria.map(({ id }) => id)]),
          );
        }
      }),
      propertyRuns(200),
    );
  });

  test("has nothing left of any name, question, answer, note, summary, reason or feedback", () => {
    const CANARY = "kingfisher";
    const { room, ann, candidate } = livePanelRoom({
      title: `${CANARY} title`,
      candidateName: `${CANARY} candidate`,
      forRole: `${CANARY} role`,
      hostName: `${CANARY} host`,
    });
    const host = room.hostId;
    const askId = room.push("first-question");
    room.must(host, { type: "push", source: { kind: "typed", prompt: `${CANARY} prompt`, minutes: 5 } });
    room.must(candidate, { type: "writeAnswer", askId: room.round.openAskId ?? "", text: `${CANARY} answer` });
    const note = { askId, mark: null, evidenceFor: null, ageMs: 0 } as const;
    room.must(ann, { type: "writeNote", noteId: "n_000000000001", ...note, text: `${CANARY} note` });
    room.must(ann, { type: "writeSummary", text: `${CANARY} summary` });
    room.must(ann, { type: "recommend", recommendation: "no" });
    room.must(host, { type: "end" });
    room.must(ann, { type: "submitScorecard", reason: `${CANARY} reason` });
    room.must(ann, { type: "amendScorecard", reason: `${CANARY} amendment` });
    room.must(host, {
      type: "writeFeedback",
      feedback: {
        message: `${CANARY} message`,
        strengths: [`${CANARY} strength`],
        concerns: [],
        questions: "asked",
        namesPanel: true,
      },
    });
    room.must(host, { type: "submitScorecard", reason: `${CANARY} reason` });
    room.must(host, { type: "recordDecision", outcome: "decline", rationale: `${CANARY} rationale` });
    expect(JSON.stringify(room.commits)).toContain(CANARY);
    expect(JSON.stringify(withoutTexts(room))).not.toContain(CANARY);
    for (const { events } of room.commits) expect(JSON.stringify(parted(events).open)).not.toContain(CANARY);
  });

  test("shows nobody anything once it is erased, and refuses every command of everybody", () => {
    const { room, ann, candidate } = livePanelRoom();
    room.push("first-question");
    expect(room.act(room.hostId, { type: "erase" })).toMatchObject({ refusal: { reason: "wrong_phase" } });
    expect(room.act(ann, { type: "erase" })).toMatchObject({ refusal: { reason: "wrong_seat" } });
    expect(room.act(candidate, { type: "erase" })).toMatchObject({ refusal: { reason: "wrong_seat" } });
    room.must(room.hostId, { type: "end" });
    expect(remainsView(room.state, room.hostId)).toBeNull();
    room.must(room.hostId, { type: "erase" });
    expect(isErased(room.state)).toBe(true);
    for (const seatId of [room.hostId, ann, candidate]) {
      expect(view(room.state, seatId)).toBeNull();
      for (const command of [{ type: "raiseHand" }, { type: "erase" }, { type: "end" }] as const) {
        expect(room.act(seatId, command)).toMatchObject({ refusal: { reason: "room_erased" } });
      }
    }
    expect(remainsView(room.state, room.hostId)?.role).toBe("host");
    expect(remainsView(room.state, candidate)).toBeNull();
  });
});
