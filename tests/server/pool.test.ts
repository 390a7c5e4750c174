import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { Pool, WorkLost } from "../../server/src/threads/pool.ts";
import { startServer, temporaryFolder } from "../support/server.ts";

/** Counts in shared memory how many of it are at work at once, waits until it may go on, and ends the thread where it is told to. */
const WORK = `
  export default ({ cells, dies }) => {
    const counts = new Int32Array(cells);
    const atWork = Atomics.add(counts, 0, 1) + 1;
    for (let most = Atomics.load(counts, 1); atWork > most; most = Atomics.load(counts, 1)) {
      Atomics.compareExchange(counts, 1, most, atWork);
    }
    if (dies) process.exit(1);
    Atomics.wait(counts, 2, 0);
    Atomics.sub(counts, 0, 1);
    return atWork;
  };
`;

interface Task {
  readonly cells: SharedArrayBuffer;
  readonly dies?: boolean;
}
type Work = (task: Task) => number;

const pools: Pool[] = [];
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

async function workIn(options: ConstructorParameters<typeof Pool>[0]) {
  const file = join(await temporaryFolder(), "work.mjs");
  await writeFile(file, WORK);
  const pool = new Pool(options);
  pools.push(pool);
  const cells = new SharedArrayBuffer(12);
  const counts = new Int32Array(cells);
  return {
    run: (task: Partial<Task> = {}) => pool.run<Work>(pathToFileURL(file).href, { cells, ...task }),
    most: () => Atomics.load(counts, 1),
    letGo: () => {
      Atomics.store(counts, 2, 1);
      Atomics.notify(counts, 2);
    },
  };
}

describe("a pool", () => {
  test("works on as much at once as it has threads, and on all in the end", async () => {
    const { run, most, letGo } = await workIn({ threads: 2, waiting: 8 });
    const results = Array.from({ length: 10 }, () => run());
    letGo();
    await Promise.all(results);
    expect(most()).toBeGreaterThan(0);
    expect(most()).toBeLessThanOrEqual(2);
  });

  test("refuses what is more than may wait, and nothing else", async () => {
    const { run, letGo } = await workIn({ threads: 2, waiting: 3 });
    const results = Array.from({ length: 12 }, () => run().catch((error: unknown) => error));
    const refused = await Promise.race(results);
    expect(refused).toBeInstanceOf(WorkLost);
    expect(refused).toMatchObject({ reason: "busy" });
    letGo();
    const settled = await Promise.all(results);
    const done = settled.filter((result) => typeof result === "number");
    expect(done.length).toBeGreaterThanOrEqual(3);
    expect(done.length).toBeLessThanOrEqual(5);
    for (const lost of settled.filter((result) => typeof result !== "number")) {
      expect(lost).toMatchObject({ reason: "busy" });
    }
  });

  test("whose thread dies refuses that thread's work alone, also where others wait", async () => {
    for (const threads of [1, 2]) {
      const { run, letGo } = await workIn({ threads, waiting: 20 });
      letGo();
      const results = await Promise.allSettled([run(), run({ dies: true }), run(), run({ dies: true }), run(), run()]);
      expect(results.map(({ status }) => status)).toEqual([
        "fulfilled",
        "rejected",
        "fulfilled",
        "rejected",
        "fulfilled",
        "fulfilled",
      ]);
      for (const result of results)
        if (result.status === "rejected") expect(result.reason).toMatchObject({ reason: "died" });
    }
  });
});

describe("a server whose thread runs out of memory", () => {
  test("refuses that import with a sentence, and carries out the next", async () => {
    const pool = new Pool({ threads: 1, memory: 48 });
    const server = await startServer({ pool });
    const list = (count: number) => ({
      pack: { id: "a-pack", title: "A pack" },
      files: [{ name: "list.md", text: Array.from({ length: count }, (_, at) => `- Why is ${at} so?\n`).join("") }],
    });
    const lost = await server.post("/api/bank/import", list(200_000));
    expect(lost.status).toBe(503);
    expect(lost.body).toEqual({ reason: "work_lost", sentence: expect.stringContaining("too much memory") });
    const room = await server.openRoom();
    await room.host.must({ type: "arrangePlan", items: [] });
    const carriedOut = await server.post("/api/bank/import", list(2));
    expect(carriedOut.body).toMatchObject({ carriedOut: true });
  });
});
