import type { RoomEvent } from "@whetstone/shared/room/event";
import type { DocumentMessage, DocumentWritten } from "@whetstone/shared/workspace/wire";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { Sheet, sheetOf } from "../support/documents.ts";
import { aRun, MINUTE } from "../support/domain.ts";
import { newSeat, type Seat } from "../support/seats.ts";
import {
  Clock,
  type FullHouse,
  liveHouse,
  type ServerOptions,
  startServer,
  type TestServer,
} from "../support/server.ts";

/** Quiet time over a real server: what reaches whom while it lasts, and that all of it does when it ends. */

const BEFORE = "what stood before";
const UNSEEN = "unmistakable";
const CURSOR = { head: "AAAA", anchor: "AAAA" };

interface Asked extends FullHouse {
  readonly server: TestServer;
  readonly clock: Clock;
  readonly askId: string;
  readonly others: readonly Seat[];
  /** The candidate's sheet, and those of the others in their order. */
  readonly sheet: Sheet;
  readonly sheets: readonly Sheet[];
  /** What was put into the log, in order. */
  readonly logged: RoomEvent["type"][];
}

/** A live interview with a question open, on whose sheet something is written; everybody has it open, and it is the answer. */
async function asked(options: ServerOptions = {}): Promise<Asked> {
  const clock = new Clock();
  const logged: RoomEvent["type"][] = [];
  const server = await startServer({
    now: clock.now,
    steady: clock.steady,
    wrapLog: (log) => ({
      ...log,
      append: (commits) => {
        logged.push(...commits.flatMap(({ events }) => events.map(({ type }) => type)));
        return log.append(commits);
      },
    }),
    ...options,
  });
  const house = await liveHouse(server);
  const { host, ines, ivan, candidate, observer } = house;
  const others = [host, ines, ivan, observer];
  const askId = await house.room.push("second-question");
  const sheet = await sheetOf(candidate, askId);
  await sheet.write(BEFORE);
  const sheets = await Promise.all(others.map((seat) => sheetOf(seat, askId)));
  for (const seat of others) await seat.until((view) => view.role !== "candidate" && view.asks[0]?.answer === BEFORE);
  return { ...house, server, clock, askId, others, sheet, sheets, logged };
}

const begin = (seat: Seat, askId: string, minutes = 5) => seat.must({ type: "beginQuiet", askId, minutes });
const end = (seat: Seat, askId: string) => seat.must({ type: "endQuiet", askId });
const isQuiet = ({ view }: Seat): boolean => view.quiet !== undefined;
const answerOf = (seat: Seat): string | undefined =>
  (seat.view.role === "candidate" ? seat.view.ask : seat.openAsk)?.answer;
const said = (seat: Seat, message: DocumentMessage) => seat.ask("document", message);

/** Everything that reached the others' sockets by now, once what was sent is there. */
async function reached(others: readonly Seat[]): Promise<readonly number[]> {
  await Promise.all(others.map((seat) => seat.time()));
  return others.map(({ messages }) => messages.length);
}

/** What reaches the others while the candidate does something, packet by packet; the numbers of answers are left out. */
async function reachesOthers({ others }: Asked, act: () => Promise<unknown>): Promise<readonly (readonly string[])[]> {
  const from = await reached(others);
  await act();
  await reached(others);
  return others.map(({ messages }, index) =>
    messages.slice(from[index]).map((message) => message.replace(/^3\d+(?=\[)/, "3")),
  );
}

/** The candidate is gone for a moment, which the others see as ever. */
async function away({ candidate, others }: Asked): Promise<void> {
  const isThere = ({ presence }: Seat) => presence.includes(candidate.seatId);
  candidate.drop();
  for (const seat of others) await seat.waitFor(() => !isThere(seat));
  await candidate.connect();
  for (const seat of others) await seat.waitFor(() => isThere(seat));
}

/** Puts another long text in the place of all that stands there. */
function rewrite(sheet: Sheet, count: number): Promise<DocumentWritten> {
  const letters = String.fromCharCode(97 + count).repeat(9_000);
  return sheet.send(
    sheet.change((text) => {
      text.delete(0, text.length);
      text.insert(0, letters);
    }),
  );
}

const ranIn = (askId: string, text: string) =>
  ({ type: "keepRun", askId, run: aRun({ pieces: [{ kind: "printed", isError: false, text }] }) }) as const;

async function typeALot(house: Asked): Promise<void> {
  const { sheet, candidate, askId } = house;
  const name = { askId, part: "text" } as const;
  for (let count = 0; count < 40; count++) {
    expect(await sheet.write(` ${UNSEEN}${count}`)).toEqual({ ok: true });
    await said(candidate, { type: "point", ...name, cursor: CURSOR });
  }
  await candidate.must({ type: "writeAnswer", askId, text: `${BEFORE} ${UNSEEN} past the sheet` });
  await said(candidate, { type: "run", ...name, run: { printed: UNSEEN, isAsking: false } });
  await candidate.must(ranIn(askId, UNSEEN));
  await said(candidate, { type: "leave", ...name });
  await sheet.opened();
  await away(house);
  await sheet.opened();
  await sheet.write(` ${UNSEEN} again`);
}

describe("while it is quiet", () => {
  test("the others' sockets receive to the byte what they would if nothing was written", async () => {
    const silent = await asked();
    const typing = await asked();
    const packets: (readonly (readonly string[])[])[] = [];
    for (const house of [silent, typing]) {
      await said(house.ines, { type: "point", askId: house.askId, part: "text", cursor: CURSOR });
      await begin(house.candidate, house.askId);
      for (const seat of house.others) await seat.until(() => isQuiet(seat));
      packets.push(await reachesOthers(house, () => (house === typing ? typeALot(house) : away(house))));
    }
    const ids = (house: Asked) => [...house.others, house.candidate].map(({ seatId }) => seatId);
    const named = ids(typing).reduce(
      (text, id, index) => text.replaceAll(id, ids(silent)[index] ?? ""),
      JSON.stringify(packets[1]),
    );
    expect(JSON.parse(named)).toEqual(packets[0]);
    expect(JSON.stringify(packets[0])).not.toContain("document");
    expect(typing.others.map(answerOf)).toEqual(typing.others.map(() => BEFORE));
    for (const { seat, text } of typing.sheets) expect([seat.view.role, text]).toEqual([seat.view.role, BEFORE]);
  });

  test("a key that is saved before its begin is reaches nobody either", async () => {
    let release = (): void => undefined;
    const house = await asked({
      wrapLog: (log) => ({
        ...log,
        append: async (commits) => {
          const begins = commits.some(({ events }) => events.some(({ type }) => type === "quietBegan"));
          if (begins) await new Promise<void>((resolve) => (release = resolve));
          return log.append(commits);
        },
      }),
    });
    const { candidate, askId, sheet, others } = house;
    const told = others.map((seat) => seat.told.length);
    const begun = begin(candidate, askId);
    for (const key of UNSEEN) expect(await sheet.write(key)).toEqual({ ok: true });
    await reached(others);
    expect(others.map((seat) => seat.told.length)).toEqual(told);
    expect(others.some(isQuiet)).toBe(false);
    release();
    await begun;
    for (const seat of others) await seat.until(() => isQuiet(seat));
    expect(others.map((seat) => seat.told.length)).toEqual(told);
  });

  test("its first key reaches nobody, though it was not saved yet that it had begun; and the last one all", async () => {
    const house = await asked();
    const { candidate, askId, sheet, others, sheets } = house;
    const told = others.map((seat) => seat.told.length);
    const begun = begin(candidate, askId);
    await Promise.all([begun, ...Array.from({ length: 20 }, (_, count) => sheet.write(` ${UNSEEN}${count}`))]);
    await reached(others);
    expect(others.map((seat) => seat.told.length)).toEqual(told);
    await Promise.all([sheet.write(" to the last"), end(candidate, askId)]);
    for (const [index, read] of sheets.entries()) {
      await read.seat.waitFor(() => read.seat.told.slice(told[index]).some(({ type }) => type === "astray"));
      await read.opened();
      await read.until(sheet.text);
    }
  });

  test("what stood when it began is the answer at once, and nothing of what is written next", async () => {
    const { server, candidate, host, ines, askId, sheet, logged } = await asked();
    await sheet.write(", and one word more");
    const begun = begin(candidate, askId);
    await sheet.write(` ${UNSEEN}`);
    await begun;
    for (const seat of [host, ines]) {
      await seat.until(() => isQuiet(seat));
      expect(answerOf(seat)).toBe(`${BEFORE}, and one word more`);
    }
    expect((await host.fetch("/api/room/export.md")).text).toContain(`${BEFORE}, and one word more`);
    expect(host.received.join("\n")).not.toContain(UNSEEN);
    const again = await server.restart();
    await host.connect(again.url);
    expect(answerOf(host)).toBe(`${BEFORE}, and one word more`);
    expect(logged.at(-1)).toBe("quietBegan");
  });

  test("nothing of it becomes the answer in the log, whoever leaves the sheet, over a stop and a start", async () => {
    const house = await asked();
    const { server, candidate, host, ines, askId, sheet, others, logged } = house;
    await begin(host, askId);
    await sheet.write(` ${UNSEEN}`);
    for (const seat of [candidate, ...others]) await said(seat, { type: "leave", askId, part: "text" });
    const folds = logged.filter((type) => type === "answerFolded").length;
    const again = await server.restart();
    for (const seat of [host, ines, candidate]) await seat.connect(again.url);
    expect([host, ines].map(answerOf)).toEqual([BEFORE, BEFORE]);
    expect(isQuiet(host) && isQuiet(candidate)).toBe(true);
    expect(logged.filter((type) => type === "answerFolded")).toHaveLength(folds);
    expect((await sheet.opened()).text).toBe(`${BEFORE} ${UNSEEN}`);
    await end(host, askId);
    await host.until(() => answerOf(host) === `${BEFORE} ${UNSEEN}`);
  });

  test("a seat that speaks the protocol itself learns nothing, by whatever way it asks", async () => {
    const house = await asked();
    const { candidate, ines, host, observer, room, askId, sheet } = house;
    const closed = askId;
    const open = await room.push("third-question");
    const other = await sheetOf(candidate, open);
    await begin(candidate, open);
    const learnt = [ines, host, observer].map((seat) => ({ seat, from: seat.received.length, told: seat.told.length }));
    // Of the question before too.
    await sheet.write(` ${UNSEEN}`);
    await other.write(` ${UNSEEN}`);
    const quiet = { ok: false, refusal: { reason: "quiet_time" } };
    for (const seat of [ines, host, observer]) {
      for (const asking of [closed, open]) {
        const name = { askId: asking, part: "text" } as const;
        const none = Buffer.from(Y.encodeStateVector(new Y.Doc())).toString("base64");
        expect(await said(seat, { type: "open", ...name, vector: none })).toMatchObject(quiet);
        expect(await said(seat, { type: "open", ...name, vector: "AAAAAAAA" })).toMatchObject(quiet);
        const spy = new Sheet(seat, asking);
        const written = await spy.write("is anything there?");
        expect(written).toMatchObject(seat === observer && asking === closed ? { ok: false } : quiet);
        await said(seat, { type: "point", ...name, cursor: CURSOR });
        await said(seat, { type: "leave", ...name });
        expect(await said(seat, { type: "open", ...name, vector: none })).toMatchObject(quiet);
      }
      await seat.resync();
      for (const format of ["md", "json", "csv", "greenhouse.json"]) {
        await seat.fetch(`/api/room/export.${format}`);
      }
      await seat.fetch("/api/room/record.json");
      await seat.fetch("/api/room/trail");
      seat.drop();
      await seat.connect();
    }
    const late = await room.join("observer", "Oda");
    expect(await new Sheet(late, open).open()).toMatchObject(quiet);
    for (const { seat, from, told } of learnt) {
      expect(seat.received.slice(from).join("\n")).not.toContain(UNSEEN);
      expect(seat.told.slice(told)).toEqual([]);
    }
    expect(late.received.join("\n")).not.toContain(UNSEEN);
    expect(JSON.stringify(late.view)).toContain(BEFORE);
  });

  test("what cannot be saved is noticed by its writer alone, until it is over", async () => {
    let isFull = false;
    const house = await asked({
      wrapDocuments: (store) => ({
        ...store,
        append: async (updates) => {
          if (isFull) throw new Error("the disk is full");
          await store.append(updates);
        },
      }),
    });
    const { candidate, ines, askId, sheet, sheets, others } = house;
    await begin(candidate, askId);
    isFull = true;
    const packets = await reachesOthers(house, async () => {
      expect(await sheet.write(` ${UNSEEN}`)).toMatchObject({ ok: false, refusal: { reason: "not_saved" } });
      await candidate.waitFor(() => candidate.told.at(-1)?.type === "astray");
    });
    expect(packets).toEqual(others.map(() => [expect.stringMatching(/^3\[\d+\]$/)]));
    expect(await new Sheet(ines, askId).write("?")).toMatchObject({ ok: false, refusal: { reason: "quiet_time" } });
    isFull = false;
    expect(await sheet.comeBack()).toEqual({ ok: true });
    await end(candidate, askId);
    for (const read of sheets) {
      await read.seat.waitFor(() => read.seat.told.at(-1)?.type === "astray");
      expect((await read.opened()).text).toBe(`${BEFORE} ${UNSEEN}`);
    }
  });

  test("the host is not told how full the room becomes, and is when it is over", async () => {
    const house = await asked({ config: { roomBytes: 120_000 } });
    const { host, ines, candidate, askId, sheet, sheets } = house;
    const ofInes = sheets[1] as Sheet;
    for (let count = 0; count < 5; count++) await rewrite(ofInes, count);
    await sheet.until(ofInes.text);
    await begin(candidate, askId, 30);
    const fullness = () => host.messages.filter((message) => message.includes('"fullness"')).length;
    expect(fullness()).toBe(0);
    const packets = await reachesOthers(house, async () => {
      let last: DocumentWritten = { ok: true };
      for (let count = 0; count < 20 && last.ok; count++) last = await rewrite(sheet, count);
      expect(last).toMatchObject({ ok: false, refusal: { reason: "room_large" } });
    });
    expect(packets).toEqual(house.others.map(() => [expect.stringMatching(/^3\[\d+\]$/)]));
    // Whatever else happens in the room meanwhile.
    await host.must({ type: "pause" });
    await host.time();
    expect(fullness()).toBe(0);
    await end(host, askId);
    await host.waitFor(() => fullness() === 1);
    expect(ines.received.join("\n")).not.toContain('"fullness"');
  });

  test("a candidate's other device goes on where the first one was", async () => {
    const house = await asked();
    const { candidate, room, server, askId, sheet, others } = house;
    await begin(candidate, askId);
    await sheet.write(` ${UNSEEN}`);
    const told = others.map((seat) => seat.told.length);
    const token = await server.takeSeat(room.secret("candidate"), null);
    const phone = await newSeat(server.url, token).connect();
    expect((await candidate.untilLost()).reason).toBe("seat_taken_over");
    const moved = await sheetOf(phone, askId);
    expect(moved.text).toBe(`${BEFORE} ${UNSEEN}`);
    expect(await moved.write("!")).toEqual({ ok: true });
    await reached(others);
    expect(others.map((seat) => seat.told.length)).toEqual(told);
    await end(phone, askId);
    await house.host.until(() => answerOf(house.host) === `${BEFORE} ${UNSEEN}!`);
  });

  test("nobody's cursor stands beside the candidate's", async () => {
    const { candidate, ines, askId, sheet } = await asked();
    await said(ines, { type: "point", askId, part: "text", cursor: CURSOR });
    await candidate.waitFor(() => candidate.told.some((told) => told.type === "pointed" && told.cursor !== null));
    await begin(candidate, askId);
    await candidate.waitFor(() => {
      const last = candidate.told.at(-1);
      return last?.type === "pointed" && last.seatId === ines.seatId && last.cursor === null;
    });
    await said(ines, { type: "point", askId, part: "text", cursor: CURSOR });
    const opened = await sheet.open();
    expect(opened).toMatchObject({ ok: true, cursors: [] });
  });
});

describe("when it ends", () => {
  test("what was run before it is what stood until then, and the last run what everybody sees", async () => {
    const { candidate, host, ines, askId } = await asked();
    const shown = (seat: Seat) => JSON.stringify(seat.openAsk?.lastRun?.pieces ?? null);
    await candidate.must(ranIn(askId, "in the open"));
    await begin(candidate, askId);
    await candidate.must(ranIn(askId, UNSEEN));
    expect(await ines.send(ranIn(askId, "the panel's"))).toMatchObject({
      ok: false,
      refusal: { reason: "quiet_time" },
    });
    await host.until(() => isQuiet(host));
    await host.connect();
    expect(shown(host)).toContain("in the open");
    expect(candidate.candidate.ask?.lastRun?.pieces).toMatchObject([{ text: UNSEEN }]);
    await end(host, askId);
    for (const seat of [host, ines]) await seat.until(() => shown(seat).includes(UNSEEN));
  });

  test("everybody gets all of it at once, as document and as answer, whoever ended it", async () => {
    const house = await asked();
    const { candidate, host, askId, sheet, sheets, others } = house;
    for (const [beginner, ender] of [
      [candidate, host],
      [host, candidate],
    ] as const) {
      await begin(beginner, askId);
      await sheet.write(` ${UNSEEN}`);
      await end(ender, askId);
      for (const read of sheets) {
        await read.seat.waitFor(() => read.seat.told.at(-1)?.type === "astray");
        expect((await read.opened()).text).toBe(sheet.text);
      }
      for (const seat of others) await seat.until(() => !isQuiet(seat) && answerOf(seat) === sheet.text);
      // And what comes from here on as it comes.
      await sheet.write(".");
      for (const read of sheets) await read.until(sheet.text);
      expect(await (sheets[1] as Sheet).write("?")).toEqual({ ok: true });
      await sheet.until(`${(sheets[1] as Sheet).text}`);
    }
  });

  test("it does so by the room's own time, to the moment, with nobody's help", async () => {
    const { host, candidate, clock, askId, sheet } = await asked();
    await begin(candidate, askId, 2);
    await sheet.write(` ${UNSEEN}`);
    clock.advance(2 * MINUTE - 1);
    // The server looks at a room's time with what happens in it.
    await candidate.must({ type: "raiseHand" });
    await host.time();
    expect(isQuiet(host)).toBe(true);
    clock.advance(1);
    await candidate.must({ type: "lowerHand", seatId: candidate.seatId });
    await host.until(() => !isQuiet(host) && answerOf(host) === `${BEFORE} ${UNSEEN}`);
  });

  test("it does so when its time is over while the server is down, before anybody comes back", async () => {
    const { server, host, candidate, clock, askId, sheet, logged } = await asked();
    await begin(candidate, askId, 2);
    await sheet.write(` ${UNSEEN}`);
    await server.close();
    clock.advance(3 * MINUTE);
    const again = await server.restart();
    await expect.poll(() => logged.slice(-2)).toEqual(["quietEnded", "answerFolded"]);
    await host.connect(again.url);
    expect([isQuiet(host), answerOf(host)]).toEqual([false, `${BEFORE} ${UNSEEN}`]);
  });

  const endings = [
    ["closed", (house: Asked) => house.host.must({ type: "closeAsk", askId: house.askId })],
    ["followed by another", (house: Asked) => house.room.push("third-question")],
    ["over with the interview", (house: Asked) => house.host.must({ type: "end" })],
    [
      "left by its candidate for good",
      (house: Asked) => house.host.must({ type: "removeSeat", seatId: house.candidate.seatId }),
    ],
  ] as const;
  test.each(endings)("it does so when the question is %s, and all of it is the answer", async (_name, happen) => {
    const house = await asked();
    const { candidate, host, ines, askId, sheet } = house;
    await begin(candidate, askId);
    await sheet.write(` ${UNSEEN}`);
    await happen(house);
    await host.until((view) => view.role === "host" && !view.quiet && view.asks[0]?.answer === `${BEFORE} ${UNSEEN}`);
    const read = house.sheets[1] as Sheet;
    await ines.waitFor(() => ines.told.at(-1)?.type === "astray");
    expect((await read.opened()).text).toBe(`${BEFORE} ${UNSEEN}`);
  });
});
