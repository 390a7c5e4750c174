import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import type { Commit } from "@whetstone/shared/room/event";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { RoomLog } from "../../server/src/room/log.ts";
import makeCheckpoint from "../../server/src/sqlite/checkpoint-thread.ts";
import { Checkpoints } from "../../server/src/sqlite/checkpoints.ts";
import { Connection } from "../../server/src/sqlite/connection.ts";
import { WORK } from "../../server/src/threads/work.ts";
import { commitsOf, noteBegun } from "../support/commits.ts";
import { openLog } from "../support/log.ts";
import { buildServer, startProcess } from "../support/process.ts";
import { newId } from "../support/seats.ts";
import { PatientPool, TestServer, temporaryFolder } from "../support/server.ts";

const ROOM = "r_000000000001";
/** Of texts that a page holds one of. */
const PAGE = 4_096;
const TEXT = "x".repeat(3_000);
const MIB = 1024 * 1024;
/** Commits that are written while a checkpoint is made; fewer than what makes the next one begin. */
const WRITTEN_MEANWHILE = 300;

const commit = (seq: number): Commit => ({
  roomId: ROOM,
  seq,
  commandId: `c_${String(seq).padStart(12, "0")}`,
  seatId: "s_000000000001",
  at: 1_767_603_600_000 + seq,
  events: [noteBegun(TEXT)],
});

/** A log in a file of its own, closed when the test is over. */
async function newLog(onAppended: (rows: number) => void = () => {}) {
  const file = join(await temporaryFolder(), "whetstone.sqlite");
  const log = openLog(file, { onAppended });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await log.close();
    isOpen = false;
  };
  onTestFinished(close);
  return { file, log, close };
}

/** Appends so many commits behind the first `from`, one an append. */
async function write(log: RoomLog, from: number, count: number): Promise<void> {
  for (let seq = from + 1; seq <= from + count; seq++) await log.append([commit(seq)]);
}

const bytesAhead = (file: string): number => statSync(`${file}-wal`).size;

describe("a checkpoint", () => {
  test("brings all over, so that the write-ahead log begins anew", async () => {
    const { file, log } = await newLog();
    await write(log, 0, 300);
    const before = bytesAhead(file);
    expect(before).toBeGreaterThan(300 * PAGE);
    makeCheckpoint(file);
    await write(log, 300, 100);
    expect(bytesAhead(file)).toBe(before);
    expect(await commitsOf(log, ROOM)).toEqual(Array.from({ length: 400 }, (_, index) => commit(index + 1)));
  });

  test("waits for nobody who reads, and what they still need is brought over by the next", async () => {
    const { file, log } = await newLog();
    await write(log, 0, 50);
    const reader = new Connection(file, { readonly: true });
    onTestFinished(() => void reader.close());
    const count = reader.prepare<[], number>("SELECT count(*) FROM commits").pluck();
    reader.exec("BEGIN");
    expect(count.get()).toBe(50);
    await write(log, 50, 50);
    makeCheckpoint(file);
    expect(count.get()).toBe(50);
    // Whoever writes goes on at once, too.
    await write(log, 100, 1);
    reader.exec("COMMIT");
    makeCheckpoint(file);
    const before = bytesAhead(file);
    await write(log, 101, 50);
    expect(bytesAhead(file)).toBe(before);
    expect(count.get()).toBe(151);
  });

  test("makes nothing where there is no database", async () => {
    const file = join(await temporaryFolder(), "none.sqlite");
    expect(() => makeCheckpoint(file)).toThrow(/unable to open/);
  });
});

describe("in a thread", () => {
  beforeAll(buildServer);

  test("checkpoints keep the write-ahead log short while it is written, and lose nothing", async () => {
    const pool = new PatientPool();
    onTestFinished(() => pool.close());
    const made: Promise<void>[] = [];
    const faults: unknown[] = [];
    let path = "";
    const checkpoints = new Checkpoints(
      () => {
        const making = pool.run<typeof makeCheckpoint>(WORK.checkpoint, path, { asker: "the server" });
        made.push(making);
        return making;
      },
      (error) => faults.push(error),
    );
    const { file, log, close } = await newLog(checkpoints.appended);
    path = file;
    let written = 0;
    const writeMore = async (count: number) => {
      await write(log, written, count);
      written += count;
    };
    while (made.length < 1) await writeMore(1);
    for (let count = 0; count < WRITTEN_MEANWHILE; count++) {
      await writeMore(1);
      await nextTurn();
    }
    await made[0];
    // Nothing is written while the second is made: what came behind it would not be brought over.
    while (made.length < 2) await writeMore(1);
    await made[1];
    expect(faults).toEqual([]);
    const before = bytesAhead(file);
    await writeMore(50);
    // All of it was brought over, and not by SQLite itself, which begins that at 64 MiB.
    expect(bytesAhead(file)).toBe(before);
    expect(before).toBeLessThan(50 * MIB);
    expect((await commitsOf(log, ROOM)).length).toBe(written);
    await pool.close();
    await close();
    expect(() => statSync(`${file}-wal`)).toThrow(/ENOENT/);
  });

  test("the server makes them while rooms are written in", async () => {
    const dataDir = await temporaryFolder();
    const running = await startProcess(dataDir);
    const notAgain = () => Promise.reject(new Error("It is another process."));
    const { host } = await new TestServer(running.url, "", running.kill, notAgain).openRoom();
    const note = {
      type: "writeNote",
      noteId: newId("n"),
      askId: null,
      mark: null,
      evidenceFor: null,
      ageMs: 0,
    } as const;
    const ahead = join(dataDir, "whetstone.sqlite-wal");
    // In its head the write-ahead log says how often it was begun anew.
    const begunAnew = async () => (await readFile(ahead)).readUInt32BE(12);
    let count = 0;
    // Without checkpoints it is begun anew for the first time after 16,000 pages, of which each of these takes two.
    while ((await begunAnew()) === 0 && count < 6_000) {
      // A machine that is busy starts a thread late: in the end it is given time.
      const isLate = count >= 5_000;
      if (isLate) await wait(20);
      const notes = Array.from({ length: isLate ? 1 : 100 }, (_, index) =>
        host.must({ ...note, text: `${count + index} words so far` }),
      );
      await Promise.all(notes);
      count += notes.length;
    }
    expect(await begunAnew()).toBeGreaterThan(0);
    expect(running.said()).not.toContain("checkpoint");
    expect(await running.stop()).toBe(0);
  });
});

describe("checkpoints", () => {
  /** The calls to make one, each with how it is ended. */
  function watched() {
    const calls: { readonly end: () => void; readonly fail: (error: unknown) => void }[] = [];
    const faults: unknown[] = [];
    const checkpoints = new Checkpoints(
      () => new Promise((end, fail) => calls.push({ end, fail })),
      (error) => faults.push(error),
    );
    return { calls, faults, appended: checkpoints.appended };
  }
  const MANY = 3_000;

  test("are made when much was written, however it was divided", () => {
    const { calls, appended } = watched();
    for (let row = 0; row < MANY / 2 - 1; row++) appended(1);
    expect(calls.length).toBe(0);
    appended(1);
    expect(calls.length).toBe(1);
    const other = watched();
    other.appended(MANY - 1);
    expect(other.calls.length).toBe(1);
  });

  test("are made one at a time, and again once so much more was written", async () => {
    const { calls, appended } = watched();
    appended(MANY);
    appended(MANY);
    appended(MANY);
    expect(calls.length).toBe(1);
    calls[0]?.end();
    await nextTurn();
    appended(1);
    expect(calls.length).toBe(2);
    calls[1]?.end();
    await nextTurn();
    appended(1);
    expect(calls.length).toBe(2);
  });

  test("that cannot be made are told of, and the next one is made all the same", async () => {
    const { calls, faults, appended } = watched();
    appended(MANY);
    calls[0]?.fail(new Error("the disk is full"));
    await nextTurn();
    expect(faults).toEqual([new Error("the disk is full")]);
    appended(MANY);
    expect(calls.length).toBe(2);
  });
});
