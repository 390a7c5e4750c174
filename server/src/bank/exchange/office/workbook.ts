import readXlsxFile from "read-excel-file/node";
import type { Workbook } from "../read-import.ts";
import type { CellRecord } from "../records.ts";
import { packedAgain } from "./archive.ts";

/** Names that programs give to sheets, which say nothing of what is on them. */
const UNNAMED =
  /^(?:sheet|tabelle|blatt|feuil|feuille|hoja|planilha|folha|лист|аркуш|foglio|arkusz|sayfa|シート|工作表|시트|ورقة|גיליון|शीट)?\s*\d*$/iu;

/** The sheets of a workbook (`.xlsx`), from its parts, that hold anything. Throws whatever is wrong in it. */
export async function workbookOf(name: string, parts: Readonly<Record<string, Uint8Array>>): Promise<Workbook> {
  const sheets = (await readXlsxFile(Buffer.from(packedAgain(parts)))).map(({ sheet, data }) => {
    const file = `${name}, ${sheet}`;
    const records = data.map((row, index): CellRecord => ({ cells: row.map(textOf), at: { file, line: index + 1 } }));
    return { topic: UNNAMED.test(sheet.trim()) ? null : sheet.trim(), records: records.filter(holdsAnything) };
  });
  return { name, sheets: sheets.filter(({ records }) => records.length > 0) };
}

/** A grid of more cells is not made: one cell far away from a small table is enough for it. */
const MOST_CELLS = 4_000_000;

/** The name of a cell so far out that the grid up to it would be too large; `null` where there is none. */
export function farCell(parts: Readonly<Record<string, Uint8Array>>): string | null {
  for (const [name, content] of Object.entries(parts)) {
    if (!/^xl\/worksheets\/[^/]+\.xml$/i.test(name)) continue;
    let [rows, columns] = [1, 1];
    for (const [, letters = "", row = ""] of Buffer.from(content).toString("latin1").matchAll(REFERENCE)) {
      rows = Math.max(rows, Number(row));
      columns = Math.max(columns, columnOf(letters));
      if (rows * columns > MOST_CELLS) return `${letters}${row}`;
    }
  }
  return null;
}

const REFERENCE = /\sr\s*=\s*["']([A-Za-z]{1,9})(\d{1,12})["']/g;

const columnOf = (letters: string): number =>
  [...letters.toUpperCase()].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0);

const holdsAnything = ({ cells }: CellRecord): boolean => cells.some((cell) => cell.trim() !== "");

/** A cell as its sheet shows it, but for how numbers and dates are written. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return cell.toISOString().replace(/T00:00:00\.000Z$/, "");
  return String(cell);
}
