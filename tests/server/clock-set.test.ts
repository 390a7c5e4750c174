import { remainingMs } from "@whetstone/shared/room/course/timer";
import { currentRound } from "@whetstone/shared/room/state";
import { expect, test } from "vitest";
import { RoomClocks } from "../../server/src/room/room-clocks.ts";
import { livePanelRoom, MINUTE, panelRoom, type Room } from "../support/domain.ts";
import type { Seat } from "../support/seats.ts";
import { Clock, fullHouse, liveHouse, startServer } from "../support/server.ts";

/** A server whose clock is set, by an hour in either direction: a minute stays a minute, and moments are named rightly again. */

const HOUR = 60 * MINUTE;
const left = async (seat: Seat): Promise<number> => {
  const now = await seat.time();
  return remainingMs(seat.host.timer, now) / MINUTE;
};

test.each([HOUR, -HOUR])("by %d ms while an interview runs: its timers go on as they went", async (by) => {
  const clock = new Clock();
  const server = await startServer({ now: clock.now, steady: clock.steady });
  const { room, host, candidate } = await liveHouse(server, { minutes: 45 });
  const askId = await room.push("first-question");
  clock.advance(10 * MINUTE);
  clock.set(by);
  expect(await left(host)).toBe(35);
  await candidate.must({ type: "writeAnswer", askId, text: "after the clock was set" });
  clock.advance(5 * MINUTE);
  expect(await left(host)).toBe(30);
  await host.must({ type: "pause" });
  await host.time();
  expect(host.host.timer).toMatchObject({ kind: "stopped", remainingMs: 30 * MINUTE });
  clock.advance(MINUTE);
  await host.must({ type: "resume" });
  expect(await left(host)).toBe(30);
  clock.advance(MINUTE);
  expect(await left(host)).toBe(29);
  await host.must({ type: "end" });
  await host.time();
  expect(host.host.asks).toMatchObject([{ askId, closedMs: 16 * MINUTE }]);
});

test("forward before the start: the interview begins at the right moment, and everybody is told the time before its timer", async () => {
  const clock = new Clock();
  const server = await startServer({ now: clock.now, steady: clock.steady });
  const { room, host, candidate } = await fullHouse(server, { minutes: 15 });
  const begun = await host.time();
  clock.set(HOUR);
  host.messages.length = 0;
  await room.start(candidate);
  await host.time();
  const set = host.messages.findIndex((text) => text.includes("clockSet"));
  const timer = host.messages.findIndex((text) => text.includes("endsAt"));
  expect(host.messages[set]).toContain(String(begun + HOUR));
  expect(set).toBeGreaterThan(-1);
  expect(timer).toBeGreaterThan(set);
  expect(await left(host)).toBe(15);
  expect(host.host.room.startedAt).toBe(clock.now());
});

test("back over a restart: the timer is behind at no moment, and runs", async () => {
  const clock = new Clock();
  const server = await startServer({ now: clock.now, steady: clock.steady });
  const { host } = await liveHouse(server, { minutes: 15 });
  clock.set(-HOUR);
  const again = await server.restart();
  await host.connect(again.url);
  expect(await left(host)).toBe(15);
  clock.advance(2 * MINUTE);
  expect(await left(host)).toBe(13);
});

test("forward: what one may send is not more for it", async () => {
  const clock = new Clock();
  const server = await startServer({ now: clock.now, steady: clock.steady, config: { commandsPerSecond: 10 } });
  const { candidate } = await liveHouse(server);
  const untilRefused = async () => {
    for (let count = 0; count <= 20; count++) if (!(await candidate.send({ type: "raiseHand" })).ok) return count;
    return Number.POSITIVE_INFINITY;
  };
  expect(await untilRefused()).toBe(20);
  clock.set(HOUR);
  expect(await untilRefused()).toBe(0);
  clock.set(-2 * HOUR);
  clock.advance(1_000);
  expect(await untilRefused()).toBe(10);
});

/** The clock of one room, and how often it was told to be set. */
function roomClock({ state }: Pick<Room, "state">) {
  const clock = new Clock();
  const told: string[] = [];
  const clocks = new RoomClocks({ now: clock.now, steady: clock.steady, onSet: (roomId) => told.push(roomId) });
  const room = { roomId: "r_000000000001", state, at: 0 };
  return { clock, clocks, told, time: () => clocks.now(room), room };
}

test("a live room that everybody has left goes by the clock on the wall when somebody comes back", () => {
  const { clock, clocks, told, time } = roomClock(livePanelRoom().room);
  expect(time()).toBe(clock.now());
  clock.set(HOUR);
  expect(time()).toBe(clock.now() - HOUR);
  clocks.forget("r_000000000001");
  expect(time()).toBe(clock.now());
  expect(told).toEqual([]);
});

test("a room is told that its clock was set by more than a second, in either direction, and not of less", () => {
  const { clock, told, time, room } = roomClock(panelRoom().room);
  expect(currentRound(room.state).phase).toBe("lobby");
  time();
  for (const by of [1_000, -1_000, 999]) {
    clock.set(by);
    time();
  }
  expect(told).toEqual([]);
  for (const by of [1_001, -1_001]) {
    clock.set(by);
    expect(time()).toBe(clock.now());
  }
  expect(told).toEqual([room.roomId, room.roomId]);
});

test("a room's time is no fraction, and not before its last commit, whatever the clocks say", () => {
  const { clock, clocks, time, room } = roomClock(livePanelRoom().room);
  clock.advance(0.6);
  expect(Number.isInteger(time())).toBe(true);
  clock.set(-HOUR);
  const at = clock.now() + 2 * HOUR;
  expect(clocks.now({ ...room, at })).toBe(at);
  expect(clocks.now({ ...room, roomId: "r_000000000002", at })).toBe(at);
});
