import { join } from "node:path";
import { ExportProgress } from "@whetstone/shared/export-wire";
import { OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { beforeAll, expect, test } from "vitest";
import { Connection } from "../../server/src/sqlite/connection.ts";
import { exportEnded } from "../support/exports.ts";
import { buildServer, startProcess } from "../support/process.ts";
import { newSeat, request } from "../support/seats.ts";
import { openingOf, temporaryFolder } from "../support/server.ts";

/** A room whose log is damaged: it is refused by a name that the log has too, and takes no other room with it. */

beforeAll(buildServer);

const post = (url: string, body: unknown) =>
  request(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

async function twoRooms() {
  const directory = await temporaryFolder();
  const server = await startProcess(directory);
  const open = async (title: string) =>
    OpenRoomResponse.parse((await post(`${server.url}/api/rooms`, openingOf({ title }))).body);
  const rooms = { damaged: await open("Damaged"), whole: await open("Whole") };
  await server.stop();
  return { directory, rooms };
}

const faultIn = (text: string): string => /\(fault ([0-9a-f]{8})\)/.exec(text)?.[1] ?? "no fault is named";

test.each([
  ["no JSON", "{"],
  ["no events", '[{"type":"roomOpened"}]'],
])("a room whose events are %s is refused by name, and the others go on", async (_what, events) => {
  const { directory, rooms } = await twoRooms();
  const database = new Connection(join(directory, "whetstone.sqlite"));
  database.prepare("UPDATE commits SET events = ? WHERE room_id = ?").run(events, rooms.damaged.roomId);
  database.close();
  const server = await startProcess(directory, { LOG_LEVEL: "error" });

  const secrets = [rooms.damaged.token, rooms.whole.token];
  const headers = { authorization: `Bearer ${rooms.damaged.token}` };
  const exported = await request(`${server.url}/api/room/export.json`, { headers });
  expect([exported.status, exported.body]).toMatchObject([500, { reason: "room_damaged" }]);
  const seat = newSeat(server.url, rooms.damaged.token);
  seat.open();
  const lost = await seat.untilLost();
  expect(lost.reason).toBe("room_damaged");

  const compared = await post(`${server.url}/api/across/compare`, { secrets });
  const last = JSON.parse(compared.text.trim().split("\n").at(-1) ?? "");
  expect(last).toMatchObject({
    kind: "done",
    result: { reach: { unusable: 0, closed: [{ title: "Whole" }], unreadable: [{ roomId: rooms.damaged.roomId }] } },
  });

  const started = await post(`${server.url}/api/exports`, { secrets, formats: ["md"] });
  const { exportId } = started.body as { exportId: string };
  const progress = await exportEnded(async () =>
    ExportProgress.parse((await post(`${server.url}/api/exports/progress`, { exportId })).body),
  );
  expect(progress).toMatchObject({
    state: "ready",
    done: 2,
    leftOut: 0,
    unreadable: [{ roomId: rooms.damaged.roomId }],
  });

  const host = await newSeat(server.url, rooms.whole.token).connect();
  await host.must({ type: "showObservers", shown: true });
  const told = [exported.text, lost.sentence, JSON.stringify(last), JSON.stringify(progress)].map(faultIn);
  expect(new Set(told).size).toBe(4);
  const logged = server.said().split("\n");
  for (const fault of told) {
    expect(logged.filter((line) => line.includes(`"fault":"${fault}"`))).toHaveLength(1);
  }
});
