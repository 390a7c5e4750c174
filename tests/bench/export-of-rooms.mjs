import { setTimeout as wait } from "node:timers/promises";
import { ask } from "./processes.mjs";
import { alternate, comparePairs, median, quantile } from "./stats.mjs";

const ENDED_ROOMS = 100;
const LIVE_ROOMS = 100;
const FORMATS = ["pdf", "xlsx", "csv", "md", "json"];
const PAIRS = 14;
const PER_SECOND = 100;
const COMMANDS_PER_SLICE = 200;
const LOOKS_EVERY_MS = 20;

/**
 * What running interviews notice of an export of a hundred rooms: the event loop's delay and a command's latency while it is being made
 * (ours), and without it (baseline), on the same server under the same commands.
 * @param {import("./run.mjs").BenchOptions} options
 * @returns {Promise<import("./run.mjs").BenchResult>}
 */
export async function exportOfRooms({ bed, progress }) {
  progress(`opening ${LIVE_ROOMS} live rooms and ${ENDED_ROOMS} that are over`);
  const { child: server, port } = await bed.startServer({ profile: false });
  const { child: load } = await bed.fork("load.mjs");
  await ask(load, "openRooms", { port, rooms: LIVE_ROOMS });
  const { secrets } = await ask(load, "endRooms", { port, rooms: ENDED_ROOMS });

  /** @type {number[]} */
  const roomsPerSecond = [];
  const slices = await alternate(PAIRS, async (side, pair) => {
    progress(`export of rooms: pair ${pair + 1} of ${PAIRS}`);
    const exportId = side === "ours" ? await begunExport(port, secrets) : null;
    const before = exportId && (await progressOf(port, exportId));
    const from = performance.now();
    await ask(server, "watchLoop", {});
    const { latenciesMs } = await ask(load, "pace", {
      side: "ours",
      perSecond: PER_SECOND,
      commands: COMMANDS_PER_SLICE,
    });
    const { p99Ms } = await ask(server, "loopDelay", {});
    if (exportId && before) {
      const { state, done } = await progressOf(port, exportId);
      if (state !== "running") throw new Error("The export ended before the slice did; make it larger.");
      roomsPerSecond.push(((done - before.done) * 1000) / (performance.now() - from));
      await post(port, "drop", { exportId });
    }
    return { p99Ms, latencyMs: quantile(latenciesMs, 0.5) };
  });
  const of = (/** @type {"p99Ms" | "latencyMs"} */ key) =>
    comparePairs({
      ours: slices.ours.map((slice) => slice[key]),
      baseline: slices.baseline.map((slice) => slice[key]),
    });
  const row = { unit: "ms", goal: null, holds: null };
  return {
    rows: [
      { name: "event loop p99 during an export", ...row, ...of("p99Ms") },
      { name: "latency p50 during an export", ...row, ...of("latencyMs") },
    ],
    notes: [
      `Export: ${ENDED_ROOMS} rooms with two scorecards each as ${FORMATS.join(", ")}, ${median(roomsPerSecond).toFixed(1)} rooms/s, while ${PER_SECOND} commands/s go to ${LIVE_ROOMS} live rooms; bare is the same without the export. ${PAIRS} pairs.`,
    ],
  };
}

/** An export that has put its first rooms into the ZIP, so that its thread has started. */
async function begunExport(/** @type {number} */ port, /** @type {string[]} */ secrets) {
  const { exportId } = await post(port, "", { secrets, formats: FORMATS });
  while ((await progressOf(port, exportId)).done < 2) await wait(LOOKS_EVERY_MS);
  return exportId;
}

const progressOf = (/** @type {number} */ port, /** @type {string} */ exportId) => post(port, "progress", { exportId });

async function post(/** @type {number} */ port, /** @type {string} */ path, /** @type {unknown} */ body) {
  const response = await fetch(`http://127.0.0.1:${port}/api/exports${path && `/${path}`}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The export answered ${response.status}: ${text}`);
  return text === "" ? null : /** @type {any} */ (JSON.parse(text));
}
