import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ServerClock } from "../../client/src/room/store/clock.ts";
import type { RoomSocket } from "../../client/src/room/store/socket.ts";
import { FakeSocket } from "./fakes.ts";

const TRUE_START = Date.UTC(2026, 0, 5, 9);

beforeEach(() => {
  vi.useFakeTimers({ now: TRUE_START });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A clock on a computer that is `skewMs` ahead, with one sample for each trip: so long there, so long back. */
function clockAfter(skewMs: number, trips: readonly { there: number; back: number }[]): ServerClock {
  const socket = new FakeSocket();
  const clock = new ServerClock(socket as unknown as RoomSocket, () => Date.now() + skewMs);
  socket.fire("connect");
  for (const { there, back } of trips) {
    const answer = socket.timeAnswers.at(-1);
    vi.advanceTimersByTime(there);
    const serverNow = Date.now();
    vi.advanceTimersByTime(back);
    answer?.(serverNow);
    vi.advanceTimersByTime(150);
  }
  return clock;
}

describe("the server's clock", () => {
  it("is right to half of the shortest trip, however wrong the computer's own is", () => {
    const trip = fc.record({ there: fc.integer({ min: 0, max: 400 }), back: fc.integer({ min: 0, max: 400 }) });
    fc.assert(
      fc.property(
        fc.integer({ min: -86_400_000, max: 86_400_000 }),
        fc.array(trip, { minLength: 1, maxLength: 5 }),
        (skewMs, trips) => {
          const shortest = Math.min(...trips.map(({ there, back }) => there + back));
          const clock = clockAfter(skewMs, trips);
          expect(Math.abs(clock.now() - Date.now())).toBeLessThanOrEqual(shortest / 2);
          clock.stop();
        },
      ),
    );
  });

  it("agrees on two computers to a quarter of a second where their trips take less", () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.integer({ min: -3_600_000, max: 3_600_000 }), fc.integer({ min: -3_600_000, max: 3_600_000 })),
        fc.array(fc.record({ there: fc.nat(125), back: fc.nat(125) }), { minLength: 5, maxLength: 5 }),
        fc.array(fc.record({ there: fc.nat(125), back: fc.nat(125) }), { minLength: 5, maxLength: 5 }),
        ([skewA, skewB], tripsA, tripsB) => {
          const errorA = clockError(skewA, tripsA);
          const errorB = clockError(skewB, tripsB);
          expect(Math.abs(errorA - errorB)).toBeLessThanOrEqual(250);
        },
      ),
    );
  });

  it("asks anew at each connect, and goes by what an earlier connection said only until it is answered", () => {
    const socket = new FakeSocket();
    const clock = new ServerClock(socket as unknown as RoomSocket, Date.now);
    socket.fire("connect");
    socket.timeAnswers.at(-1)?.(Date.now() + 60_000);
    expect(clock.now()).toBe(Date.now() + 60_000);
    socket.fire("disconnect", "transport close");
    expect(clock.now()).toBe(Date.now() + 60_000);
    socket.fire("connect");
    expect(clock.now()).toBe(Date.now() + 60_000);
    socket.timeAnswers.at(-1)?.(Date.now() + 5_000);
    expect(clock.now()).toBe(Date.now() + 5_000);
    clock.stop();
  });

  it("is not known before the server has said it", () => {
    const socket = new FakeSocket();
    const clock = new ServerClock(socket as unknown as RoomSocket, Date.now);
    expect(clock.isKnown).toBe(false);
    socket.fire("connect");
    expect(clock.isKnown).toBe(false);
    socket.timeAnswers.at(-1)?.(Date.now());
    expect(clock.isKnown).toBe(true);
    clock.stop();
  });

  it("is asked five times in a row, and then three times a minute", () => {
    const { socket, clock } = asked(5);
    expect(socket.timeAnswers).toHaveLength(5);
    vi.advanceTimersByTime(19_000);
    expect(socket.timeAnswers).toHaveLength(5);
    vi.advanceTimersByTime(1_000);
    expect(socket.timeAnswers).toHaveLength(6);
    clock.stop();
  });

  it("goes by what was said last where the computer's own clock was set, however short an earlier trip was", () => {
    const { socket, clock, computer } = asked(5);
    computer.aheadMs = 3_600_000;
    for (let answers = 0; answers < 5; answers++) {
      vi.advanceTimersByTime(20_000);
      const answer = socket.timeAnswers.at(-1);
      vi.advanceTimersByTime(100);
      answer?.(Date.now() - 50);
    }
    expect(clock.now()).toBe(Date.now());
    clock.stop();
  });

  it("is asked again at once where this computer slept or its clock was set, and goes by that answer alone", () => {
    const { socket, clock, computer } = asked(5);
    socket.connected = true;
    // A sample that was under way before says nothing of the time after.
    vi.advanceTimersByTime(20_000);
    const early = socket.timeAnswers.at(-1);
    const serverNow = Date.now();
    computer.aheadMs = -3_600_000;
    clock.relearn();
    early?.(serverNow);
    vi.advanceTimersByTime(100);
    socket.timeAnswers.at(-1)?.(Date.now() - 50);
    expect(clock.now()).toBe(Date.now());
    clock.stop();
  });

  it("is what it was until that is answered, and where nobody can be asked", () => {
    const { socket, clock } = asked(5);
    const { length } = socket.timeAnswers;
    clock.relearn();
    expect([clock.now(), socket.timeAnswers.length]).toEqual([Date.now(), length]);
    socket.connected = true;
    clock.relearn();
    expect([clock.now(), socket.timeAnswers.length]).toEqual([Date.now(), length + 1]);
    clock.stop();
  });

  it("asks for nothing while there is no connection", () => {
    const socket = new FakeSocket();
    new ServerClock(socket as unknown as RoomSocket, Date.now);
    socket.fire("connect");
    socket.timeAnswers.at(-1)?.(Date.now());
    socket.fire("disconnect", "transport close");
    const { length } = socket.timeAnswers;
    vi.advanceTimersByTime(60_000);
    expect(socket.timeAnswers).toHaveLength(length);
  });

  it.each([3_600_000, -3_600_000])("is right as soon as it is told that it was set by %d ms", (by) => {
    const socket = new FakeSocket();
    const clock = new ServerClock(socket as unknown as RoomSocket, Date.now);
    socket.fire("connect");
    socket.timeAnswers.at(-1)?.(Date.now());
    socket.fire("clockSet", Date.now() + by);
    expect(clock.now()).toBe(Date.now() + by);
    socket.timeAnswers.at(-1)?.(Date.now() + by);
    expect(clock.now()).toBe(Date.now() + by);
    clock.stop();
  });

  it("goes by no sample of before one of the two clocks was set, however short its trip was", () => {
    const socket = new FakeSocket();
    const clock = new ServerClock(socket as unknown as RoomSocket, Date.now);
    socket.fire("connect");
    socket.timeAnswers.at(-1)?.(Date.now());
    vi.advanceTimersByTime(150);
    const answer = socket.timeAnswers.at(-1);
    vi.advanceTimersByTime(400);
    answer?.(Date.now() + 3_600_000);
    expect(Math.abs(clock.now() - Date.now() - 3_600_000)).toBeLessThanOrEqual(200);
    clock.stop();
  });
});

/** A clock that the server has answered so many times, at once each time, on a computer that can be set. */
function asked(times: number) {
  const computer = { aheadMs: 0 };
  const socket = new FakeSocket();
  const clock = new ServerClock(socket as unknown as RoomSocket, () => Date.now() + computer.aheadMs);
  socket.fire("connect");
  for (let answers = 0; answers < times; answers++) {
    if (answers > 0) vi.advanceTimersByTime(150);
    socket.timeAnswers.at(-1)?.(Date.now());
  }
  return { socket, clock, computer };
}

function clockError(skewMs: number, trips: readonly { there: number; back: number }[]): number {
  const clock = clockAfter(skewMs, trips);
  const error = clock.now() - Date.now();
  clock.stop();
  return error;
}
