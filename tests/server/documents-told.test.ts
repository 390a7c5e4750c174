import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { BACKLOG_LIMITS } from "../../server/src/http/backlog.ts";
import { type Sheet, sheetOf } from "../support/documents.ts";
import { newSeat, type Seat } from "../support/seats.ts";
import { liveHouse, startServer } from "../support/server.ts";

const TRANSPORTS = [["websocket"], ["polling"], ["polling", "websocket"]] as const;
const LONG = 15_000;

/** What is told of a document, and whose hand is raised, in the order in which they came by the seat's connection. */
function told({ messages }: Seat): readonly string[] {
  return messages.flatMap((message) => {
    if (message.includes('["document"')) return "written";
    return message.includes("handRaised") ? "hand" : [];
  });
}

/** A copy that takes what was told in its order, and lacks nothing on the way. */
function copyOf({ told }: Seat): string {
  const copy = new Y.Doc();
  for (const message of told) {
    if (message.type !== "written") continue;
    Y.applyUpdate(copy, new Uint8Array(Buffer.from(message.update, "base64")));
    expect(copy.store.pendingStructs).toBeNull();
  }
  return copy.getText("text").toString();
}

describe("what is written in a document", () => {
  test("reaches every kind of connection in its order, between the frames that were sent with it", async () => {
    const server = await startServer();
    const { room, host, candidate } = await liveHouse(server);
    const readers: Seat[] = [host];
    for (const transports of TRANSPORTS) {
      const token = await server.takeSeat(room.secret("observer"), transports.join(" then "));
      readers.push(await newSeat(server.url, token, { transports }).connect());
    }
    const askId = await room.push("second-question");
    for (const reader of readers) await sheetOf(reader, askId);
    const sheet = await sheetOf(candidate, askId);
    const expected: string[] = [];
    const before = readers.map((reader) => told(reader).length);
    for (let count = 0; count < 30; count++) {
      expect(await sheet.write(`${count}語 `)).toEqual({ ok: true });
      await candidate.must(count % 2 === 0 ? { type: "raiseHand" } : { type: "lowerHand", seatId: candidate.seatId });
      expected.push("written", "hand");
    }
    await Promise.all(readers.map((reader) => reader.time()));
    readers.forEach((reader, place) => {
      expect(told(reader).slice(before[place])).toEqual(expected);
      expect(copyOf(reader)).toBe(sheet.text);
    });
    expect(candidate.told).toEqual([]);
  });

  test("in one burst is answered and told in its order", async () => {
    const { room, candidate, ines } = await liveHouse(await startServer());
    const askId = await room.push("second-question");
    const sheet = await sheetOf(candidate, askId);
    await sheetOf(ines, askId);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, count) => sheet.write(`${count} `)));
    expect(answers).toEqual(answers.map(() => ({ ok: true })));
    await ines.time();
    expect(copyOf(ines)).toBe(sheet.text);
  });

  test("is taken in its order where no answer to a part of it is waited for", async () => {
    const { room, candidate, ines } = await liveHouse(await startServer());
    const askId = await room.push("second-question");
    const sheet = await sheetOf(candidate, askId);
    const read = await sheetOf(ines, askId);
    for (let count = 0; count < 5; count++) {
      const update = sheet.change((text) => text.insert(text.length, `${count}, `));
      candidate.emit("document", { type: "write", ...sheet.name, update: Buffer.from(update).toString("base64") });
      // It stands on the one before.
      expect(await sheet.write(`${count}; `)).toEqual({ ok: true });
    }
    await ines.time();
    expect(read.text).toBe(sheet.text);
  });

  test("waits for who does not read for a while, in its order, while others get theirs", async () => {
    const server = await startServer({ backlogLimits: { ...BACKLOG_LIMITS, patienceMs: 600_000 } });
    const { room, candidate, ines, observer } = await liveHouse(server);
    const askId = await room.push("second-question");
    const sheet = await sheetOf(candidate, askId);
    await sheetOf(observer, askId);
    const read = await sheetOf(ines, askId);
    const readOn = observer.stopReading();
    const writes = 150;
    await rewritten(sheet, writes);
    await ines.time();
    expect(read.text).toBe(sheet.text);
    expect(observer.told.length).toBeLessThan(writes);
    readOn();
    await observer.time();
    expect(observer.told).toHaveLength(writes);
    expect(copyOf(observer)).toBe(sheet.text);
  });

  test("does not pile up for who reads nothing at all: that one is dropped, and the others go on", async () => {
    const most = 256 * 1024;
    const server = await startServer({ backlogLimits: { ...BACKLOG_LIMITS, most, patienceMs: 600_000 } });
    const { room, candidate, ines, observer } = await liveHouse(server);
    const askId = await room.push("second-question");
    const sheet = await sheetOf(candidate, askId);
    await sheetOf(observer, askId);
    const read = await sheetOf(ines, askId);
    const isThere = () => ines.presence.includes(observer.seatId);
    await ines.waitFor(isThere);
    observer.stopReading();
    for (let count = 0; count < 200 && isThere(); count++) await rewritten(sheet, 10);
    expect(isThere()).toBe(false);
    await ines.time();
    expect(read.text).toBe(sheet.text);
  });
});

/** Writes the sheet over and over, a long text each time. */
async function rewritten(sheet: Sheet, times: number): Promise<void> {
  for (let count = 0; count < times; count++) {
    const update = sheet.change((text) => {
      text.delete(0, text.length);
      text.insert(0, String.fromCharCode(97 + (count % 26)).repeat(LONG));
    });
    expect(await sheet.send(update)).toEqual({ ok: true });
  }
}

describe("what is said of a document in another form", () => {
  test("is taken in all the same", async () => {
    const { room, candidate, ines } = await liveHouse(await startServer());
    const askId = await room.push("second-question");
    const read = await sheetOf(ines, askId);
    const sheet = await sheetOf(candidate, askId);
    const update = Buffer.from(sheet.change((text) => text.insert(0, "spaced"))).toString("base64");
    // As no page sends it: with a space before the name, and none waits for the answer.
    candidate.sendBytes(`2[ "document",${JSON.stringify({ type: "write", ...sheet.name, update })}]`);
    await read.until("spaced");
  });

  test("ends the connection where it is no text of a packet, and nobody else's", async () => {
    const { room, candidate, ines } = await liveHouse(await startServer());
    const askId = await room.push("second-question");
    const sheet = await sheetOf(candidate, askId);
    await sheetOf(ines, askId);
    ines.sendBytes('21["document",{"type":"write"');
    await ines.waitFor(() => !ines.isConnected);
    expect(await sheet.write("on")).toEqual({ ok: true });
  });
});
