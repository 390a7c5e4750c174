import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PROTOCOL } from "@whetstone/shared/wire";
import { afterEach, describe, expect, it, vi } from "vitest";
import { followNetwork } from "../../client/src/browser/network.ts";
import { openSocket, type RoomSocket } from "../../client/src/room/store/socket.ts";
import { FakeSocket } from "./fakes.ts";

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
    const socket = openSocket("the seat's token");
    stop = async () => {
      socket.disconnect();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    };
    expect(await said).toBe(`40${JSON.stringify({ token: "the seat's token", protocol: PROTOCOL })}`);
    expect(ways.slice(0, 2)).toEqual(["websocket", "polling"]);
  });
});

describe("a network that the browser knows to be gone or back", () => {
  function following(socket = new FakeSocket()) {
    const listeners = new Map<string, () => void>();
    vi.stubGlobal("window", {
      addEventListener: (event: string, listener: () => void) => listeners.set(event, listener),
      removeEventListener: (event: string, listener: () => void) =>
        listeners.get(event) === listener && listeners.delete(event),
    });
    const stopFollowing = followNetwork(socket as unknown as RoomSocket);
    return { socket, stopFollowing, say: (event: string) => listeners.get(event)?.() };
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
