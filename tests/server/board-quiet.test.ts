import { describe, expect, test } from "vitest";
import { type BoardSheet, boardSheetOf, box } from "../support/boards.ts";
import type { Seat } from "../support/seats.ts";
import { liveHouse, startServer } from "../support/server.ts";

/** The board in quiet time, and who points where on it, over a real server. */

async function asked() {
  const server = await startServer();
  const house = await liveHouse(server);
  const askId = await house.room.push("second-question");
  const others = [house.host, house.ines, house.observer];
  const board = await boardSheetOf(house.candidate, askId);
  await board.draw(box("before"));
  const boards = await Promise.all(others.map((seat) => boardSheetOf(seat, askId)));
  return { ...house, server, askId, others, board, boards };
}

/** Everything that reached the seats by now, once what was sent is there. */
async function reached(seats: readonly Seat[]): Promise<readonly number[]> {
  await Promise.all(seats.map((seat) => seat.time()));
  return seats.map(({ messages }) => messages.length);
}

const point = ({ seat, name }: BoardSheet, cursor: { x: number; y: number } | null) =>
  seat.ask("document", { type: "point", ...name, cursor });
const pointedAt = (seat: Seat, by: Seat) =>
  seat.told.flatMap((told) => (told.type === "pointed" && told.seatId === by.seatId ? [told.cursor] : [])).at(-1);

const quiet = { ok: false, refusal: { reason: "quiet_time" } };

describe("who points where on a board", () => {
  test("is told to whoever has it open and to whoever opens it, and of observers never", async () => {
    const { candidate, ines, host, observer, boards, board } = await asked();
    await point(board, { x: 12, y: -340.5 });
    for (const seat of [ines, host, observer]) {
      await seat.waitFor(() => JSON.stringify(pointedAt(seat, candidate)) === '{"x":12,"y":-340.5}');
    }
    const opened = await boards[1]?.open();
    expect(opened).toMatchObject({ cursors: [{ seatId: candidate.seatId, cursor: { x: 12, y: -340.5 } }] });
    const ofObserver = boards[2] as BoardSheet;
    await point(ofObserver, { x: 1, y: 1 });
    await candidate.time();
    expect(pointedAt(candidate, observer)).toBeUndefined();
    await point(board, null);
    await ines.waitFor(() => pointedAt(ines, candidate) === null);
  });

  test.each([
    { x: 1, y: Number.POSITIVE_INFINITY },
    { x: 100_001, y: 0 },
    { x: 0, y: 0, name: "somebody else" },
    { x: "0", y: "0" },
  ])("is refused where it is no place on a board: %j", async (cursor) => {
    const { ines, candidate, board } = await asked();
    expect(await point(board, cursor as never)).toMatchObject({ ok: false, refusal: { reason: "malformed" } });
    await ines.time();
    expect(pointedAt(ines, candidate)).toBeUndefined();
  });
});

describe("the board in quiet time", () => {
  test("reaches nobody else by one byte, whatever is drawn and pointed at, and is refused to them", async () => {
    const { candidate, others, board, boards, askId } = await asked();
    await candidate.must({ type: "beginQuiet", askId, minutes: 5 });
    for (const seat of others) await seat.until((view) => view.quiet !== undefined);
    const before = await reached(others);
    for (let count = 0; count < 30; count++) {
      expect(await board.draw(box("unseen", { version: count + 1, x: count }))).toEqual({ ok: true });
      await point(board, { x: count, y: count });
    }
    await board.opened();
    const after = await reached(others);
    // The answers to those who asked for the time, and nothing beside them.
    expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual(others.map(() => 1));
    for (const read of boards) {
      const never = { ok: false, refusal: { reason: "wrong_seat" } };
      expect(await read.draw(box("mine"))).toMatchObject(read === boards[2] ? never : quiet);
      expect(await read.open()).toMatchObject(quiet);
      await point(read, { x: 5, y: 5 });
    }
    expect(others.flatMap(({ told }) => told.filter(({ type }) => type === "written"))).toEqual([]);
    expect(others.map((seat) => pointedAt(candidate, seat))).toEqual(others.map(() => undefined));
  });

  test("lets go of who pointed before, and gives everybody all of it when that ends", async () => {
    const { candidate, host, ines, others, board, boards, askId } = await asked();
    await point(boards[1] as BoardSheet, { x: 5, y: 5 });
    await candidate.waitFor(() => JSON.stringify(pointedAt(candidate, ines)) === '{"x":5,"y":5}');
    await candidate.must({ type: "beginQuiet", askId, minutes: 5 });
    await candidate.waitFor(() => pointedAt(candidate, ines) === null);
    await board.draw(box("unseen"));
    await host.must({ type: "endQuiet", askId });
    for (const [index, seat] of others.entries()) {
      await seat.waitFor(() => seat.told.at(-1)?.type === "astray");
      expect((await boards[index]?.opened())?.standing).toEqual({ before: 1, unseen: 1 });
    }
  });
});
