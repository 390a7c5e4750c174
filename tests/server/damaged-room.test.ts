import { describe, expect, onTestFinished, test } from "vitest";
import { Connection } from "../../server/src/sqlite/connection.ts";
import { newId, newSeat } from "../support/seats.ts";
import { liveHouse, startServer } from "../support/server.ts";

/** Bytes that change on the disk are found when the room is read; nothing is made of them, and the other rooms go on. */

/** What can happen to a room's rows; `?` is its identifier. */
const DAMAGE = {
  "a byte of a note":
    "UPDATE commits SET sealed = CAST(substr(sealed, 1, length(sealed) - 1) || X'00' AS BLOB) WHERE room_id = ? AND events LIKE '%noteWritten%'",
  "a note that is gone": "UPDATE commits SET sealed = NULL WHERE room_id = ? AND events LIKE '%noteWritten%'",
  "a rating": `UPDATE commits SET events = replace(events, '"level":3', '"level":1') WHERE room_id = ?`,
  "a digit that makes no JSON": "UPDATE commits SET events = substr(events, 2) WHERE room_id = ? AND seq = 3",
  "when something was": "UPDATE commits SET at = at - 1 WHERE room_id = ? AND seq = 3",
  "whose command it was": "UPDATE commits SET seat_id = 's_000000000000000000000000' WHERE room_id = ? AND seq = 3",
  "which command it was": "UPDATE commits SET command_id = 'c_000000000000000000000000' WHERE room_id = ? AND seq = 3",
  "the version of its form": "UPDATE commits SET version = 1 WHERE room_id = ? AND seq = 3",
  "a hash": "UPDATE commits SET hash = zeroblob(32) WHERE room_id = ? AND seq = 3",
  "a hash that is gone": "UPDATE commits SET hash = NULL WHERE room_id = ? AND seq = 3",
  "a row that is gone": "DELETE FROM commits WHERE room_id = ? AND seq = 3",
  "a number in the order": "UPDATE commits SET seq = 33 WHERE room_id = ? AND seq = 3",
  "a row of another room": "UPDATE commits SET room_id = 'r_000000000000000000000000' WHERE room_id = ? AND seq = 3",
  "a chain that is cut": "UPDATE commits SET previous = NULL WHERE room_id = ? AND seq = 3",
} as const;

describe("a room of which something was changed on the disk", () => {
  test.each(Object.entries(DAMAGE))("is refused and named, and the others go on: %s", async (_, damage) => {
    const server = await startServer();
    const damaged = await liveHouse(server, { title: "Damaged" });
    const whole = await liveHouse(server, { title: "Whole" });
    const askId = await damaged.room.push("first-question");
    const note = { type: "writeNote", noteId: newId("n"), mark: null, evidenceFor: null, ageMs: 0 } as const;
    await damaged.host.must({ ...note, askId, text: "the first note" });
    await damaged.host.must({ type: "rate", askId, criterionId: "depth", level: 3 });
    const tokens = { damaged: damaged.host.token, whole: whole.host.token };
    await server.close();
    const database = new Connection(server.dataFile);
    expect(database.prepare(damage).run(damaged.room.roomId).changes).toBeGreaterThan(0);
    database.close();

    const again = await server.restart();
    const refused = newSeat(again.url, tokens.damaged);
    onTestFinished(() => refused.disconnect());
    refused.open();
    const reason = await refused.untilLost();
    expect(reason).toMatchObject({ reason: "room_damaged" });
    const exported = await again.get("/api/room/export.json", { authorization: `Bearer ${tokens.damaged}` });
    expect([exported.status, exported.body]).toMatchObject([500, { reason: "room_damaged" }]);

    const host = await newSeat(again.url, tokens.whole).connect();
    await host.must({ type: "pause" });
    expect(host.view.room.phase).toBe("paused");
  });
});
