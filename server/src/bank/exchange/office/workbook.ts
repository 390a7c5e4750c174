import readXlsxFile from "read-excel-file/node";
import type { Workbook } from "../read-import.ts";
import type { CellRecord } from "../records.ts";

/** Names that programs give to sheets, which say nothing of what is on them. */
const UNNAMED =
  /^(?:sheet|tabelle|blatt|feuil|feuille|hoja|planilha|folha|лист|аркуш|foglio|arkusz|sayfa|シート|工作表|시트|ورقة|גיליון|शीट)?\s*\d*$/iu;

/** The sheets of a workbook (`.xlsx`) that hold anything. Throws whatever is wrong in it. */
export async function workbookOf(name: string, bytes: Buffer): Promise<Workbook> {
  const sheets = (await readXlsxFile(bytes)).map(({ sheet, data }) => {
    const file = `${name}, ${sheet}`;
    const records = data.map((row, index): CellRecord => ({ cells: row.map(textOf), at: { file, line: index + 1 } }));
    return { topic: UNNAMED.test(sheet.trim()) ? null : sheet.trim(), records: records.filter(holdsAnything) };
  });
  return { name, sheets: sheets.filter(({ records }) => records.length > 0) };
}

const holdsAnything = ({ cells }: CellRecord): boolean => cells.some((cell) => cell.trim() !== "");

/** A cell as its sheet shows it, but for how numbers and dates are written. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return cell.toISOString().replace(/T00:00:00\.000Z$/, "");
  return String(cell);
}
