import { LIMITS } from "@whetstone/shared/room/limits";
import { describe, expect, test } from "vitest";
import { BACKLOG_LIMITS } from "../../server/src/http/backlog.ts";
import { newId, newSeat, type Seat } from "../support/seats.ts";
import { liveHouse, startServer } from "../support/server.ts";

const TRANSPORTS = [["websocket"], ["polling"], ["polling", "websocket"]] as const;

describe("frames", () => {
  test("of every length reach every kind of connection, in their order", async () => {
    const server = await startServer();
    const { room, host, candidate } = await liveHouse(server);
    const observers: Seat[] = [];
    for (const transports of TRANSPORTS) {
      const token = await server.takeSeat(room.secret("observer"), transports.join(" then "));
      observers.push(await newSeat(server.url, token, { transports }).connect());
    }
    const askId = await room.push("first-question");
    const write = (text: string) => candidate.must({ type: "writeAnswer", askId, text });
    // Past the length at which the head of a WebSocket's frame grows, one by one.
    for (let length = 1; length <= 140; length++) {
      await write("");
      await write("a".repeat(length));
    }
    // Letters of two, three and four bytes.
    for (const letter of ["é", "語", "😀"]) {
      for (const length of [40, 120, LIMITS.answer / 2]) await write(letter.repeat(length));
    }
    await Promise.all([host, ...observers].map((seat) => seat.time()));
    for (const observer of observers) expect(observer.observer.asks).toEqual(host.panel.asks);
    expect(host.openAsk.answer).toBe("😀".repeat(LIMITS.answer / 2));
  });

  test("of more than 64 KiB are whole", async () => {
    const { host } = await liveHouse(await startServer());
    const note = { type: "writeNote", askId: null, mark: null, evidenceFor: null, ageMs: 0 } as const;
    for (let count = 0; count < 5; count++) {
      await host.must({ ...note, noteId: newId("n"), text: `${count}語`.repeat(LIMITS.note / 2) });
    }
    const before = host.view;
    await host.connect();
    expect(host.view).toEqual(before);
    expect(JSON.stringify(host.frames.at(-1)).length).toBeGreaterThan(65_536);
  });

  test("many at once to one seat come as they were sent, with the answers between them", async () => {
    const server = await startServer();
    const { room, host, ines, candidate } = await liveHouse(server);
    const askId = await room.push("first-question");
    const note = { type: "writeNote", askId, mark: null, evidenceFor: null, ageMs: 0 } as const;
    const done = [];
    for (let count = 0; count < 60; count++) {
      done.push(candidate.must({ type: "writeAnswer", askId, text: `answer ${count}` }));
      done.push(ines.must({ ...note, noteId: newId("n"), text: `note ${count}` }));
    }
    await Promise.all(done);
    await Promise.all([host, ines, candidate].map((seat) => seat.time()));
    expect(host.openAsk.answer).toBe("answer 59");
    expect(ines.openAsk.answer).toBe("answer 59");
    expect(ines.panel.scorecard.notes).toHaveLength(60);
  });

  test("to somebody who does not read for a while wait, and come in their order, while others get theirs", async () => {
    const server = await startServer({ backlogLimits: { ...BACKLOG_LIMITS, patienceMs: 600_000 } });
    const { room, host, candidate, observer } = await liveHouse(server);
    const askId = await room.push("first-question");
    await observer.time();
    const seen = observer.frames.length;
    const readOn = observer.stopReading();
    const letters = "abcdefghij";
    for (let count = 0; count < 300; count++) {
      const text = (letters[count % letters.length] ?? "").repeat(LIMITS.answer);
      await candidate.must({ type: "writeAnswer", askId, text });
    }
    await host.time();
    expect(host.openAsk.answer).toBe("j".repeat(LIMITS.answer));
    expect(observer.frames.length).toBeLessThan(seen + 300);
    readOn();
    await observer.time();
    expect(observer.frames.length).toBe(seen + 300);
    expect(observer.observer.asks).toEqual(host.panel.asks);
  });
});
