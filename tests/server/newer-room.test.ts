import { EVENTS_VERSION } from "@whetstone/shared/room/event";
import { expect, test } from "vitest";
import { Connection } from "../../server/src/sqlite/connection.ts";
import { newSeat } from "../support/seats.ts";
import { liveHouse, startServer } from "../support/server.ts";

/** A server that was put back to an older version meets rooms that the newer one has written in. */
test("a room with events of a newer version is refused with a sentence, and the others go on", async () => {
  const server = await startServer();
  const newer = await liveHouse(server, { title: "Written in by a newer server" });
  const other = await liveHouse(server, { title: "As it was" });
  const tokens = { newer: newer.host.token, other: other.host.token };
  await server.close();
  const database = new Connection(server.dataFile);
  database
    .prepare("UPDATE commits SET version = ? WHERE room_id = ? AND seq = 2")
    .run(EVENTS_VERSION + 1, newer.room.roomId);
  database.close();

  const again = await server.restart();
  const refused = newSeat(again.url, tokens.newer);
  refused.open();
  const reason = await refused.untilLost();
  expect(reason).toMatchObject({ reason: "room_newer" });
  expect(reason.sentence).toContain("Update the server");
  const headers = { authorization: `Bearer ${tokens.newer}` };
  const exported = await again.get("/api/room/export.json", headers);
  expect([exported.status, exported.body]).toEqual([409, reason]);
  const looked = await again.post("/api/links/look", { secret: newer.room.secret("candidate") });
  expect([looked.status, looked.body]).toEqual([409, reason]);

  const compared = await again.post("/api/across/compare", { secrets: [tokens.newer, tokens.other] });
  const lines = compared.text.trim().split("\n");
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({
    kind: "done",
    result: { reach: { unusable: 1, closed: [{ title: "As it was" }] } },
  });

  const host = await newSeat(again.url, tokens.other).connect();
  await host.must({ type: "pause" });
  expect(host.view.room.phase).toBe("paused");
});
