import assert from "node:assert/strict";
import { scriptFor } from "@whetstone/shared/practice/script";
import { factsOf, type HeardSoFar } from "@whetstone/shared/practice/script-facts";
import type { HostView } from "@whetstone/shared/room/view/host";
import { expect, test } from "vitest";
import { MINUTE, type Room } from "../support/domain.ts";
import { allReady, holdRound, peerRoom } from "../support/peers.ts";

/** What the script goes by in real rooms, as whoever asks sees them. */

const SECOND = 1_000;
const NOTHING_HEARD: HeardSoFar = { answer: null, said: null };

function begun() {
  const among = peerRoom({ people: 2 });
  const [asking = "", asked = ""] = among.peers;
  allReady(among);
  return { ...among, asking, asked };
}

function hostView(room: Room, seatId: string): HostView {
  const view = room.view(seatId);
  assert(view?.role === "host");
  return view;
}

/** Asks the next question of the plan; its identifier as an ask. */
function ask(room: Room, seatId: string): string {
  const { plan, asks } = hostView(room, seatId);
  const item = plan.find(({ itemId }) => !asks.some(({ planItemId }) => planItemId === itemId));
  room.must(seatId, { type: "push", source: { kind: "plan", itemId: item?.itemId ?? "" } });
  return hostView(room, seatId).openAskId ?? "";
}

test("the round's clock and its questions", () => {
  const { room, asking } = begun();
  room.wait(MINUTE);
  const facts = factsOf(hostView(room, asking), NOTHING_HEARD, room.now);
  expect(facts).toEqual({
    course: "running",
    goneMs: MINUTE,
    leftMs: 24 * MINUTE,
    asked: 0,
    toAsk: [7, 7, 7],
    unrated: 0,
    open: null,
    said: null,
  });
});

test("an open question with all that happened since it was asked, without pauses", () => {
  const { room, asking, asked } = begun();
  room.wait(MINUTE);
  const askId = ask(room, asking);
  room.wait(30 * SECOND);
  room.must(asked, { type: "writeAnswer", askId, text: "I would begin with " });
  const answer = { askId, elapsedMs: 90 * SECOND };
  room.wait(MINUTE);
  room.must(asking, { type: "pause" });
  room.wait(10 * MINUTE);
  room.must(asking, { type: "resume" });
  room.wait(MINUTE);
  room.must(asking, { type: "reveal", askId, kind: "hint", index: 0 });
  room.must(asking, { type: "tick", askId, keyPoint: 1, heard: true });
  room.must(asking, { type: "rate", askId, criterionId: "depth", level: 3 });
  room.wait(20 * SECOND);
  const view = hostView(room, asking);
  const facts = factsOf(view, { answer, said: { situation: "silent", askId, elapsedMs: 3 * MINUTE } }, room.now);
  const [{ question } = assert.fail()] = view.asks;
  expect(facts).toMatchObject({
    goneMs: 3 * MINUTE + 50 * SECOND,
    asked: 1,
    toAsk: [7, 7],
    unrated: 0,
    said: { situation: "silent", agoMs: 50 * SECOND },
    open: {
      openMs: 2 * MINUTE + 50 * SECOND,
      leftMs: 4 * MINUTE + 10 * SECOND,
      readingMs: 20 * SECOND,
      hasWritten: true,
      quietMs: 2 * MINUTE + 20 * SECOND,
      hints: question.hints.map((_, index) => index === 0),
      followUps: question.followUps.map(() => false),
      sinceRevealMs: 20 * SECOND,
      keyPoints: question.strongAnswer.length,
      heard: 1,
      unrated: question.criteria.length - 1,
    },
  });
});

test("what is paused, over, or not begun yet", () => {
  const { room, peers, asking } = begun();
  const courseNow = (seatId = asking) => factsOf(hostView(room, seatId), NOTHING_HEARD, room.now).course;
  room.must(asking, { type: "pause" });
  expect(courseNow()).toBe("paused");
  room.must(asking, { type: "resume" });
  allReady({ room, peers });
  const [, second = ""] = peers;
  expect(courseNow(second)).toBe("ahead");
  holdRound({ room, peers });
  expect(courseNow(second)).toBe("over");
});

test("in the second round nothing of the first counts", () => {
  const { room, peers, asking } = begun();
  const [, second = ""] = peers;
  ask(room, asking);
  room.wait(MINUTE);
  allReady({ room, peers });
  allReady({ room, peers });
  expect(factsOf(hostView(room, second), NOTHING_HEARD, room.now)).toMatchObject({ asked: 0, goneMs: 0, unrated: 0 });
});

test("what is missing on questions that are closed, and what is still to be asked", () => {
  const { room, asking } = begun();
  const first = ask(room, asking);
  room.wait(2 * MINUTE);
  ask(room, asking);
  room.must(asking, { type: "closeAsk", askId: hostView(room, asking).openAskId ?? "" });
  room.must(asking, { type: "rate", askId: first, criterionId: "depth", level: 2 });
  const view = hostView(room, asking);
  const facts = factsOf(view, NOTHING_HEARD, room.now);
  const criteria = view.asks.flatMap(({ question }) => question.criteria).length;
  expect(facts).toMatchObject({ asked: 2, toAsk: [7], open: null, unrated: criteria - 1 });
  expect(scriptFor(facts).line).toEqual({ kind: "nextQuestion", why: "closed", left: 1, unrated: criteria - 1 });
});

test("what was seen and said of another question is left out", () => {
  const { room, asking } = begun();
  const first = ask(room, asking);
  room.wait(MINUTE);
  const heard: HeardSoFar = {
    answer: { askId: first, elapsedMs: SECOND },
    said: { situation: "wrongTrack", askId: first, elapsedMs: 2 * SECOND },
  };
  expect(factsOf(hostView(room, asking), heard, room.now)).toMatchObject({ said: { situation: "wrongTrack" } });
  ask(room, asking);
  expect(factsOf(hostView(room, asking), heard, room.now)).toMatchObject({ said: null, open: { quietMs: null } });
});

test.each([
  ["is not known", null],
  ["is an hour ahead", 60 * MINUTE],
  ["is an hour behind", -60 * MINUTE],
  ["is no number", Number.NaN],
])("where the clock %s, no time is taken from it, and the script stays harmless", (_how, ahead) => {
  const { room, asking } = begun();
  room.wait(MINUTE);
  const now = () => (ahead === null ? null : room.now + ahead);
  const view = () => hostView(room, asking);
  const before = factsOf(view(), NOTHING_HEARD, now());
  expect(before).toMatchObject({ goneMs: null, leftMs: null });
  expect(scriptFor(before).line.kind).toBe("greet");
  const askId = ask(room, asking);
  room.wait(6 * MINUTE);
  const facts = factsOf(view(), { answer: { askId, elapsedMs: MINUTE }, said: null }, now());
  expect(facts.open).toMatchObject({ openMs: null, leftMs: null, quietMs: null, sinceRevealMs: null });
  expect(scriptFor(facts).line.kind).toBe("listen");
  const said = { situation: "wrongTrack", askId, elapsedMs: 0 } as const;
  expect(scriptFor(factsOf(view(), { answer: null, said }, now())).line.kind).toBe("bringBack");
});
