// @ts-check
// `npm run test:seeds -- 10000`: every property with so many cases, from a seed that nobody chose. A second number is a seed, to repeat a run;
// what follows goes to vitest.
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { prepare } from "../../server/bin/prepare.mjs";

const [runs = 1_000, seed = randomInt(2 ** 31), ...wrong] = numbersBefore(process.argv.slice(2));
const args = process.argv.slice(2).filter((arg) => !isNumber(arg));
if (wrong.length > 0) throw new Error("Two numbers at most: how many cases, and a seed.");

await prepare();
const properties = readdirSync("tests", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.ts"))
  .map((path) => `tests/${path.replaceAll("\\", "/")}`)
  .filter((path) => /\b(propertyRuns|sessionSeeds)\(/.test(readFileSync(path, "utf8")));
console.log(`${runs} cases of each property in ${properties.length} files, from seed ${seed} …`);
const vitest = ["node_modules/vitest/vitest.mjs", "run", "--test-timeout=0"];
const chosen = args.some((arg) => !arg.startsWith("-")) ? [] : properties;
const { status } = spawnSync(process.execPath, [...vitest, ...chosen, ...args], {
  stdio: "inherit",
  env: { ...process.env, WHETSTONE_SEED: String(seed), WHETSTONE_RUNS: String(runs) },
});
if (status !== 0) console.error(`\nFailed from seed ${seed}. The same again: npm run test:seeds -- ${runs} ${seed}`);
process.exitCode = status ?? 1;

/** @param {readonly string[]} all */
function numbersBefore(all) {
  return all.filter(isNumber).map(Number);
}

/** @param {string} arg */
function isNumber(arg) {
  return /^\d+$/.test(arg);
}
