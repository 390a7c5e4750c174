import { expect, onTestFinished, test } from "vitest";
import type { DocumentStore } from "../../server/src/room/documents/store.ts";
import { sheetOf } from "../support/documents.ts";
import { liveHouse, startServer } from "../support/server.ts";

/** A disk that takes its time: what it has not taken yet is seen by nobody, and what comes meanwhile waits for it together. */

/** A store whose appends have come to the disk only when they are let go. */
class SlowDisk {
  /** How many updates each append brought. */
  readonly appends: number[] = [];
  #held: Promise<void> | null = null;
  #letGo: () => void = () => undefined;
  readonly #waiting = new Set<() => void>();

  readonly wrap = (store: DocumentStore): DocumentStore => ({
    ...store,
    append: async (updates) => {
      this.appends.push(updates.length);
      for (const look of this.#waiting) look();
      await store.append(updates);
      await this.#held;
    },
  });

  hold(): void {
    this.#held = new Promise((resolve) => {
      this.#letGo = resolve;
    });
  }

  letGo(): void {
    this.#held = null;
    this.#letGo();
  }

  /** Waits until so many appends have begun. */
  async reach(count: number): Promise<void> {
    while (this.appends.length < count) {
      await new Promise<void>((look) => {
        this.#waiting.add(look);
      });
    }
  }
}

async function asked() {
  const disk = new SlowDisk();
  const server = await startServer({ wrapDocuments: disk.wrap });
  onTestFinished(() => disk.letGo());
  const house = await liveHouse(server);
  const askId = await house.room.push("second-question");
  const [sheet, read] = [await sheetOf(house.candidate, askId), await sheetOf(house.ines, askId)];
  return { disk, server, ...house, askId, sheet, read };
}

test("what is written is seen by nobody, and not saved for its writer, before it is on the disk", async () => {
  const { disk, candidate, ines, sheet, read } = await asked();
  disk.hold();
  let answer: unknown = null;
  const written = sheet.write("x = 1").then((given) => {
    answer = given;
  });
  await disk.reach(1);
  for (const seat of [candidate, ines]) await seat.time();
  expect(answer).toBeNull();
  expect(read.text).toBe("");
  disk.letGo();
  await written;
  expect(answer).toEqual({ ok: true });
  await read.until("x = 1");
});

test("what many write meanwhile comes to the disk together", async () => {
  const { disk, candidate, host, ines, askId, sheet, read } = await asked();
  const ofHost = await sheetOf(host, askId);
  disk.hold();
  const first = sheet.write("1");
  await disk.reach(1);
  const others = [ofHost.write("2"), read.write("3"), ofHost.write("4"), read.write("5")];
  for (const seat of [host, ines, candidate]) await seat.time();
  expect(disk.appends).toEqual([1]);
  disk.letGo();
  expect(await Promise.all([first, ...others])).toEqual(Array.from({ length: 5 }, () => ({ ok: true })));
  expect(disk.appends).toEqual([1, 4]);
});

test("what is sent again before it is on the disk is no sooner saved for that", async () => {
  const { disk, server, candidate, ines, sheet, read } = await asked();
  const update = sheet.change((text) => text.insert(0, "twice"));
  disk.hold();
  const lost = sheet.send(update).catch((error: unknown) => error);
  await disk.reach(1);
  candidate.drop();
  expect(await lost).toBeInstanceOf(Error);
  await candidate.connect(server.url);
  const opened = sheet.opened();
  for (const seat of [candidate, ines]) await seat.time();
  expect(read.text).toBe("");
  disk.letGo();
  await opened;
  expect(await sheet.send(update)).toEqual({ ok: true });
  await read.until("twice");
  expect(sheet.text).toBe("twice");
});
