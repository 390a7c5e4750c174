import { setImmediate as nextTurn } from "node:timers/promises";
import { crc32, deflateSync } from "node:zlib";
import { ExportProgress } from "@whetstone/shared/export-wire";
import type { RunPiece } from "@whetstone/shared/workspace/run";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { BOARD_PROBLEMS, boardsFor } from "../../../server/src/export/boards.ts";
import { Pictures } from "../../../server/src/export/pdf/pictures.ts";
import { Boards } from "../../../server/src/room/documents/boards.ts";
import { Connection } from "../../../server/src/sqlite/connection.ts";
import { arrow, boardSheetOf, box, words } from "../../support/boards.ts";
import { sheetOf } from "../../support/documents.ts";
import { aRun, livePanelRoom } from "../../support/domain.ts";
import { exportEnded } from "../../support/exports.ts";
import { bare, type ReadPdf, readPdf } from "../../support/read-pdf.ts";
import type { Seat } from "../../support/seats.ts";
import { liveHouse, type ServerOptions, startServer } from "../../support/server.ts";
import { exportOf, fileOf, jsonOf, markdownOf, textIn } from "./house.ts";

/** What was drawn, and what programs drew, in the files of a room. */

/** A live interview with a question open, on whose board the candidate may draw. */
async function asked(options: ServerOptions = {}) {
  const server = await startServer(options);
  const house = await liveHouse(server);
  const askId = await house.room.push("second-question");
  return { server, ...house, askId, board: await boardSheetOf(house.candidate, askId) };
}

const WORD = "unmistakable";
const drawing = (word = WORD) => [
  box("a"),
  words("l", word, { containerId: "a", x: 20, y: 25, width: 160, height: 25, textAlign: "center" }),
  box("b", { x: 400 }),
  arrow("to", "a", "b", { x: 204, y: 40, points: [[0, 0] as [number, number], [190, 0] as [number, number]] }),
];
const OUTLINE = [`${WORD} (box)`, `${WORD} to a box without words`, "a box without words"];

async function pdfOf(seat: Seat): Promise<ReadPdf> {
  return readPdf((await fileOf(seat, "pdf")).bytes);
}

const timesIn = (text: string, word: string): number => text.split(bare(word)).length - 1;
const everything = ({ pages }: ReadPdf): string => pages.join("");

async function recordOf(seat: Seat): Promise<Record<string, Uint8Array>> {
  const headers = { authorization: `Bearer ${seat.token}` };
  const response = await fetch(`${seat.url}/api/room/record.zip`, { headers });
  expect(response.status).toBe(200);
  return unzipSync(new Uint8Array(await response.arrayBuffer()));
}

/** The room's files among those of many. */
async function zipOf(seat: Seat): Promise<Record<string, Uint8Array>> {
  const post = (path: string, body: object) =>
    fetch(`${seat.url}/api/exports${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const started = await post("", { secrets: [seat.token], formats: ["md", "json", "pdf"] });
  const { exportId } = ExportProgress.parse(await started.json());
  const { state } = await exportEnded(async () =>
    ExportProgress.parse(await (await post("/progress", { exportId })).json()),
  );
  expect(state).toBe("ready");
  return unzipSync(new Uint8Array(await (await post("/file", { exportId })).arrayBuffer()));
}

/** All that a panel can take of the room, as text. */
async function taken(seat: Seat): Promise<string> {
  const files = await Promise.all(
    (["json", "md", "csv", "xlsx", "pdf"] as const).map((format) => textIn(seat, format)),
  );
  const record = seat.view.role === "host" ? Object.values(await recordOf(seat)) : [];
  const zipped = Object.values(await zipOf(seat));
  return [...files, ...[...record, ...zipped].map((file) => strFromU8(file))].join("\n");
}

describe("a board", () => {
  test("leaves with the exports: as a picture and in words in PDF and JSON, in words in Markdown", async () => {
    const { server, host, ines, board } = await asked();
    await board.draw(...drawing());
    const again = await server.restart();
    for (const seat of [host, ines]) {
      await seat.connect(again.url);
      const { asks } = await jsonOf(seat);
      expect(asks[0]?.board).toMatchObject({
        elements: 4,
        outline: OUTLINE,
        picture: expect.stringMatching(/^<svg .*<\/svg>$/),
      });
      const markdown = await markdownOf(seat);
      expect(markdown).toContain("#### Board\n");
      for (const line of OUTLINE) expect(markdown).toContain(`- ${line}\n`);
      const pdf = await pdfOf(seat);
      for (const line of OUTLINE) expect(everything(pdf)).toContain(bare(line));
      // In the picture, and twice in the words beneath it.
      expect(timesIn(everything(pdf), WORD)).toBe(3);
      expect(pdf.roles).toContain("Figure");
      expect(pdf.accessible).toBe("1");
    }
    expect(
      strFromU8(
        Object.entries(await recordOf(host)).find(([name]) => name.endsWith("record.json"))?.[1] ?? new Uint8Array(),
      ),
    ).toContain("<svg ");
  });

  test("is not spoken of where nothing stands on it, or nothing any more", async () => {
    const { host, board } = await asked();
    const before = [await jsonOf(host), await markdownOf(host)];
    await board.draw(box("a"));
    await board.draw({ id: "a", isDeleted: true, version: 2, versionNonce: 1 });
    for (const { asks } of [before[0], await jsonOf(host)] as Awaited<ReturnType<typeof jsonOf>>[])
      expect(asks[0]).not.toHaveProperty("board");
    for (const markdown of [before[1], await markdownOf(host)]) expect(markdown).not.toContain("Board");
  });

  test("is no way to a file for whoever may take none", async () => {
    const { server, host, candidate, observer, board } = await asked();
    await board.draw(...drawing());
    for (const seat of [candidate, observer]) {
      for (const format of ["json", "md", "pdf"] as const) {
        const refused = await exportOf(seat, format);
        expect(refused.status).toBe(403);
        expect(refused.text).not.toContain(WORD);
      }
    }
    await host.must({ type: "end" });
    const headers = { authorization: `Bearer ${host.token}` };
    expect((await server.post("/api/room/erase", {}, headers)).status).toBe(200);
    const gone = await exportOf(host, "json");
    expect(gone.status).toBe(410);
    expect(gone.text).not.toContain(WORD);
  });

  test("is in no file for the others while it is quiet time, and in all of them afterwards", async () => {
    const { host, ines, candidate, askId, board } = await asked();
    await board.draw(...drawing("before it"));
    await candidate.must({ type: "beginQuiet", askId, minutes: 5 });
    await board.draw(words("q", WORD));
    for (const seat of [host, ines]) {
      const all = await taken(seat);
      expect(all).not.toContain(WORD);
      expect(all).not.toContain("before it");
      expect((await jsonOf(seat)).asks[0]?.board).toEqual({ problem: BOARD_PROBLEMS.quiet });
      expect(await markdownOf(seat)).toContain(BOARD_PROBLEMS.quiet);
    }
    await candidate.must({ type: "endQuiet", askId });
    await host.until((view) => view.quiet === undefined);
    for (const seat of [host, ines]) expect((await jsonOf(seat)).asks[0]?.board).toMatchObject({ elements: 5 });
    const zipped = Object.entries(await zipOf(host)).filter(([name]) => /\.(md|json)$/.test(name));
    expect(zipped).toHaveLength(2);
    for (const [, file] of zipped) expect(strFromU8(file)).toContain(WORD);
  });

  test("tells by nothing in quiet time whether there is one", async () => {
    const { host, candidate, askId } = await asked();
    await candidate.must({ type: "beginQuiet", askId, minutes: 5 });
    expect((await jsonOf(host)).asks[0]?.board).toEqual({ problem: BOARD_PROBLEMS.quiet });
  });

  test("is kept back where quiet time begins while it is read, and not read at all once it has begun", async () => {
    let [reads, whileRead] = [0, async (): Promise<void> => undefined];
    const { host, candidate, askId, board } = await asked({
      wrapDocuments: (store) => ({
        ...store,
        read: async (place) => {
          if (place.name.endsWith("/board")) reads += 1;
          const stored = await store.read(place);
          await whileRead();
          return stored;
        },
      }),
    });
    await board.draw(...drawing());
    whileRead = () => candidate.must({ type: "beginQuiet", askId, minutes: 5 });
    const before = reads;
    expect((await jsonOf(host)).asks[0]?.board).toEqual({ problem: BOARD_PROBLEMS.quiet });
    expect(reads).toBe(before + 1);
    await host.until((view) => view.quiet !== undefined);
    expect((await jsonOf(host)).asks[0]?.board).toEqual({ problem: BOARD_PROBLEMS.quiet });
    expect(reads).toBe(before + 1);
  });

  test("is read for one file of a seat after the other, however many are asked for at once, and nobody waits for somebody else", async () => {
    const { room, host, candidate } = livePanelRoom();
    const { state } = room;
    const reads: (() => void)[] = [];
    const boards = new Boards({
      store: { read: () => new Promise((resolve) => reads.push(() => resolve(null))) },
      rooms: { look: async (_, use) => use(state, state) as never },
      onError: () => undefined,
    });
    const read = (seatId: string) => boardsFor(boards, "r_1", seatId, [{ askId: "a_1" }]);
    const turns = async () => {
      for (let turn = 0; turn < 5; turn++) await nextTurn();
    };
    const [first, second] = [read(host), read(host)];
    await turns();
    expect(reads).toHaveLength(1);
    const other = read(candidate);
    await turns();
    expect(reads).toHaveLength(2);
    reads[1]?.();
    expect(await other).toEqual(new Map());
    expect(reads).toHaveLength(2);
    reads[0]?.();
    await first;
    await turns();
    expect(reads).toHaveLength(3);
    reads[2]?.();
    expect(await second).toEqual(new Map());
  });

  test("that is damaged is named, and everything else leaves", async () => {
    const { server, host, room, candidate, board } = await asked();
    await board.draw(...drawing("the damaged one"));
    const next = await room.push("third-question");
    await (await boardSheetOf(candidate, next)).draw(...drawing());
    await server.close();
    const database = new Connection(server.dataFile);
    const first = "(SELECT id FROM documents WHERE name LIKE '%/board' ORDER BY id LIMIT 1)";
    database.prepare(`UPDATE document_updates SET sealed = zeroblob(length(sealed)) WHERE document = ${first}`).run();
    database.close();
    const again = await server.restart();
    await host.connect(again.url);
    const { asks } = await jsonOf(host);
    expect(asks.map((ask) => ask.board)).toEqual([
      { problem: BOARD_PROBLEMS.unreadable },
      expect.objectContaining({ elements: 4 }),
    ]);
    const pdf = everything(await pdfOf(host));
    expect(pdf).toContain(bare(BOARD_PROBLEMS.unreadable));
    expect(pdf).toContain(WORD);
    expect(await markdownOf(host)).toContain(BOARD_PROBLEMS.unreadable);
  });

  test("that is as full and as strange as it can be keeps no page from being made", async () => {
    const { host, board, room, candidate } = await asked();
    const far = 100_000;
    const strange = Array.from({ length: 500 }, (_, index) =>
      box(`s${index}`, {
        x: index % 2 ? far : -far,
        width: index % 3 ? -far : far,
        height: far,
        angle: index % 100,
        opacity: index % 100,
        strokeStyle: "dotted",
        strokeWidth: 0.5,
        roundness: { type: 3, value: -7 },
        backgroundColor: "#1234567",
      }),
    );
    const told = '</text><image href="file:///etc/passwd"/>#panic() \u202e قاعدة 你好 😀\0\ud83d';
    expect(await board.draw(...strange, words("w", told, { fontSize: 2_000, angle: 1 }))).toEqual({ ok: true });
    const next = await room.push("third-question");
    const long = await boardSheetOf(candidate, next);
    const texts = Array.from({ length: 12 }, (_, index) => words(`t${index}`, "你好 مرحبا 😀 &<\n".repeat(300)));
    expect(await long.draw(...texts)).toEqual({ ok: true });
    const pdf = await pdfOf(host);
    expect(everything(pdf)).toContain(bare("#panic()"));
    expect(pdf.roles).toContain("Figure");
    const { asks } = await jsonOf(host);
    expect(asks.map(({ board: one }) => one && "elements" in one && one.elements)).toEqual([501, 12]);
  });
});

test("boards are shown in one file as far as it has room, and beyond that in words", () => {
  let put = 0;
  const pictures = new Pictures(() => `${put++}.svg`);
  const board = { elements: 1, outline: ["Cache (box)"], picture: "x".repeat(1_900_000), width: 40, height: 40 };
  const shown = [1, 2, 3].map(() => pictures.board(board, "It is in the JSON export."));
  expect(shown.map((one) => one?.picture?.file)).toEqual(["0.svg", "1.svg", undefined]);
  expect(shown[2]).toEqual({
    picture: null,
    told: ["Cache (box)"],
    remark: "Its picture is too much for this file. It is in the JSON export.",
  });
  expect(pictures.board({ ...board, picture: "<svg/>" }, "")?.picture).not.toBeNull();
  const wordy = { ...board, picture: "<svg/>", outline: Array.from({ length: 40 }, () => "x".repeat(1_000)) };
  const told = pictures.board(wordy, "");
  expect(told?.told).toHaveLength(6);
  expect(told?.remark).toContain("Not all of its words are here.");
  expect(told?.picture).toBeNull();
  expect(new Pictures(() => null).board(board, "")?.picture).toBeNull();
});

/** A PNG of one colour; with another `data`, one that says that it is and is not. */
function png(width: number, height: number, data = deflateSync(Buffer.alloc(height * (1 + 3 * width)))): string {
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const chunk = (name: string, content: Buffer) => {
    const named = Buffer.concat([Buffer.from(name), content]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]).toString(
    "base64",
  );
}

const picture = (content: string): RunPiece => ({ kind: "picture", png: content });

describe("what a program drew", () => {
  test("is shown in the PDF, and one that is none is left out of it", async () => {
    const { host, candidate, askId } = await asked();
    await (await sheetOf(candidate, askId)).write("draw()");
    const before = await pdfOf(host);
    await candidate.must({
      type: "keepRun",
      askId,
      run: aRun({ pieces: [picture(png(300, 200)), picture(png(40, 30, Buffer.from("no data")))] }),
    });
    const pdf = await pdfOf(host);
    expect(pdf.images - before.images).toBe(1);
    expect(everything(pdf)).toContain(bare("[a picture, shown below]"));
    expect(everything(pdf)).toContain(bare("[a picture, which is in the JSON export]"));
    expect(pdf.roles).toContain("Figure");
    expect(pdf.accessible).toBe("1");
    expect((await markdownOf(host)).match(/a picture, which is in the JSON export/g)).toHaveLength(2);
  });

  test("is shown as far as the file has room for pixels", async () => {
    const { host, room, candidate, askId } = await asked();
    const large = picture(png(2_000, 2_000));
    const draw = (of: string) => candidate.must({ type: "keepRun", askId: of, run: aRun({ pieces: [large, large] }) });
    await draw(askId);
    for (const questionId of ["third-question", "fourth-question", "first-question"])
      await draw(await room.push(questionId));
    await host.until((view) => view.role === "host" && view.asks.filter(({ lastRun }) => lastRun).length === 4);
    const pdf = everything(await pdfOf(host));
    expect(timesIn(pdf, "[a picture, shown below]")).toBe(6);
    expect(timesIn(pdf, "[a picture, which is in the JSON export]")).toBe(2);
  });
});
