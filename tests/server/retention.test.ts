import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { dryRun } from "../../server/src/data/retention.ts";
import { agesIn } from "../../server/src/sqlite/ages.ts";
import { buildServer } from "../support/process.ts";
import { newSeat } from "../support/seats.ts";
import { Clock, fullHouse, liveHouse, type ServerOptions, startServer, type TestServer } from "../support/server.ts";

const DAY = 24 * 3_600_000;
const bearer = ({ token }: { readonly token: string }) => ({ authorization: `Bearer ${token}` });

/** The day until which a seat reads that its room is kept, once it is said. */
async function keptUntilOf(server: TestServer, token: string): Promise<number> {
  const seat = await newSeat(server.url, token).connect();
  await seat.until(({ room }) => room.keptUntil !== undefined);
  return seat.view.room.keptUntil ?? Number.NaN;
}

async function isErased(server: TestServer, token: string): Promise<boolean> {
  const answer = await server.get("/api/room/export.json", { authorization: `Bearer ${token}` });
  return (answer.body as { reason?: string }).reason === "room_erased";
}

/** Starts a server over the same data with another setting, once it has looked what is due. */
async function restartWith(server: TestServer, options: ServerOptions): Promise<TestServer> {
  await server.close();
  const again = await startServer({ ...options, database: server.dataFile });
  // Closing waits until the look is over.
  await again.close();
  return startServer({ ...options, database: again.dataFile });
}

const kept = (days: number | null, clock: Clock): ServerOptions => ({ now: clock.now, config: { keepDays: days } });

describe("rooms that are kept for so many days", () => {
  test("say the day to everybody, before they come in and after, and are erased on it by themselves", async () => {
    const clock = new Clock();
    const server = await startServer(kept(30, clock));
    const { room, host, ines, candidate, observer } = await liveHouse(server);
    clock.advance(3_600_000);
    await host.must({ type: "end" });
    const until = clock.now() + 30 * DAY;
    for (const { token } of [host, ines, candidate, observer]) {
      const seat = await newSeat(server.url, token).connect();
      await seat.until((view) => view.room.keptUntil === until);
    }
    const looked = await server.post("/api/links/look", { secret: room.secret("candidate") });
    expect(looked.body).toMatchObject({ keptUntil: until });

    clock.advance(30 * DAY - 1);
    const before = await restartWith(server, kept(30, clock));
    expect(await isErased(before, host.token)).toBe(false);
    clock.advance(1);
    const after = await restartWith(before, kept(30, clock));
    expect(await isErased(after, host.token)).toBe(true);
    const trail = await after.get("/api/room/trail", bearer(host));
    const { entries } = trail.body as { entries: unknown[] };
    expect(entries.at(-1)).toMatchObject({ what: "erased", why: "age", who: null });
  });

  test("are not erased while they go on, however old they are", async () => {
    const clock = new Clock();
    const server = await startServer(kept(10, clock));
    const { host, ines } = await fullHouse(server);
    for (let week = 0; week < 3; week++) {
      clock.advance(7 * DAY);
      await host.must({ type: "showObservers", shown: week % 2 === 0 });
      await host.until(({ room }) => room.keptUntil === clock.now() + 10 * DAY);
    }
    const again = await restartWith(server, kept(10, clock));
    expect(await isErased(again, ines.token)).toBe(false);
  });

  test("are told a week ahead where a new setting would erase them at once", async () => {
    const clock = new Clock();
    const server = await startServer(kept(null, clock));
    const { host } = await liveHouse(server);
    await host.must({ type: "end" });
    expect(host.view.room.keptUntil).toBeUndefined();
    clock.advance(400 * DAY);
    const again = await restartWith(server, kept(30, clock));
    expect(await keptUntilOf(again, host.token)).toBe(clock.now() + 7 * DAY);
    clock.advance(7 * DAY);
    const later = await restartWith(again, kept(30, clock));
    expect(await isErased(later, host.token)).toBe(true);
  });

  test("go by the new setting where that keeps them longer, or keeps them for ever", async () => {
    const clock = new Clock();
    const server = await startServer(kept(30, clock));
    const { host } = await liveHouse(server);
    await host.must({ type: "end" });
    const ended = clock.now();
    const longer = await restartWith(server, kept(365, clock));
    expect(await keptUntilOf(longer, host.token)).toBe(ended + 365 * DAY);
    const forEver = await restartWith(longer, kept(null, clock));
    const seat = await newSeat(forEver.url, host.token).connect();
    expect(seat.view.room.keptUntil).toBeUndefined();
  });
});

describe("the dry run", () => {
  test("names the rooms that would go and when, and erases nothing", async () => {
    const clock = new Clock();
    const server = await startServer(kept(null, clock));
    const old = await liveHouse(server);
    await old.host.must({ type: "end" });
    clock.advance(100 * DAY);
    const fresh = await fullHouse(server);
    const lines = await dryRun(agesIn(server.dataFile), 30, clock.now());
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    expect(lines).toEqual([
      `${day(clock.now() + 7 * DAY)}  ${old.room.roomId}  opened 2026-01-05, ended 2026-01-05`,
      `${day(clock.now() + 30 * DAY)}  ${fresh.room.roomId}  opened ${day(clock.now())}, not ended`,
      expect.stringMatching(/^Of 2 rooms 2 would be erased by themselves: 0 within a day, 2 within 30 days\. Nothing/),
    ]);
    expect(await dryRun(agesIn(server.dataFile), null, clock.now())).toHaveLength(1);
    expect(await isErased(server, old.host.token)).toBe(false);
    await old.host.must({ type: "writeSummary", text: "still here" });
  });

  test("is a command", async () => {
    await buildServer();
    const server = await startServer({ now: new Clock().now });
    const { room } = await fullHouse(server);
    const bin = fileURLToPath(new URL("../../server/bin/retention.mjs", import.meta.url));
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [bin, ...args], {
        env: { PATH: process.env.PATH, DATA_DIR: dirname(server.dataFile) },
        encoding: "utf8",
      });
    const days = run("--days", "30");
    expect([days.status, days.stderr]).toEqual([0, ""]);
    expect(days.stdout).toContain(room.roomId);
    expect(run().stdout).toMatch(/No days are set/);
    expect(run("--days", "soon").status).toBe(2);
  });
});
