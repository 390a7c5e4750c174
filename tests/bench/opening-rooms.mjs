import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { io } from "socket.io-client";
import { commit, dist, HOST, keysIn, opened, tokenOf, writeLargeRoom } from "./rooms-on-disk.mjs";
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
 * rooms, one of them large (ours), and over a small one alone (baseline), until it listens and until the first command there is acknowledged.
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
  const ours = mkdtempSync(join(bed.directory, "many-"));
  await makeMany(ours);
  const baseline = mkdtempSync(join(bed.directory, "one-"));
  await makeOne(baseline);
  const directories = { ours, baseline };
  const start = async (/** @type {"ours" | "baseline"} */ side, /** @type {NodeJS.Signals} */ end) => {
    const from = performance.now();
    const { child, port } = await bed.startServer({ profile: false, dataDirectory: directories[side] });
    const listensMs = performance.now() - from;
    await firstCommand(port);
    const savesMs = performance.now() - from;
    child.kill(end);
    await new Promise((resolve) => child.once("exit", resolve));
    return { listensMs, savesMs };
  };
  // Asked to stop, it writes the snapshot that the later starts find.
  const withoutSnapshot = await start("ours", "SIGTERM");
  const starts = await alternate(STARTS, (side, pair) => {
    progress(`opening rooms: start ${pair + 1} of ${STARTS}`);
    return start(side, "SIGKILL");
  });
  const until = (/** @type {"listensMs" | "savesMs"} */ what) => ({
    ours: starts.ours.map((slice) => slice[what]),
    baseline: starts.baseline.map((slice) => slice[what]),
  });
  const listens = until("listensMs");
  rows.push({
    name: `start over ${ROOMS} rooms`,
    ...row,
    ...comparePairs(listens),
    goal: "≤ 1.5 × over one",
    holds: median(listens.ours) <= 1.5 * median(listens.baseline),
  });
  rows.push({ name: `start to a command in ${LARGE_MIB} MiB`, ...row, ...comparePairs(until("savesMs")) });
  notes.push(
    `Start over ${ROOMS} rooms, one of ${LARGE_MIB} MiB: ${Math.max(...listens.ours).toFixed(0)} ms at the longest, until it listens.`,
    `The same to the first command acknowledged in the large room, where that has no snapshot yet: ${withoutSnapshot.savesMs.toFixed(0)} ms, of which ${withoutSnapshot.listensMs.toFixed(0)} until it listens.`,
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

/** Sends one command as the host of the first room, and waits until it is acknowledged. */
async function firstCommand(/** @type {number} */ port) {
  const auth = { token: tokenOf(idOf(0)) };
  const socket = io(`http://127.0.0.1:${port}`, { auth, transports: ["websocket"], reconnection: false });
  try {
    const command = { type: "showObservers", shown: true };
    const answer = await new Promise((resolve, reject) => {
      socket.on("connect_error", reject);
      socket.on("seatLost", ({ reason }) => reject(new Error(`The seat was refused: ${reason}.`)));
      socket.emit("command", { commandId: `c_${randomUUID()}`, command }, resolve);
    });
    if (!answer.ok) throw new Error(`The command was refused: ${answer.refusal.reason}.`);
  } finally {
    socket.disconnect();
  }
}

async function makeOne(/** @type {string} */ dataDirectory) {
  const { openSqliteLog } = await dist("sqlite/log.js");
  const keys = await keysIn(dataDirectory);
  const log = openSqliteLog(join(dataDirectory, "whetstone.sqlite"), keys);
  await log.append([opened(idOf(0))]);
  await log.close();
  keys.close();
}

async function makeMany(/** @type {string} */ dataDirectory) {
  const { openSqliteLog } = await dist("sqlite/log.js");
  const keys = await keysIn(dataDirectory);
  const log = openSqliteLog(join(dataDirectory, "whetstone.sqlite"), keys);
  for (let first = 0; first < ROOMS; first += AT_ONCE) {
    await log.append(Array.from({ length: AT_ONCE }, (_, n) => opened(idOf(first + n))));
  }
  await writeLargeRoom(log, idOf(0), LARGE_MIB);
  await log.close();
  keys.close();
}

const idOf = (/** @type {number} */ n) => `r_${n.toString(16).padStart(24, "0")}`;

const recommended = (/** @type {string} */ roomId, /** @type {number} */ seq) =>
  commit(roomId, seq, {
    type: "recommended",
    roundId: 1,
    seatId: HOST,
    recommendation: seq % 2 === 0 ? "yes" : "no",
  });
