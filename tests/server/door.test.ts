import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { connectionsWithin, type Descriptors, Watch } from "../../server/src/http/descriptors.ts";
import { Door } from "../../server/src/http/door.ts";
import { buildServer, startProcess } from "../support/process.ts";
import { ask, askForSocket, Line, slowBody } from "../support/raw.ts";
import { newSeat } from "../support/seats.ts";
import { startServer, TestServer, temporaryFolder } from "../support/server.ts";

/** Connections and requests that are never finished, and everybody else beside them. */

const PROXY = "127.0.0.9";
const untold = { trustedProxies: [PROXY] };

/** Opens so many connections one after the other, each with the beginning of a request. */
async function slowLines(url: string, count: number, from?: string, headers: readonly string[] = []): Promise<Line[]> {
  const lines: Line[] = [];
  for (let i = 0; i < count; i++) lines.push(await Line.open(url, slowBody(url, headers), from));
  return lines;
}

/** How many of the lines the server has left open, once it has closed as many as it must. */
async function leftOpen(lines: readonly Line[], mustClose: number): Promise<number> {
  const closed: Promise<string>[] = lines.map((line) => line.closed);
  await new Promise<void>((resolve) => {
    let count = 0;
    for (const line of closed) void line.then(() => ++count >= mustClose && resolve());
    if (mustClose <= 0) resolve();
  });
  return lines.filter(({ isOpen }) => isOpen).length;
}

describe("a request that does not come to its end", () => {
  test("is broken off with a sentence when its time is over", async () => {
    const server = await startServer({ requestMs: 300 });
    const lines = await slowLines(server.url, 20);
    const answers = await Promise.all(lines.map(({ closed }) => closed));
    for (const answer of answers) {
      expect(answer).toMatch(/^HTTP\/1\.1 408 /);
      expect(answer).toContain("cache-control: no-store");
      expect(answer).toContain('"reason":"too_slow"');
    }
    expect((await ask(`${server.url}/api/info`)).status).toBe(200);
  });

  test("is broken off too where its head does not, or where nothing comes at all", async () => {
    const server = await startServer({ requestMs: 300 });
    const head = await Line.open(server.url, "GET /api/info HTTP/1.1\r\nhost: localhost\r\nx-slow: ");
    const nothing = await Line.open(server.url, "");
    expect(await head.closed).toContain('"reason":"too_slow"');
    await nothing.closed;
  });

  test("is no request where it cannot be read", async () => {
    const server = await startServer();
    const line = await Line.open(server.url, "no such thing\r\n\r\n");
    const answer = await line.closed;
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"reason":"malformed"');
    expect(answer).toContain("cache-control: no-store");
  });
});

describe("one address", () => {
  test("holds no more connections than it may, by 500 slow bodies either, and newcomers get in from anywhere", async () => {
    const server = await startServer({ config: { ...untold, connectionsPerAddress: 20 } });
    const room = await server.openRoom();
    const lines = await slowLines(server.url, 500, "127.0.0.2");
    expect(await leftOpen(lines, 480)).toBe(20);
    expect((await ask(`${server.url}/api/info`, { from: "127.0.0.3" })).status).toBe(200);
    // Nor is anybody shut out who shares its address.
    expect((await ask(`${server.url}/api/info`, { from: "127.0.0.2" })).status).toBe(200);
    await room.host.must({ type: "extendRoom", minutes: 1 });
  });

  test("drops what is never finished before what is in use", async () => {
    const server = await startServer({ config: { ...untold, connectionsPerAddress: 4 } });
    const request = "GET /api/info HTTP/1.1\r\nhost: localhost\r\n\r\n";
    const used = await Line.open(server.url, "");
    await used.send(request);
    for (const line of await slowLines(server.url, 3)) expect(line.isOpen).toBe(true);
    await used.send(request);
    const lines = await slowLines(server.url, 3);
    expect(await leftOpen(lines, 0)).toBe(3);
    expect(used.isOpen).toBe(true);
  });
});

describe("behind a trusted proxy", () => {
  test("the proxy has as many connections as it needs, and each client no more under way than it may", async () => {
    const server = await startServer({ hostKey: "a key of a test", config: { ...untold, connectionsPerAddress: 20 } });
    const of = (client: string) => ({ from: PROXY, headers: { "x-forwarded-for": client } });
    const forwarded = ["x-forwarded-for: 203.0.113.1"];
    const lines = await slowLines(server.url, 50, PROXY, forwarded);
    const refused = await Promise.race(lines.map(({ closed }) => closed));
    expect(refused).toMatch(/^HTTP\/1\.1 429 /);
    expect(refused).toContain('"reason":"too_many"');
    expect(refused.toLowerCase()).toContain("connection: close");
    expect(await leftOpen(lines, 30)).toBe(20);
    expect((await ask(`${server.url}/api/info`, of("203.0.113.1"))).status).toBe(429);
    expect((await askForSocket(server.url, of("203.0.113.1"))).reason).toBe("too_many");
    expect((await ask(`${server.url}/api/info`, of("203.0.113.2"))).status).toBe(200);
    expect((await askForSocket(server.url, of("203.0.113.2"))).status).toBe(101);

    // What is over is under way no longer.
    const last = lines.find(({ isOpen }) => isOpen);
    expect(await last?.send(" ".repeat(1_000))).toMatch(/^HTTP\/1\.1 400 /);
    expect((await ask(`${server.url}/api/info`, of("203.0.113.1"))).status).toBe(200);
  });
});

describe("a full house", () => {
  const limited = (limit: number): Descriptors => ({ limit, inUse: async () => 0 });

  test("lets newcomers in for strangers who finish nothing, and keeps every seat", async () => {
    const descriptors = limited(40);
    expect(connectionsWithin(40)).toBe(30);
    const server = await startServer({ descriptors, config: { ...untold, connectionsPerAddress: 1_000 } });
    const room = await server.openRoom();
    const candidate = await room.join("candidate", "Cleo Candidate");
    const lines = await slowLines(server.url, 100, "127.0.0.2");
    expect(await leftOpen(lines, 72)).toBe(28);

    await room.start(candidate);
    expect((await ask(`${server.url}/api/info`)).status).toBe(200);
    const observer = await room.join("observer", "Otto Observer");
    const back = await newSeat(server.url, candidate.token).connect();
    expect([room.host, observer, back].every(({ isConnected }) => isConnected)).toBe(true);
  });

  test("lets nobody in where all are seats", async () => {
    const server = await startServer({ descriptors: limited(4), config: { ...untold } });
    const room = await server.openRoom();
    await room.join("candidate", "Cleo Candidate");
    await room.join("interviewer", "Ines Interviewer");
    await expect(ask(`${server.url}/api/info`)).rejects.toThrow();
    await room.host.must({ type: "extendRoom", minutes: 1 });
  });
});

describe("file descriptors", () => {
  test("that are nearly used up are told of once each time, and then nobody comes in for nothing", async () => {
    const server = new EventEmitter();
    const trust = { isProxy: () => false, clientOf: () => "" };
    const door = new Door(server, { trust, limits: { perAddress: 100, connections: 100 } });
    const told: [number, number][] = [];
    let inUse: number | null = 0;
    const descriptors = { limit: 1_000, inUse: async () => inUse };
    const watch = new Watch({ door, descriptors, onNear: (...figures) => told.push(figures) });
    onTestFinished(() => watch.stop());
    const come = (): boolean => {
      let isIn = true;
      const socket = { remoteAddress: "192.0.2.1", once() {}, destroy: () => (isIn = false) } as unknown as Socket;
      server.emit("connection", socket);
      door.seat(socket);
      return isIn;
    };
    const comesIn = async (used: number | null) => {
      inUse = used;
      await watch.look();
      return come();
    };
    expect([await comesIn(700), told.length]).toEqual([true, 0]);
    expect([await comesIn(800), await comesIn(850), told]).toEqual([true, true, [[800, 1_000]]]);
    expect([await comesIn(880), told.length]).toEqual([false, 1]);
    expect([await comesIn(100), await comesIn(900), told.length]).toEqual([true, false, 2]);
    // Where the system does not say, its own connections are all that it knows of.
    expect([await comesIn(null), told.length]).toEqual([true, 2]);
  });

  test.skipIf(process.platform === "win32")("that are few leave seats, newcomers, files and the database", async () => {
    await buildServer();
    const child = await startProcess(await temporaryFolder(), {}, 200);
    const server = new TestServer(child.url, "", child.kill, () => Promise.reject(new Error("It is another process.")));
    const room = await server.openRoom();
    const candidate = await room.join("candidate", "Cleo Candidate");
    const lines = await slowLines(server.url, 600);
    expect(await leftOpen(lines, 452)).toBeLessThanOrEqual(148);

    await room.start(candidate);
    const askId = await room.push("vanishing-gradients");
    await candidate.must({ type: "writeAnswer", askId, text: "It is saved." });
    expect((await room.host.fetch("/api/room/export.pdf")).status).toBe(200);
    await room.join("observer", "Otto Observer");
    expect([room.host, candidate].every(({ isConnected }) => isConnected)).toBe(true);
  });
});
