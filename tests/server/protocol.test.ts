import { PROTOCOL } from "@whetstone/shared/protocol";
import { io } from "socket.io-client";
import { expect, onTestFinished, test } from "vitest";
import { newSeat } from "../support/seats.ts";
import { startServer } from "../support/server.ts";

/** What a seat hears first from a server at which it names a version of the wire: its view, or why it is not let in. */
async function greeted(url: string, auth: Record<string, unknown>): Promise<unknown> {
  const socket = io(url, { auth, transports: ["websocket"], reconnection: false, forceNew: true });
  onTestFinished(() => void socket.disconnect());
  return new Promise((resolve) => {
    socket.on("frame", (frame) => resolve(frame.kind));
    socket.on("seatLost", (refusal) => resolve(refusal.reason));
  });
}

test("a page of this version is let in, and so is one of before there were versions", async () => {
  const server = await startServer();
  const token = await server.takeSeat((await server.openRoom()).secret("interviewer"), "Ines");
  expect(PROTOCOL).toBe(1);
  expect(await greeted(server.url, { token, protocol: PROTOCOL })).toBe("whole");
  expect(await greeted(server.url, { token })).toBe("whole");
});

test.each([
  ["a newer page", PROTOCOL + 1],
  ["an older page", PROTOCOL - 1],
  ["a version that is none", "latest"],
])("%s is told that it is of another version, and takes no seat from anybody", async (_who, protocol) => {
  const server = await startServer();
  const room = await server.openRoom();
  const token = await server.takeSeat(room.secret("interviewer"), "Ines");
  const seat = await newSeat(server.url, token).connect();
  expect(await greeted(server.url, { token, protocol })).toBe("other_version");
  // Also where its token is of a form that this server does not know.
  expect(await greeted(server.url, { protocol })).toBe("other_version");
  expect(seat.isConnected).toBe(true);
  expect(seat.lost).toBeNull();
});
