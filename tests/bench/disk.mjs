import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

/**
 * How long this disk takes to append and to make that durable, paced as the commands of the latency bench are, because a disk
 * that is asked seldom answers differently from one that is asked at once again.
 * @param {string} path a file that is made and appended to
 * @param {{ bytes: number, times: number, everyMs: number }} options
 * @returns {Promise<number[]>} milliseconds of each append with its fdatasync
 */
export async function appendAndSync(path, { bytes, times, everyMs }) {
  const line = Buffer.alloc(bytes, "x");
  const file = openSync(path, "a");
  try {
    const took = [];
    for (let count = 0; count < times; count++) {
      await wait(everyMs);
      const from = performance.now();
      writeSync(file, line);
      fdatasyncSync(file);
      took.push(performance.now() - from);
    }
    return took;
  } finally {
    closeSync(file);
  }
}
