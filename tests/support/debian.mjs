// @ts-check
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter } from "node:path";

/** Programs that the tests drive, where they stand on Linux and how a Debian gets them. */

const APT = "/usr/bin/apt-get";
export const isDebian = () => existsSync(APT);

/** The folders that a program may stand in, the path's first. */
export const foldersOfPrograms = () =>
  [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin", "/snap/bin"].filter(Boolean);

/**
 * Installs Debian's packages of a program, where that is possible without asking anybody.
 * @param {string} program
 * @param {readonly string[]} packages
 */
export function installDebians(program, packages) {
  if (!isDebian() || process.getuid?.() !== 0) return;
  console.log(`Installing Debian's ${program}.`);
  const options = {
    stdio: /** @type {const} */ ("inherit"),
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  if (spawnSync(APT, ["update"], options).status !== 0) return;
  spawnSync(APT, ["install", "-y", "--no-install-recommends", ...packages], options);
}
