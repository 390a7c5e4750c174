import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { backUp, newBackup } from "../../server/src/data/backup.ts";
import { examine } from "../../server/src/data/doctor.ts";
import { Connection } from "../../server/src/sqlite/connection.ts";
import { newId, newSeat } from "../support/seats.ts";
import { liveHouse, startServer } from "../support/server.ts";

const note = (text: string) =>
  ({ type: "writeNote", noteId: newId("n"), askId: null, text, mark: null, evidenceFor: null, ageMs: 0 }) as const;

/** A server's data directory with two rooms and two backups, the second made when more was written. */
async function keptForYears() {
  const server = await startServer();
  const one = await liveHouse(server, { title: "One" });
  const other = await liveHouse(server, { title: "Other" });
  const dataDir = join(server.dataFile, "..");
  const backups = join(dataDir, "backups");
  const made: string[] = [];
  for (const day of [1, 2]) {
    await one.ines.must(note(`written on day ${day}`));
    const file = newBackup(backups, Date.UTC(2026, 0, day));
    await backUp(dataDir, file);
    made.push(file);
  }
  const ruin = (file: string, day: number) => {
    const database = new Connection(file);
    const damage = database.prepare(
      `UPDATE commits SET sealed = zeroblob(length(sealed)) WHERE id =
        (SELECT id FROM commits WHERE room_id = ? AND events LIKE '%noteWritten%' ORDER BY id LIMIT 1 OFFSET ?)`,
    );
    expect(damage.run(one.room.roomId, day - 1).changes).toBe(1);
    database.close();
  };
  return { server, one, other, dataDir, backups, made, ruin };
}

describe("the doctor", () => {
  test("finds nothing where all is well, also while the server writes", async () => {
    const { one, dataDir, backups } = await keptForYears();
    const writing = Promise.all(Array.from({ length: 50 }, (_, n) => one.ines.must(note(`${n}`))));
    const { isWell, lines } = await examine(dataDir, backups);
    await writing;
    expect([isWell, lines.length]).toEqual([true, 1]);
    expect(lines[0]).toMatch(/2 of 2 rooms are as they were stored, with \d+ commits\.$/);
  });

  test("names the room that was changed, and the newest backup that has it whole", async () => {
    const { server, one, other, dataDir, backups, made, ruin } = await keptForYears();
    await server.close();
    ruin(server.dataFile, 1);
    const findings = await examine(dataDir, backups);
    expect(findings.isWell).toBe(false);
    const text = findings.lines.join("\n");
    expect(text).toContain("1 of 2 rooms");
    expect(text).toMatch(new RegExp(`${one.room.roomId}: Commit \\d+ of ${one.room.roomId} is not as it was stored`));
    expect(text).toContain(`The last good backup of it is ${made[1]}`);
    expect(text).not.toContain(other.room.roomId);

    ruin(made[1] ?? "", 2);
    expect((await examine(dataDir, backups)).lines.join("\n")).toContain(`The last good backup of it is ${made[0]}`);
    ruin(made[0] ?? "", 1);
    expect((await examine(dataDir, backups)).lines.join("\n")).toContain(`No backup in ${backups} has it whole.`);
  });

  /** What sets a room's end back by some commits, as when a page of the file comes back from an older copy; `?` is the room. */
  const SET_BACK = `UPDATE rooms SET (seq, last_commit) =
    (SELECT seq, id FROM commits WHERE commits.room_id = rooms.room_id AND commits.seq = rooms.seq - 3) WHERE room_id = ?`;

  test("names the room whose end was set back, which is whole along its hashes, also when it was written on since", async () => {
    const { server, one, other, dataDir, backups, made } = await keptForYears();
    await one.ines.must(note("written since"));
    const token = one.ines.token;
    await server.close();
    const change = (file: string, sql: string) => {
      const database = new Connection(file);
      expect(database.prepare(sql).run(one.room.roomId).changes).toBe(1);
      database.close();
    };
    change(server.dataFile, SET_BACK);
    const findings = await examine(dataDir, backups);
    expect(findings.isWell).toBe(false);
    const text = findings.lines.join("\n");
    expect(text).toContain("1 of 2 rooms");
    expect(text).toMatch(
      new RegExp(`${one.room.roomId}: 3 commits of ${one.room.roomId} are not led to by commit \\d+`),
    );
    expect(text).toContain(`The last good backup of it is ${made[1]}`);
    expect(text).not.toContain(other.room.roomId);

    const again = await server.restart();
    const ines = await newSeat(again.url, token).connect();
    for (let count = 0; count < 5; count++) await ines.must(note(`written on ${count}`));
    await again.close();
    expect((await examine(dataDir, backups)).lines.join("\n")).toContain(
      `3 commits of ${one.room.roomId} are not led to`,
    );

    // A backup that was made of such a room is not good either.
    change(made[1] ?? "", SET_BACK);
    expect((await examine(dataDir, backups)).lines.join("\n")).toContain(`The last good backup of it is ${made[0]}`);
  });

  test("names the room of which nothing says where it ends", async () => {
    const { server, one, dataDir, backups, made } = await keptForYears();
    await server.close();
    const database = new Connection(server.dataFile);
    expect(database.prepare("DELETE FROM rooms WHERE room_id = ?").run(one.room.roomId).changes).toBe(1);
    database.close();
    const { isWell, lines } = await examine(dataDir, backups);
    expect([isWell, lines[0]]).toEqual([false, expect.stringContaining("1 of 2 rooms")]);
    expect(lines.join("\n")).toContain(`${one.room.roomId}: Which commit of ${one.room.roomId} is its last is gone`);
    expect(lines.join("\n")).toContain(`The last good backup of it is ${made[1]}`);
  });

  test("names the rooms whose key is missing, and reads those that were erased without it", async () => {
    const { server, one, other, dataDir, backups } = await keptForYears();
    await other.host.must({ type: "end" });
    const erased = await server.post("/api/room/erase", {}, { authorization: `Bearer ${other.host.token}` });
    expect(erased.status).toBe(200);
    await server.close();
    expect((await examine(dataDir, backups)).isWell).toBe(true);
    const keys = new Connection(join(dataDir, "keys.sqlite"));
    keys.exec(`DELETE FROM keys WHERE room_id = '${one.room.roomId}'`);
    keys.close();
    const { isWell, lines } = await examine(dataDir, backups);
    expect([isWell, lines[0]]).toEqual([false, expect.stringContaining("1 of 2 rooms")]);
    expect(lines.join("\n")).toContain(`${one.room.roomId}: The key to ${one.room.roomId} is missing.`);
  });
});
