// @ts-check
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The lines of Node that Whetstone is tested on. */
export const VERSIONS = ["20", "22", "24", "26"];

const CACHE = fileURLToPath(new URL("../../.artifacts/nodes", import.meta.url));

/**
 * A Node from npm, whose packages hold the binary and the headers of one system; fetched once.
 * @param {string} version a major version, or a whole one
 * @returns {{ binary: string, directory: string }} the executable, and the folder to put on the PATH
 */
export function nodeOf(version) {
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  const prefix = join(CACHE, version);
  const directory = join(prefix, "node_modules", name, "bin");
  const binary = join(directory, process.platform === "win32" ? "node.exe" : "node");
  if (!existsSync(binary)) {
    mkdirSync(prefix, { recursive: true });
    const npm = ["install", "--prefix", prefix, "--no-save", "--no-audit", "--no-fund", `${name}@${version}`];
    const { status } = spawnSync("npm", npm, { stdio: ["ignore", "ignore", "inherit"] });
    if (status !== 0) throw new Error(`${name}@${version} cannot be had from npm.`);
  }
  return { binary, directory };
}
