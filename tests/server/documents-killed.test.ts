import { JoinResponse } from "@whetstone/shared/links-wire";
import { OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { beforeAll, expect, test } from "vitest";
import { type Sheet, sheetOf } from "../support/documents.ts";
import { buildServer, type ServerProcess, startProcess } from "../support/process.ts";
import { ConnectionLost, newSeat, request, type Seat } from "../support/seats.ts";
import { openingOf, temporaryFolder } from "../support/server.ts";

const KILLS = 4;
/** A slow machine takes many seconds for each start. */
const STARTS_WITHIN_MS = 300_000;
/** As fast as somebody types, in milliseconds; an allowance is not what is tried here. */
const BETWEEN_KEYS = 25;

beforeAll(buildServer);

const post = async (server: ServerProcess, path: string, body: unknown): Promise<unknown> =>
  (
    await request(`${server.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    })
  ).body;

/** A live room with a question open, and the five who write in its sheet, the host first. */
async function asked(server: ServerProcess): Promise<{ readonly seats: readonly Seat[]; readonly askId: string }> {
  const opened = OpenRoomResponse.parse(await post(server, "/api/rooms", openingOf()));
  const host = await newSeat(server.url, opened.token, { strict: false }).connect();
  const seats = [host];
  for (const role of ["candidate", "interviewer", "interviewer", "interviewer"]) {
    const secret = opened.links.find((link) => link.role === role)?.secret;
    const { token } = JoinResponse.parse(await post(server, "/api/links/join", { secret, name: `The ${role}` }));
    const seat = await newSeat(server.url, token, { strict: false }).connect();
    await host.must({ type: "admit", seatId: seat.seatId });
    seats.push(seat);
  }
  await host.must({ type: "start" });
  await host.must({ type: "push", source: { kind: "bank", questionId: "network-by-hand" } });
  return { seats, askId: host.openAsk.askId };
}

/** Writes word after word until the connection is lost, and notes each that is acknowledged. */
async function writeOn(sheet: Sheet, name: string, acknowledged: string[], enough: () => void): Promise<void> {
  for (let count = 0; ; count++) {
    const word = `${name}.${count} `;
    try {
      const answer = await sheet.write(word, 0);
      if (!answer.ok) throw new Error(`${word} was refused: ${answer.refusal.reason}`);
    } catch (error) {
      if (error instanceof ConnectionLost) return;
      throw error;
    }
    acknowledged.push(word);
    enough();
    await new Promise((resume) => setTimeout(resume, BETWEEN_KEYS));
  }
}

test("a server that is killed while five write in one document keeps every word that it acknowledged", {
  timeout: STARTS_WITHIN_MS,
}, async () => {
  const folder = await temporaryFolder();
  let server = await startProcess(folder);
  const { seats, askId } = await asked(server);
  const sheets = await Promise.all(seats.map((seat) => sheetOf(seat, askId)));
  const acknowledged: string[] = [];

  for (let kill = 1; kill <= KILLS; kill++) {
    const goal = acknowledged.length + 40 + 17 * kill;
    await new Promise<void>((resolve, reject) => {
      const enough = () => acknowledged.length >= goal && resolve();
      const writing = sheets.map((sheet, index) => writeOn(sheet, `${kill}-${index}`, acknowledged, enough));
      Promise.all(writing).catch(reject);
    });
    await server.kill();
    await Promise.all(seats.map((seat) => seat.waitFor(() => !seat.isConnected)));
    server = await startProcess(folder);
    await Promise.all(seats.map((seat) => seat.connect(server.url)));
    // The log has it before anybody opens the document.
    const answer = seats[0]?.openAsk.answer ?? "";
    expect(acknowledged.filter((word) => !answer.includes(word))).toEqual([]);
    for (const sheet of sheets) expect(await sheet.comeBack()).toEqual({ ok: true });
    const first = sheets[0] as Sheet;
    for (const sheet of sheets) await sheet.seat.waitFor(() => sheet.text === first.text);
    expect(acknowledged.filter((word) => !first.text.includes(word))).toEqual([]);
  }
});
