import { writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { Pool, WorkLost } from "../../server/src/threads/pool.ts";
import type { Kind } from "../../server/src/threads/work.ts";
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

interface Share {
  readonly asker: string;
  readonly bytes: number;
  readonly hasRead: Promise<unknown>;
}

const reasonOf = (lost: unknown) => (lost instanceof WorkLost ? lost.reason : lost);

/** Time that passes when the test says so. */
class HeldTime {
  readonly #calls = new Map<() => void, number>();
  readonly after = (ms: number, call: () => void) => {
    this.#calls.set(call, ms);
    return () => void this.#calls.delete(call);
  };
  pass(elapsed: number): void {
    for (const [call, ms] of this.#calls) if (ms <= elapsed) call();
  }
}

const pools: Pool[] = [];
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

async function workIn(options: ConstructorParameters<typeof Pool>[0]) {
  const file = join(await temporaryFolder(), "work.mjs");
  await writeFile(file, WORK);
  // No time passes unless a test says so.
  const pool = new Pool({ after: () => () => undefined, ...options });
  pools.push(pool);
  const cells = new SharedArrayBuffer(12);
  const counts = new Int32Array(cells);
  const plain: Kind = { file: pathToFileURL(file).href, ms: 1_000, memory: 64, most: Number.POSITIVE_INFINITY };
  return {
    run: (task: Partial<Task> = {}, { asker = "somebody", bytes = 0, hasRead, ...kind }: Partial<Kind & Share> = {}) =>
      pool.run<Work>({ ...plain, ...kind }, { cells, ...task }, { asker, bytes, hasRead }),
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

  test("refuses what one asker has too much of, and takes another's", async () => {
    const { run, letGo } = await workIn({ threads: 1, waiting: 8, waitingOfOne: 2 });
    const first = Array.from({ length: 5 }, () => run({}, { asker: "Ann" }).catch(reasonOf));
    const other = run({}, { asker: "Bob" }).catch(reasonOf);
    letGo();
    expect(await Promise.all(first)).toEqual([1, 1, 1, "yours", "yours"]);
    expect(await other).toBe(1);
  });

  test("counts the bytes that wait, and not those at work", async () => {
    const { run, letGo } = await workIn({ threads: 1, waitingBytes: 10 });
    const sizes = [50, 6, 4, 1];
    const results = sizes.map((bytes) => run({}, { bytes }).catch(reasonOf));
    letGo();
    expect(await Promise.all(results)).toEqual([1, 1, 1, "busy"]);
  });

  test("begins what another asked for before the many of one asker", async () => {
    // One thread, so that what is begun first ends first.
    const { run, letGo } = await workIn({ threads: 1 });
    const order: string[] = [];
    const ask = (asker: string) => run({}, { asker }).then(() => order.push(asker));
    const results = [...Array.from({ length: 4 }, () => ask("Ann")), ask("Bob")];
    letGo();
    await Promise.all(results);
    expect(order).toEqual(["Ann", "Bob", "Ann", "Ann", "Ann"]);
  });

  test("gives turns to those who ask for what is done one at a time", async () => {
    const { run, letGo } = await workIn({ threads: 3, waiting: 20 });
    const order: string[] = [];
    const ask = (asker: string) => run({}, { asker, most: 1 }).then(() => order.push(asker));
    const results = [..."AAAABCAB"].map(ask);
    letGo();
    await Promise.all(results);
    expect(order.join("")).toBe("ABCABAAA");
  });

  test("has no more of a kind at work than it may, and the others beside it", async () => {
    const { run, most, letGo } = await workIn({ threads: 3 });
    const long = Array.from({ length: 4 }, () => run({}, { most: 1 }));
    letGo();
    await Promise.all(long);
    expect(most()).toBe(1);
  });

  test("ends what takes too long, and goes on with the others", async () => {
    const time = new HeldTime();
    const { run, letGo } = await workIn({ threads: 1, after: time.after });
    const endless = run().catch(reasonOf);
    const next = run();
    time.pass(1_000);
    expect(await endless).toBe("late");
    letGo();
    expect(await next).toBeGreaterThan(0);
  });

  test("ends what reads for too long, and not what is at something else then", async () => {
    const time = new HeldTime();
    const { run, letGo } = await workIn({ threads: 2, after: time.after });
    const reading = run({}, { readingMs: 100, hasRead: new Promise(() => {}) }).catch(reasonOf);
    const hasRead = Promise.resolve();
    const other = run({}, { readingMs: 100, hasRead });
    await hasRead;
    time.pass(100);
    expect(await reading).toBe("late");
    letGo();
    expect(await other).toBeGreaterThan(0);
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

describe("imports", () => {
  test("are received a few at once: more are refused before their bodies are read, and the place is free again", async () => {
    const server = await startServer();
    const body = JSON.stringify({
      pack: { id: "a-pack", title: "A pack" },
      files: [{ name: "list.md", text: "- Why is it so?\n" }],
    });
    const begun = () => {
      const headers = {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        expect: "100-continue",
      };
      const sending = request(`${server.url}/api/bank/import/look`, { method: "POST", headers });
      const answered = new Promise<number | undefined>((resolve, reject) => {
        sending.on("response", (answer) => resolve(answer.resume().statusCode)).on("error", reject);
      });
      sending.write(body.slice(0, 10));
      const isTaken = new Promise<void>((resolve) => sending.on("continue", () => resolve()));
      return { answered, isTaken, finish: () => sending.end(body.slice(10)), hangUp: () => sending.destroy() };
    };
    const slow = [begun(), begun()];
    await Promise.all(slow.map(({ isTaken }) => isTaken));
    const refused = await server.post("/api/bank/import/look", JSON.parse(body));
    expect(refused).toMatchObject({ status: 503, body: { reason: "server_busy" } });
    for (const { finish } of slow) finish();
    expect(await Promise.all(slow.map(({ answered }) => answered))).toEqual([200, 200]);
    const next = begun();
    await next.isTaken;
    next.answered.catch(() => undefined);
    next.hangUp();
    const after = await server.post("/api/bank/import/look", JSON.parse(body));
    expect(after.status).toBe(200);
  });

  test("are broken off that read for ten seconds, with a sentence; nothing of them is kept, and the next one is read", async () => {
    let isLate = true;
    const after = (ms: number, call: () => void) => {
      if (isLate && ms === 10_000) call();
      return () => undefined;
    };
    const pool = new Pool({ after });
    pools.push(pool);
    const server = await startServer({ pool });
    const body = { pack: { id: "a-pack", title: "A pack" }, files: [{ name: "list.md", text: "- Why is it so?\n" }] };
    for (const path of ["/api/bank/import/look", "/api/bank/import"]) {
      expect(await server.post(path, body)).toMatchObject({ status: 503, body: { reason: "work_late" } });
    }
    isLate = false;
    expect(await server.post("/api/bank/import", body)).toMatchObject({
      status: 200,
      body: { carriedOut: true, entries: [{ outcome: "added" }] },
    });
  });
});
