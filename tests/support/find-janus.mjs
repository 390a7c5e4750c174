// @ts-check
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { foldersOfPrograms, installDebians, isDebian } from "./debian.mjs";

/** Finds the Janus that larger calls go through, or gets one. Used by the tests and by `npm test`. */

const PACKAGES = ["janus"];

/** The executable's path: `JANUS_PATH`, or an installed Janus; null when there is none. */
export function findJanus() {
  const { JANUS_PATH } = process.env;
  if (JANUS_PATH) return existsSync(JANUS_PATH) ? JANUS_PATH : null;
  return (
    foldersOfPrograms()
      .flatMap((folder) => ["janus"].map((name) => join(folder, name)))
      .find((path) => existsSync(path)) ?? null
  );
}

/** The same, getting Janus first where there is none. Throws, and says what to run, when it cannot be had. */
export function ensureJanus() {
  const found = findJanus();
  if (found !== null) return found;
  if (process.env.JANUS_PATH) throw new Error(`JANUS_PATH names ${process.env.JANUS_PATH}, which is not there.`);
  installDebians("Janus", PACKAGES);
  const got = findJanus();
  if (got !== null) return got;
  const what = isDebian()
    ? `Run this, then try again:\n  sudo apt-get install -y --no-install-recommends ${PACKAGES.join(" ")}`
    : "Install Janus 1.1 or later from https://janus.conf.meetecho.com, then try again.";
  const sentence = `The tests of larger calls need the media server Janus. ${what}`;
  console.error(sentence);
  throw new Error(sentence);
}

/** The folder of its plugins or transports, which each system has elsewhere. @param {"plugins" | "transports"} part */
export function partsOfJanus(part) {
  const libraries = ["/usr/lib", "/usr/local/lib", "/opt/janus/lib", "/opt/homebrew/lib"];
  const folders = libraries.flatMap((library) =>
    existsSync(library) ? [library, ...readdirSync(library).map((name) => join(library, name))] : [],
  );
  const found = folders.map((folder) => join(folder, "janus", part)).find((folder) => existsSync(folder));
  if (found === undefined) throw new Error(`Janus has no folder of ${part} where one is looked for.`);
  return found;
}
