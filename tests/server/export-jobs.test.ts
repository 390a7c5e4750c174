import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type ExportFormat, ExportProgress } from "@whetstone/shared/export-wire";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { PLACES, placeFor } from "../../server/src/export/places.ts";
import { exportEnded } from "../support/exports.ts";
import { newId } from "../support/seats.ts";
import { type FullHouse, type RoomOptions, startServer, type TestServer } from "../support/server.ts";

const ALL: readonly ExportFormat[] = [
  "pdf",
  "xlsx",
  "csv",
  "md",
  "json",
  "greenhouse.json",
  "lever.json",
  "ashby.json",
];

/** An interview with `word` that is over, in which each rater used that word; the host and Ines have submitted. */
async function interviewed(server: TestServer, word: string, options: RoomOptions = {}): Promise<FullHouse> {
  const room = await server.openRoom(options);
  const house: FullHouse = {
    room,
    host: room.host,
    ines: await room.join("interviewer", "Ines Interviewer"),
    ivan: await room.join("interviewer", "Ivan Interviewer"),
    candidate: await room.join("candidate", word),
    observer: await room.join("observer", "Otto Observer"),
  };
  await room.start(house.candidate);
  const askId = await room.push("first-question");
  for (const seat of [house.host, house.ines, house.ivan]) {
    const text = `${word} of ${seat.view.you.name}`;
    await seat.must({ type: "rate", askId, criterionId: "depth", level: 3 });
    await seat.must({ type: "writeNote", noteId: newId("n"), askId, text, mark: null, evidenceFor: null, ageMs: 0 });
  }
  await house.host.must({ type: "end" });
  for (const seat of [house.host, house.ines]) await seat.must({ type: "submitScorecard", reason: "Only a test." });
  return house;
}

async function start(server: TestServer, secrets: readonly string[], formats: readonly ExportFormat[] = ["md"]) {
  const answer = await server.post("/api/exports", { secrets, formats });
  expect(answer.status).toBe(202);
  return ExportProgress.parse(answer.body);
}

const progressOf = async (server: TestServer, exportId: string) =>
  ExportProgress.parse((await server.post("/api/exports/progress", { exportId })).body);

const finished = (server: TestServer, exportId: string): Promise<ExportProgress> =>
  exportEnded(() => progressOf(server, exportId));

async function filesOf(server: TestServer, exportId: string): Promise<Record<string, Uint8Array>> {
  const response = await fetch(`${server.url}/api/exports/file`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ exportId }),
  });
  expect(response.headers.get("content-type")).toBe("application/zip");
  return unzipSync(new Uint8Array(await response.arrayBuffer()));
}

const exportsFolder = (server: TestServer) => join(dirname(server.dataFile), "exports");

describe("an export of many rooms", () => {
  test("holds each room in every format that was asked for, in a folder of its candidate", async () => {
    const server = await startServer();
    const houses = [await interviewed(server, "Maya"), await interviewed(server, "Noor")];
    const { exportId } = await start(
      server,
      houses.map(({ host }) => host.token),
      ALL,
    );
    expect(await finished(server, exportId)).toMatchObject({
      state: "ready",
      done: 2,
      total: 2,
      leftOut: 0,
      problems: [],
    });
    const files = await filesOf(server, exportId);
    expect(Object.keys(files)).toHaveLength(2 * ALL.length);
    const folders = new Set(Object.keys(files).map((name) => name.split("/")[0]));
    expect(folders.size).toBe(2);

    for (const house of houses) {
      const alone = (await house.host.fetch("/api/room/export.csv")).text;
      const together = Object.entries(files).filter(([name]) => name.endsWith(".csv"));
      expect(together.map(([, bytes]) => strFromU8(bytes))).toContain(alone);
    }
    for (const [name, bytes] of Object.entries(files)) {
      if (name.endsWith(".pdf")) expect(strFromU8(bytes.slice(0, 5))).toBe("%PDF-");
      if (name.endsWith(".xlsx")) expect(Object.keys(unzipSync(bytes))).toContain("xl/workbook.xml");
      if (name.endsWith(".json")) expect(() => JSON.parse(strFromU8(bytes))).not.toThrow();
    }
  });

  test("keeps two interviews of one candidate apart, and is safe whatever they are called", async () => {
    const server = await startServer();
    const name = "../مايا 🙂 林";
    const options = { title: "../../etc/passwd" };
    const houses = [await interviewed(server, name, options), await interviewed(server, name, options)];
    const { exportId } = await start(
      server,
      houses.map(({ host }) => host.token),
    );
    await finished(server, exportId);
    const names = Object.keys(await filesOf(server, exportId));
    expect(names).toHaveLength(2);
    for (const file of names) expect(file).toMatch(/^[^/.]+\/[^/.]+\.md$/u);
  });

  test("holds of each room what its seat may read, and leaves out what opens none", async () => {
    const server = await startServer();
    const house = await interviewed(server, "Canary");
    const { host, ines, ivan, candidate, observer } = house;
    const textFor = async (...tokens: string[]) => {
      const { exportId } = await start(server, tokens, ["md", "json", "csv", "greenhouse.json"]);
      const { leftOut } = await finished(server, exportId);
      const files = Object.values(await filesOf(server, exportId));
      return { leftOut, text: files.map((bytes) => strFromU8(bytes)).join("\n") };
    };
    const blind = await textFor(ivan.token);
    expect(blind.text).toContain("Canary of Ivan");
    expect(blind.text).not.toContain("Canary of Ines");
    expect(blind.text).not.toContain("Canary of Hana");

    const open = await textFor(ines.token);
    expect(open.text).toContain("Canary of Hana");
    expect(open.text).not.toContain("Canary of Ivan");

    const some = await textFor(ines.token, "nonsense", host.token.replace(/.$/, "!"));
    expect(some).toMatchObject({ leftOut: 2 });
    const none = [candidate.token, observer.token, "nonsense", host.token.replace(/.$/, "!")];
    const refused = await server.post("/api/exports", { secrets: none, formats: ["md"] });
    expect(refused).toMatchObject({ status: 403, body: { reason: "nothing_to_export" } });
  });

  test("takes no seat over", async () => {
    const server = await startServer();
    const { host } = await interviewed(server, "Maya");
    const { exportId } = await start(server, [host.token]);
    await finished(server, exportId);
    await host.must({ type: "writeFeedback", feedback: { ...host.host.feedback.draft, message: "Thank you." } });
    expect(host.lost).toBeNull();
  });

  test("can be stopped, and the next one is made all the same", async () => {
    const server = await startServer();
    const houses = [await interviewed(server, "Maya"), await interviewed(server, "Noor")];
    const tokens = houses.flatMap(({ host, ines }) => [host.token, ines.token]);
    const stopped = await start(server, tokens, ALL);
    const next = await start(server, tokens, ["md"]);
    expect((await progressOf(server, next.exportId)).state).toBe("waiting");
    expect((await server.post("/api/exports/drop", { exportId: stopped.exportId })).status).toBe(204);
    const gone = await server.post("/api/exports/file", { exportId: stopped.exportId });
    expect([gone.status, gone.body]).toMatchObject([404, { reason: "unknown_export" }]);
    expect((await finished(server, next.exportId)).state).toBe("ready");
    expect(readdirSync(exportsFolder(server))).toEqual([`${next.exportId}.zip`]);
  });

  test("is dropped with its file, and what an earlier server left is gone at the start", async () => {
    const server = await startServer();
    const { host } = await interviewed(server, "Maya");
    const { exportId } = await start(server, [host.token]);
    await finished(server, exportId);
    await server.post("/api/exports/drop", { exportId });
    expect(readdirSync(exportsFolder(server))).toEqual([]);

    await server.close();
    mkdirSync(exportsFolder(server), { recursive: true });
    writeFileSync(join(exportsFolder(server), "left.zip"), "");
    await server.restart();
    expect(existsSync(exportsFolder(server))).toBe(false);
  });
});

describe("bad input", () => {
  test("is refused with a sentence, and starts nothing", async () => {
    const server = await startServer();
    const bodies = [
      {},
      { secrets: [], formats: ["md"] },
      { secrets: ["x"], formats: [] },
      { secrets: ["x"], formats: ["docx"] },
      { secrets: Array.from({ length: 201 }, (_, index) => `secret ${index}`), formats: ["md"] },
    ];
    for (const body of bodies) {
      expect(await server.post("/api/exports", body)).toMatchObject({ status: 400, body: { reason: "malformed" } });
    }
    for (const path of ["progress", "file"]) {
      expect(await server.post(`/api/exports/${path}`, { exportId: "no-such-export" })).toMatchObject({
        status: 404,
        body: { reason: "unknown_export" },
      });
    }
    expect((await server.post("/api/exports/drop", { exportId: "no-such-export" })).status).toBe(204);
  });
});

describe("places", () => {
  /** What strangers bring: nothing, nonsense, made-up secrets of a room whose name they know, and seats that read nothing. */
  const strangersSecrets = ({ room, candidate, observer }: FullHouse) => [
    [],
    ["nonsense"],
    [`${room.roomId}.${"x".repeat(43)}`],
    [candidate.token],
    [observer.token],
    [room.secret("interviewer"), room.secret("candidate")],
  ];

  test("are nobody's who can read no room: strangers take none, and evict nobody's finished ZIP", async () => {
    const server = await startServer();
    const house = await interviewed(server, "Maya");
    const first = await start(server, [house.host.token]);
    await finished(server, first.exportId);
    const before = await filesOf(server, first.exportId);

    const bodies = strangersSecrets(house);
    const attack = Array.from({ length: 42 }, (_, index) =>
      server.post("/api/exports", { secrets: bodies[index % bodies.length], formats: ["md"] }),
    );
    for (const { status, body } of await Promise.all(attack)) {
      expect([400, 403]).toContain(status);
      expect(["malformed", "nothing_to_export"]).toContain((body as { reason: string }).reason);
    }
    expect(await filesOf(server, first.exportId)).toEqual(before);
    expect(readdirSync(exportsFolder(server))).toEqual([`${first.exportId}.zip`]);
  });

  test("are there for the panel while strangers go on asking", async () => {
    const server = await startServer();
    const house = await interviewed(server, "Maya");
    const bodies = strangersSecrets(house);
    let isOver = false;
    const stranger = async (index: number) => {
      let asked = 0;
      for (; !isOver; asked++) await server.post("/api/exports", { secrets: bodies[index], formats: ["md"] });
      return asked;
    };
    const strangers = bodies.map((_, index) => stranger(index));
    const { exportId } = await start(server, [house.ines.token]);
    expect((await finished(server, exportId)).state).toBe("ready");
    expect(Object.keys(await filesOf(server, exportId))).toHaveLength(1);
    isOver = true;
    for (const asked of await Promise.all(strangers)) expect(asked).toBeGreaterThan(0);
  });

  test("of one seat are few: its own oldest finished export goes for the next, and no other's", async () => {
    const server = await startServer();
    const { host, ines } = await interviewed(server, "Maya");
    const others = await start(server, [ines.token]);
    await finished(server, others.exportId);
    const own: string[] = [];
    for (let count = 0; count < PLACES.ofSeat + 2; count++) {
      const { exportId } = await start(server, [host.token]);
      await finished(server, exportId);
      own.push(exportId);
    }
    const statusOf = async (exportId: string) => (await server.post("/api/exports/progress", { exportId })).status;
    expect(await Promise.all(own.map(statusOf))).toEqual([404, 404, 200, 200, 200]);
    expect(await statusOf(others.exportId)).toBe(200);
  });

  test("are made in turns: one that another asks for stands behind no more than one of all that were asked for before", async () => {
    const server = await startServer();
    const { host, ines } = await interviewed(server, "Maya");
    const own = Array.from({ length: PLACES.ofSeat }, () => start(server, [host.token], ALL));
    const jobs = await Promise.all([...own, start(server, [ines.token], ALL)]);
    for (const { exportId } of jobs) expect((await finished(server, exportId)).state).toBe("ready");
    const writtenAt = ({ exportId }: ExportProgress) =>
      statSync(join(exportsFolder(server), `${exportId}.zip`), { bigint: true }).mtimeNs;
    const last = jobs.at(-1);
    const before = jobs.filter((job) => last && writtenAt(job) < writtenAt(last));
    // One was under way when hers came, or two where it came late.
    expect(before.length).toBeLessThan(PLACES.ofSeat);
  });

  test("that are all taken by others are a refusal, and none of theirs goes", async () => {
    const server = await startServer();
    const started: string[] = [];
    while (started.length < PLACES.fromAddress) {
      const { host } = await server.openRoom();
      for (let count = 0; count < PLACES.ofSeat && started.length < PLACES.fromAddress; count++) {
        const { exportId } = await start(server, [host.token]);
        expect((await finished(server, exportId)).state).toBe("ready");
        started.push(exportId);
      }
    }
    const { host } = await server.openRoom();
    const refused = await server.post("/api/exports", { secrets: [host.token], formats: ["md"] });
    expect(refused).toMatchObject({ status: 503, body: { reason: "exports_full" } });
    for (const exportId of started) await filesOf(server, exportId);
  });

  test("belong to all seats that one asker brought, and are given to no other asker", () => {
    const placed = (exportId: string, seats: string[], address: string, isOver: boolean) => ({
      exportId,
      seats: new Set(seats),
      address,
      isOver,
    });
    const own = [1, 2, 3].map((number) => placed(`own ${number}`, ["a", "b"], "here", number > 1));
    expect(placeFor(own, { seat: "b", address: "there" })).toEqual({ goes: "own 2" });
    expect(placeFor(own, { seat: "c", address: "here" })).toEqual({ goes: null });
    const underWay = own.map((one) => ({ ...one, isOver: false }));
    expect(placeFor(underWay, { seat: "a", address: "here" })).toMatchObject({ reason: "own_exports_under_way" });

    const all = Array.from({ length: PLACES.all }, (_, index) => placed(`${index}`, [`${index}`], `${index}`, true));
    expect(placeFor(all, { seat: "x", address: "x" })).toMatchObject({ reason: "exports_full" });
    expect(placeFor(all, { seat: "7", address: "x" })).toEqual({ goes: "7" });
  });
});
