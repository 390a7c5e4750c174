// @ts-check
import { existsSync } from "node:fs";
import { join } from "node:path";
import { foldersOfPrograms, installDebians, isDebian } from "./debian.mjs";

/**
 * A program that tests drive beside the browser.
 * @typedef {object} Program
 * @property {string} name What it is called in a sentence.
 * @property {string} needed What needs it, as the beginning of a sentence.
 * @property {string} variable The environment variable that can name its executable.
 * @property {readonly string[]} commands Its executable's names on Linux.
 * @property {readonly string[]} packages Debian's packages of it.
 * @property {string} elsewhere Where it comes from on other systems.
 * @property {readonly string[]} [places] Where it stands on this system, if not where all programs do.
 */

/** @type {Program} */
export const TURN_SERVER = {
  name: "coturn",
  needed: "The tests of calls over a relay need coturn.",
  variable: "TURN_SERVER_PATH",
  commands: ["turnserver"],
  packages: ["coturn"],
  elsewhere: "https://github.com/coturn/coturn",
};

/** What stands there of it, by its variable or in the usual places; null where nothing does. */
function found({ variable, commands, places }) {
  const named = process.env[variable];
  if (named) return existsSync(named) ? named : null;
  const usual = places ?? commands.flatMap((command) => foldersOfPrograms().map((folder) => join(folder, command)));
  return usual.find((path) => existsSync(path)) ?? null;
}

/**
 * A program's executable, which is got first where there is none. Throws, and says what to run, when it cannot be had.
 * @param {Program} program
 */
export function ensureProgram(program) {
  const path = found(program);
  if (path !== null) return path;
  const { name, needed, variable, packages, elsewhere } = program;
  if (process.env[variable]) throw new Error(`${variable} names ${process.env[variable]}, which is not there.`);
  installDebians(name, packages);
  const got = found(program);
  if (got !== null) return got;
  const what = isDebian()
    ? `Run this, then try again:\n  sudo apt-get install -y --no-install-recommends ${packages.join(" ")}`
    : `Install it from ${elsewhere}, then try again.`;
  const sentence = `${needed} ${what}`;
  console.error(sentence);
  throw new Error(sentence);
}
