import { JoinResponse } from "@whetstone/shared/links-wire";
import { OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { beforeAll, expect, test } from "vitest";
import { Sheet, sheetOf } from "../support/documents.ts";
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

test("a server that is killed in quiet time keeps every key, and from everybody but the candidate, until that is over", {
  timeout: STARTS_WITHIN_MS,
}, async () => {
  const folder = await temporaryFolder();
  let server = await startProcess(folder);
  const { seats, askId } = await asked(server);
  const [host, candidate, ...interviewers] = seats as [Seat, Seat, ...Seat[]];
  const sheet = await sheetOf(candidate, askId);
  const others = await Promise.all([host, ...interviewers].map((seat) => sheetOf(seat, askId)));
  await sheet.write("before ");
  for (const { seat } of others) await seat.waitFor(() => seat.openAsk.answer === "before ");
  await candidate.must({ type: "beginQuiet", askId, minutes: 30 });
  const acknowledged: string[] = [];
  for (let kill = 1; kill <= 2; kill++) {
    const goal = acknowledged.length + 30;
    await new Promise<void>((resolve, reject) => {
      writeOn(sheet, `unseen-${kill}`, acknowledged, () => acknowledged.length >= goal && resolve()).catch(reject);
    });
    await server.kill();
    await Promise.all(seats.map((seat) => seat.waitFor(() => !seat.isConnected)));
    server = await startProcess(folder);
    await Promise.all(seats.map((seat) => seat.connect(server.url)));
    for (const { seat } of others) {
      expect([seat.openAsk.answer, seat.view.quiet?.timer.totalMs]).toEqual(["before ", 30 * 60_000]);
      const opened = await new Sheet(seat, askId).open();
      expect(opened).toMatchObject({ ok: false, refusal: { reason: "quiet_time" } });
      expect(seat.received.join("\n")).not.toContain("unseen");
    }
    expect(await sheet.comeBack()).toEqual({ ok: true });
    expect(acknowledged.filter((word) => !sheet.text.includes(word))).toEqual([]);
  }
  await host.must({ type: "endQuiet", askId });
  await host.waitFor(() => acknowledged.every((word) => host.openAsk.answer.includes(word)));
  for (const read of others) expect((await read.opened()).text).toBe(sheet.text);
});
