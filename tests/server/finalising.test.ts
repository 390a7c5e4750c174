import { setImmediate as nextTurn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { AuthoredQuestion } from "@whetstone/shared/authored";
import { SearchResponse } from "@whetstone/shared/bank-wire";
import { expect, onTestFinished, test, vi } from "vitest";
import { Driver } from "../../server/src/sqlite/driver.ts";
import { liveHouse, startServer, type TestServer } from "../support/server.ts";

/**
 * Statements and databases are finalised by us: whoever opened a database closes it, and its statements live as long as it does.
 * What is left to the garbage collector is finalised at a moment that nobody chose, by code that has aborted processes.
 */

type Database = InstanceType<typeof Driver>;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Accounts for every statement that is prepared, whoever opened its database, until the test is over. */
function watchStatements() {
  const { prepare, pragma } = Driver.prototype;
  const databases = new Set<{ isOpen: boolean }>();
  const byDatabase = new WeakMap<Database, { isOpen: boolean }>();
  const left: string[] = [];
  let prepared = 0;
  const collected = new FinalizationRegistry<{ source: string; database: { isOpen: boolean } }>((statement) => {
    if (statement.database.isOpen) left.push(statement.source);
  });
  const stateOf = (database: Database) => {
    const state = byDatabase.get(database) ?? { isOpen: true };
    byDatabase.set(database, state);
    databases.add(state);
    return state;
  };
  const { close } = Driver.prototype;
  const spies = [
    vi.spyOn(Driver.prototype, "prepare").mockImplementation(function (this: Database, source: string) {
      const statement = prepare.call(this, source);
      prepared++;
      collected.register(statement, { source, database: stateOf(this) });
      return statement;
    }),
    // Its statement is the driver's own, and nobody can hold it.
    vi.spyOn(Driver.prototype, "pragma").mockImplementation(function (this: Database, source, options) {
      left.push(`PRAGMA ${source}`);
      return pragma.call(this, source, options);
    }),
    vi.spyOn(Driver.prototype, "close").mockImplementation(function (this: Database) {
      stateOf(this).isOpen = false;
      return close.call(this);
    }),
  ];
  // A mock would hold the statements that it returned.
  const forget = () => {
    for (const spy of spies) spy.mockClear();
  };
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return {
    preparedSoFar: () => prepared,
    openDatabases: () => [...databases].filter(({ isOpen }) => isOpen).length,
    /** The statements that were left to the collector while their database was open, in the order in which it found them. */
    leftToCollector: async () => {
      // One is left on purpose: when it has been collected, so have those that were left before.
      const canary = new Driver(":memory:");
      const purpose = "SELECT 'left on purpose'";
      (() => canary.prepare(purpose).get())();
      forget();
      while (!left.includes(purpose)) {
        collectGarbage();
        await nextTurn();
      }
      canary.close();
      return left.filter((source) => source !== purpose);
    },
  };
}

/** Everything in a server's life that reads or writes its databases. */
async function useEverything(server: TestServer): Promise<void> {
  const { room, host, ines, candidate } = await liveHouse(server);
  const askId = await room.push("first-question");
  await candidate.must({ type: "writeAnswer", askId, text: "An answer" });
  const [criterion] = ines.openAsk.question.criteria;
  await ines.must({ type: "rate", askId, criterionId: criterion?.id ?? "", level: 3 });
  await host.must({ type: "end" });
  for (const format of ["csv", "md", "json"]) {
    expect((await server.get(`/api/room/export.${format}`, { authorization: `Bearer ${host.token}` })).status).toBe(
      200,
    );
  }
  const { id, revision } = AuthoredQuestion.parse(
    (await server.post("/api/own/questions", { copyOf: "first-question" })).body,
  );
  expect((await server.post(`/api/own/questions/${id}/publish`, { revision })).status).toBe(200);
  const found = SearchResponse.parse((await server.post("/api/bank/search", { text: "question" })).body);
  expect(found.total).toBeGreaterThan(0);
}

test("the watch sees a statement that is left to the collector, and a pragma's", async () => {
  const watch = watchStatements();
  const database = new Driver(":memory:");
  const kept = database.prepare("SELECT 'kept'");
  (() => database.prepare("SELECT 'left'").get())();
  database.pragma("user_version");
  expect((await watch.leftToCollector()).sort()).toEqual(["PRAGMA user_version", "SELECT 'left'"]);
  expect(kept.get()).toEqual({ "'kept'": "kept" });
  expect(watch.openDatabases()).toBe(1);
  database.close();
  expect(watch.openDatabases()).toBe(0);
});

test("a server leaves no statement to the collector, prepares none again and again, and closes every database", async () => {
  const watch = watchStatements();
  const first = await startServer();
  await useEverything(first);
  const prepared = watch.preparedSoFar();
  expect(prepared).toBeGreaterThan(0);
  await useEverything(first);
  expect(watch.preparedSoFar()).toBe(prepared);
  expect(await watch.leftToCollector()).toEqual([]);

  const second = await first.restart();
  await useEverything(second);
  expect(watch.openDatabases()).toBeGreaterThan(0);
  expect(await watch.leftToCollector()).toEqual([]);
  await second.close();
  expect(watch.openDatabases()).toBe(0);
});
