import { join } from "node:path";
import { appendAndSync } from "./disk.mjs";
import { ask } from "./processes.mjs";
import { alternate, comparePairs, median, quantile, quartiles } from "./stats.mjs";

const ROOMS = 500;
const PAIRS = 16;
const UNDER_WAY = 256;
const RATE_SLICE = { warmupMs: 300, measureMs: 1_500 };
const RATE_GOAL = 0.6;
const PER_SECOND = 100;
const COMMANDS_PER_SLICE = 250;
const SYNCS_PER_PAIR = 40;
/** What the row of one such command holds: five short columns and the event. */
const COMMIT_BYTES = 240;

/**
 * One command, from the candidate's keystroke to durable and seen by the three other seats, against a bare Socket.IO relay of the
 * same payload on the same machine. Rates are rounds per second, latencies milliseconds.
 * @param {import("./run.mjs").BenchOptions} options
 * @returns {Promise<import("./run.mjs").BenchResult>}
 */
export async function liveCommand({ bed, profile, progress }) {
  progress(`opening ${ROOMS} rooms of 4 seats on both servers`);
  const { child: load } = await bed.fork("load.mjs");
  const { port } = await bed.startServer({ profile });
  const { frame } = await ask(load, "openRooms", { port, rooms: ROOMS });
  const { ready: relay } = await bed.fork("relay.mjs", [JSON.stringify(frame)]);
  await ask(load, "joinRelay", { port: relay.port, rooms: ROOMS });

  const rate = await measureRate(load, progress);
  const latency = await measureLatency(load, join(bed.directory, "appended"), progress);
  return { rows: [rate.row, ...latency.rows], notes: [...rate.notes, ...latency.notes] };
}

async function measureRate(load, progress) {
  const slice = (side) => ask(load, "sustain", { side, underWay: UNDER_WAY, ...RATE_SLICE });
  progress("sustained rate: warming up");
  await alternate(2, slice);
  const slices = await alternate(PAIRS, (side, pair) => {
    progress(`sustained rate: pair ${pair + 1} of ${PAIRS}`);
    return slice(side);
  });
  const of = (side, key) => slices[side].map((result) => result[key]);
  const compared = comparePairs({ ours: of("ours", "perSecond"), baseline: of("baseline", "perSecond") });
  const percent = (side) => `${Math.round(median(of(side, "busy")) * 100)} %`;
  const bytes = (side) => Math.round(median(of(side, "frameBytes")));
  return {
    row: {
      name: "sustained rate",
      unit: "commands/s",
      ...compared,
      goal: `≥ ${RATE_GOAL} × bare`,
      holds: compared.ratio >= RATE_GOAL,
    },
    notes: [
      `Rate: closed loop, ${UNDER_WAY} commands under way over ${ROOMS} rooms × 4 seats, ${PAIRS} pairs of ${RATE_SLICE.measureMs / 1000} s slices.`,
      `A frame to another seat weighs ${bytes("ours")} bytes (ours) and ${bytes("baseline")} bytes (bare); ours also sends the writer their own.`,
      `The load generator was busy ${percent("ours")} (ours) and ${percent("baseline")} (bare) of its core: near 100 %, the bare rate is the generator's and not the relay's.`,
    ],
  };
}

async function measureLatency(load, file, progress) {
  const syncs = [];
  const slices = await alternate(PAIRS, async (side, pair) => {
    progress(`latency: pair ${pair + 1} of ${PAIRS}`);
    const everyMs = 1000 / PER_SECOND;
    syncs.push(...(await appendAndSync(file, { bytes: COMMIT_BYTES, times: SYNCS_PER_PAIR / 2, everyMs })));
    return ask(load, "pace", { side, perSecond: PER_SECOND, commands: COMMANDS_PER_SLICE });
  });
  const at = (share) => {
    const values = (side) => slices[side].map(({ latenciesMs }) => quantile(latenciesMs, share));
    return comparePairs({ ours: values("ours"), baseline: values("baseline") });
  };
  const [p50, p99] = [at(0.5), at(0.99)];
  const sync = median(syncs);
  const limit = p50.baseline + 2 * sync;
  const [low, high] = quartiles(syncs).map((value) => value.toFixed(2));
  return {
    rows: [
      {
        name: `latency p50 at ${PER_SECOND} commands/s`,
        unit: "ms",
        ...p50,
        goal: `≤ bare + 2 × fdatasync (${limit.toFixed(2)} ms)`,
        holds: p50.ours <= limit,
      },
      { name: `latency p99 at ${PER_SECOND} commands/s`, unit: "ms", ...p99, goal: null, holds: null },
    ],
    notes: [
      `Latency: open loop, from when a command is due until it is acknowledged and seen by all others; ${PAIRS} pairs of slices of ${COMMANDS_PER_SLICE} commands.`,
      `This disk's own append and fdatasync of ${COMMIT_BYTES} bytes, in the same run: ${sync.toFixed(2)} ms (${low} to ${high}, ${syncs.length} times).`,
    ],
  };
}
