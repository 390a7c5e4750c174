import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ask } from "./processes.mjs";
import { alternate, comparePairs, median, quantile } from "./stats.mjs";

const ROOMS = 200;
const SEATS = 4;
const KEYS_PER_SECOND = 4;
const SECONDS = 4;
const PAIRS = 8;
const STORING_PAIRS = 4;
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
 * the same bytes, and against one that stores them before it passes them on and does nothing else; what opening a long one costs beside an empty one; and what an open one holds in memory.
 * @param {import("./run.mjs").BenchOptions} options
 * @returns {Promise<import("./run.mjs").BenchResult>}
 */
export async function documents({ bed, profile, progress }) {
  progress(`documents: opening ${ROOMS} rooms of ${SEATS} seats on both servers`);
  const { child: load } = await bed.fork("document-load.mjs");
  const { child: server, port } = await bed.startServer({ profile });
  await ask(load, "openRooms", { port, rooms: ROOMS });
  const { child: relay, ready } = await bed.fork("relay.mjs");
  await ask(load, "joinRelay", { side: "baseline", port: ready.port, rooms: ROOMS });
  const storing = await bed.fork("relay.mjs", ["{}", join(bed.directory, "stored.sqlite")]);
  await ask(load, "joinRelay", { side: "storing", port: storing.ready.port, rooms: ROOMS });
  const keys = await measureKeys({ load, server, relay, storing: storing.child }, progress);
  const memory = await measureMemory(load, server, progress);
  const opening = await measureOpening(load, server, port, progress);
  return {
    rows: [...keys.rows, opening.row, memory.row],
    notes: [...keys.notes, ...opening.notes, ...memory.notes],
  };
}

async function measureKeys({ load, server, relay, storing }, progress) {
  progress("documents: warming up");
  const bare = await compareKeys(load, { ours: server, baseline: relay }, "baseline", { pairs: PAIRS, progress });
  const stored = await compareKeys(load, { ours: server, baseline: storing }, "storing", {
    pairs: STORING_PAIRS,
    progress,
  });
  const inform = { goal: null, holds: null };
  return {
    rows: [
      { name: "key to all others p50", unit: "ms", ...bare.p50, ...inform },
      {
        name: "key to all others p99",
        unit: "ms",
        ...bare.p99,
        goal: `≤ ${LATENCY_GOAL} × bare`,
        holds: bare.p99.ratio <= LATENCY_GOAL,
      },
      {
        name: "server's cost of a key",
        unit: "µs",
        ...bare.cost,
        goal: `≤ ${COST_GOAL} × bare`,
        holds: bare.cost.ratio <= COST_GOAL,
      },
      { name: "… p50, bare stores it too", unit: "ms", ...stored.p50, ...inform },
      { name: "… p99, bare stores it too", unit: "ms", ...stored.p99, ...inform },
      { name: "… cost, bare stores it too", unit: "µs", ...stored.cost, ...inform },
    ],
    notes: [
      `Documents: ${ROOMS} rooms × ${SEATS} seats, ${KEYS_PER_SECOND} keys a second in each, an update a key; open loop, ${PAIRS} pairs of ${SECONDS} s slices, and ${STORING_PAIRS} against the relay that stores.`,
      `A relay that stores each key as one row by itself, and does nothing else, costs ${(stored.cost.baseline / bare.cost.baseline).toFixed(1)} × the bare one, and its p99 is ${(stored.p99.baseline / bare.p99.baseline).toFixed(1)} × that of the bare one: less than this nothing takes that has a key on disk before it is shown.`,
      `The cost is processors' time, user and system, with that of putting what is written into the log as the answer. The load generator was busy ${bare.busy("ours")} (ours) and ${bare.busy("baseline")} (bare) of its core.`,
    ],
  };
}

/** Ours against what the load generator calls `baseline`, by pairs of slices. */
async function compareKeys(load, processes, baseline, { pairs, progress }) {
  const slice = async (/** @type {"ours" | "baseline"} */ side) => {
    const before = await ask(processes[side], "cost");
    const { latenciesMs, busy } = await ask(load, "pace", {
      side: side === "ours" ? side : baseline,
      keysPerSecond: KEYS_PER_SECOND,
      seconds: SECONDS,
    });
    await wait(SETTLES_MS);
    const after = await ask(processes[side], "cost");
    return { latenciesMs, busy, costUs: ((after.ms - before.ms) * 1000) / latenciesMs.length };
  };
  await alternate(1, slice);
  const slices = await alternate(pairs, (side, pair) => {
    progress(`documents: pair ${pair + 1} of ${pairs}`);
    return slice(side);
  });
  const compare = (value) => comparePairs({ ours: slices.ours.map(value), baseline: slices.baseline.map(value) });
  const latency = (/** @type {number} */ share) => compare(({ latenciesMs }) => quantile(latenciesMs, share));
  return {
    p50: latency(0.5),
    p99: latency(0.99),
    cost: compare(({ costUs }) => costUs),
    busy: (/** @type {"ours" | "baseline"} */ side) =>
      `${Math.round(median(slices[side].map((result) => result.busy)) * 100)} %`,
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
