import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Commit, RoomEvent } from "@whetstone/shared/room/event";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { loadRoom, snapshotOf } from "../../server/src/room/loading.ts";
import { OtherHistory, type Point, type RoomLog, type StoredCommit } from "../../server/src/room/log.ts";
import { Assembly, piecesOf } from "../../server/src/room/pieces.ts";
import { RestingRooms } from "../../server/src/room/resting-rooms.ts";
import { newRoom, type Room } from "../../server/src/room/room.ts";
import { Rooms } from "../../server/src/room/rooms.ts";
import { slices } from "../../server/src/room/slices.ts";
import { SnapshotKeeper } from "../../server/src/room/snapshot-keeper.ts";
import { noSnapshots, type Snapshot } from "../../server/src/room/snapshots.ts";
import { Connection } from "../../server/src/sqlite/connection.ts";

import { openSqliteSnapshots } from "../../server/src/sqlite/snapshots.ts";
import { propertyRuns } from "../support/courses.ts";
import { livePanelRoom } from "../support/domain.ts";
import { openKeys, openLog } from "../support/log.ts";
import { temporaryFolder } from "../support/server.ts";

describe("pieces of a value", () => {
  const assembled = (pieces: Iterable<string>): unknown => {
    const assembly = new Assembly();
    for (const piece of pieces) assembly.add(piece);
    return assembly.value;
  };

  test("put together give the same value, with everything in the same order", () => {
    const large = fc.array(fc.oneof(fc.jsonValue(), fc.string({ maxLength: 2_000 })), { maxLength: 60 });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(large, fc.dictionary(fc.string(), large))), (value) => {
        // What has no text in JSON, and names that objects treat in a way of their own, are in no room.
        const json = JSON.stringify(value).replaceAll("__proto__", "proto");
        expect(JSON.stringify(assembled(piecesOf(JSON.parse(json))))).toBe(json);
      }),
      propertyRuns(200),
    );
  });

  test("leave a text whole, however long it is", () => {
    const long = "words ".repeat(20_000);
    for (const value of [long, [long, 1], { a: { b: [long] }, c: long }]) {
      expect(assembled(piecesOf(value))).toEqual(value);
    }
  });

  test("stay small, however deep or broad the value is", () => {
    const note = (n: number) => ({ at: n, text: "words ".repeat(20) });
    const value = {
      broad: Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`n_${n}`, note(n)])),
      deep: [[[[note(1)]]]],
    };
    const pieces = [...piecesOf(value)];
    expect(pieces.length).toBeGreaterThan(20);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(40_000);
    expect(assembled(pieces)).toEqual(value);
  });
});

describe("pieces that do not fit together", () => {
  const piece = (way: unknown[], entries: unknown[]) => JSON.stringify({ way, entries });

  test.each<[string, string[]]>([
    ["no place", [piece([], [["value", {}]]), piece(["value", "gone"], [])]],
    ["its place in a text", [piece([], [["value", "a text"]]), piece(["value"], [["length", 1]])]],
    ["nothing before it", [piece(["value"], [["a", 1]])]],
  ])("are found out: %s", (_, texts) => {
    const assembly = new Assembly();
    expect(() => {
      for (const text of texts) assembly.add(text);
    }).toThrow("This piece has no place.");
  });

  test("are few: a small value is one, and a broad one fills each of them", () => {
    expect([...piecesOf({ a: [1, "two", null, { b: {} }] })]).toHaveLength(1);
    const broad = Array.from({ length: 10_000 }, (_, n) => ({ n, text: "words" }));
    const pieces = [...piecesOf(broad)];
    const length = pieces.reduce((sum, text) => sum + text.length, 0);
    expect(length / pieces.length).toBeGreaterThan(8 * 1024);
    expect(Math.max(...pieces.map((text) => text.length))).toBeLessThan(24 * 1024);
  });
});

/** So many commits make a room that gets a snapshot. */
const LONG = 2_500;

/** A folder with the log of a long room, and how to open rooms over it. */
async function longRoom() {
  const folder = await temporaryFolder();
  const { room, ann } = livePanelRoom();
  const askId = room.push("first-question");
  const { roomId, seq, at } = room.commits.at(-1) ?? { roomId: "", seq: 0, at: 0 };
  const log = openLog(join(folder, "whetstone.sqlite"));
  await log.append(room.commits);
  const event = (n: number): RoomEvent => ({
    type: "rated",
    roundId: 1,
    seatId: ann,
    askId,
    criterionId: "depth",
    level: n % 2 ? 1 : 2,
  });
  const more = Array.from(
    { length: LONG },
    (_, n): Commit => ({
      roomId,
      seq: seq + 1 + n,
      commandId: `c_${String(n).padStart(24, "0")}`,
      seatId: ann,
      at,
      events: [event(n)],
    }),
  );
  await log.append(more);
  await log.close();
  return { folder, roomId, ann, more };
}

/** Rooms over the folder's files, and how many commits were read from the log. */
function openRooms(folder: string, { madeBy = "this code", now = Date.UTC(2026, 0, 6) } = {}) {
  const dataFile = join(folder, "whetstone.sqlite");
  const log = openLog(dataFile);
  const keys = openKeys(dataFile);
  onTestFinished(() => keys.close());
  const seen = { commits: 0, appended: 0 };
  const counted: RoomLog = {
    ...log,
    append: (commits) => {
      seen.appended += commits.length;
      return log.append(commits);
    },
    async *read(roomId: string, after?: Point | null): AsyncGenerator<StoredCommit> {
      for await (const stored of log.read(roomId, after)) {
        seen.commits += 1;
        yield stored;
      }
    },
  };
  const snapshots = openSqliteSnapshots(join(folder, "snapshots.sqlite"), madeBy, keys);
  const errors: unknown[] = [];
  const rooms = new Rooms({
    log: counted,
    snapshots,
    roomBytes: 64 * 1024 * 1024,
    now: () => now,
    steady: () => 0,
    onClockSet: () => undefined,
    heldBeside: () => ({ room: 0, seat: 0 }),
    onSavingAgain: () => undefined,
    newId: (prefix) => `${prefix}_${"0".repeat(24)}`,
    question: () => undefined,
    dealable: () => [],
    random: () => 0,
    onError: (error) => errors.push(error),
  });
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await rooms.settle();
    await snapshots.close();
    await log.close();
  };
  onTestFinished(close);
  return { rooms, seen, errors, close };
}

describe("a long room", () => {
  test("is read from its snapshot and what came after it, and is the same room", async () => {
    const { folder, roomId, ann, more } = await longRoom();
    const first = openRooms(folder);
    const whole = await first.rooms.read(roomId);
    expect(first.seen.commits).toBeGreaterThan(LONG);
    await first.rooms.settle();
    const rate = { type: "recommend", recommendation: "yes" } as const;
    expect(await first.rooms.execute(roomId, "c_later0000001", { kind: "seat", seatId: ann }, rate)).toEqual({
      ok: true,
    });
    const after = await first.rooms.read(roomId);
    await first.close();

    const second = openRooms(folder);
    const again = await second.rooms.read(roomId);
    expect(second.seen.commits).toBe(1);
    expect(again).toEqual(after);
    expect(again).not.toEqual(whole);
    // What was carried out once stays carried out, from before the snapshot too.
    const repeated = { type: "rate", askId: "a_none00000000", criterionId: "depth", level: 4 } as const;
    for (const commandId of [more[0]?.commandId ?? "", "c_later0000001"]) {
      const answer = await second.rooms.execute(roomId, commandId, { kind: "seat", seatId: ann }, repeated);
      expect(answer).toEqual({ ok: true });
    }
    expect(second.seen.appended).toBe(0);
    expect([first.errors, second.errors]).toEqual([[], []]);
  });

  test("goes on after its last commit, though the clock was set back since its snapshot", async () => {
    const { folder, roomId, ann, more } = await longRoom();
    const first = openRooms(folder);
    await first.rooms.read(roomId);
    await first.close();
    const { rooms, seen } = openRooms(folder, { now: Date.UTC(2020, 0, 1) });
    onTestFinished(rooms.hold(roomId));
    const rate = { type: "recommend", recommendation: "yes" } as const;
    await rooms.execute(roomId, "c_later0000001", { kind: "seat", seatId: ann }, rate);
    expect(seen.commits).toBe(0);
    expect(rooms.timeIn(roomId)).toBe(more.at(-1)?.at);
  });

  test("lets the event loop turn while it is read", async () => {
    const { folder, roomId } = await longRoom();
    let turns = 0;
    let isOver = false;
    const turn = () => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    const { rooms } = openRooms(folder);
    await rooms.read(roomId);
    expect(turns).toBeGreaterThan(3);
    isOver = true;
  });

  const ruin = (folder: string, sql: string) => {
    const database = new Connection(join(folder, "snapshots.sqlite"));
    database.exec(sql);
    database.close();
  };

  test.each<[string, (folder: string) => void, { madeBy?: string }]>([
    ["is gone", (folder) => rmSync(join(folder, "snapshots.sqlite")), {}],
    ["is no database", (folder) => writeFileSync(join(folder, "snapshots.sqlite"), "x".repeat(10_000)), {}],
    ["was made by other code", () => undefined, { madeBy: "other code" }],
    ["lacks a piece", (folder) => ruin(folder, "DELETE FROM pieces WHERE place = 1"), {}],
    ["was changed", (folder) => ruin(folder, `UPDATE pieces SET body = replace(body, ':2', ':3')`), {}],
    [
      "is of another history",
      (folder) => ruin(folder, `UPDATE pieces SET body = replace(body, '"seq":25', '"seq":24')`),
      {},
    ],
    ["has pieces that are none", (folder) => ruin(folder, "UPDATE pieces SET body = '{' WHERE place = 1"), {}],
  ])("is the same from the log alone, where its snapshot %s", async (_, harm, options) => {
    const { folder, roomId } = await longRoom();
    const first = openRooms(folder);
    const whole = await first.rooms.read(roomId);
    await first.close();
    harm(folder);
    const second = openRooms(folder, options);
    expect(await second.rooms.read(roomId)).toEqual(whole);
    expect(second.seen.commits).toBeGreaterThan(LONG);
  });

  test("of which the log was put back to an earlier state is what the log says", async () => {
    const { folder, roomId, ann } = await longRoom();
    const first = openRooms(folder);
    await first.rooms.read(roomId);
    await first.close();
    const database = new Connection(join(folder, "whetstone.sqlite"));
    database.exec(`
      UPDATE rooms SET seq = seq - 2000, last_commit = last_commit - 2000;
      DELETE FROM commits WHERE id > (SELECT last_commit FROM rooms);
    `);
    database.close();
    const second = openRooms(folder);
    const state = await second.rooms.read(roomId);
    expect(second.seen.commits).toBeLessThan(1_000);
    expect(state?.rounds[0].scorecards[ann]?.ratings).not.toEqual({});
  });
});

/** A long room as it is loaded from its log alone, and how to load it again by another log or with a snapshot. */
async function loadedRoom() {
  const { folder, roomId, ann } = await longRoom();
  const log = openLog(join(folder, "whetstone.sqlite"));
  onTestFinished(() => log.close());
  const load = (snapshot: Snapshot | null, read: RoomLog["read"] = log.read) =>
    loadRoom(
      roomId,
      { log: { ...log, read }, snapshots: { ...noSnapshots, read: async () => snapshot } },
      () => undefined,
    );
  const room = await load(null);
  if (!room) throw new Error("The room is not there.");
  return { room, ann, log, load };
}

describe("a snapshot", () => {
  test("says what the room has taken, of whom, and what was carried out; and begins the count to the next one", async () => {
    const { room, load } = await loadedRoom();
    expect(room.snapshotAt).toEqual({ seq: 0, bytes: 0 });
    const again = await load(snapshotOf(room));
    expect(again).toEqual({ ...room, snapshotAt: { seq: room.seq, bytes: room.size.bytes } });
    expect(room.size.bytes).toBe([...room.size.bySeat.values()].reduce((sum, bytes) => sum + bytes, 0));
  });

  test("says of no command that it was carried out before that is on disk", async () => {
    const { room, ann } = await loadedRoom();
    const before = snapshotOf(room);
    room.answers.get(ann)?.set("c_underway00000", Promise.resolve({ ok: true }));
    expect(snapshotOf(room)).toEqual(before);
  });

  test("of another history is none, and what else keeps the log from being read is told", async () => {
    const { room, log, load } = await loadedRoom();
    const snapshot = snapshotOf(room);
    const failing = (error: Error, isFine: (after: Point | null | undefined) => boolean): RoomLog["read"] =>
      async function* (roomId, after) {
        if (!isFine(after)) throw error;
        yield* log.read(roomId, after);
      };
    const other = failing(new OtherHistory("another history"), (after) => !after);
    expect(await load(snapshot, other)).toEqual(room);
    const broken = failing(new Error("SQLITE_IOERR: disk I/O error"), (after) => !after);
    await expect(load(snapshot, broken)).rejects.toThrow("SQLITE_IOERR");
    const always = failing(new OtherHistory("another history"), () => false);
    for (const from of [snapshot, null]) await expect(load(from, always)).rejects.toThrow(OtherHistory);
  });
});

test("a snapshot shares nothing with its room that changes later", async () => {
  const { folder, roomId, ann } = await longRoom();
  const log = openLog(join(folder, "whetstone.sqlite"));
  onTestFinished(() => log.close());
  const room = await loadRoom(roomId, { log, snapshots: noSnapshots }, () => undefined);
  if (!room) throw new Error("The room is not there.");
  const taken = snapshotOf(room);
  const before = JSON.stringify(taken);
  room.answers.get(ann)?.set("c_another000000", { ok: true });
  room.size.bySeat.set(ann, 0);
  expect(JSON.stringify(taken)).toBe(before);
});

test("long work lets others go on after every slice of some milliseconds", async () => {
  let now = 0;
  const pause = slices(() => now);
  expect(pause()).toBeNull();
  now = 3.9;
  expect(pause()).toBeNull();
  now = 4;
  const turn = pause();
  now = 5;
  expect(turn).toBeInstanceOf(Promise);
  await turn;
  now = 8.9;
  expect(pause()).toBeNull();
  now = 9;
  expect(pause()).not.toBeNull();
});

/** A room of which so much is on disk, as far as its size matters. */
function roomOf(bytes: number, seq = 1, roomId = "r_000000000001"): Room {
  const room = newRoom(roomId, livePanelRoom().room.state, 0);
  room.point = { seq, hash: "" };
  room.size.bytes = bytes;
  return room;
}

const MEGABYTE = 1024 * 1024;

describe("a room gets a snapshot", () => {
  /** Keeps rooms, and notes up to where each snapshot reaches that is written. */
  function keeping(write = async (): Promise<void> => undefined) {
    const written: [string, number][] = [];
    const errors: unknown[] = [];
    const keeper = new SnapshotKeeper(
      {
        ...noSnapshots,
        write: (roomId, { point }) => {
          written.push([roomId, point.seq]);
          return write();
        },
      },
      (error) => errors.push(error),
    );
    return { keeper, written, errors };
  }

  test.each([
    ["after so many commits", [1, 1_999], [1, 2_000]],
    ["after so many bytes", [MEGABYTE - 1, 1], [MEGABYTE, 1]],
  ] as const)("%s, and none before", async (_, [lessBytes, lessSeq], [bytes, seq]) => {
    const { keeper, written } = keeping();
    keeper.consider(roomOf(lessBytes, lessSeq));
    keeper.consider({ ...roomOf(bytes, seq), point: null });
    await keeper.settle();
    expect(written).toEqual([]);
    keeper.consider(roomOf(bytes, seq));
    await keeper.settle();
    expect(written).toEqual([["r_000000000001", seq]]);
  });

  test.each([
    ["commits", (room: Room, n: number) => (room.point = { seq: n, hash: "" }), 10_000, 12_499, 12_500],
    ["commits", (room: Room, n: number) => (room.point = { seq: n, hash: "" }), 4_000, 5_999, 6_000],
    ["bytes", (room: Room, n: number) => (room.size.bytes = n), 8 * MEGABYTE, 10 * MEGABYTE - 1, 10 * MEGABYTE],
    ["bytes", (room: Room, n: number) => (room.size.bytes = n), 2 * MEGABYTE, 3 * MEGABYTE - 1, 3 * MEGABYTE],
  ] as const)(
    "again when a quarter was added to its %s, or as much as for the first",
    async (_, grow, first, almost, again) => {
      const { keeper, written } = keeping();
      const room = roomOf(1);
      for (const [size, snapshots] of [
        [first, 1],
        [first, 1],
        [almost, 1],
        [again, 2],
        [again, 2],
      ] as const) {
        grow(room, size);
        keeper.consider(room);
        await keeper.settle();
        expect(written).toHaveLength(snapshots);
      }
    },
  );

  test("one after the other, the newest of each, and goes on after one that could not be written", async () => {
    const turns: (() => void)[] = [];
    let fails = true;
    const { keeper, written, errors } = keeping(async () => {
      await new Promise<void>((resolve) => turns.push(resolve));
      if (fails) throw new Error("SQLITE_FULL: database or disk is full");
    });
    keeper.consider(roomOf(1, 2_000, "r_one"));
    keeper.consider(roomOf(1, 2_000, "r_two"));
    keeper.consider(roomOf(1, 3_000, "r_two"));
    expect(written).toEqual([["r_one", 2_000]]);
    const settled = keeper.settle();
    turns[0]?.();
    await nextTurn();
    fails = false;
    expect(errors).toHaveLength(1);
    expect(written).toEqual([
      ["r_one", 2_000],
      ["r_two", 3_000],
    ]);
    turns[1]?.();
    await settled;
    keeper.consider(roomOf(1, 2_500, "r_three"));
    expect(written.at(-1)).toEqual(["r_three", 2_500]);
    turns[2]?.();
    await keeper.settle();
    expect(errors).toHaveLength(1);
  });
});

describe("rooms that nobody holds just now", () => {
  test("are kept where they are large, each until it is taken", () => {
    const resting = new RestingRooms();
    const [small, large] = [roomOf(MEGABYTE - 1, 1, "r_small"), roomOf(MEGABYTE, 1, "r_large")];
    for (const room of [small, large]) resting.put(room);
    expect(["r_small", "r_large", "r_large"].map((roomId) => resting.take(roomId))).toEqual([
      undefined,
      large,
      undefined,
    ]);
  });

  test("are kept up to a size together, and who has rested longest goes first", () => {
    const resting = new RestingRooms();
    const names = ["r_1", "r_2", "r_3", "r_4"];
    // Whoever comes again has come last, and counts once.
    for (const roomId of [...names, "r_1", "r_2", "r_1"]) resting.put(roomOf(64 * MEGABYTE, 1, roomId));
    resting.put(roomOf(MEGABYTE, 1, "r_5"));
    const kept = () => [...names, "r_5"].filter((roomId) => resting.take(roomId) !== undefined);
    expect(kept()).toEqual(["r_1", "r_2", "r_4", "r_5"]);
    // What was taken leaves its space to others.
    for (const roomId of names) resting.put(roomOf(64 * MEGABYTE, 1, roomId));
    expect(kept()).toEqual(names);
    resting.put(roomOf(257 * MEGABYTE, 1, "r_5"));
    expect(kept()).toEqual([]);
  });
});
