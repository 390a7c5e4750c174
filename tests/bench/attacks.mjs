import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ask } from "./processes.mjs";
import { dist, keysIn, opened, writeLargeRoom } from "./rooms-on-disk.mjs";
import { alternate, comparePairs, quantile } from "./stats.mjs";

/** So many that none is missing while the server stands still for some seconds. */
const QUIET_ROOMS = 100;
const PER_SECOND = 25;
const COMMANDS_PER_SLICE = 150;
const PAIRS = 3;
const SETTLES_MS = 1_000;
const MOST_RATIO = 2;
const LARGE_ROOM = "r_0000000000000000000a77ac";
const LARGE_MIB = 200;

/** What each attack does, by its name in `attacker.mjs`. */
const ATTACKS = {
  reconnecting: "a seat that comes back and writes",
  madeUpSecrets: `made-up secrets for ${LARGE_MIB} MiB`,
  deafReceivers: "receivers that do not read",
  slowBodies: "bodies that do not end",
  imports: "20 imports of 8 MB",
  strangersExports: "strangers who ask for exports",
};

/**
 * The p99 of quiet rooms while somebody attacks the server from a process of their own (ours), beside the same rooms left alone (baseline), in
 * turns in one run; and beside the same attack on another server of this machine, which takes as much of its processors and none of our rooms' server.
 * The servers have their usual limits.
 * @param {import("./run.mjs").BenchOptions} options
 * @returns {Promise<import("./run.mjs").BenchResult>}
 */
export async function attacks({ bed, profile, progress }) {
  const rows = [];
  for (const [attack, title] of Object.entries(ATTACKS)) {
    const { alone, elsewhere } = await underAttack(attack, {
      bed,
      profile,
      progress: (doing) => progress(`${title}: ${doing}`),
    });
    const goal = (/** @type {string} */ beside, /** @type {number} */ ratio) => ({
      goal: `≤ ${MOST_RATIO} × ${beside}`,
      holds: ratio <= MOST_RATIO,
    });
    rows.push(
      { name: `p99: ${title}`, unit: "ms", ...alone, ...goal("left alone", alone.ratio) },
      { name: "  … beside the same elsewhere", unit: "ms", ...elsewhere, ...goal("it", elsewhere.ratio) },
    );
  }
  return {
    rows,
    notes: [
      `Attacks: ${QUIET_ROOMS} rooms × 4 seats, ${PER_SECOND} commands/s among them, from when one is due until all have seen it; ${PAIRS} pairs of slices of ${COMMANDS_PER_SLICE} commands. Whoever attacks has a process of their own, which leaves the processor to the others; “elsewhere” is the same attack on another server beside.`,
    ],
  };
}

async function underAttack(/** @type {string} */ attack, /** @type {import("./run.mjs").BenchOptions} */ options) {
  const { bed, profile, progress } = options;
  progress("opening rooms");
  const dataDirectory = mkdtempSync(join(bed.directory, "attacked-"));
  if (attack === "madeUpSecrets") await makeLargeRoom(dataDirectory);
  const { child: server, port } = await bed.startServer({ profile, dataDirectory, hasUsualLimits: true });
  const { child: load } = await bed.fork("load.mjs");
  await ask(load, "openRooms", { port, rooms: QUIET_ROOMS });
  const here = await attackerOf(port, attack, bed);
  const slice = async (/** @type {import("node:child_process").ChildProcess | null} */ attacker) => {
    if (attacker) await ask(attacker, "begin", {});
    await wait(SETTLES_MS);
    const { latenciesMs } = await ask(load, "pace", {
      side: "ours",
      perSecond: PER_SECOND,
      commands: COMMANDS_PER_SLICE,
    });
    if (attacker) await ask(attacker, "end", {});
    await wait(SETTLES_MS);
    return quantile(latenciesMs, 0.99);
  };
  const inTurns = (/** @type {import("node:child_process").ChildProcess | null} */ beside) =>
    alternate(PAIRS, (side, pair) => {
      progress(`pair ${pair + 1} of ${PAIRS}`);
      return slice(side === "ours" ? here : beside);
    });
  const alone = comparePairs(await inTurns(null));
  const otherDirectory = mkdtempSync(join(bed.directory, "elsewhere-"));
  if (attack === "madeUpSecrets") await makeLargeRoom(otherDirectory);
  const other = await bed.startServer({ profile: false, dataDirectory: otherDirectory, hasUsualLimits: true });
  const there = await attackerOf(other.port, attack, bed);
  const elsewhere = comparePairs(await inTurns(there));
  for (const child of [here, there, load, server, other.child]) await bed.end(child);
  return { alone, elsewhere };
}

async function attackerOf(
  /** @type {number} */ port,
  /** @type {string} */ attack,
  /** @type {import("./processes.mjs").Bed} */ bed,
) {
  const { child } = await bed.fork("attacker.mjs");
  await ask(child, "prepare", { attack, port, roomId: LARGE_ROOM });
  return child;
}

async function makeLargeRoom(/** @type {string} */ dataDirectory) {
  const { openSqliteLog } = await dist("sqlite/log.js");
  const keys = await keysIn(dataDirectory);
  const log = openSqliteLog(join(dataDirectory, "whetstone.sqlite"), keys);
  await log.append([opened(LARGE_ROOM)]);
  await writeLargeRoom(log, LARGE_ROOM, LARGE_MIB);
  await log.close();
  keys.close();
}
