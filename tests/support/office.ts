import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { strFromU8, unzipSync } from "fflate";
import readXlsxFile, { type SheetData } from "read-excel-file/node";
import { ensureOffice } from "./find-office.mjs";
import { temporaryFolder } from "./server.ts";

/** What LibreOffice makes of a table. */
export interface OpenedTable {
  /** The sheets in their order, an empty cell as null. */
  readonly sheets: readonly SheetData[];
  /** What is calculated in them. */
  readonly formulas: readonly string[];
}

/** Opens a CSV file with a separator, as somebody does who leaves everything else as it is and lets formulas be calculated. */
export const openedCsv = (csv: string | Uint8Array, separator: string): Promise<OpenedTable> =>
  // Separator, quotation mark, UTF-8, from line 1, columns as they are, language, quoted cells as text, numbers seen, ..., formulas calculated.
  opened(
    csv,
    "csv",
    `Text - txt - csv (StarCalc):${separator.charCodeAt(0)},34,76,1,,0,false,true,false,false,false,-1,true`,
  );

export const openedXlsx = (workbook: Uint8Array): Promise<OpenedTable> =>
  opened(workbook, "xlsx", "Calc MS Excel 2007 XML");

/** Under a profile of its own, as LibreOffice opens one profile once. */
async function opened(content: string | Uint8Array, extension: string, filter: string): Promise<OpenedTable> {
  const folder = await temporaryFolder();
  const [file, out] = [join(folder, `table.${extension}`), join(folder, "out")];
  await mkdir(out);
  await writeFile(file, content);
  await promisify(execFile)(ensureOffice(), [
    `-env:UserInstallation=${pathToFileURL(join(folder, "profile"))}`,
    ...["--headless", "--norestore", `--infilter=${filter}`, "--convert-to", "xlsx", "--outdir", out, file],
  ]);
  const saved = await readFile(join(out, "table.xlsx"));
  const sheets = await readXlsxFile(saved, { trim: false });
  const parts = Object.entries(unzipSync(saved)).filter(([path]) => path.startsWith("xl/worksheets/sheet"));
  const formulas = parts.flatMap(([, part]) => strFromU8(part).match(/<f[ >][^<]*/g) ?? []);
  return { sheets: sheets.map(({ data }) => data), formulas };
}
