import { courseOf } from "@whetstone/shared/debrief";
import { remainingMs } from "@whetstone/shared/room/course/timer";
import { expect, test } from "vitest";
import { livePanelRoom, MINUTE, type PanelRoom } from "../support/domain.ts";

/** What is left of the interview's 45 minutes for everybody who looks. */
function left({ room }: PanelRoom): number {
  const all = Object.keys(room.state.seats).flatMap((seatId) => room.timedView(seatId) ?? []);
  const [one = Number.NaN, ...others] = new Set(all.map(({ timer }) => remainingMs(timer, room.now)));
  expect(others).toEqual([]);
  return one;
}

test.each([
  ["without a pause", [], 10],
  ["after one pause", [4], 14],
  ["after several pauses", [4, 7, 1], 22],
] as const)("the interview's timer stands where it ended, %s", (_name, pauses, running) => {
  const panel = livePanelRoom();
  const { room, host } = panel;
  for (const minutes of pauses) {
    room.wait(minutes * MINUTE);
    room.must(host, { type: "pause" });
    room.wait(3 * MINUTE);
    room.must(host, { type: "resume" });
  }
  room.wait(10 * MINUTE);
  room.must(host, { type: "end" });
  expect(left(panel)).toBe((45 - running) * MINUTE);
  room.wait(60 * MINUTE);
  expect(left(panel)).toBe((45 - running) * MINUTE);
  expect(courseOf(room.panelView(host))).toMatchObject({ plannedMs: 45 * MINUTE, usedMs: running * MINUTE });
});

test("the interview's timer stands at its pause where it was paused when it ended", () => {
  const panel = livePanelRoom();
  const { room, host } = panel;
  const askId = room.push("first-question");
  room.wait(2 * MINUTE);
  room.must(host, { type: "pause" });
  room.wait(MINUTE);
  room.must(host, { type: "resume" });
  room.wait(4 * MINUTE);
  room.must(host, { type: "pause" });
  room.wait(30 * MINUTE);
  expect(left(panel)).toBe(39 * MINUTE);
  room.must(host, { type: "end" });
  room.wait(MINUTE);
  expect(left(panel)).toBe(39 * MINUTE);
  expect(room.panelView(host).asks).toMatchObject([{ askId, closedMs: 6 * MINUTE, openSinceMs: null }]);
});
