// @ts-check
import { join } from "node:path";
import { ensureProgram } from "./programs.mjs";

/** Finds the LibreOffice that opens exported tables, or gets one. Used by the tests and by `npm test`. */
export const ensureOffice = () =>
  ensureProgram({
    name: "LibreOffice",
    needed: "The tests of exported tables need LibreOffice.",
    variable: "LIBREOFFICE_PATH",
    commands: ["soffice", "libreoffice"],
    packages: ["libreoffice-calc"],
    elsewhere: "https://www.libreoffice.org",
    ...placesElsewhere(),
  });

/** @returns {{ places?: readonly string[] }} */
function placesElsewhere() {
  switch (process.platform) {
    case "darwin":
      return { places: ["/Applications/LibreOffice.app/Contents/MacOS/soffice"] };
    case "win32": {
      const folders = [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"]].flatMap((folder) => folder ?? []);
      return { places: folders.map((folder) => join(folder, "LibreOffice/program/soffice.exe")) };
    }
    default:
      return {};
  }
}
