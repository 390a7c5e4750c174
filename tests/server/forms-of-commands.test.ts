import { io, type Socket } from "socket.io-client";
import { expect, onTestFinished, test } from "vitest";
import { newId } from "../support/seats.ts";
import { liveHouse, startServer } from "../support/server.ts";

/** Commands in every form in which Socket.IO's protocol lets them come. */

/** The candidate's seat, taken over by a client of which the packets can be written by hand, and the room's host. */
async function byHand(transport: "websocket" | "polling" = "websocket") {
  const server = await startServer();
  const { host, candidate } = await liveHouse(server);
  const socket = io(server.url, {
    auth: { token: candidate.token },
    transports: [transport],
    reconnection: false,
    forceNew: true,
  });
  onTestFinished(() => void socket.disconnect());
  await new Promise((resolve) => socket.once("frame", resolve));
  const messages: string[] = [];
  socket.io.engine.on("data", (data: unknown) => messages.push(String(data)));
  const isRaised = async () => {
    await host.time();
    return host.panel.people.some(({ handRaised }) => handRaised);
  };
  return {
    socket,
    host,
    candidateId: candidate.candidate.you.seatId,
    messages,
    isRaised,
    write: (packet: string) => socket.io.engine.write(packet),
  };
}

const raiseHand = () => JSON.stringify({ commandId: newId("c"), command: { type: "raiseHand" } });

/** Waits until everything is answered that was sent before; who is not connected any more is through too. */
const through = (socket: Socket) =>
  new Promise<void>((resolve) => {
    if (!socket.connected) return resolve();
    socket.once("disconnect", () => resolve());
    socket.emit("time", () => resolve());
  });

test.each(["websocket", "polling"] as const)("a command by %s is answered under its own number", async (transport) => {
  const { socket, messages, isRaised, write } = await byHand(transport);
  write(`290071["command",${raiseHand()}]`);
  await through(socket);
  expect(messages.filter((message) => message.startsWith('390071[{"ok":true'))).toHaveLength(1);
  expect(await isRaised()).toBe(true);
});

test("a command that wants no answer is not carried out", async () => {
  const { socket, messages, isRaised, write } = await byHand();
  write(`2["command",${raiseHand()}]`);
  await through(socket);
  expect(messages.filter((message) => message.includes('"ok"'))).toEqual([]);
  expect(await isRaised()).toBe(false);
});

test("a command with bytes in it is refused, and what comes after is answered", async () => {
  const { socket, isRaised } = await byHand();
  const command = { type: "raiseHand", bytes: new Uint8Array([1, 2, 3]) };
  const answer = await socket.emitWithAck("command", { commandId: newId("c"), command });
  expect(answer).toMatchObject({ ok: false, refusal: { reason: "malformed" } });
  expect(await isRaised()).toBe(false);
  expect(await socket.emitWithAck("command", JSON.parse(raiseHand()))).toMatchObject({ ok: true });
});

test("a command that breaks off ends the connection", async () => {
  const { socket, isRaised, write } = await byHand();
  write(`21["command",${raiseHand()}`);
  await new Promise((resolve) => socket.once("disconnect", resolve));
  expect(await isRaised()).toBe(false);
});

test("a command of a client that has left is not carried out", async () => {
  const { socket, host, candidateId, messages, isRaised, write } = await byHand();
  write("1");
  await host.waitFor(() => host.presences.at(-1)?.includes(candidateId) === false);
  write(`21["command",${raiseHand()}]`);
  await new Promise((resolve) => socket.io.engine.once("close", resolve));
  expect(messages.filter((message) => message.includes('"ok"'))).toEqual([]);
  expect(await isRaised()).toBe(false);
});
