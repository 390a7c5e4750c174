import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PROTOCOL } from "@whetstone/shared/protocol";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type FollowOptions, followNetwork } from "../../client/src/browser/network.ts";
import { Ways } from "../../client/src/browser/ways.ts";
import { openSocket, type RoomSocket } from "../../client/src/room/store/socket.ts";
import { FakeSocket, MemoryStorage } from "./fakes.ts";

let stop = async (): Promise<void> => {};
afterEach(async () => {
  await stop();
  stop = async () => {};
  vi.unstubAllGlobals();
});

/** A server behind a proxy that swallows WebSockets: it notes by which way it was asked, and what the page first said to it. */
async function behindProxy(): Promise<{ server: Server; ways: string[]; said: Promise<string> }> {
  const ways: string[] = [];
  const note = (request: IncomingMessage) => {
    ways.push(new URL(request.url ?? "", "http://127.0.0.1").searchParams.get("transport") ?? "");
  };
  let hear = (_said: string): void => {};
  const said = new Promise<string>((resolve) => {
    hear = resolve;
  });
  const server = createServer(async (request, response) => {
    note(request);
    if (request.method !== "POST") {
      const open = { sid: "one", upgrades: [], pingInterval: 25_000, pingTimeout: 20_000, maxPayload: 100_000 };
      response.end(`0${JSON.stringify(open)}`);
      return;
    }
    hear((await request.setEncoding("utf8").toArray()).join(""));
    response.end("ok");
  });
  server.on("upgrade", (request, socket) => {
    note(request);
    socket.destroy();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { server, ways, said };
}

describe("the socket of a seat", () => {
  it("says its token and the page's version, and finds a way where a proxy swallows WebSockets", async () => {
    const { server, ways, said } = await behindProxy();
    const { port } = server.address() as AddressInfo;
    vi.stubGlobal("location", { protocol: "http:", hostname: "127.0.0.1", host: `127.0.0.1:${port}`, port: `${port}` });
    const tab = new Ways({ storage: new MemoryStorage(), steady: () => performance.now() });
    const socket = openSocket("the seat's token", tab);
    stop = async () => {
      socket.disconnect();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    };
    const handshake = { token: "the seat's token", protocol: PROTOCOL, page: expect.any(String), attempt: 1 };
    const [type, ...words] = (await said).split(/(?<=^40)/);
    expect([type, JSON.parse(words.join(""))]).toEqual(["40", handshake]);
    expect(ways.slice(0, 2)).toEqual(["websocket", "polling"]);
  });
});

describe("a network that the browser knows to be gone or back", () => {
  function following(socket = new FakeSocket(), options: FollowOptions = {}) {
    const listeners = new Map<string, (event: object) => void>();
    vi.stubGlobal("window", {
      addEventListener: (event: string, listener: (event: object) => void) => listeners.set(event, listener),
      removeEventListener: (event: string, listener: (event: object) => void) =>
        listeners.get(event) === listener && listeners.delete(event),
    });
    const stopFollowing = followNetwork(socket as unknown as RoomSocket, options);
    return { socket, stopFollowing, say: (event: string) => listeners.get(event)?.({ type: event }) };
  }

  it("ends the connection at once, and begins another without waiting", () => {
    const { socket, say } = following();
    socket.connected = true;
    say("offline");
    expect(socket.connected).toBe(false);
    say("online");
    expect(socket.connects).toBe(1);
  });

  it("changes nothing about a connection that stands, or about one that is closed for good", () => {
    const { socket, say } = following();
    socket.connected = true;
    say("online");
    expect([socket.connected, socket.connects]).toEqual([true, 0]);
    socket.active = false;
    socket.connected = false;
    say("online");
    expect(socket.connects).toBe(0);
  });

  it("is nothing to a socket that has not begun to connect", () => {
    const socket = new FakeSocket();
    socket.io.engine = undefined;
    const { say } = following(socket);
    expect(() => say("offline")).not.toThrow();
  });

  it("is looked into when this computer slept or its clock was set, which is told", () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let jumps = 0;
    const onJump = () => {
      jumps += 1;
    };
    const { socket, stopFollowing } = following(new FakeSocket(), { onJump });
    socket.connected = true;
    socket.fire("connect");
    socket.timeAnswers.at(-1)?.(0);
    vi.advanceTimersByTime(1_000);
    expect([jumps, socket.timeAnswers.length]).toEqual([0, 1]);
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(1_000);
    expect([jumps, socket.timeAnswers.length]).toEqual([1, 2]);
    stopFollowing();
    vi.setSystemTime(0);
    vi.advanceTimersByTime(10_000);
    expect([jumps, socket.timeAnswers.length]).toEqual([1, 2]);
  });

  it("is given up where nothing answers any more, and not while it answers", () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { socket, say, stopFollowing } = following();
    socket.connected = true;
    socket.fire("connect");
    for (let answers = 0; answers < 5; answers++) {
      socket.timeAnswers.at(-1)?.(0);
      vi.advanceTimersByTime(2_500);
    }
    expect([socket.connected, socket.connects]).toEqual([true, 0]);
    say("online");
    vi.advanceTimersByTime(2_000);
    expect([socket.connected, socket.connects]).toEqual([false, 1]);
    stopFollowing();
  });

  it("lets an attempt be that has just begun, whatever the browser says but that it is back", () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { socket, say, stopFollowing } = following();
    say("focus");
    say("pageshow");
    expect(socket.connects).toBe(0);
    say("online");
    expect(socket.connects).toBe(1);
    say("focus");
    expect(socket.connects).toBe(1);
    vi.advanceTimersByTime(1_500);
    say("focus");
    expect(socket.connects).toBe(2);
    stopFollowing();
  });

  it("is followed no more once the room is left", () => {
    const { socket, stopFollowing, say } = following();
    socket.connected = true;
    stopFollowing();
    say("offline");
    expect(socket.connected).toBe(true);
    socket.connected = false;
    say("online");
    expect(socket.connects).toBe(0);
  });
});
