// Brings a checkout to the point where it can run: installs what is missing, builds what has changed. Uses nothing but
// Node itself, as it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const INSTALLED = join(ROOT, "node_modules", ".whetstone-installed");
const BUILT = join(ROOT, "node_modules", ".whetstone-built");
const SOURCES = ["shared/src", "server/src", "client/src", "client/index.html", "client/vite.config.ts"];
const MANIFESTS = [
  "package-lock.json",
  "package.json",
  "shared/package.json",
  "server/package.json",
  "client/package.json",
];
const CONFIGURATION = [
  "tsconfig.base.json",
  "tsconfig.json",
  "shared/tsconfig.json",
  "server/tsconfig.json",
  "client/tsconfig.json",
];
const OUTPUTS = ["shared/dist", "server/dist", "client/dist/index.html"];

/** `build: false` is for whoever runs the sources as they are. */
export async function prepare({ build = true } = {}) {
  const installed = `${process.version} ${fingerprint(["package-lock.json"])} ${asked()}`;
  if (read(INSTALLED) !== installed) {
    npm("Installing what is missing", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
    writeFileSync(INSTALLED, installed);
  }
  if (!build) return;
  const built = fingerprint([...SOURCES, ...MANIFESTS, ...CONFIGURATION]);
  if (read(BUILT) !== built || OUTPUTS.some((path) => !existsSync(join(ROOT, path)))) {
    npm("Building", ["run", "--silent", "build"]);
    await compileDriver();
    writeFileSync(BUILT, built);
  }
}

/** Compiles the database driver where it brings no binary that loads here: on Node 20, and on rare machines. */
async function compileDriver() {
  const { DRIVER } = await import("../dist/sqlite/driver.js");
  const opens = `new (require(${JSON.stringify(DRIVER.name)}))(":memory:").close()`;
  // In a process of its own, as a binary that does not fit may crash it.
  if (spawnSync(process.execPath, ["-e", opens], { cwd: join(ROOT, "server") }).status === 0) return;
  const title = "Compiling the database driver (this can take some minutes)";
  const folder = join(ROOT, "node_modules", DRIVER.name);
  npm(title, ["--prefix", folder, "run", "--silent", DRIVER.compile], { environment: ownHeaders(), isQuiet: true });
  run("Trying the database driver", process.execPath, ["-e", opens]);
}

/** Runs npm by its file where that is known: Windows would need a shell otherwise. */
export function npm(title, args, options) {
  const { npm_execpath: running = "" } = process.env;
  const installed = join(dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js");
  const cli = [running, installed].find((path) => path.endsWith("npm-cli.js") && existsSync(path));
  if (cli) run(title, process.execPath, [cli, ...args], options);
  else run(title, "npm", args, options);
}

/**
 * Runs a command in the project's folder and ends this process with its status if it fails. What a quiet one prints is shown
 * only then.
 */
export function run(title, command, args, { environment = {}, isQuiet = false } = {}) {
  console.log(`${title} …`);
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: isQuiet ? "pipe" : "inherit",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...environment },
  });
  if (!error && status === 0) return;
  if (isQuiet) console.error(`${stdout}${stderr}`);
  console.error(`\n${title} failed: ${error?.message ?? `${command} ${args.join(" ")} ended with ${status}`}`);
  process.exit(status || 1);
}

/** Native modules compile against the headers that came with this Node, where there are some, instead of downloading them. */
function ownHeaders() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, "include", "node", "node.h")) ? { npm_config_nodedir: prefix } : {};
}

function read(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

/** What the manifests ask to be installed; a change of anything else in them installs nothing anew. */
function asked() {
  const parts = MANIFESTS.filter((path) => path.endsWith("package.json")).map((path) => {
    const { dependencies, devDependencies, overrides } = JSON.parse(readFileSync(join(ROOT, path), "utf8"));
    return { dependencies, devDependencies, overrides };
  });
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** A hash over the names and contents of files and folders. */
function fingerprint(paths) {
  const hash = createHash("sha256");
  const visit = (path) => {
    const full = join(ROOT, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) {
      for (const entry of readdirSync(full).sort()) visit(`${path}/${entry}`);
    } else {
      hash.update(`${path}\0`).update(readFileSync(full));
    }
  };
  paths.forEach(visit);
  return hash.digest("hex");
}
