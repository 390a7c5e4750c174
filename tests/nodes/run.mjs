// @ts-check
// `npm run test:nodes`: what is committed, from a fresh clone under a new HOME, on each Node that people have. Arguments choose
// major versions; `--whole` runs every test instead of the quick part, `--keep` leaves the clones.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nodeOf, VERSIONS } from "./versions.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LIVE_ROOM = "tests/server/short-room.test.ts";
/** What depends on the Node: the driver, the log, processes. */
const QUICK = [
  LIVE_ROOM,
  ...["durability", "finalising", "log.contract", "authored", "search"].map((name) => `tests/server/${name}.test.ts`),
];

const { values: flags, positionals } = parseArgs({
  options: { whole: { type: "boolean", default: false }, keep: { type: "boolean", default: false } },
  allowPositionals: true,
});
const chosen = positionals.length > 0 ? positionals : VERSIONS;
const place = mkdtempSync(join(tmpdir(), "whetstone-nodes-"));
process.on("exit", () => {
  if (!flags.keep) rmSync(place, { recursive: true, force: true });
});
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.once(signal, () => process.exit(130));

const LARGE = { maxBuffer: 256 * 1024 * 1024 };

/** @type {Record<string, string>[]} */
const rows = [];
for (const version of chosen) {
  rows.push(await tryNode(version));
}
console.table(rows);

if (flags.keep) console.log(`The clones are kept in ${place}.`);
process.exitCode = rows.some(({ fault }) => fault !== "") ? 1 : 0;

/** @param {string} version a major version, or a whole one */
async function tryNode(version) {
  const folder = join(place, version);
  const clone = join(folder, "clone");
  const row = {
    node: version,
    install: "",
    compile: "",
    start: "",
    tests: "",
    "live room": "",
    warnings: "",
    fault: "",
  };
  try {
    const { binary, directory } = nodeOf(version);
    row.node = spawnSync(binary, ["--version"], { encoding: "utf8" }).stdout.trim();
    mkdirSync(join(folder, "home"), { recursive: true });
    const { status } = spawnSync("git", ["clone", "--quiet", ROOT, clone], { stdio: "inherit" });
    if (status !== 0) throw new Error("The checkout cannot be cloned.");
    const environment = environmentOf(directory, folder);
    const first = await startServer(clone, environment);
    row.install = first.install;
    row.compile = first.compile;
    row.start = (await startServer(clone, environment)).start;
    const report = join(folder, "report.json");
    const tests = [
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...(flags.whole ? [] : QUICK),
    ];
    const run = spawnSync("npm", ["test", "--", ...tests], {
      cwd: clone,
      env: environment,
      encoding: "utf8",
      ...LARGE,
    });
    if (!existsSync(report)) throw new Error(`npm test ended: ${`${run.stdout}${run.stderr}`.slice(-1_000)}`);
    const { testResults, ...counts } = JSON.parse(readFileSync(report, "utf8"));
    row.tests = `${counts.numPassedTests} of ${counts.numTotalTests} passed`;
    row["live room"] = statusOf(testResults, join(clone, LIVE_ROOM));
    for (const failure of failuresIn(testResults)) console.log(failure);
    const warnings = warningsIn(first.output + run.stdout + run.stderr);
    row.warnings = String(warnings.length);
    for (const warning of warnings) console.log(warning);
    if (run.status !== 0) row.fault = "tests";
    else if (row.warnings !== "0") row.fault = "warnings";
  } catch (error) {
    row.fault = error instanceof Error ? error.message : String(error);
  }
  if (!flags.keep) rmSync(folder, { recursive: true, force: true });
  return row;
}

/**
 * `npm start` until it is ready, and then its end. Seconds by what it said it was doing.
 * @param {string} clone
 * @param {NodeJS.ProcessEnv} environment
 */
async function startServer(clone, environment) {
  const env = { ...environment, HOST: "127.0.0.1", PORT: "0", DATA_DIR: join(clone, ".data") };
  const server = spawn("npm", ["start"], { cwd: clone, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const begun = performance.now();
  /** @type {Record<string, number>} */
  const seen = {};
  const marks = {
    install: "Installing",
    build: "Building",
    compile: "Compiling",
    trying: "Trying",
    ready: "Whetstone is ready",
  };
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const ready = new Promise((resolve) => {
    for (const stream of [server.stdout, server.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
        for (const [mark, words] of Object.entries(marks)) {
          if (output.includes(words)) seen[mark] ??= (performance.now() - begun) / 1_000;
        }
        if (seen.ready !== undefined) resolve(true);
      });
    }
  });
  const isReady = await Promise.race([ready, ended.then(() => false)]);
  if (server.pid !== undefined && isReady) process.kill(-server.pid, "SIGTERM");
  await ended;
  if (!isReady) throw new Error(`npm start ended: ${output.slice(-1_000)}`);
  const between = (/** @type {string} */ from, /** @type {string} */ to) =>
    seen[from] === undefined || seen[to] === undefined ? "–" : `${(seen[to] - seen[from]).toFixed(0)} s`;
  return {
    output,
    install: between("install", "build"),
    compile: between("compile", "trying"),
    start: `${(seen.ready ?? Number.NaN).toFixed(1)} s`,
  };
}

/**
 * What was asked of npm around this stays outside; the HOME is new, so nothing of this machine's own settings comes in.
 * @param {string} nodeDirectory
 * @param {string} folder
 */
function environmentOf(nodeDirectory, folder) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS$|VITEST)/i.test(name));
  const path = [nodeDirectory, process.env.PATH].join(delimiter);
  return { ...Object.fromEntries(kept), HOME: join(folder, "home"), PATH: path, NO_COLOR: "1" };
}

/**
 * @typedef {{ fullName: string, status: string, failureMessages: string[] }} TestResult
 * @typedef {{ name: string, status: string, assertionResults: TestResult[] }} FileResult as vitest reports a file
 */

/** @param {FileResult[]} files @param {string} name */
function statusOf(files, name) {
  return files.find((file) => file.name === name)?.status ?? "not run";
}

/** @param {FileResult[]} files */
function failuresIn(files) {
  return files.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "failed")
      .map(({ fullName, failureMessages }) => `FAILED ${name}: ${fullName}\n  ${failureMessages.join("\n  ")}`),
  );
}

/** @param {string} output */
function warningsIn(output) {
  return [...new Set(output.match(/^.*\b(\w*DeprecationWarning|ExperimentalWarning|EBADENGINE)\b.*$/gm))];
}
