// @ts-check
import { existsSync } from "node:fs";
import { join } from "node:path";
import { foldersOfPrograms, installDebians, isDebian } from "./debian.mjs";

/** Finds the LibreOffice that opens exported tables, or gets one. Used by the tests and by `npm test`. */

const PACKAGES = ["libreoffice-calc"];
const NAMES = ["soffice", "libreoffice"];

/** The executable's path: `LIBREOFFICE_PATH`, or an installed LibreOffice; null when there is none. */
export function findOffice() {
  const { LIBREOFFICE_PATH } = process.env;
  if (LIBREOFFICE_PATH) return existsSync(LIBREOFFICE_PATH) ? LIBREOFFICE_PATH : null;
  return usualPlaces().find((path) => existsSync(path)) ?? null;
}

/** The same, getting LibreOffice first where there is none. Throws, and says what to run, when it cannot be had. */
export function ensureOffice() {
  const found = findOffice();
  if (found !== null) return found;
  if (process.env.LIBREOFFICE_PATH)
    throw new Error(`LIBREOFFICE_PATH names ${process.env.LIBREOFFICE_PATH}, which is not there.`);
  installDebians("LibreOffice", PACKAGES);
  const got = findOffice();
  if (got !== null) return got;
  const what = isDebian()
    ? `Run this, then try again:\n  sudo apt-get install -y --no-install-recommends ${PACKAGES.join(" ")}`
    : "Install it from https://www.libreoffice.org, then try again.";
  const sentence = `The tests of exported tables need LibreOffice. ${what}`;
  console.error(sentence);
  throw new Error(sentence);
}

function usualPlaces() {
  switch (process.platform) {
    case "darwin":
      return ["/Applications/LibreOffice.app/Contents/MacOS/soffice"];
    case "win32":
      return [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"]].flatMap((folder) =>
        folder === undefined ? [] : [join(folder, "LibreOffice/program/soffice.exe")],
      );
    default:
      return NAMES.flatMap((name) => foldersOfPrograms().map((folder) => join(folder, name)));
  }
}
