import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { commit, dist, HOST, keysIn, opened, writeLargeRoom } from "./rooms-on-disk.mjs";
import { alternate, comparePairs, median } from "./stats.mjs";

const LENGTHS = [5_000, 100_000];
const PAIRS = 4;
const ROOMS = 20_000;
const LARGE_MIB = 200;
const STARTS = 3;
const AT_ONCE = 1_000;
const NANOSECONDS_PER_MS = 1e6;

/**
 * Opening a long room from its snapshot (ours) and from all of its log (baseline), in this process; and the server's start over many
 * rooms, one of them large (ours), and over none (baseline).
 * @param {import("./run.mjs").BenchOptions} options
 * @returns {Promise<import("./run.mjs").BenchResult>}
 */
export async function openingRooms({ bed, progress }) {
  const row = { unit: "ms", goal: null, holds: null };
  const rows = [];
  const notes = [];
  for (const length of LENGTHS) {
    progress(`opening rooms: making one of ${length} commits`);
    const { ours, baseline, stopsMs } = await openings(mkdtempSync(join(bed.directory, "room-")), length);
    rows.push({ name: `opening ${length} commits`, ...row, ...comparePairs({ ours, baseline }) });
    notes.push(
      `Opening ${length} commits: the event loop stood still for at most ${Math.max(...stopsMs.ours).toFixed(1)} ms with a snapshot and ${Math.max(...stopsMs.baseline).toFixed(1)} ms without.`,
    );
  }
  progress(`opening rooms: making ${ROOMS}`);
  const dataDirectory = mkdtempSync(join(bed.directory, "many-"));
  await makeMany(dataDirectory);
  const starts = await alternate(STARTS, async (side, pair) => {
    progress(`opening rooms: start ${pair + 1} of ${STARTS}`);
    const from = performance.now();
    const { child } = await bed.startServer({ profile: false, ...(side === "ours" && { dataDirectory }) });
    const ms = performance.now() - from;
    await bed.end(child);
    return ms;
  });
  const longest = Math.max(...starts.ours);
  rows.push({
    name: `start over ${ROOMS} rooms`,
    ...row,
    ...comparePairs(starts),
    goal: "≤ 1.5 × over none",
    holds: median(starts.ours) <= 1.5 * median(starts.baseline),
  });
  notes.push(
    `Start over ${ROOMS} rooms, one of ${LARGE_MIB} MiB: ${longest.toFixed(0)} ms at the longest, until it listens.`,
  );
  return { rows, notes };
}

async function openings(/** @type {string} */ folder, /** @type {number} */ length) {
  const [{ openSqliteLog }, { openSqliteSnapshots }, { noSnapshots }, { loadRoom, snapshotOf }] = await Promise.all([
    dist("sqlite/log.js"),
    dist("sqlite/snapshots.js"),
    dist("room/snapshots.js"),
    dist("room/loading.js"),
  ]);
  const keys = await keysIn(folder);
  const log = openSqliteLog(join(folder, "whetstone.sqlite"), keys);
  const snapshots = openSqliteSnapshots(join(folder, "snapshots.sqlite"), "bench", keys);
  const fail = (/** @type {unknown} */ error) => {
    throw error;
  };
  const roomId = "r_00000000000000000000bead";
  await log.append([opened(roomId)]);
  for (let seq = 2; seq <= length; seq += AT_ONCE) {
    await log.append(
      Array.from({ length: Math.min(AT_ONCE, length - seq + 1) }, (_, n) => recommended(roomId, seq + n)),
    );
  }
  const whole = await loadRoom(roomId, { log, snapshots: noSnapshots }, fail);
  await snapshots.write(roomId, snapshotOf(whole));
  /** @type {{ ours: number[], baseline: number[] }} */
  const stopsMs = { ours: [], baseline: [] };
  const slices = await alternate(PAIRS, async (side) => {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const from = performance.now();
    const room = await loadRoom(roomId, { log, snapshots: side === "ours" ? snapshots : noSnapshots }, fail);
    const ms = performance.now() - from;
    delay.disable();
    stopsMs[side].push(delay.max / NANOSECONDS_PER_MS);
    if (room.seq !== length) throw new Error("This is another room.");
    return ms;
  });
  await snapshots.close();
  await log.close();
  keys.close();
  return { ...slices, stopsMs };
}

async function makeMany(/** @type {string} */ dataDirectory) {
  const { openSqliteLog } = await dist("sqlite/log.js");
  const keys = await keysIn(dataDirectory);
  const log = openSqliteLog(join(dataDirectory, "whetstone.sqlite"), keys);
  const idOf = (/** @type {number} */ n) => `r_${n.toString(16).padStart(24, "0")}`;
  for (let first = 0; first < ROOMS; first += AT_ONCE) {
    await log.append(Array.from({ length: AT_ONCE }, (_, n) => opened(idOf(first + n))));
  }
  await writeLargeRoom(log, idOf(0), LARGE_MIB);
  await log.close();
  keys.close();
}

const recommended = (/** @type {string} */ roomId, /** @type {number} */ seq) =>
  commit(roomId, seq, {
    type: "recommended",
    roundId: 1,
    seatId: HOST,
    recommendation: seq % 2 === 0 ? "yes" : "no",
  });
