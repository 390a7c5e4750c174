import { describe, expect, test } from "vitest";
import { commitsOf } from "../support/commits.ts";
import { MINUTE } from "../support/domain.ts";
import { openLog } from "../support/log.ts";
import { newId } from "../support/seats.ts";
import { Clock, liveHouse, startServer } from "../support/server.ts";

const HOUR = 60 * MINUTE;

describe("a server whose clock is set back", () => {
  test("tells a room's events in their order all the same, also after a restart", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now });
    const { room, host, ines, candidate } = await liveHouse(server);
    const askId = await room.push("first-question");
    clock.advance(10 * MINUTE);
    await candidate.must({ type: "writeAnswer", askId, text: "before" });
    const latest = clock.now();

    clock.advance(-HOUR);
    await candidate.must({ type: "writeAnswer", askId, text: "before and after" });
    const note = { type: "writeNote", askId, text: "a note", mark: null, evidenceFor: null, ageMs: 0 } as const;
    await ines.must({ ...note, noteId: newId("n") });
    await server.takeSeat(room.secret("observer"), "Olga");

    const again = await server.restart();
    for (const seat of [host, ines]) await seat.connect(again.url);
    clock.advance(-HOUR);
    await ines.must({ ...note, noteId: newId("n") });
    await host.must({ type: "pause" });
    await host.must({ type: "resume" });
    await host.must({ type: "end" });
    await Promise.all([host.time(), ines.time()]);

    expect(host.host.asks).toMatchObject([{ askId, closedMs: 10 * MINUTE, openSinceMs: null }]);
    expect(host.host.timer).toMatchObject({ kind: "stopped", remainingMs: 35 * MINUTE });
    expect(ines.panel.scorecard.notes.map(({ at }) => at)).toEqual([latest, latest]);
    await again.close();
    const log = openLog(again.dataFile);
    const times = (await commitsOf(log, room.roomId)).map(({ at }) => at);
    await log.close();
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBe(latest);
  });

  test("lists the newest change of one's own questions first all the same", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now });
    const path = "/api/own/questions";
    const copy = async () => (await server.post(path, { copyOf: "first-question" })).body as { id: string };
    const listed = async () => ((await server.get(path)).body as { id: string }[]).map(({ id }) => id);
    const [first, second] = [await copy(), await copy()];
    expect(await listed()).toEqual([second.id, first.id]);
    clock.advance(-HOUR);
    expect((await server.post(`${path}/${first.id}/publish`, { revision: 1 })).status).toBe(200);
    expect(await listed()).toEqual([first.id, second.id]);
    const third = await copy();
    expect(await listed()).toEqual([third.id, first.id, second.id]);
  });

  test("takes a connection's commands again when its allowance is filled, and not an hour later", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now, config: { commandsPerSecond: 10 } });
    const { candidate } = await liveHouse(server);
    const raise = () => candidate.send({ type: "raiseHand" });
    // Twenty at once are allowed; a refused one costs nothing.
    const untilRefused = async () => {
      for (let count = 0; count <= 20; count++) if (!(await raise()).ok) return count;
      return Number.POSITIVE_INFINITY;
    };
    expect(await untilRefused()).toBe(20);
    clock.advance(-HOUR);
    expect(await untilRefused()).toBe(0);
    clock.advance(500);
    expect(await untilRefused()).toBe(5);
    clock.advance(HOUR);
    expect(await untilRefused()).toBe(20);
  });
});
