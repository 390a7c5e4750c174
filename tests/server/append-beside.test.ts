import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Commit } from "@whetstone/shared/room/event";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { AppendThread, type Beside } from "../../server/src/sqlite/append/beside.ts";
import { appendingCommits } from "../../server/src/sqlite/append/commits.ts";
import { appendingUpdates } from "../../server/src/sqlite/append/updates.ts";
import { WriteTurns } from "../../server/src/sqlite/append/write-turns.ts";
import { openDatabase } from "../../server/src/sqlite/database.ts";
import { openSqliteDocuments } from "../../server/src/sqlite/documents.ts";
import { openSqliteLog } from "../../server/src/sqlite/log.ts";
import { ThreadLost } from "../../server/src/threads/standing-thread.ts";
import { commitsOf, noteBegun } from "../support/commits.ts";
import { openKeys } from "../support/log.ts";
import { buildServer } from "../support/process.ts";
import { temporaryFolder } from "../support/server.ts";

const ROOMS = ["r_000000000001", "r_000000000002", "r_000000000003"];
/** Every append counts as slow. */
const ALWAYS = 0;
const DOCUMENT = { roomId: "r_000000000001", name: "a_1/text" };

const commit = (roomId: string, seq: number): Commit => ({
  roomId,
  seq,
  commandId: `c_${String(seq).padStart(12, "0")}`,
  seatId: "s_000000000001",
  at: 1_767_603_600_000 + seq,
  events: [noteBegun(`note ${seq} of ${roomId}`)],
});

/** So many commits of each room, from the one with the number `from` on. */
const batch = (from: number, count: number): Commit[] =>
  ROOMS.flatMap((roomId) => Array.from({ length: count }, (_, index) => commit(roomId, from + index)));

const nobody: Beside = {
  takes: () => false,
  append: () => Promise.reject(new Error("It takes none.")),
  appendUpdates: () => Promise.reject(new Error("It takes none.")),
  close: () => Promise.resolve(),
};

async function newFile(): Promise<string> {
  return join(await temporaryFolder(), "whetstone.sqlite");
}

/** A log that appends beside everything else, closed when the test is over. */
function opened(file: string, beside: Beside, steady = () => 0) {
  const keys = openKeys(file);
  const turns = new WriteTurns();
  const log = openSqliteLog(file, keys, { beside, turns, steady });
  onTestFinished(async () => {
    await log.close();
    keys.close();
  });
  return { log, keys, turns };
}

/** Writes nothing until it is let go, and neither does anybody else. */
function heldBy(file: string): () => void {
  const other = openDatabase(file);
  onTestFinished(() => void other.close());
  other.exec("BEGIN IMMEDIATE");
  return () => other.exec("COMMIT");
}

describe("commits of which a slow disk takes long", () => {
  beforeAll(buildServer);

  test("keep nobody waiting while the disk has them, and are there in their order", async () => {
    const file = await newFile();
    const thread = new AppendThread(file, ALWAYS);
    const { log } = opened(file, thread);
    await thread.start();
    await log.append(batch(1, 1));
    const letGo = heldBy(file);
    const appending = log.append(batch(2, 20));
    // Were it done here, the lock would never be let go.
    await nextTurn();
    letGo();
    const stored = await appending;
    await log.append(batch(22, 1));
    for (const roomId of ROOMS) {
      expect(await commitsOf(log, roomId)).toEqual(Array.from({ length: 22 }, (_, index) => commit(roomId, index + 1)));
    }
    expect(stored.map(({ point }) => point.seq)).toEqual(batch(2, 20).map(({ seq }) => seq));
  });

  test("have what is written in documents come after them, and it keeps nobody waiting either", async () => {
    const file = await newFile();
    const thread = new AppendThread(file, ALWAYS);
    const { log, keys, turns } = opened(file, thread);
    const documents = openSqliteDocuments(file, keys, { turns, beside: thread });
    onTestFinished(() => documents.close());
    await thread.start();
    await log.append(batch(1, 1));
    const letGo = heldBy(file);
    const order: string[] = [];
    const appending = log.append(batch(2, 20)).then(() => order.push("commits"));
    const writing = documents
      .append([{ ...DOCUMENT, seq: 1, at: 0, seatId: null, update: new Uint8Array([1]) }])
      .then(() => order.push("update"));
    await nextTurn();
    letGo();
    await Promise.all([appending, writing]);
    expect(order).toEqual(["commits", "update"]);
    expect((await documents.history(DOCUMENT)).length).toBe(1);
  });

  test("that cannot be stored are refused with the reason, and the next are stored", async () => {
    const file = await newFile();
    const thread = new AppendThread(file, ALWAYS);
    const { log } = opened(file, thread);
    await thread.start();
    await log.append(batch(1, 10));
    await expect(log.append(batch(12, 10))).rejects.toThrow(
      "Commit 12 of r_000000000001 does not follow the last one.",
    );
    await log.append(batch(11, 10));
    expect((await commitsOf(log, "r_000000000003")).length).toBe(20);
  });

  test("are appended here where no thread can be started", async () => {
    const file = await newFile();
    const thread = new AppendThread(await temporaryFolder(), ALWAYS);
    const { log } = opened(file, thread);
    await thread.start();
    await log.append(batch(1, 20));
    expect((await commitsOf(log, "r_000000000002")).length).toBe(20);
  });
});

describe("a batch", () => {
  test("is one for the thread where the disk took long for the last one, and no more where it did not", async () => {
    const file = await newFile();
    const asked: number[] = [];
    const [slow, fast] = [30, 1];
    let now = 0;
    const took = [slow, fast, fast];
    // It is asked for when all is written, and when that is on disk.
    const moments = took.flatMap((ms) => [0, ms]);
    const steady = () => {
      now += moments.shift() ?? 0;
      return now;
    };
    const { log } = opened(file, { ...nobody, takes: (waited) => asked.push(waited) < 0 }, steady);
    for (let seq = 1; seq <= took.length; seq++) await log.append([commit("r_000000000001", seq)]);
    expect(asked).toEqual([0, slow, fast]);
    const thread = new AppendThread(file);
    onTestFinished(() => thread.close());
    await thread.start();
    expect([thread.takes(slow), thread.takes(fast)]).toEqual([true, false]);
  });

  test.each([
    ["was stored before that", true],
    ["was not stored", false],
  ])("whose thread is lost is stored once, where it %s", async (_, isStored) => {
    const file = await newFile();
    const lost: Beside = {
      ...nobody,
      takes: () => true,
      append: async (commits, atHand) => {
        const connection = openDatabase(file);
        if (isStored) appendingCommits(connection, () => 0)(commits, atHand);
        connection.close();
        throw new ThreadLost("It is gone.");
      },
    };
    const { log } = opened(file, lost);
    await log.append(batch(1, 1));
    const stored = await log.append(batch(2, 5));
    await log.append(batch(7, 1));
    for (const roomId of ROOMS) {
      expect(await commitsOf(log, roomId)).toEqual(Array.from({ length: 7 }, (_, index) => commit(roomId, index + 1)));
    }
    const points = new Map<string, unknown>();
    for (const roomId of ROOMS) {
      for await (const { point, bytes } of log.read(roomId)) points.set(`${roomId} ${point.seq}`, { point, bytes });
    }
    expect(stored).toEqual(batch(2, 5).map(({ roomId, seq }) => points.get(`${roomId} ${seq}`)));
  });
});

describe("what is written in documents where the disk is slow", () => {
  beforeAll(buildServer);

  const state = { seq: 2, update: new Uint8Array([7, 8, 9]), owners: [[7, "s_000000000001"]] as const };
  const places = ["a_1/text", "a_1/board", "a_2/text"].map((name) => ({ roomId: "r_000000000001", name }));
  const written = (place: (typeof places)[number], seq: number) => ({
    ...place,
    seq,
    at: 1_767_603_600_000 + seq,
    seatId: seq % 2 === 0 ? null : "s_000000000001",
    update: new Uint8Array(Array.from({ length: seq * 40 }, (_, index) => (index + seq) % 256)),
  });
  /** As it is stored. */
  const stored = (place: (typeof places)[number], count: number) =>
    Array.from({ length: count }, (_, index) => {
      const { roomId: _room, name: _name, update, ...rest } = written(place, index + 1);
      return { ...rest, update: Buffer.from(update) };
    });

  /** Documents of a room that is there, with what appends beside them. */
  async function openedDocuments(besideIn: (file: string) => Beside) {
    const file = await newFile();
    const beside = besideIn(file);
    const { log, keys, turns } = opened(file, { ...nobody, close: () => beside.close() });
    await log.append(batch(1, 1));
    const documents = openSqliteDocuments(file, keys, { turns, beside });
    onTestFinished(() => documents.close());
    return { file, documents, beside };
  }

  test("is there in its order, with what saves time, and keeps nobody waiting", async () => {
    const thread = (file: string) => new AppendThread(file, ALWAYS);
    const { file, documents, beside } = await openedDocuments(thread);
    await (beside as AppendThread).start();
    await documents.append(places.map((place) => written(place, 1)));
    const [first = DOCUMENT] = places;
    await documents.keepState(first, state);
    await documents.keepFolded(first, 1);
    const letGo = heldBy(file);
    const appending = documents.append(places.flatMap((place) => [written(place, 2), written(place, 3)]));
    await nextTurn();
    letGo();
    await appending;
    for (const place of places) expect(await documents.history(place)).toEqual(stored(place, 3));
    const found = await documents.read(first);
    expect(found?.state).toEqual({ ...state, update: Buffer.from(state.update) });
    expect([found?.folded, found?.updates.length]).toEqual([1, 1]);
    await expect(documents.append([written(first, 5)])).rejects.toThrow("does not follow the last one");
    await documents.append([written(first, 4)]);
    expect(await documents.history(first)).toEqual(stored(first, 4));
  });

  test.each([
    ["was stored before that", true],
    ["was not stored", false],
  ])("is stored once when the thread is lost, where it %s", async (_, isStored) => {
    const lost = (file: string): Beside => ({
      ...nobody,
      takes: () => true,
      appendUpdates: async (updates, atHand) => {
        const connection = openDatabase(file);
        if (isStored) appendingUpdates(connection, () => 0)(updates, atHand);
        connection.close();
        throw new ThreadLost("It is gone.");
      },
    });
    const { documents } = await openedDocuments(lost);
    for (const seq of [1, 2, 3]) await documents.append(places.map((place) => written(place, seq)));
    for (const place of places) expect(await documents.history(place)).toEqual(stored(place, 3));
  });
});
