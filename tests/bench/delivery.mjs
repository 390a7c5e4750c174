import { ask } from "./processes.mjs";
import { alternate, comparePairs } from "./stats.mjs";

const ROOMS = 300;
const PAIRS = 10;
const UNDER_WAY = 256;
const SLICE = { warmupMs: 300, measureMs: 1_500 };
const GOAL = 1.05;

/**
 * What it is worth that frames go past Socket.IO (`server/src/http/delivery.ts`): the sustained rate of the live command on two servers
 * that differ in that alone.
 * @param {import("./run.mjs").BenchOptions} options
 * @returns {Promise<import("./run.mjs").BenchResult>}
 */
export async function delivery({ bed, progress }) {
  progress(`opening ${ROOMS} rooms of 4 seats on a server with and on one without its own delivery`);
  const { child: load } = await bed.fork("load.mjs");
  for (const [side, preloads] of [
    ["ours", []],
    ["baseline", ["without-delivery.mjs"]],
  ]) {
    const { port } = await bed.startServer({ profile: false, preloads });
    await ask(load, "openRooms", { port, rooms: ROOMS, side });
  }
  const slice = (/** @type {string} */ side) => ask(load, "sustain", { side, underWay: UNDER_WAY, ...SLICE });
  progress("delivery: warming up");
  await alternate(2, slice);
  const slices = await alternate(PAIRS, (side, pair) => {
    progress(`delivery: pair ${pair + 1} of ${PAIRS}`);
    return slice(side);
  });
  const rates = (/** @type {"ours" | "baseline"} */ side) => slices[side].map(({ perSecond }) => perSecond);
  const compared = comparePairs({ ours: rates("ours"), baseline: rates("baseline") });
  return {
    rows: [
      {
        name: "rate with frames past Socket.IO",
        unit: "commands/s",
        ...compared,
        goal: `≥ ${GOAL} × through Socket.IO`,
        holds: compared.ratio >= GOAL,
      },
    ],
    notes: [
      `Delivery: as the sustained rate, over ${ROOMS} rooms, ${PAIRS} pairs; the baseline is the same server without it.`,
    ],
  };
}
