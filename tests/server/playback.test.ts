import { Trail } from "@whetstone/shared/room/view/trail";
import { DocumentReplayed } from "@whetstone/shared/workspace/wire";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { Allowances } from "../../server/src/room/allowances.ts";
import type { Participant } from "../../server/src/room/side/channel.ts";
import { Replays } from "../../server/src/room/side/replays.ts";
import { Connection } from "../../server/src/sqlite/connection.ts";
import { openSqliteDocuments } from "../../server/src/sqlite/documents.ts";
import { sheetOf } from "../support/documents.ts";
import { aRun, livePanelRoom } from "../support/domain.ts";
import { openKeys } from "../support/log.ts";
import { replay, replayedBy, whyNot } from "../support/replays.ts";
import { newSeat } from "../support/seats.ts";
import { liveHouse, startServer, type TestServer } from "../support/server.ts";

/** Reading how an answer was written: who may, how much at once, and what is said where it cannot be; and what a room notes beside it. */

async function asked(options: Parameters<typeof liveHouse>[1] = {}) {
  const server = await startServer();
  const house = await liveHouse(server, options);
  return { server, ...house, askId: await house.room.push("second-question") };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Puts updates into a document past the server, as many as nobody types in a test. */
async function fill(server: TestServer, roomId: string, askId: string, seatId: string, count: number, each = 1) {
  const keys = openKeys(server.dataFile);
  const store = openSqliteDocuments(server.dataFile, keys);
  const yjs = new Y.Doc();
  const updates: Uint8Array[] = [];
  yjs.on("update", (update: Uint8Array) => updates.push(update));
  for (let key = 0; key < count; key++) yjs.getText("text").insert(yjs.getText("text").length, "x".repeat(each));
  await store.append(
    updates.map((update, index) => ({
      roomId,
      name: `${askId}/text`,
      seq: index + 1,
      at: 1_790_000_000_000 + index * 1_000,
      seatId,
      update,
    })),
  );
  store.close();
  keys.close();
  return yjs.getText("text").toString();
}

describe("how an answer was written", () => {
  test("is read with each update's moment and writer, by whoever is shown the ask, while it runs and afterwards", async () => {
    const { host, ines, candidate, observer, askId } = await asked();
    const [ofCandidate, ofInes] = [await sheetOf(candidate, askId), await sheetOf(ines, askId)];
    await ofCandidate.write("x = 1");
    await ofInes.until("x = 1");
    await ofInes.write("# ", 0);
    const readers = { host, ines, candidate, observer };
    for (const phase of ["live", "paused", "ended"]) {
      if (phase === "paused") await host.must({ type: "pause" });
      if (phase === "ended") await host.must({ type: "end" });
      for (const [name, seat] of Object.entries(readers)) {
        const answer = DocumentReplayed.parse(await replay(seat, askId));
        expect(answer, `${name}, ${phase}`).toMatchObject({
          ok: true,
          count: 2,
          writers: [
            { seatId: candidate.seatId, name: candidate.view.you.name },
            { seatId: ines.seatId, name: ines.view.you.name },
          ],
          updates: [{ by: 0 }, { by: 1 }],
          playback: { candidateId: candidate.seatId, marks: [] },
        });
      }
    }
    const { pieces, history } = await replayedBy(candidate, askId);
    expect(history.moments.map(({ seatId }) => seatId)).toEqual([candidate.seatId, ines.seatId]);
    expect([1, 2].map((count) => history.textAfter(count))).toEqual(["x = 1", "# x = 1"]);
    const { clock } = pieces[0]?.playback ?? {};
    expect(clock?.pauses).toHaveLength(1);
    const [first] = pieces[0]?.updates ?? [];
    expect(first?.at).toBeGreaterThanOrEqual(clock?.startedAt ?? Number.POSITIVE_INFINITY);
    expect(first?.at).toBeLessThanOrEqual(clock?.endedAt ?? 0);
  });

  test("is nobody's who is not shown the ask: another room's, somebody who waits, or who was removed", async () => {
    const { server, host, ines, candidate, room, askId } = await asked();
    const elsewhere = await liveHouse(server);
    const theirs = await elsewhere.room.push("second-question");
    for (const seat of [host, ines, candidate]) expect(await whyNot(seat, theirs)).toBe("unknown_ask");
    for (const seat of [elsewhere.host, elsewhere.candidate]) expect(await whyNot(seat, askId)).toBe("unknown_ask");
    const wren = await newSeat(server.url, await server.takeSeat(room.secret("interviewer"), "Wren")).connect();
    expect(await whyNot(wren, askId)).toBe("unknown_ask");
    await host.must({ type: "admit", seatId: wren.seatId });
    await wren.until((view) => view.role === "interviewer" && !view.waiting);
    expect(await whyNot(wren, askId)).toBeNull();
    await host.must({ type: "takeBackAsk", askId });
    for (const seat of [host, candidate]) expect(await whyNot(seat, askId)).toBe("unknown_ask");
  });

  test("begins with what the question brings, which nobody wrote", async () => {
    const { candidate, room } = await asked();
    const askId = await room.push("first-question");
    const sheet = await sheetOf(candidate, askId);
    await sheet.write("# mine", 0);
    const { history } = await replayedBy(candidate, askId);
    expect(history.moments.map(({ seatId }) => seatId)).toEqual([null, candidate.seatId]);
    expect(history.languageAfter(1)).toBe("python");
    expect(history.textAfter(2)).toBe(`# mine${history.textAfter(1)}`);
  });

  test("of a sheet on which nobody wrote is nothing", async () => {
    const { candidate, askId } = await asked();
    expect(await replay(candidate, askId)).toMatchObject({ ok: true, updates: [], writers: [], count: 0 });
  });

  test("comes in pieces, however long it is, which join without a gap", async () => {
    const { server, host, candidate, room, askId } = await asked();
    const text = await fill(server, room.roomId, askId, candidate.seatId, 2_500);
    const { pieces, history } = await replayedBy(host, askId);
    expect(pieces.map(({ updates }) => updates.length)).toEqual([1_000, 1_000, 500]);
    expect(pieces.every(({ count }) => count === 2_500)).toBe(true);
    expect(history.textAfter(history.moments.length)).toBe(text);
    expect(await replay(host, askId, 2_500)).toMatchObject({ ok: true, updates: [], count: 2_500 });
    expect(await replay(host, askId, 1_000_000)).toMatchObject({ ok: true, updates: [] });
  });

  test("comes in smaller pieces where its updates are large, and never in none", async () => {
    const { server, host, candidate, room, askId } = await asked();
    await fill(server, room.roomId, askId, candidate.seatId, 12, 60_000);
    const { pieces } = await replayedBy(host, askId);
    const [first] = pieces;
    expect(first?.updates).toHaveLength(2);
    expect(pieces.reduce((sum, { updates }) => sum + updates.length, 0)).toBe(12);
    const keys = openKeys(server.dataFile);
    const store = openSqliteDocuments(server.dataFile, keys);
    const place = { roomId: room.roomId, name: `${askId}/text` };
    for (const most of [
      { updates: 100, bytes: 1 },
      { updates: 1, bytes: 1_000_000 },
    ])
      expect(await store.piece(place, 3, most)).toMatchObject({ updates: [{ seq: 4 }], count: 12 });
    store.close();
    keys.close();
  });

  test("is asked for in a form, and anything else is refused", async () => {
    const { candidate, askId } = await asked();
    for (const after of [-1, 0.5, "0", null, {}]) expect(await whyNot(candidate, askId, after)).toBe("malformed");
    expect(await candidate.ask("document", { type: "replay", askId, part: "picture", after: 0 })).toMatchObject({
      ok: false,
    });
  });

  test("is not read without an end by one seat, also where it asks for much at once; others go on", async () => {
    let steady = 0;
    const server = await startServer({ steady: () => steady });
    const house = await liveHouse(server);
    const { host, candidate, room } = house;
    const askId = await room.push("second-question");
    await fill(server, room.roomId, askId, candidate.seatId, 1_000, 15);
    const answers: (string | null)[] = [];
    for (let round = 0; round < 6; round++) {
      steady += 1_000;
      answers.push(...(await Promise.all(Array.from({ length: 40 }, () => whyNot(candidate, askId)))));
    }
    const read = answers.filter((why) => why === null).length;
    expect(new Set(answers)).toEqual(new Set([null, "too_many"]));
    expect(read).toBeGreaterThan(20);
    expect(read).toBeLessThan(140);
    expect(await whyNot(host, askId)).toBeNull();
    steady += 20_000;
    expect(await whyNot(candidate, askId)).toBeNull();
  });

  test("is paid for before it is read, so that many who ask in one moment are not all answered", async () => {
    const { room, host } = livePanelRoom();
    const askId = room.push("first-question");
    let reading = 0;
    const replays = new Replays({
      rooms: { look: (_, use) => Promise.resolve(use(room.state, room.state)) },
      documents: {
        replay: async () => {
          reading += 1;
          return { updates: [], count: 0 };
        },
      },
      allowance: new Allowances({ perSecond: 1, atOnce: 1024 * 1024 }, () => 0),
    });
    const who = { roomId: "r_a-room", seatId: host } as Participant;
    const ask = () => replays.read({ type: "replay", askId, part: "text", after: 0 }, who);
    const answers = await Promise.all(Array.from({ length: 100 }, ask));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(8);
    expect(reading).toBe(8);
    // What it was not worth is given back.
    expect((await ask()).ok).toBe(true);
  });

  test("is its candidate's alone while it is quiet, with what was noted of it, and everybody's when that ends", async () => {
    const { host, ines, observer, candidate, askId } = await asked({ marks: true });
    const sheet = await sheetOf(candidate, askId);
    await sheet.write("in the open");
    await candidate.must({ type: "beginQuiet", askId, minutes: 5 });
    await sheet.write(", unseen");
    await candidate.must({ type: "mark", askId, mark: { kind: "pasted", characters: 640 }, ageMs: 0 });
    await candidate.must({ type: "keepRun", askId, run: aRun() });
    for (const seat of [host, ines, observer]) expect(await whyNot(seat, askId)).toBe("quiet_time");
    expect(await whyNot(candidate, askId)).toBeNull();
    const trail = async () => JSON.stringify(await host.fetch("/api/room/trail"));
    expect(await trail()).not.toContain("pasted");
    await host.must({ type: "endQuiet", askId });
    for (const seat of [host, ines, observer]) expect(await whyNot(seat, askId)).toBeNull();
    const answer = DocumentReplayed.parse(await replay(ines, askId));
    expect(answer).toMatchObject({ playback: { runs: [{ seatId: candidate.seatId, outcome: "ok", tested: 0 }] } });
    expect(await trail()).toContain("pasted");
  });

  test("is gone with its room where that is erased, also for whoever is still connected", async () => {
    const { server, host, candidate, askId } = await asked();
    await (await sheetOf(candidate, askId)).write("an unmistakable sentence");
    await host.must({ type: "end" });
    const erased = await server.post("/api/room/erase", {}, bearer(host.token));
    expect(erased.status, erased.text).toBe(200);
    await candidate.waitFor(() => candidate.lost !== null);
    const again = newSeat(server.url, candidate.token);
    await again.connect().catch(() => undefined);
    await again.waitFor(() => again.lost !== null);
    expect(again.lost?.reason).toBe("room_erased");
  });

  describe("that was damaged is named, and nothing is made of it:", () => {
    const damages: readonly (readonly [string, string])[] = [
      [
        "one that is not as it was stored",
        "UPDATE document_updates SET sealed = zeroblob(length(sealed)) WHERE seq = 2",
      ],
      ["one that is missing", "DELETE FROM document_updates WHERE seq = 2"],
    ];
    test.each(damages)("%s", async (_, statement) => {
      const { server, host, candidate, askId } = await asked();
      const sheet = await sheetOf(candidate, askId);
      for (const word of ["one", " two", " three"]) await sheet.write(word);
      await host.until((view) => view.role === "host" && view.asks[0]?.answer === "one two three");
      const database = new Connection(server.dataFile);
      database.prepare(statement).run();
      database.close();
      const answer = await replay(candidate, askId);
      expect(answer).toMatchObject({ ok: false, refusal: { reason: "document_damaged" } });
      expect(host.host.asks[0]?.answer).toBe("one two three");
    });
  });
});

describe("what a room notes of its candidate", () => {
  const pasted = { kind: "pasted", characters: 640 } as const;

  test("is kept with the ask and its moment, and read in the playback and in the trail alone", async () => {
    const { server, host, ines, candidate, observer, askId } = await asked({ marks: true });
    const before = [host, ines, observer].map(({ frames }) => frames.length);
    for (const mark of [pasted, { kind: "left" }, { kind: "back" }] as const)
      await candidate.must({ type: "mark", askId, mark, ageMs: 0 });
    for (const seat of [host, ines, candidate, observer]) {
      expect(await replay(seat, askId)).toMatchObject({
        playback: {
          marks: [
            { kind: "pasted", characters: 640 },
            { kind: "away", ms: expect.any(Number) },
          ],
        },
      });
    }
    expect([host, ines, observer].map(({ frames }) => frames.length)).toEqual(before);
    const trail = Trail.parse((await server.get("/api/room/trail", bearer(host.token))).body);
    expect(trail.entries.filter(({ what }) => what === "pasted" || what === "away")).toMatchObject([
      { what: "pasted", ask: 1, characters: 640, who: { role: "candidate" } },
      { what: "away", ask: 1 },
    ]);
    const again = await server.restart();
    await host.connect(again.url);
    expect(await replay(host, askId)).toMatchObject({ playback: { marks: [{ kind: "pasted" }, { kind: "away" }] } });
  });

  test("is nothing where it was not opened so", async () => {
    const { host, candidate, askId } = await asked();
    expect(await candidate.send({ type: "mark", askId, mark: pasted, ageMs: 0 })).toMatchObject({
      ok: false,
      refusal: { reason: "wrong_seat" },
    });
    expect(await replay(host, askId)).toMatchObject({ playback: { marks: [] } });
  });

  test("is told by the link, and a page that cannot tell it lets nobody in", async () => {
    const server = await startServer();
    const room = await server.openRoom({ marks: true });
    const secret = room.secret("candidate");
    const look = (asks?: string) => server.post("/api/links/look", { secret, ...(asks && { asks }) });
    expect((await look("marks")).body).toMatchObject({ company: { marks: true } });
    for (const asks of [undefined, "company"])
      expect((await look(asks)).body).toMatchObject({ reason: "other_version" });
    const usual = (await server.openRoom()).secret("candidate");
    for (const asks of ["company", "marks"]) {
      const { body, text } = await server.post("/api/links/look", { secret: usual, asks });
      expect(body).toMatchObject({ company: { people: [{ role: "host" }] } });
      expect(text).not.toContain("marks");
    }
    expect((await server.post("/api/links/look", { secret: usual })).text).not.toContain("company");
  });
});
