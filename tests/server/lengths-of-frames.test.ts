import { describe, expect, test } from "vitest";
import { newSeat, type Seat } from "../support/seats.ts";
import { liveHouse, startServer } from "../support/server.ts";

describe("a frame", () => {
  // At 126 and at 65,536 bytes the length of a WebSocket's message is told in another way (RFC 6455, section 5.2).
  test.each([
    [125, "websocket"],
    [126, "websocket"],
    [127, "websocket"],
    [65_534, "websocket"],
    [65_535, "websocket"],
    [65_536, "websocket"],
    [65_537, "websocket"],
    [65_536, "polling"],
  ] as const)("of exactly %i bytes comes whole by %s, and what follows it too", async (bytes, transport) => {
    const server = await startServer();
    const { room, host, candidate } = await liveHouse(server);
    const token = await server.takeSeat(room.secret("observer"), "Olga");
    const olga = await newSeat(server.url, token, { transports: [transport] }).connect();
    const askId = await room.push("first-question");
    const write = async (text: string) => {
      await candidate.must({ type: "writeAnswer", askId, text });
      await Promise.all([olga.time(), host.time()]);
      expect(olga.observer.asks.at(-1)?.answer).toBe(text);
      expect(host.openAsk.answer).toBe(text);
    };
    // The names of versions have one to ten digits, so the length is met after a few tries; one control character is six bytes.
    const textOf = (length: number) => "\u0001".repeat(Math.floor(length / 6)) + "a".repeat(length % 6);
    let around = 0;
    let length = 0;
    for (let tries = 0; length !== bytes && tries < 500; tries++) {
      await write("");
      const text = textOf(Math.max(1, bytes - around));
      await write(text);
      length = frameLength(olga);
      around += length - bytes;
    }
    expect(length).toBe(bytes);
    await write("and on");
  });
});

/** How long the last frame to this seat was, in bytes: a type, and the text of a packet. */
function frameLength({ messages }: Seat): number {
  return 1 + Buffer.byteLength(messages.findLast((message) => message.includes('["frame"')) ?? "");
}
