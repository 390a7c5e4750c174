import { setTimeout as wait } from "node:timers/promises";
import { ask } from "./processes.mjs";
import { alternate, comparePairs, median, quantile } from "./stats.mjs";

const ROOMS = 200;
const SEATS = 4;
const KEYS_PER_SECOND = 4;
const SECONDS = 4;
const PAIRS = 8;
const UPDATES = 20_000;
const OPENINGS = 10;
/** When nobody writes for so long, what is written is in the log as the answer; a measured cost holds that too. */
const SETTLES_MS = 1_500;
const LATENCY_GOAL = 2;
const COST_GOAL = 2;
const OPENING_GOAL_MS = 50;
const MEMORY_GOAL_KB = 100;
const KB = 1_000;

/**
 * Documents: one key, from the candidate's hands to the three other seats, and what it costs the server, against a bare Socket.IO relay of
 * the same bytes; what opening a long one costs beside an empty one; and what an open one holds in memory.
 * @param {import("./run.mjs").BenchOptions} options
 * @returns {Promise<import("./run.mjs").BenchResult>}
 */
export async function documents({ bed, profile, progress }) {
  progress(`documents: opening ${ROOMS} rooms of ${SEATS} seats on both servers`);
  const { child: load } = await bed.fork("document-load.mjs");
  const { child: server, port } = await bed.startServer({ profile });
  await ask(load, "openRooms", { port, rooms: ROOMS });
  const { child: relay, ready } = await bed.fork("relay.mjs");
  await ask(load, "joinRelay", { port: ready.port, rooms: ROOMS });
  const keys = await measureKeys({ load, processes: { ours: server, baseline: relay } }, progress);
  const memory = await measureMemory(load, server, progress);
  const opening = await measureOpening(load, server, port, progress);
  return {
    rows: [...keys.rows, opening.row, memory.row],
    notes: [...keys.notes, ...opening.notes, ...memory.notes],
  };
}

async function measureKeys({ load, processes }, progress) {
  const slice = async (/** @type {"ours" | "baseline"} */ side) => {
    const before = await ask(processes[side], "cost");
    const { latenciesMs, busy } = await ask(load, "pace", { side, keysPerSecond: KEYS_PER_SECOND, seconds: SECONDS });
    await wait(SETTLES_MS);
    const after = await ask(processes[side], "cost");
    return { latenciesMs, busy, costUs: ((after.ms - before.ms) * 1000) / latenciesMs.length };
  };
  progress("documents: warming up");
  await alternate(1, slice);
  const slices = await alternate(PAIRS, (side, pair) => {
    progress(`documents: pair ${pair + 1} of ${PAIRS}`);
    return slice(side);
  });
  const of = (value) => ({ ours: slices.ours.map(value), baseline: slices.baseline.map(value) });
  const latency = (/** @type {number} */ share) => comparePairs(of(({ latenciesMs }) => quantile(latenciesMs, share)));
  const p99 = latency(0.99);
  const cost = comparePairs(of(({ costUs }) => costUs));
  const busy = (side) => `${Math.round(median(slices[side].map((result) => result.busy)) * 100)} %`;
  return {
    rows: [
      { name: "key to all others p50", unit: "ms", ...latency(0.5), goal: null, holds: null },
      {
        name: "key to all others p99",
        unit: "ms",
        ...p99,
        goal: `≤ ${LATENCY_GOAL} × bare`,
        holds: p99.ratio <= LATENCY_GOAL,
      },
      {
        name: "server's cost of a key",
        unit: "µs",
        ...cost,
        goal: `≤ ${COST_GOAL} × bare`,
        holds: cost.ratio <= COST_GOAL,
      },
    ],
    notes: [
      `Documents: ${ROOMS} rooms × ${SEATS} seats, ${KEYS_PER_SECOND} keys a second in each, an update a key; open loop, ${PAIRS} pairs of ${SECONDS} s slices.`,
      `The cost is processors' time, user and system, with that of putting what is written into the log as the answer. The load generator was busy ${busy("ours")} (ours) and ${busy("baseline")} (bare) of its core.`,
    ],
  };
}

async function measureMemory(load, server, progress) {
  progress("documents: what they hold in memory");
  await wait(SETTLES_MS);
  const open = await ask(server, "held");
  await ask(load, "leave");
  await wait(SETTLES_MS);
  const left = await ask(server, "held");
  const each = (open.bytes - left.bytes) / ROOMS / KB;
  const figure = { ours: [each], baseline: [MEMORY_GOAL_KB] };
  return {
    row: {
      name: "memory of an open document",
      unit: "kB",
      ...comparePairs(figure),
      goal: `≤ ${MEMORY_GOAL_KB} kB (as bare)`,
      holds: each <= MEMORY_GOAL_KB,
    },
    notes: [
      `Memory: heap and external, all garbage collected, with ${ROOMS} documents open in ${SEATS} seats each after the keys above, less what is left when all have left them and stay in their rooms.`,
    ],
  };
}

async function measureOpening(load, server, port, progress) {
  progress(`documents: writing one in ${UPDATES} updates`);
  const places = {
    ours: await ask(load, "writeLong", { port, updates: UPDATES }),
    baseline: await ask(load, "writeLong", { port, updates: 0 }),
  };
  await wait(SETTLES_MS);
  let bytes = 0;
  const slices = await alternate(OPENINGS, async (side, opening) => {
    progress(`documents: opening ${opening + 1} of ${OPENINGS}`);
    await ask(load, "sitDown", { port, ...places[side] });
    const before = await ask(server, "cost");
    const opened = await ask(load, "open");
    const after = await ask(server, "cost");
    if (side === "ours") bytes = opened.bytes;
    await ask(load, "close");
    await wait(SETTLES_MS);
    return { ms: opened.ms, costMs: after.ms - before.ms };
  });
  await ask(load, "sitDown", { port, ...places.ours });
  const closed = await ask(server, "held");
  await ask(load, "open");
  const held = (await ask(server, "held")).bytes - closed.bytes;
  const of = (value) => ({ ours: slices.ours.map(value), baseline: slices.baseline.map(value) });
  const cost = comparePairs(of(({ costMs }) => costMs));
  const answers = comparePairs(of(({ ms }) => ms));
  return {
    row: {
      name: `opening ${UPDATES} updates`,
      unit: "ms",
      ...cost,
      goal: `≤ ${OPENING_GOAL_MS} ms`,
      holds: cost.ours <= OPENING_GOAL_MS,
    },
    notes: [
      `Opening: processors' time of the server from the asking to the answer, nobody else doing anything; bare is a document in which nothing stands. ${UPDATES} updates came over the socket, with letters taken out and the cursor going elsewhere; ${Math.round(bytes / KB)} kB of it leave. The answer was there after ${answers.ours.toFixed(1)} ms (${answers.baseline.toFixed(1)} ms for nothing), and the document then held ${Math.round(held / KB)} kB.`,
    ],
  };
}
