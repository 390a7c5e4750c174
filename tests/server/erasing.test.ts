import { copyFile, mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ExportProgress } from "@whetstone/shared/export-wire";
import { JoinResponse } from "@whetstone/shared/links-wire";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { backUp, restore } from "../../server/src/data/backup.ts";
import { CandidateRecord } from "../../server/src/export/record.ts";
import { Connection } from "../../server/src/sqlite/connection.ts";
import { copyKeys } from "../../server/src/sqlite/keys.ts";
import { folderOf, keptVersions, openKept, readKept } from "../kept/kept.ts";
import { commitsOf } from "../support/commits.ts";
import { exportEnded } from "../support/exports.ts";
import { keysBeside, openKeys, openLog } from "../support/log.ts";
import { newId, newSeat } from "../support/seats.ts";
import { Clock, type FullHouse, liveHouse, startServer, type TestServer, temporaryFolder } from "../support/server.ts";

/** What people wrote in a room goes for ever, wherever it was; what happened stays, and who had it. */

const CANARY = "kingfisher";
/** What was written in the kept room that was decided, and in no other. */
const LEFT_OPEN = ["Before we began", "Written in the wrong room", "I had to leave", "I know the candidate"];
const bearer = ({ token }: { readonly token: string }) => ({ authorization: `Bearer ${token}` });

interface Lived {
  readonly house: FullHouse;
  readonly askId: string;
}

/** A room in which everybody has written everything that one can write, and which is over. */
async function livedThrough(server: TestServer, name = CANARY): Promise<Lived> {
  const house = await liveHouse(server, {
    title: `${name} title`,
    candidateName: `${name} Cleo`,
    forRole: `${name} role`,
  });
  const { room, host, ines, candidate } = house;
  const askId = await room.push("first-question");
  await candidate.must({ type: "writeAnswer", askId, text: `${name} answer` });
  const note = { type: "writeNote", noteId: newId("n"), mark: null, evidenceFor: null, ageMs: 0 } as const;
  await ines.must({ ...note, askId, text: `${name} note` });
  await ines.must({ type: "rate", askId, criterionId: "depth", level: 3 });
  await ines.must({ type: "writeSummary", text: `${name} summary` });
  await ines.must({ type: "sayAside", lineId: newId("m"), text: `${name} aside` });
  const { seatId: candidateId } = candidate;
  await ines.must({ type: "sayToAll", lineId: newId("m"), candidateId, text: `${name} message for all` });
  await ines.must({ type: "recommend", recommendation: "yes" });
  await host.must({ type: "rate", askId, criterionId: "depth", level: 2 });
  await host.must({ type: "end" });
  await ines.must({ type: "submitScorecard", reason: `${name} reason` });
  await host.must({ type: "recommend", recommendation: "no" });
  await host.must({ type: "submitScorecard", reason: `${name} reason of the host` });
  await host.must({
    type: "writeFeedback",
    feedback: { message: `${name} message`, strengths: [], concerns: [], questions: "none", namesPanel: false },
  });
  return { house, askId };
}

const erase = (server: TestServer, seat: { readonly token: string }) =>
  server.post("/api/room/erase", {}, bearer(seat));

/** Every file of a folder in which the text stands, as bytes. */
async function filesWith(folder: string, text: string | Buffer): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(text)) found.push(entry.name);
  }
  return found;
}

describe("what is written", () => {
  test("stands nowhere in the data directory as it was written, while people write and after", async () => {
    const server = await startServer();
    await livedThrough(server);
    expect(await filesWith(dirname(server.dataFile), CANARY)).toEqual([]);
    await server.close();
    expect(await filesWith(dirname(server.dataFile), CANARY)).toEqual([]);
  });
});

describe("a room that its host erases", () => {
  test("is gone for everybody at once, and for whoever comes later by any secret", async () => {
    const server = await startServer();
    const { house } = await livedThrough(server);
    const { room, host, ines, candidate, observer } = house;
    const published = await server.post("/api/room/feedback/publish", { link: "new", days: 30 }, bearer(host));
    const { secret: feedback } = (published.body as { link: { secret: string } }).link;
    expect((await erase(server, host)).status).toBe(200);
    for (const seat of [host, ines, candidate, observer]) {
      expect(await seat.untilLost()).toMatchObject({ reason: "room_erased" });
    }
    const again = await server.restart();
    for (const { token } of [host, ines, candidate, observer]) {
      const seat = newSeat(again.url, token);
      seat.open();
      expect(await seat.untilLost()).toMatchObject({ reason: "room_erased" });
      expect(await again.get("/api/room/export.json", { authorization: `Bearer ${token}` })).toMatchObject({
        status: 410,
      });
    }
    for (const role of ["host", "interviewer", "candidate", "observer"] as const) {
      const looked = await again.post("/api/links/look", { secret: room.secret(role) });
      expect(looked).toMatchObject({ status: 410, body: { reason: "room_erased" } });
      const joined = await again.post("/api/links/join", { secret: room.secret(role), name: "Somebody" });
      expect(joined).toMatchObject({ status: 410, body: { reason: "room_erased" } });
    }
    const read = await again.post("/api/feedback/look", { secret: feedback });
    expect(read).toMatchObject({ status: 410, body: { reason: "room_erased" } });
    const said = JSON.stringify([
      await again.get("/api/room/trail", bearer(host)),
      await again.post("/api/across/compare", { secrets: [host.token, ines.token] }),
      await again.post("/api/across/question", { secrets: [host.token], questionId: "first-question" }),
    ]);
    expect(said).not.toContain(CANARY);
    expect(said).not.toContain("Interviewer");
  });

  test("is erased by nobody else, and not while it runs", async () => {
    const server = await startServer();
    const { host, ines, candidate, observer } = await liveHouse(server);
    expect(await erase(server, host)).toMatchObject({ status: 409, body: { reason: "wrong_phase" } });
    await host.must({ type: "end" });
    for (const seat of [ines, candidate, observer]) expect((await erase(server, seat)).status).toBe(403);
    expect((await server.post("/api/room/erase", {})).status).toBe(404);
    await host.must({ type: "writeSummary", text: "still here" });
  });

  test("may be asked for twice, and counts once", async () => {
    const server = await startServer();
    const { house } = await livedThrough(server);
    const commandId = newId("c");
    const ask = () => server.post("/api/room/erase", { commandId }, bearer(house.host));
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(200);
    const { body } = await server.get("/api/room/trail", bearer(house.host));
    const { entries } = body as { entries: { what: string }[] };
    expect(entries.filter(({ what }) => what === "erased")).toHaveLength(1);
  });

  test("leaves its key nowhere, and its order and hashes as they were", async () => {
    const server = await startServer();
    const { house } = await livedThrough(server);
    const { roomId } = house.room;
    const keys = openKeys(server.dataFile);
    const found = keys.of(roomId);
    expect(found.kind).toBe("key");
    const key = Buffer.from(found.kind === "key" ? found.key : []);
    keys.close();
    expect(await filesWith(dirname(server.dataFile), key)).not.toEqual([]);
    const rows = (file: string) => {
      const database = new Connection(file, { readonly: true });
      const all = database
        .prepare("SELECT seq, hash, events, sealed FROM commits WHERE room_id = ? ORDER BY seq")
        .all(roomId);
      database.close();
      return all;
    };
    const before = rows(server.dataFile);
    expect((await erase(server, house.host)).status).toBe(200);
    expect(rows(server.dataFile).slice(0, before.length)).toEqual(before);
    expect(await filesWith(dirname(server.dataFile), key)).toEqual([]);
    await server.close();
    expect(await filesWith(dirname(server.dataFile), key)).toEqual([]);
  });

  test("takes finished exports with it, and those that are being made", async () => {
    const server = await startServer();
    const { house } = await livedThrough(server);
    const other = await livedThrough(server, "another");
    const secrets = [house.host.token, other.house.host.token];
    const start = async (of: readonly string[]) => {
      const { body } = await server.post("/api/exports", { secrets: of, formats: ["md"] });
      const { exportId } = body as { exportId: string };
      return exportId;
    };
    const state = async (exportId: string) =>
      (await server.post("/api/exports/progress", { exportId })) as { status: number; body: { state?: string } };
    const [both, spared] = [await start(secrets), await start([other.house.host.token])];
    for (const exportId of [both, spared]) {
      await exportEnded(async () => ExportProgress.parse((await state(exportId)).body));
    }
    const folder = join(dirname(server.dataFile), "exports");
    expect(await readdir(folder)).toHaveLength(2);
    const begun = await start(secrets);
    expect((await erase(server, house.host)).status).toBe(200);
    for (const exportId of [both, begun]) expect((await state(exportId)).status).toBe(404);
    expect(await state(spared)).toMatchObject({ status: 200, body: { state: "ready" } });
    expect(await readdir(folder)).toEqual([`${spared}.zip`]);
  });

  test("counts in a question's use, without a person", async () => {
    const server = await startServer();
    const { house } = await livedThrough(server);
    const other = await livedThrough(server, "another");
    const secrets = [house.host.token, other.house.host.token];
    const use = async () => {
      const response = await fetch(`${server.url}/api/across/question`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ secrets, questionId: "first-question" }),
      });
      const lines = (await response.text()).trim().split("\n");
      return JSON.parse(lines.at(-1) ?? "").result;
    };
    const before = await use();
    expect((await erase(server, house.host)).status).toBe(200);
    const after = await use();
    const counts = (result: typeof before) =>
      result.criteria.map(({ distribution }: { distribution: number[] }) => distribution);
    expect(counts(after)).toEqual(counts(before));
    expect(
      counts(after)
        .flat()
        .reduce((sum: number, count: number) => sum + count, 0),
    ).toBe(4);
    expect(after.statistics).toEqual(before.statistics);
    expect(after.asks).toHaveLength(1);
    expect(after.title).toBe(before.title);
    expect(after.reach).toMatchObject({ interviews: 1, erased: 1, unusable: 0 });
    expect(JSON.stringify(after)).not.toContain(CANARY);
  });
});

describe("a backup from before a room was erased", () => {
  test("does not bring it back: it meets the keys as they are now", async () => {
    const server = await startServer();
    const { house } = await livedThrough(server);
    const kept = await livedThrough(server, "otter");
    const backup = join(await temporaryFolder(), "backup.sqlite");
    await backUp(dirname(server.dataFile), backup);
    expect((await erase(server, house.host)).status).toBe(200);
    await server.close();
    expect(await filesWith(dirname(backup), CANARY)).toEqual([]);

    const directory = join(await temporaryFolder(), "restored");
    expect(() => restore(backup, directory, 0)).toThrow(/their keys are not in it/);
    restore(backup, directory, 0, keysBeside(server.dataFile));
    const again = await startServer({ database: join(directory, "whetstone.sqlite") });
    const gone = newSeat(again.url, house.host.token);
    gone.open();
    expect(await gone.untilLost()).toMatchObject({ reason: "room_erased" });
    const trail = await again.get("/api/room/trail", bearer(house.host));
    const { entries } = trail.body as { entries: { what: string; why?: string }[] };
    expect(entries.at(-1)).toMatchObject({ what: "erased", why: "restored" });
    const host = await newSeat(again.url, kept.house.host.token).connect();
    expect(host.panel.room.title).toBe("otter title");
    expect(await filesWith(dirname(again.dataFile), CANARY)).toEqual([]);
  });

  test("without any key is not opened, and one that lacks a room's key opens the others", async () => {
    const server = await startServer();
    const { house } = await livedThrough(server);
    const early = join(await temporaryFolder(), "early.sqlite");
    copyKeys(keysBeside(server.dataFile), early);
    const later = await livedThrough(server, "otter");
    await server.close();

    const folder = join(await temporaryFolder(), "data");
    await mkdir(folder);
    await copyFile(server.dataFile, join(folder, "whetstone.sqlite"));
    await expect(startServer({ database: join(folder, "whetstone.sqlite") })).rejects.toThrow(/keys .* are missing/);
    await copyFile(early, keysBeside(join(folder, "whetstone.sqlite")));
    const again = await startServer({ database: join(folder, "whetstone.sqlite") });
    const locked = newSeat(again.url, later.house.host.token);
    locked.open();
    expect(await locked.untilLost()).toMatchObject({ reason: "room_locked" });
    locked.disconnect();
    const host = await newSeat(again.url, house.host.token).connect();
    expect(host.panel.room.title).toBe(`${CANARY} title`);
  });
});

describe("everything about a candidate", () => {
  test("is taken by the host as a ZIP, for people and for programs, and nobody else takes it", async () => {
    const server = await startServer();
    const { house } = await livedThrough(server);
    const { host, ines, candidate, observer } = house;
    for (const seat of [ines, candidate, observer]) {
      expect((await server.get("/api/room/record.zip", bearer(seat))).status).toBe(403);
    }
    const response = await fetch(`${server.url}/api/room/record.zip`, { headers: bearer(host) });
    expect(response.headers.get("content-type")).toBe("application/zip");
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    const names = Object.keys(files).map((name) => name.replace(/^.*[./]/, ""));
    expect(names.sort()).toEqual(["csv", "json", "md", "pdf"]);
    const [json] = Object.entries(files).flatMap(([name, bytes]) =>
      name.endsWith("record.json") ? [strFromU8(bytes)] : [],
    );
    const record = CandidateRecord.parse(JSON.parse(json ?? ""));
    for (const text of ["answer", "note", "summary", "reason", "message", "title", "role", "message for all"]) {
      expect(JSON.stringify(record)).toContain(`${CANARY} ${text}`);
    }
    // The panel's own talk is in nothing that may be handed to the candidate.
    expect(record.leftOut).toEqual([expect.stringContaining("the panel wrote to each other")]);
    for (const [name, bytes] of Object.entries(files)) {
      if (!name.endsWith("pdf")) expect(strFromU8(bytes)).not.toContain(`${CANARY} aside`);
    }
    expect(record.trail.entries.at(-1)).toMatchObject({
      what: "exported",
      format: "record",
      who: { seatId: host.seatId },
    });
  });

  test("leaves out what is not open to the host, and says so", async () => {
    const server = await startServer();
    const { room, host, ines } = await liveHouse(server);
    const askId = await room.push("first-question");
    await ines.must({ type: "writeSummary", text: `${CANARY} summary` });
    await ines.must({ type: "rate", askId, criterionId: "depth", level: 3 });
    await ines.must({ type: "recommend", recommendation: "yes" });
    await host.must({ type: "end" });
    await ines.must({ type: "submitScorecard", reason: "It was short." });
    const response = await fetch(`${server.url}/api/room/record.zip`, { headers: bearer(host) });
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    for (const [name, bytes] of Object.entries(files))
      if (!name.endsWith("pdf")) expect(strFromU8(bytes)).not.toContain(CANARY);
    const [json] = Object.entries(files).flatMap(([name, bytes]) =>
      name.endsWith("record.json") ? [strFromU8(bytes)] : [],
    );
    expect(CandidateRecord.parse(JSON.parse(json ?? "")).leftOut).toEqual([
      expect.stringContaining("not open to the host"),
    ]);
  });
});

describe("the trail of a room", () => {
  const whatIn = (body: unknown) =>
    (body as { entries: { what: string; who: { name: string | null } | null }[] }).entries;

  test("tells who opened, took away, revealed and erased, when, and keeps no name once it is erased", async () => {
    const clock = new Clock();
    const server = await startServer({ now: clock.now });
    const { room, host, ines, candidate, observer } = await liveHouse(server);
    const askId = await room.push("first-question");
    await host.must({ type: "reveal", askId, kind: "hint", index: 0 });
    await host.must({ type: "end" });
    clock.advance(60_000);
    for (const { token } of [ines, candidate, observer]) await newSeat(server.url, token).connect();
    clock.advance(60_000);
    expect((await server.get("/api/room/export.md", bearer(ines))).status).toBe(200);
    const before = whatIn((await server.get("/api/room/trail", bearer(host))).body);
    const told = before.map(({ what, who }) => `${what} ${who?.name ?? ""}`);
    expect(told).toContain("revealed Hana Host");
    // The candidate is shown nothing by an ended room.
    expect(told.filter((line) => line.startsWith("looked"))).toEqual([
      "looked Ines Interviewer",
      "looked Otto Observer",
    ]);
    expect(told.at(-1)).toBe("exported Ines Interviewer");
    for (const seat of [ines, candidate, observer])
      expect((await server.get("/api/room/trail", bearer(seat))).status).toBe(403);

    expect((await erase(server, host)).status).toBe(200);
    const after = whatIn((await server.get("/api/room/trail", bearer(host))).body);
    expect(after.map(({ what }) => what)).toEqual([...before.map(({ what }) => what), "erased"]);
    expect(after.map(({ who }) => who?.name ?? null)).toEqual(after.map(() => null));
    expect(after.map(({ who }) => (who as { seatId?: string } | null)?.seatId)).toEqual([
      ...before.map(({ who }) => (who as { seatId?: string } | null)?.seatId),
      host.seatId,
    ]);
  });

  test("does not tell a host who is blind who has submitted", async () => {
    const server = await startServer();
    const { room, host, ines, ivan } = await liveHouse(server);
    await room.push("first-question");
    await host.must({ type: "end" });
    for (const seat of [ines, ivan]) {
      await seat.must({ type: "recommend", recommendation: "yes" });
      await seat.must({ type: "submitScorecard", reason: "It was short." });
    }
    const opened = async () =>
      whatIn((await server.get("/api/room/trail", bearer(host))).body).filter(({ what }) => what === "submitted");
    expect(await opened()).toEqual([]);
    await host.must({ type: "recommend", recommendation: "no" });
    await host.must({ type: "submitScorecard", reason: "It was short." });
    expect(await opened()).toHaveLength(3);
  });
});

describe("a room from before texts were sealed", () => {
  test.each(keptVersions().filter((version) => version < 4))(
    "that is erased leaves none of its texts in the database: version %i",
    async (version) => {
      const folder = folderOf(version);
      const { rooms } = readKept(folder);
      const decided = rooms.find(({ name }) => name === "decided");
      const host = decided?.holders.findLast(({ name }) => name.startsWith("link-host"));
      const server = await openKept(folder);
      const dataDir = dirname(server.dataFile);
      const { token } = JoinResponse.parse(
        (await server.post("/api/links/join", { secret: host?.secret, name: null })).body,
      );
      for (const text of LEFT_OPEN) expect(await filesWith(dataDir, text)).not.toEqual([]);
      expect((await erase(server, { token })).status).toBe(200);
      for (const text of LEFT_OPEN) expect(await filesWith(dataDir, text)).toEqual([]);
      const again = await server.restart();
      const seat = newSeat(again.url, token);
      seat.open();
      expect(await seat.untilLost()).toMatchObject({ reason: "room_erased" });
      expect((await again.get("/api/room/trail", bearer({ token }))).status).toBe(200);
    },
  );

  test("that was being erased when the server stopped is erased at the next start", async () => {
    const folder = folderOf(1);
    const decided = readKept(folder).rooms.find(({ name }) => name === "decided");
    const server = await openKept(folder);
    await server.close();
    const log = openLog(server.dataFile);
    const roomId = decided?.roomId ?? "";
    const { seq, at } = (await commitsOf(log, roomId)).at(-1) ?? { seq: 0, at: 0 };
    const events = [{ type: "roomErased", why: "asked" } as const];
    await log.append([{ roomId, seq: seq + 1, commandId: newId("c"), seatId: null, at, events }]);
    await log.close();
    const dataDir = dirname(server.dataFile);
    for (const text of LEFT_OPEN) expect(await filesWith(dataDir, text)).not.toEqual([]);
    await server.restart();
    for (const text of LEFT_OPEN) expect(await filesWith(dataDir, text)).toEqual([]);
  });

  test("that came back with a backup and cannot be read keeps the server from nothing", async () => {
    const server = await startServer();
    const { house } = await livedThrough(server);
    const other = await livedThrough(server, "otter");
    await server.close();
    const keys = openKeys(server.dataFile);
    keys.destroy(house.room.roomId, 1);
    keys.close();
    const database = new Connection(server.dataFile);
    database.exec(`UPDATE commits SET at = at - 1 WHERE room_id = '${house.room.roomId}' AND seq = 3`);
    database.close();
    const again = await server.restart();
    const host = await newSeat(again.url, other.house.host.token).connect();
    expect(host.panel.room.title).toBe("otter title");
    expect(await again.get("/api/room/export.json", bearer(house.host))).toMatchObject({ status: 500 });
  });
});
