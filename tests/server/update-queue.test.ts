import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { UpdateQueue } from "../../server/src/room/documents/update-queue.ts";

/** A queue in front of a disk of which each append takes what is said next, by a clock of its own. */
function overDisk() {
  let now = 0;
  let takes = 0;
  let appends = 0;
  const store = {
    append: async () => {
      appends += 1;
      now += takes;
    },
  };
  const queue = new UpdateQueue(
    store,
    () => undefined,
    () => now,
  );
  let seq = 0;
  return {
    /** Begins to write one update, to a disk that takes so many milliseconds. */
    write(ms: number) {
      takes = ms;
      seq += 1;
      return queue.add({ roomId: "r", name: "a/text", seq, at: 0, seatId: "s", update: new Uint8Array([seq]) });
    },
    appends: () => appends,
  };
}

/** Of the event loop; one timer comes no sooner than the next. */
const TURNS = 3;

test("a disk that was slow once keeps nobody waiting for the next append", async () => {
  const disk = overDisk();
  await disk.write(0.2);
  await disk.write(8);
  const written = disk.write(0.2);
  for (let turn = 0; turn < TURNS; turn++) await nextTurn();
  expect(disk.appends()).toBe(3);
  await written;
});

test("behind a disk that is slow again and again, what comes is gathered and appended together", async () => {
  const disk = overDisk();
  await disk.write(8);
  await disk.write(8);
  const written = [disk.write(8)];
  await nextTurn();
  written.push(disk.write(8));
  expect(await Promise.all(written)).toEqual([true, true]);
  expect(disk.appends()).toBe(3);
});
