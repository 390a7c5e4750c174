import { join } from "node:path";
import type { Commit } from "@whetstone/shared/room/event";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { RoomLog } from "../../server/src/room/log.ts";
import { AppendThread } from "../../server/src/sqlite/append/beside.ts";
import { Connection } from "../../server/src/sqlite/connection.ts";
import { openSqliteLog } from "../../server/src/sqlite/log.ts";
import { commitsOf, noteBegun } from "../support/commits.ts";
import { openKeys, openLog } from "../support/log.ts";
import { buildServer } from "../support/process.ts";
import { temporaryFolder } from "../support/server.ts";

/** A place where a log is kept; opening it twice gives the same log. */
interface Store {
  open(): Promise<RoomLog>;
}

const ROOM = "r_000000000001";
const OTHER = "r_000000000002";

function commit(seq: number, change: Partial<Commit> = {}): Commit {
  return {
    roomId: ROOM,
    seq,
    commandId: `c_${String(seq).padStart(12, "0")}`,
    seatId: "s_000000000001",
    at: 1_767_603_600_000 + seq,
    events: [{ type: "roomPaused", roundId: 1 }],
    ...change,
  };
}

/** What every log has to do, whatever stands behind it. */
function logContract(name: string, newStore: () => Promise<Store>): void {
  /** A log that is closed when the test is over. */
  async function opened(store: Store): Promise<RoomLog> {
    const log = await store.open();
    onTestFinished(() => log.close().catch(() => undefined));
    return log;
  }
  const newLog = async () => opened(await newStore());

  describe(`the log on ${name}`, () => {
    test("gives back what was appended, in order", async () => {
      const log = await newLog();
      const commits = [commit(1), commit(2, { seatId: null }), commit(3, { events: [] }), commit(4)];
      await log.append(commits.slice(0, 2));
      await log.append(commits.slice(2, 3));
      await log.append(commits.slice(3));
      expect(await commitsOf(log, ROOM)).toEqual(commits);
    });

    test("has nothing of a room that does not exist", async () => {
      const log = await newLog();
      await log.append([commit(1)]);
      expect(await commitsOf(log, OTHER)).toEqual([]);
      expect(await commitsOf(log, "")).toEqual([]);
      expect(await commitsOf(log, "' OR 1=1 --")).toEqual([]);
    });

    test("takes a batch of several rooms", async () => {
      const log = await newLog();
      const elsewhere = (seq: number) => commit(seq, { roomId: OTHER });
      await log.append([commit(1), elsewhere(1), commit(2), elsewhere(2), commit(3)]);
      expect(await commitsOf(log, ROOM)).toEqual([commit(1), commit(2), commit(3)]);
      expect(await commitsOf(log, OTHER)).toEqual([elsewhere(1), elsewhere(2)]);
    });

    test("takes an empty batch", async () => {
      const log = await newLog();
      await log.append([]);
      expect(await commitsOf(log, ROOM)).toEqual([]);
    });

    const appended = [commit(1), commit(2)];
    test.each([
      ["a gap", [commit(3), commit(5)]],
      ["a gap after the last", [commit(4)]],
      ["a sequence that is there already", [commit(2, { commandId: "c_another000001" })]],
      ["the same sequence twice", [commit(3), commit(3, { commandId: "c_another000001" })]],
      ["a falling sequence", [commit(4), commit(3)]],
      ["a sequence from zero", [commit(0)]],
      ["a new room that does not begin at one", [commit(3), commit(2, { roomId: OTHER })]],
      ["a fault after commits of another room", [commit(1, { roomId: OTHER }), commit(3), commit(7)]],
    ])("refuses %s, and stores nothing of the batch", async (_, batch) => {
      const log = await newLog();
      await log.append(appended);
      await expect(log.append(batch)).rejects.toThrow();
      expect(await commitsOf(log, ROOM)).toEqual(appended);
      expect(await commitsOf(log, OTHER)).toEqual([]);
      // It works on afterwards.
      await log.append([commit(3)]);
      expect(await commitsOf(log, ROOM)).toEqual([...appended, commit(3)]);
    });

    test("of two appends of the same sequence at once, stores one whole", async () => {
      const log = await newLog();
      const one = [commit(1), commit(2)];
      const two = one.map((first) => ({ ...first, commandId: `${first.commandId}-b` }));
      const results = await Promise.allSettled([log.append(one), log.append(two)]);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await commitsOf(log, ROOM)).toEqual(results[0]?.status === "fulfilled" ? one : two);
    });

    test("fences two openings from each other", async () => {
      const store = await newStore();
      const [one, two] = [await opened(store), await opened(store)];
      await one.append([commit(1)]);
      await expect(two.append([commit(1, { commandId: "c_another000001" })])).rejects.toThrow();
      await two.append([commit(2)]);
      await expect(one.append([commit(2, { commandId: "c_another000002" })])).rejects.toThrow();
      for (const log of [one, two]) expect(await commitsOf(log, ROOM)).toEqual([commit(1), commit(2)]);
    });

    test("survives closing and opening again", async () => {
      const store = await newStore();
      const first = await opened(store);
      const commits = Array.from({ length: 500 }, (_, index) => commit(index + 1));
      await first.append(commits);
      await first.close();
      const second = await opened(store);
      expect(await commitsOf(second, ROOM)).toEqual(commits);
      await second.append([commit(501)]);
      await expect(second.append([commit(501)])).rejects.toThrow();
      expect((await commitsOf(second, ROOM)).length).toBe(501);
    });

    test("refuses to append when it is closed", async () => {
      const log = await newLog();
      await log.append([commit(1)]);
      await log.close();
      await expect(log.append([commit(2)])).rejects.toThrow();
    });

    test.each([
      ["an emoji of several code points", "👩🏽‍🔬 tested 🏁"],
      ["a lone high surrogate", "half \ud83d of one"],
      ["a lone low surrogate", "\udc00 half"],
      ["NUL and other controls", "a\u0000b\u0001\u001f\u007f\u0085"],
      ["line separators", "a\nb\r\nc\u2028d\u2029e"],
      ["right-to-left and combining", "مقابلة \u202eabc\u202c e\u0301"],
      ["quotes, backslashes and SQL", `'"\\ '); DROP TABLE commits; --`],
      ["a byte-order mark and non-characters", "\ufeff\ufffe\uffff"],
      ["nothing", ""],
      ["20,000 characters", "x".repeat(20_000)],
      ["20,000 that take six bytes each when escaped", "\u0001".repeat(20_000)],
      ["20,000 halves of emoji", "\ud83d".repeat(20_000)],
    ])("keeps %s as it is", async (_, text) => {
      const store = await newStore();
      const log = await opened(store);
      const stored = commit(1, { events: [noteBegun(text), noteBegun(text)] });
      await log.append([stored]);
      expect(await commitsOf(log, ROOM)).toEqual([stored]);
      await log.close();
      expect(await commitsOf(await opened(store), ROOM)).toEqual([stored]);
    });
  });
}

logContract("SQLite", async () => {
  const file = join(await temporaryFolder(), "a", "folder", "whetstone.sqlite");
  return { open: async () => openLog(file) };
});

describe("in a thread", () => {
  beforeAll(buildServer);

  logContract("SQLite, appended to in a thread", async () => {
    const file = join(await temporaryFolder(), "whetstone.sqlite");
    const open = async () => {
      const beside = new AppendThread(file, 0);
      const log = openLog(file, { beside });
      await beside.start();
      return log;
    };
    return { open };
  });
});

describe("the SQLite log", () => {
  test("writes ahead and waits for the disk, at every opening", async () => {
    const file = join(await temporaryFolder(), "whetstone.sqlite");
    const keys = openKeys(file);
    onTestFinished(() => keys.close());
    const prepare = vi.spyOn(Connection.prototype, "prepare");
    onTestFinished(() => prepare.mockRestore());
    const pragma = (connection: Connection | undefined, name: string) =>
      connection?.prepare(`PRAGMA ${name}`).pluck().get();
    for (let opening = 1; opening <= 3; opening++) {
      prepare.mockClear();
      const log = openSqliteLog(file, keys);
      const [connection] = prepare.mock.contexts as Connection[];
      expect(prepare.mock.contexts.every((other) => other === connection)).toBe(true);
      await log.append([commit(opening)]);
      // The log's own connection is asked, as this setting is kept nowhere else. 2 is FULL.
      expect(pragma(connection, "synchronous")).toBe(2);
      expect(pragma(connection, "journal_mode")).toBe("wal");

      const second = new Connection(file, { readonly: true });
      expect(pragma(second, "journal_mode")).toBe("wal");
      expect(second.prepare("SELECT count(*) AS rows FROM commits").get()).toEqual({ rows: opening });
      second.close();
      await log.close();
    }
  });
});
