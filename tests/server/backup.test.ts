import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { evolve, type RoomState } from "@whetstone/shared/room/state";
import { view } from "@whetstone/shared/room/view/view";
import { describe, expect, test } from "vitest";
import { BackupFault, backUp, backupsIn, restore } from "../../server/src/data/backup.ts";
import { ScheduledBackups } from "../../server/src/data/scheduled-backups.ts";
import { takeLock } from "../../server/src/sqlite/lock.ts";
import { commitsOf } from "../support/commits.ts";
import { keysBeside, openLog } from "../support/log.ts";
import { buildServer } from "../support/process.ts";
import { newSeat } from "../support/seats.ts";
import { Clock, liveHouse, startServer, type TestServer, temporaryFolder } from "../support/server.ts";

const BIN = fileURLToPath(new URL("../../server/bin/", import.meta.url));
const NOW = Date.UTC(2026, 0, 5, 9);
const HOUR = 3_600_000;

/** A server in which people write until the function that this gives is called. */
async function busyServer() {
  const server = await startServer();
  const houses = [await liveHouse(server), await liveHouse(server)];
  let isOver = false;
  const writing = houses.map(async ({ host, ines }) => {
    for (let count = 0; !isOver; count++) {
      await host.must({ type: "writeSummary", text: `written ${count}` });
      await ines.must({ type: "writeSummary", text: `by Ines ${count}` });
    }
  });
  const stop = async () => {
    isOver = true;
    await Promise.all(writing);
  };
  return { server, houses, stop, directory: dirname(server.dataFile) };
}

/** How often Ines had written, by her summary; -1 where she had not yet. */
function countIn(summary: string): number {
  return Number(/^by Ines (\d+)$/.exec(summary)?.[1] ?? -1);
}

async function restoredServer(file: string, keys: string): Promise<TestServer> {
  const directory = join(await temporaryFolder(), "restored");
  restore(file, directory, NOW, keys);
  return startServer({ database: join(directory, "whetstone.sqlite") });
}

describe("a backup", () => {
  test("that is made while people write has every room as it was at one moment, for every seat", async () => {
    const { server, houses, stop, directory } = await busyServer();
    const file = join(await temporaryFolder(), "backup.sqlite");
    const before = houses.map(({ ines }) => countIn(ines.panel.scorecard.summary));
    await backUp(directory, file);
    await stop();
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    const log = openLog(server.dataFile);
    const again = await restoredServer(file, keysBeside(server.dataFile));
    const copied = openLog(again.dataFile);
    for (const [index, { room, host, ines, ivan, candidate, observer }] of houses.entries()) {
      const commits = await commitsOf(copied, room.roomId);
      const all = await commitsOf(log, room.roomId);
      // A part of the log from its beginning, and no less than was acknowledged before (below).
      expect(commits).toEqual(all.slice(0, commits.length));
      let state: RoomState | null = null;
      for (const { events, at } of commits) for (const event of events) state = evolve(state, event, at);
      for (const { token, seatId } of [host, ines, ivan, candidate, observer]) {
        const seat = await newSeat(again.url, token).connect();
        expect(seat.view).toEqual(state && view(state, seatId));
        if (seatId === ines.seatId) {
          expect(countIn(seat.panel.scorecard.summary)).toBeGreaterThanOrEqual(before[index] ?? Number.NaN);
        }
      }
    }
    await log.close();
    await copied.close();
  });

  test("overwrites no file, and says where there is nothing to back up", async () => {
    const { server, stop, directory } = await busyServer();
    await stop();
    await server.close();
    const file = join(await temporaryFolder(), "backup.sqlite");
    await writeFile(file, "something else");
    await expect(backUp(directory, file)).rejects.toThrow(/is there already/);
    expect(await readFile(file, "utf8")).toBe("something else");
    await expect(backUp(await temporaryFolder(), `${file}.other`)).rejects.toThrow(BackupFault);
  });

  test("that fails leaves no half of a file", async () => {
    const directory = await temporaryFolder();
    await writeFile(join(directory, "whetstone.sqlite"), "no database ".repeat(1_000));
    const folder = await temporaryFolder();
    await expect(backUp(directory, join(folder, "backup.sqlite"))).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("restoring", () => {
  async function aBackup(): Promise<string> {
    const directory = await temporaryFolder();
    await openLog(join(directory, "whetstone.sqlite")).close();
    const file = join(await temporaryFolder(), "backup.sqlite");
    await backUp(directory, file);
    return file;
  }

  test("refuses a directory that is not empty, and leaves it as it is", async () => {
    const file = await aBackup();
    const directory = await temporaryFolder();
    await writeFile(join(directory, "letter.txt"), "Dear all");
    expect(() => restore(file, directory, NOW)).toThrow(/is not empty \(letter\.txt\)/);
    expect(await readdir(directory)).toEqual(["letter.txt"]);
  });

  test("refuses a directory that a server is using", async () => {
    const file = await aBackup();
    const directory = await temporaryFolder();
    const lock = takeLock(join(directory, "lock.sqlite"), join(directory, "lock.json"), NOW);
    expect(() => restore(file, directory, NOW)).toThrow(/A server is using/);
    lock.release();
    expect(restore(file, directory, NOW)).toEqual({ rooms: 0, commits: 0 });
  });

  test("refuses a file that is damaged, none, or no database, before it touches anything", async () => {
    const file = await aBackup();
    const bytes = await readFile(file);
    await writeFile(`${file}.damaged`, bytes.fill(0xff, 4_096, 8_192));
    await writeFile(`${file}.other`, "Dear all");
    const directory = join(await temporaryFolder(), "new");
    for (const wrong of [`${file}.damaged`, `${file}.other`]) {
      expect(() => restore(wrong, directory, NOW)).toThrow(/is no backup that can be used/);
    }
    expect(() => restore(`${file}.none`, directory, NOW)).toThrow(/There is no file/);
    await expect(readdir(directory)).rejects.toThrow();
  });

  test("and backing up are commands, which say what they did or why not", async () => {
    await buildServer();
    const run = (name: string, args: string[], dataDir: string) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(BIN, name), ...args], {
        env: { PATH: process.env.PATH, DATA_DIR: dataDir },
        encoding: "utf8",
      });
      return { status, said: stdout + stderr };
    };
    const directory = await temporaryFolder();
    await openLog(join(directory, "whetstone.sqlite")).close();
    expect(run("backup.mjs", [], directory)).toMatchObject({ status: 0 });
    const [name = ""] = backupsIn(join(directory, "backups"));
    const file = join(directory, "backups", name);
    const empty = await temporaryFolder();
    expect(run("restore.mjs", [file], empty)).toMatchObject({ status: 0, said: expect.stringContaining("0 rooms") });
    expect(run("restore.mjs", [file], empty)).toMatchObject({ status: 1, said: expect.stringMatching(/is not empty/) });
    expect(run("restore.mjs", [], empty)).toMatchObject({ status: 2, said: expect.stringMatching(/^Usage/) });
  });
});

describe("backups by themselves", () => {
  async function scheduled(kept = 3) {
    const directory = join(await temporaryFolder(), "backups");
    await mkdir(directory);
    const clock = new Clock(NOW);
    const errors: unknown[] = [];
    let isFull = false;
    const made = (): ScheduledBackups =>
      new ScheduledBackups({
        directory,
        every: 6 * HOUR,
        kept,
        make: async (file) => {
          if (isFull) throw new Error("The disk is full.");
          await writeFile(file, "");
        },
        now: clock.now,
        onError: (error) => errors.push(error),
      });
    const fill = (full: boolean) => {
      isFull = full;
    };
    return { directory, clock, errors, made, fill };
  }

  test("are made when they are due, also by a server that is started again, and the oldest are removed", async () => {
    const { directory, clock, made } = await scheduled();
    await writeFile(join(directory, "letter.txt"), "Dear all");
    await made().look();
    expect(backupsIn(directory)).toEqual(["whetstone-20260105T090000Z.sqlite"]);
    clock.advance(6 * HOUR - 1_000);
    await made().look();
    expect(backupsIn(directory)).toHaveLength(1);
    const backups = made();
    for (let count = 0; count < 5; count++) {
      clock.advance(6 * HOUR);
      await Promise.all([backups.look(), backups.look()]);
    }
    expect(backupsIn(directory)).toEqual([
      "whetstone-20260106T085959Z.sqlite",
      "whetstone-20260106T145959Z.sqlite",
      "whetstone-20260106T205959Z.sqlite",
    ]);
    expect(await readFile(join(directory, "letter.txt"), "utf8")).toBe("Dear all");
  });

  test("are told where one fails, once in a quarter of an hour, and made when they can be", async () => {
    const { directory, clock, errors, made, fill } = await scheduled();
    const backups = made();
    fill(true);
    for (let minute = 0; minute < 15; minute++) {
      await backups.look();
      clock.advance(60_000);
    }
    expect(errors).toHaveLength(1);
    fill(false);
    await backups.look();
    expect(backupsIn(directory)).toHaveLength(1);
  });

  test("go on where the clock was set back, and never remove the one that was made last", async () => {
    const { directory, clock, made } = await scheduled(1);
    await made().look();
    clock.advance(-HOUR);
    await made().look();
    expect(backupsIn(directory)).toEqual(["whetstone-20260105T080000Z.sqlite"]);
  });
});
