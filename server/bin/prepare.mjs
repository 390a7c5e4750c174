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

export function prepare() {
  requireNode(20, 19);
  const installed = `${process.version} ${fingerprint(MANIFESTS)}`;
  if (read(INSTALLED) !== installed) {
    run(
      "Installing what is missing (a database driver is compiled; this can take some minutes)",
      "npm",
      ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"],
      ownHeaders(),
    );
    writeFileSync(INSTALLED, installed);
  }
  const built = fingerprint([...SOURCES, ...MANIFESTS, ...CONFIGURATION]);
  if (read(BUILT) !== built || OUTPUTS.some((path) => !existsSync(join(ROOT, path)))) {
    run("Building", "npm", ["run", "--silent", "build"]);
    writeFileSync(BUILT, built);
  }
}

/** Runs a command in the project's folder and ends this process with its status if it fails. */
export function run(title, command, args, environment = {}) {
  console.log(`${title} …`);
  const { status, error } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, ...environment },
  });
  if (error || status !== 0) {
    console.error(`\n${title} failed: ${error?.message ?? `${command} ${args.join(" ")} ended with ${status}`}`);
    process.exit(status || 1);
  }
}

/** Native modules compile against the headers that came with this Node, where there are some, instead of downloading them. */
function ownHeaders() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, "include", "node", "node.h")) ? { npm_config_nodedir: prefix } : {};
}

function requireNode(major, minor) {
  const [haveMajor = 0, haveMinor = 0] = process.versions.node.split(".").map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  console.error(`Whetstone needs Node ${major}.${minor} or later; this is ${process.version}.`);
  process.exit(1);
}

function read(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
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
