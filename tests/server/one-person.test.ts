import { LIMITS } from "@whetstone/shared/room/limits";
import { describe, expect, test } from "vitest";
import { BACKLOG_LIMITS } from "../../server/src/http/backlog.ts";
import { newId, newSeat, type Seat } from "../support/seats.ts";
import { Clock, liveHouse, startServer, type TestServer } from "../support/server.ts";

/** One person with one seat who means harm, or whose machine does: the others go on. */

const note = (text: string) => ({ ...NOTE, noteId: newId("n"), text }) as const;
const NOTE = { type: "writeNote", askId: null, mark: null, evidenceFor: null, ageMs: 0 } as const;

describe("what a seat may send", () => {
  test("is the seat's: whoever comes back finds what they had left", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now, config: { commandsPerSecond: 5 } });
    const { ines, ivan } = await liveHouse(server);
    for (let count = 0; count < 10; count++) await ines.must(note(`note ${count}`));
    for (let comeback = 0; comeback < 5; comeback++) {
      expect(await ines.send(note("more"))).toMatchObject({ ok: false, refusal: { reason: "too_many" } });
      await ines.connect();
    }
    await ivan.must(note("of another seat"));
    clock.advance(1_000);
    const answers = [];
    for (let count = 0; count < 6; count++) answers.push((await ines.send(note("later"))).ok);
    expect(answers).toEqual([true, true, true, true, true, false]);
  });

  test("on a side channel is the seat's too", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now, config: { commandsPerSecond: 10 } });
    const { ines, ivan } = await liveHouse(server);
    const answered = async (seat: Seat, times: number) => {
      let answers = 0;
      for (let count = 0; count < times; count++)
        void seat.time().then(
          () => (answers += 1),
          () => undefined,
        );
      await seat.must({ type: "recommend", recommendation: "yes" });
      return answers;
    };
    // A few were spent on the way into the room.
    const first = await answered(ines, 30);
    expect(first).toBeLessThanOrEqual(20);
    await ines.connect();
    expect(await answered(ines, 30)).toBe(0);
    expect(await answered(ivan, 1)).toBe(1);
  });

  test("has a length: whoever sends more is not listened to until it is paid for", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now });
    const { ines, ivan } = await liveHouse(server);
    // What no schema takes costs as much as what one does.
    const long = { ...note("x"), text: "x".repeat(400_000) };
    let sent = 0;
    while (ines.isConnected && sent < 100) {
      sent += 1;
      await ines.send(long).catch(() => undefined);
    }
    expect(sent).toBeLessThan(30);
    expect(ines.lost).toMatchObject({ reason: "too_many" });
    await expect(ines.connect()).rejects.toThrow("too_many");
    await ivan.must(note("goes on"));
    clock.advance(10_000);
    await ines.connect();
    await ines.must(note("paid for"));
  });

  test("whole views have a price: a seat that asks for them again and again gets so many", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now });
    const { ines, ivan } = await liveHouse(server);
    for (let count = 0; count < 20; count++) await ines.must(note(`${count} `.padEnd(LIMITS.note, "x")));
    await ines.connect();
    const before = ines.frames.length;
    for (let count = 0; count < 100; count++) {
      ines.emit("resync");
      await ines.time();
    }
    // 400 KB each, of the eight megabytes that a seat has at once.
    const whole = ines.frames.slice(before).filter(({ kind }) => kind === "whole");
    expect(whole.length).toBeGreaterThan(5);
    expect(whole.length).toBeLessThan(22);
    await expect(ines.connect()).rejects.toThrow("too_many");
    clock.advance(60_000);
    await ines.connect();
    await ivan.must(note("goes on"));
  });
});

describe("a receiver that does not read", () => {
  const flood = async (candidate: Seat, askId: string, times: number) => {
    for (let count = 0; count < times; count++) {
      const text = `${count} `.padEnd(LIMITS.answer, "abcdefghij"[count % 10]);
      await candidate.must({ type: "writeAnswer", askId, text });
    }
  };
  const gone = (host: Seat, seatId: string) => host.waitFor(() => host.presences.at(-1)?.includes(seatId) === false);

  test("is dropped when too much waits for it, and comes back to the latest view", async () => {
    const server = await startServer({ backlogLimits: { ...BACKLOG_LIMITS, most: 512 * 1024, patienceMs: 600_000 } });
    const { room, host, candidate, observer } = await liveHouse(server);
    const askId = await room.push("first-question");
    const { seatId } = observer;
    observer.stopReading();
    const dropped = gone(host, seatId);
    await flood(candidate, askId, 400);
    await dropped;
    await observer.connect();
    expect(observer.observer.asks[0]?.answer).toBe(host.openAsk.answer);
  });

  test("is dropped when much waits for it for long", async () => {
    const limits = { most: BACKLOG_LIMITS.most, much: 128 * 1024, patienceMs: 20 };
    const server = await startServer({ backlogLimits: limits });
    const { room, host, candidate, observer } = await liveHouse(server);
    const askId = await room.push("first-question");
    const { seatId } = observer;
    observer.stopReading();
    const dropped = gone(host, seatId);
    await flood(candidate, askId, 300);
    await dropped;
  });

  test("is dropped where it polls no more, and answers pings all the same", async () => {
    const server = await startServer({ backlogLimits: { ...BACKLOG_LIMITS, most: 256 * 1024, patienceMs: 600_000 } });
    const { room, host, candidate } = await liveHouse(server);
    const askId = await room.push("first-question");
    const token = await server.takeSeat(room.secret("observer"), "Polls no more");
    const known = new Set(host.presences.at(-1));
    await pollOnce(server, token);
    await host.waitFor(() => host.presences.at(-1)?.some((seatId) => !known.has(seatId)) === true);
    const seatId = host.presences.at(-1)?.find((id) => !known.has(id)) ?? "";
    const dropped = gone(host, seatId);
    await flood(candidate, askId, 30);
    await dropped;
  });

  test("gets one whole view at a time, however often it asks", async () => {
    const server = await startServer({ backlogLimits: { ...BACKLOG_LIMITS, patienceMs: 600_000 } });
    const { ines } = await liveHouse(server);
    for (let count = 0; count < 60; count++) await ines.must(note(`${count} `.padEnd(LIMITS.note, "x")));
    const reader = await newSeat(server.url, ines.token).connect();
    const readOn = reader.stopReading();
    const before = reader.frames.length;
    for (let count = 0; count < 50; count++) reader.emit("resync");
    // Answered over HTTP, after what the socket had sent before was taken in.
    for (let count = 0; count < 5; count++) await server.get("/api/info");
    readOn();
    await reader.time();
    // More than a megabyte each: the kernel takes two or three in on the way, and one waits for them to be read.
    const whole = reader.frames.slice(before).filter(({ kind }) => kind === "whole");
    expect(whole.length).toBeGreaterThan(0);
    expect(whole.length).toBeLessThan(6);
  });
});

/** A connection by polling that takes in its first view and polls no more. */
async function pollOnce(server: TestServer, token: string): Promise<void> {
  const address = `${server.url}/socket.io/?EIO=4&transport=polling`;
  const opened = JSON.parse((await (await fetch(address)).text()).slice(1)) as { sid: string };
  const session = `${address}&sid=${opened.sid}`;
  await fetch(session, { method: "POST", body: `40${JSON.stringify({ token })}` });
  await (await fetch(session)).text();
}

describe("a room's size", () => {
  const fill = async (seat: Seat, times = 100) => {
    for (let count = 0; count < times; count++) {
      const answer = await seat.send(note(`${count} `.padEnd(4_000, "x")));
      if (!answer.ok) return answer.refusal;
    }
    return null;
  };

  /** How full a seat was told that the room is, each time. */
  const told = ({ messages }: Seat): number[] =>
    messages.flatMap((message) => /^2\["fullness",(\d+)\]$/.exec(message)?.slice(1).map(Number) ?? []);

  test("is told to the host when it is nearly reached, and beyond it only what is short is taken", async () => {
    const server = await startServer({ config: { roomBytes: 200_000 } });
    const { room, host, ines, ivan, candidate, observer } = await liveHouse(server);
    const askId = await room.push("first-question");
    for (const seat of [ines, ivan, host]) expect(await fill(seat)).toMatchObject({ reason: "room_large" });
    await host.time();
    const [first = 0, ...later] = told(host);
    expect([80, 81, 82, 83]).toContain(first);
    expect(later.at(-1)).toBe(100);
    await Promise.all([ines, candidate, observer].map((seat) => seat.time()));
    expect([ines, candidate, observer].map(told)).toEqual([[], [], []]);

    for (const text of ["an answer", ""]) {
      expect(await candidate.send({ type: "writeAnswer", askId, text })).toMatchObject({
        ok: false,
        refusal: { reason: "room_large" },
      });
    }
    await ines.must({ type: "rate", askId, criterionId: "depth", level: 3 });
    await ines.must({ type: "recommend", recommendation: "yes" });
    await host.must({ type: "end" });
    await ines.must({ type: "submitScorecard", reason: "There was no space for more." });
    expect(ines.panel.scorecard.versions).toHaveLength(1);
    await observer.connect();
    // After a restart it is as full as it was.
    const again = await server.restart();
    await ivan.connect(again.url);
    expect(await ivan.send(note("more"))).toMatchObject({ ok: false, refusal: { reason: "room_large" } });
  });

  test("is nobody's alone: who has taken half of it leaves the rest to the others", async () => {
    const server = await startServer({ config: { roomBytes: 400_000 } });
    const { room, ines, candidate } = await liveHouse(server);
    const askId = await room.push("first-question");
    let refused = null;
    for (let count = 0; count < 200 && !refused; count++) {
      const text = "abcdefghij"[count % 10]?.repeat(4_000) ?? "";
      const answer = await candidate.send({ type: "writeAnswer", askId, text });
      refused = answer.ok ? null : answer.refusal;
    }
    expect(refused).toMatchObject({ reason: "room_large" });
    await ines.must(note("There is space for this."));
    await candidate.must({ type: "raiseHand" });
  });

  test("stops also who gives short commands without an end", async () => {
    const server = await startServer({ config: { roomBytes: 20_000 } });
    const { room, ines, host } = await liveHouse(server);
    const askId = await room.push("first-question");
    let refused = null;
    for (let count = 0; count < 2_000 && !refused; count++) {
      const answer = await ines.send({ type: "rate", askId, criterionId: "depth", level: count % 2 ? 1 : 2 });
      refused = answer.ok ? null : answer.refusal;
    }
    expect(refused).toMatchObject({ reason: "room_large" });
    await host.must({ type: "end" });
  });
});
