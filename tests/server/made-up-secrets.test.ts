import { randomBytes } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import type { RoomLog } from "../../server/src/room/log.ts";
import { newSeat } from "../support/seats.ts";
import { liveHouse, startServer } from "../support/server.ts";

/** Whoever knows a room's identifier and makes up a secret is turned away before anything of the room is read. */

let reads = 0;
const wrapLog = (log: RoomLog): RoomLog => ({
  ...log,
  read: (...asked) => {
    reads += 1;
    return log.read(...asked);
  },
});

async function strangerAtTheDoor() {
  const server = await startServer({ wrapLog });
  const { room, host, ines, ivan, candidate, observer } = await liveHouse(server);
  for (const seat of [host, ines, ivan, candidate, observer]) seat.disconnect();
  const again = await server.restart();
  reads = 0;
  return { server: again, room, host, secret: `${room.roomId}.${randomBytes(32).toString("base64url")}` };
}

describe("a made-up secret", () => {
  test.each([
    ["/api/links/look", (secret: string) => ({ secret })],
    ["/api/links/join", (secret: string) => ({ secret, name: "Stranger" })],
    ["/api/feedback/look", (secret: string) => ({ secret })],
    ["/api/across/compare", (secret: string) => ({ secrets: [secret] })],
    ["/api/across/rooms", (secret: string) => ({ secrets: [secret] })],
    ["/api/across/question", (secret: string) => ({ secrets: [secret], questionId: "first-question" })],
  ])("opens nothing at %s, and no room is read for it", async (path, body) => {
    const { server, room, host, secret } = await strangerAtTheDoor();
    const refused = await server.post(path, body(secret));
    expect(refused.text).not.toContain(room.roomId);
    expect(reads).toBe(0);
    // The same with a secret that the room knows does read it.
    await server.post(path, body(host.token));
    expect(reads).toBeGreaterThan(0);
  });

  test("is no seat, over HTTP or over a socket, and no room is read for it", async () => {
    const { server, secret } = await strangerAtTheDoor();
    for (const path of ["/api/room/export.json", "/api/bank/questions?q=x", "/api/kits"]) {
      const answer = await server.get(path, { authorization: `Bearer ${secret}` });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    const seat = newSeat(server.url, secret);
    onTestFinished(() => seat.disconnect());
    seat.open();
    expect(await seat.untilLost()).toMatchObject({ reason: "unknown_link" });
    expect(reads).toBe(0);
  });

  test("of another room does not lead into this one", async () => {
    const { server, host } = await strangerAtTheDoor();
    const other = await server.openRoom();
    reads = 0;
    const secret = `${other.roomId}.${host.token.split(".")[1]}`;
    expect((await server.post("/api/links/look", { secret })).body).toMatchObject({ reason: "unknown_link" });
    expect(reads).toBe(0);
  });
});
