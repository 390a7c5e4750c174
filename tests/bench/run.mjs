// `npm run bench`: runs every bench and prints a table, or with `--json` the rows alone, with `--only liveCommand` those of one.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { attacks } from "./attacks.mjs";
import { bankSearch } from "./bank-search.mjs";
import { call } from "./call.mjs";
import { comingBack } from "./coming-back.mjs";
import { deafReceivers } from "./deaf-receivers.mjs";
import { delivery } from "./delivery.mjs";
import { documents } from "./documents.mjs";
import { exportOfRooms } from "./export-of-rooms.mjs";
import { imports } from "./imports.mjs";
import { liveCommand } from "./live-command.mjs";
import { matching } from "./matching.mjs";
import { openingRooms } from "./opening-rooms.mjs";
import { Bed } from "./processes.mjs";
import { printTable } from "./table.mjs";
import { wayIn } from "./way-in.mjs";

/**
 * One measured quantity. `ratio` is the median of paired ratios, ours / baseline; `goal` says in words what must hold and is null where
 * the row only informs.
 * @typedef {object} Row
 * @property {string} name
 * @property {string} unit
 * @property {number} ours
 * @property {number} baseline
 * @property {number} ratio
 * @property {string | null} goal
 * @property {boolean | null} holds
 * @property {{ ours: number[], baseline: number[], ratio: number[] }} spread first and third quartile over the slices; table only
 *
 * @typedef {{ rows: Row[], notes: string[] }} BenchResult
 *
 * @typedef {object} BenchOptions
 * @property {Bed} bed starts processes and ends them
 * @property {boolean} profile whether to leave a V8 CPU profile of the server in `.artifacts/`
 * @property {(doing: string) => void} progress
 */

/** Every bench, in the order in which the rows are printed. A new one is a file beside this and a line here. */
const BENCHES = [
  liveCommand,
  delivery,
  documents,
  bankSearch,
  exportOfRooms,
  openingRooms,
  deafReceivers,
  attacks,
  matching,
  wayIn,
  imports,
  comingBack,
  call,
];

const { values: flags } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    profile: { type: "boolean", default: false },
    only: { type: "string" },
  },
});

prepareCheckout();
const { rows, notes } = await runAll();
if (flags.json) console.log(JSON.stringify(rows.map(publicRow), null, 2));
else printTable(rows, notes);
process.exitCode = rows.some(({ holds }) => holds === false) ? 1 : 0;

async function runAll() {
  /** @type {BenchResult} */
  const all = { rows: [], notes: [] };
  for (const bench of BENCHES.filter(({ name }) => flags.only === undefined || name === flags.only)) {
    const bed = new Bed();
    const interrupt = () => void bed.close().finally(() => process.exit(130));
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, interrupt);
    try {
      const { rows, notes } = await bench({ bed, profile: flags.profile, progress });
      all.rows.push(...rows);
      all.notes.push(...notes);
    } finally {
      await bed.close();
      for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, interrupt);
      progress("");
    }
  }
  return all;
}

/** Installs and builds what is missing. Its output goes to stderr, as stdout is for the rows. */
function prepareCheckout() {
  const script = new URL("../../server/bin/prepare.mjs", import.meta.url).href;
  const code = `(await import(${JSON.stringify(script)})).prepare();`;
  const { status } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], { stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(status || 1);
}

/** @param {Row} row */
function publicRow({ name, unit, ours, baseline, ratio, goal, holds }) {
  return { name, unit, ours, baseline, ratio, goal, holds };
}

/** What is being done, on one line that the next one replaces. */
function progress(/** @type {string} */ doing) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${doing}`);
}
