import assert from "node:assert/strict";
import type { Command } from "@whetstone/shared/room/command";
import { remainingMs } from "@whetstone/shared/room/course/timer";
import { LIMITS } from "@whetstone/shared/room/limits";
import { currentRound } from "@whetstone/shared/room/state";
import { entriesOfCommit } from "@whetstone/shared/room/view/trail";
import { quietEndsAt, quietOf, receivesWorkspace } from "@whetstone/shared/room/workspace/quiet";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { beginnings, begin as beginRoom, courses, play, propertyRuns } from "../support/courses.ts";
import { livePanelRoom, MINUTE, type Room, refusalOf } from "../support/domain.ts";
import { allReady, peerRoom } from "../support/peers.ts";

/** Quiet time: who begins and ends it, what ends it by itself, and what stands still for whom. */

const begin = (askId: string, minutes = 5): Command => ({ type: "beginQuiet", askId, minutes });
const end = (askId: string): Command => ({ type: "endQuiet", askId });
const edit = (room: Room, seatId: string, askId: string) =>
  refusalOf(room.act(seatId, { type: "editDocument", askId }));
const isQuiet = ({ state }: Room): boolean => quietOf(state) !== null;

function askOf(room: Room, seatId: string, askId: string) {
  const seen = room.timedView(seatId);
  return seen && seen.role !== "candidate" ? seen.asks.find((ask) => ask.askId === askId) : undefined;
}

/** A panel's room with one question closed and one open. */
function asked() {
  const panel = livePanelRoom();
  const closed = panel.room.push("first-question");
  const open = panel.room.push("second-question");
  const others = [panel.host, panel.ann, panel.bob, panel.observer];
  return { ...panel, closed, open, others };
}

describe("quiet time", () => {
  test("is begun by the candidate or a host while a question is open, and ended by either of them", () => {
    for (const beginner of ["candidate", "host"] as const) {
      for (const ender of ["candidate", "host"] as const) {
        const { room, open, closed, ann, observer, ...seats } = asked();
        expect(refusalOf(room.act(seats[beginner], begin(closed)))).toBe("wrong_phase");
        for (const seatId of [ann, observer]) expect(refusalOf(room.act(seatId, begin(open)))).toBe("wrong_seat");
        room.must(seats[beginner], begin(open));
        expect(isQuiet(room)).toBe(true);
        for (const seatId of [ann, observer]) expect(refusalOf(room.act(seatId, end(open)))).toBe("wrong_seat");
        // It was meant for another one, which is over.
        expect(room.must(seats[ender], end(closed))).toEqual([]);
        room.must(seats[ender], end(open));
        expect(isQuiet(room)).toBe(false);
        expect(room.must(seats[ender], end(open))).toEqual([]);
      }
    }
  });

  test("stays as it is where it is begun again, and can be begun anew once it is over", () => {
    const { room, host, candidate, open } = asked();
    room.must(candidate, begin(open, 3));
    const before = quietOf(room.state);
    expect(room.must(host, begin(open, 30))).toEqual([]);
    expect(quietOf(room.state)).toBe(before);
    room.must(host, end(open));
    room.must(host, begin(open, LIMITS.quietMinutes));
    expect(quietOf(room.state)?.minutes).toBe(30);
  });

  test("is told to everybody with the time that is left, and to nobody where there is none", () => {
    const { room, candidate, open, others } = asked();
    const all = [candidate, ...others];
    for (const seatId of all) expect(room.view(seatId)).not.toHaveProperty("quiet");
    room.must(candidate, begin(open, 7));
    room.wait(2 * MINUTE);
    for (const seatId of all) {
      const timer = room.timedView(seatId)?.quiet?.timer;
      assert.ok(timer);
      expect(remainingMs(timer, room.now)).toBe(5 * MINUTE);
    }
    room.must(candidate, end(open));
    for (const seatId of all) expect(room.view(seatId)).not.toHaveProperty("quiet");
  });

  test("is told of with its question once it is over, so that its writer can tell what they did", () => {
    const { room, host, ann, observer, candidate, closed, open } = asked();
    const told = (askId: string) => [
      room.candidateView(candidate).ask?.hadQuiet,
      ...[host, ann, observer].map((seatId) => askOf(room, seatId, askId)?.hadQuiet),
    ];
    const [none, all] = [
      [undefined, undefined, undefined, undefined],
      [true, true, true, true],
    ];
    expect(told(open)).toEqual(none);
    room.must(candidate, begin(open));
    expect(told(open)).toEqual(none);
    room.must(candidate, end(open));
    expect(told(open)).toEqual(all);
    expect(askOf(room, host, closed)?.hadQuiet).toBeUndefined();
    room.must(host, { type: "closeAsk", askId: open });
    expect(room.candidateView(candidate).earlier.map(({ hadQuiet }) => hadQuiet)).toEqual([undefined, true]);
  });

  test("ends by itself when its time is over, and no moment before", () => {
    const { room, candidate, open } = asked();
    expect(quietEndsAt(room.state)).toBeNull();
    room.must(candidate, begin(open, 5));
    const due = room.now + 5 * MINUTE;
    expect(quietEndsAt(room.state)).toBe(due);
    room.wait(5 * MINUTE - 1);
    expect(room.tend({ type: "quietOver" })).toEqual({ events: [] });
    room.wait(1);
    room.tend({ type: "quietOver" });
    expect(isQuiet(room)).toBe(false);
    expect(refusalOf(room.act(candidate, { type: "quietOver" }))).toBe("wrong_seat");
  });

  test("stands still in a pause and stays quiet in it, and can be ended there", () => {
    const { room, host, ann, candidate, open } = asked();
    room.must(candidate, begin(open, 5));
    room.wait(MINUTE);
    room.must(host, { type: "pause" });
    room.wait(60 * MINUTE);
    expect(quietEndsAt(room.state)).toBeNull();
    expect(room.tend({ type: "quietOver" })).toEqual({ events: [] });
    expect(room.timedView(ann)?.quiet?.timer).toMatchObject({ kind: "stopped", remainingMs: 4 * MINUTE });
    expect(receivesWorkspace(room.state, ann, open)).toBe(false);
    room.must(host, { type: "resume" });
    expect(quietEndsAt(room.state)).toBe(room.now + 4 * MINUTE);
    room.must(host, { type: "pause" });
    expect(refusalOf(room.act(candidate, begin(open)))).toBe("wrong_phase");
    room.must(candidate, end(open));
    expect(isQuiet(room)).toBe(false);
  });

  const endings: readonly (readonly [string, (panel: ReturnType<typeof asked>) => void])[] = [
    ["is closed", ({ room, host, open }) => room.must(host, { type: "closeAsk", askId: open })],
    ["is followed by another", ({ room }) => room.push("third-question")],
    [
      "gives way to one that is opened again",
      ({ room, host, closed }) => room.must(host, { type: "reopenAsk", askId: closed }),
    ],
    ["is taken back", ({ room, host, open }) => room.must(host, { type: "takeBackAsk", askId: open })],
    ["ends with the interview", ({ room, host }) => room.must(host, { type: "end" })],
    ["loses its candidate", ({ room, host, candidate }) => room.must(host, { type: "removeSeat", seatId: candidate })],
  ];
  test.each(endings)("ends in the same commit when its question %s", (_name, happen) => {
    const panel = asked();
    const { room, host, open } = panel;
    room.must(panel.candidate, begin(open));
    happen(panel);
    expect(isQuiet(room)).toBe(false);
    const types = room.commits.at(-1)?.events.map(({ type }) => type) ?? [];
    expect(types.filter((type) => type === "quietEnded")).toHaveLength(1);
    expect(room.view(host)).not.toHaveProperty("quiet");
    expect(room.asks.every(({ stood }) => stood === null)).toBe(true);
  });

  test("is in the trail, with who began and ended it", () => {
    const { room, host, candidate, open } = asked();
    room.must(candidate, begin(open, 4));
    room.must(host, end(open));
    room.must(host, begin(open, 2));
    room.wait(2 * MINUTE);
    room.tend({ type: "quietOver" });
    const trail = room.commits
      .flatMap((commit) => entriesOfCommit(room.state, commit, host))
      .filter(({ what }) => what === "quietBegan" || what === "quietEnded");
    expect(trail).toMatchObject([
      { what: "quietBegan", who: { seatId: candidate }, ask: 2, minutes: 4 },
      { what: "quietEnded", who: { seatId: host }, ask: 2 },
      { what: "quietBegan", who: { seatId: host }, ask: 2, minutes: 2 },
      { what: "quietEnded", who: null, ask: 2 },
    ]);
  });
});

describe("while it lasts", () => {
  test("nobody but the candidate receives anything of what was put to them, or writes in it", () => {
    const { room, candidate, open, closed, others } = asked();
    room.must(candidate, begin(open));
    for (const askId of [open, closed]) {
      expect(receivesWorkspace(room.state, candidate, askId)).toBe(true);
      expect(edit(room, candidate, askId)).toBeNull();
      for (const seatId of others) expect(receivesWorkspace(room.state, seatId, askId)).toBe(false);
    }
    expect(receivesWorkspace(room.state, others[0] ?? "", "a_000000000000")).toBe(false);
    for (const seatId of others.slice(0, 3)) expect(edit(room, seatId, open)).toBe("quiet_time");
    room.must(candidate, end(open));
    for (const seatId of others) expect(receivesWorkspace(room.state, seatId, open)).toBe(true);
    for (const seatId of others.slice(0, 3)) expect(edit(room, seatId, open)).toBeNull();
  });

  test("the document becomes no answer, and does once it is over", () => {
    const { room, candidate, open } = asked();
    room.tend({ type: "foldAnswer", askId: open, text: "before", onto: "" });
    room.must(candidate, begin(open));
    const fold = { type: "foldAnswer", askId: open, text: "before, and in quiet", onto: "before" } as const;
    expect(refusalOf(room.tend(fold))).toBe("quiet_time");
    expect(room.candidateView(candidate).ask?.answer).toBe("before");
    room.must(candidate, end(open));
    room.tend(fold);
    expect(room.candidateView(candidate).ask?.answer).toBe("before, and in quiet");
  });

  test("what a page without an editor writes is kept, seen by the candidate, and by the others when it is over", () => {
    const { room, candidate, open, closed, others } = asked();
    room.must(candidate, { type: "writeAnswer", askId: closed, text: "one" });
    room.tend({ type: "foldAnswer", askId: open, text: "two", onto: "" });
    room.must(candidate, begin(open));
    const before = others.map((seatId) => room.view(seatId));
    room.must(candidate, { type: "writeAnswer", askId: closed, text: "one, later" });
    room.must(candidate, { type: "writeAnswer", askId: open, text: "two, unseen" });
    // It is in the log by then, and brought together with the document as ever.
    room.tend({ type: "foldAnswer", askId: open, text: "two, unseen", onto: "two, unseen" });
    expect(others.map((seatId) => room.view(seatId))).toEqual(before);
    expect(room.candidateView(candidate).ask?.answer).toBe("two, unseen");
    room.must(candidate, end(open));
    const answers = room.panelView(others[0] ?? "").asks.map(({ answer }) => answer);
    expect(answers).toEqual(["one, later", "two, unseen"]);
  });
});

describe("among peers", () => {
  test("either of the two begins and ends it, whoever listens does not, and another's round before is not touched", () => {
    const among = peerRoom({ people: 3 });
    const { room, peers } = among;
    const [one = "", two = "", three = ""] = peers;
    const askIn = (asking: string): string => {
      const itemId = room.round.plan[0]?.itemId ?? "";
      const events = room.must(asking, { type: "push", source: { kind: "plan", itemId } });
      return events.flatMap((event) => (event.type === "asked" ? event.askId : []))[0] ?? "";
    };
    allReady(among);
    const first = askIn(one);
    expect(refusalOf(room.act(three, begin(first)))).toBe("wrong_seat");
    room.must(one, begin(first));
    room.must(two, end(first));
    room.must(two, begin(first));
    expect([one, two, three].map((seatId) => receivesWorkspace(room.state, seatId, first))).toEqual([
      false,
      true,
      false,
    ]);
    allReady(among);
    expect(isQuiet(room)).toBe(false);
    allReady(among);
    const second = askIn(two);
    room.must(three, begin(second));
    expect([one, two, three].map((seatId) => receivesWorkspace(room.state, seatId, first))).toEqual([true, true, true]);
    expect(receivesWorkspace(room.state, two, second)).toBe(false);
    // What was written late in a round that is over is not lost for it.
    expect(edit(room, two, first)).toBeNull();
  });
});

test("in any course it lasts no longer than its question and its candidate do, and what others see of what they write stands still", () => {
  let quietCommits = 0;
  fc.assert(
    fc.property(beginnings, courses(60), (beginning, course) => {
      const room = beginRoom(beginning);
      for (const step of course) {
        const before = room.state;
        play(room, step);
        const { state } = room;
        const quiet = quietOf(state);
        if (!quiet) {
          assert.ok(room.asks.every(({ stood }) => stood === null));
          continue;
        }
        quietCommits += 1;
        assert.equal(currentRound(state).openAskId, quiet.askId);
        assert.ok(["live", "paused"].includes(currentRound(state).phase));
        assert.equal(state.seats[quiet.candidateId]?.removed, false);
        if (quietOf(before)?.askId !== quiet.askId) continue;
        for (const { round, ask } of state.rounds.flatMap((round) => round.asks.map((ask) => ({ round, ask })))) {
          const known = before.rounds[round.roundId - 1]?.asks.find(({ askId }) => askId === ask.askId);
          if (known && ask.candidateId === quiet.candidateId) assert.equal(ask.stood, known.stood);
        }
      }
    }),
    propertyRuns(300),
  );
  expect(quietCommits).toBeGreaterThan(100);
});
