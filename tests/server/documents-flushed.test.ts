import { expect, test } from "vitest";
import type { DocumentStore } from "../../server/src/room/documents/store.ts";
import { sheetOf } from "../support/documents.ts";
import { liveHouse, startServer } from "../support/server.ts";

/** Between being stored, when others see what somebody wrote, and being on the disk, when the writer is told that it is saved. */

/** A store whose flushes wait, once they are held, and fail where the disk does. */
class HeldFlushes {
  begun = 0;
  isBroken = false;
  readonly #waiting = new Set<() => void>();
  #held: Promise<void> | null = null;
  #release: () => void = () => undefined;

  readonly wrap = (store: DocumentStore): DocumentStore => ({
    ...store,
    flush: async () => {
      this.begun += 1;
      for (const look of this.#waiting) look();
      await this.#held;
      if (this.isBroken) throw new Error("EIO: i/o error, fdatasync");
      await store.flush();
    },
  });

  /** Waits until so many have begun. */
  async reach(count: number): Promise<void> {
    while (this.begun < count) {
      await new Promise<void>((look) => {
        this.#waiting.add(look);
      });
    }
  }

  hold(): void {
    this.#held = new Promise((release) => {
      this.#release = release;
    });
  }

  release(): void {
    this.#held = null;
    this.#release();
  }
}

async function asked() {
  const flushes = new HeldFlushes();
  const server = await startServer({ wrapDocuments: flushes.wrap });
  const house = await liveHouse(server);
  const askId = await house.room.push("second-question");
  const [sheet, read] = [await sheetOf(house.candidate, askId), await sheetOf(house.ines, askId)];
  return { flushes, server, ...house, askId, sheet, read };
}

/** Whether a promise is settled by now, when whoever would settle it has answered what was asked later. */
async function isAnswered(answer: Promise<unknown>, { time }: { time: () => Promise<unknown> }): Promise<boolean> {
  let isSettled = false;
  void answer.then(() => {
    isSettled = true;
  });
  await time();
  return isSettled;
}

test("what is written is seen by others once it is stored, and saved for its writer when it is on the disk", async () => {
  const { flushes, candidate, sheet, read } = await asked();
  flushes.hold();
  const written = sheet.write("x = 1");
  await read.until("x = 1");
  expect(await isAnswered(written, { time: () => candidate.time() })).toBe(false);
  flushes.release();
  expect(await written).toEqual({ ok: true });
});

test("what many write meanwhile goes to the disk together", async () => {
  const { flushes, candidate, host, ines, askId, sheet, read } = await asked();
  await sheet.write("0");
  flushes.hold();
  const first = sheet.write("1");
  await read.until("01");
  await flushes.reach(2);
  const ofHost = await sheetOf(host, askId);
  const others = ["2", "3", "4", "5"].map((key, index) => (index % 2 === 0 ? ofHost : read).write(key));
  for (const seat of [host, ines, candidate]) await seat.time();
  expect(flushes.begun).toBe(2);
  flushes.release();
  expect(await Promise.all([first, ...others])).toEqual(Array.from({ length: 5 }, () => ({ ok: true })));
  expect(flushes.begun).toBe(3);
});

test("what is sent again before it is on the disk is no sooner saved for that", async () => {
  const { flushes, server, candidate, sheet, read } = await asked();
  flushes.hold();
  const update = sheet.change((text) => text.insert(0, "twice"));
  const lost = sheet.send(update).catch((error: unknown) => error);
  await read.until("twice");
  candidate.drop();
  expect(await lost).toBeInstanceOf(Error);
  await candidate.connect(server.url);
  await sheet.opened();
  const again = sheet.send(update);
  expect(await isAnswered(again, { time: () => candidate.time() })).toBe(false);
  flushes.release();
  expect(await again).toEqual({ ok: true });
  expect(sheet.text).toBe("twice");
});

test("what the disk does not take is not saved for its writer, who sends it again, and it is there once", async () => {
  const { flushes, server, candidate, ines, askId, sheet, read } = await asked();
  await sheet.write("kept");
  flushes.isBroken = true;
  const update = sheet.change((text) => text.insert(4, " and more"));
  const refused = { ok: false, refusal: { reason: "not_saved" } };
  expect(await sheet.send(update)).toMatchObject(refused);
  await sheet.opened();
  expect(await sheet.send(update)).toMatchObject(refused);
  await sheet.opened();
  flushes.isBroken = false;
  expect(await sheet.send(update)).toEqual({ ok: true });
  expect((await read.opened()).text).toBe("kept and more");
  const again = await server.restart();
  await candidate.connect(again.url);
  await ines.connect(again.url);
  expect((await sheetOf(ines, askId)).text).toBe("kept and more");
});
