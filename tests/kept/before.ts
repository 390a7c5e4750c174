import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import { withFormulas, withoutFormula } from "../../server/src/bank/exchange/csv-cells.ts";
import { bare } from "../support/read-pdf.ts";

/**
 * Files of today as versions 1 to 9 wrote them, where their shape has changed since: cells of CSV are quoted and hold no formula in them,
 * what raters sum up in Markdown has its lines as they are written,
 * identifiers stand in the Markdown of packs, plans of imports hold what was read,
 * tables of ratings say who had not rated, JSON says what was left out, and the tables of a PDF have heads.
 */
const LAST = 9;

/** What is given today, as that version gave it. */
export function asWrittenBy(version: number, file: string, text: string): string {
  if (version > LAST) return text;
  if (text.startsWith("\uFEFF")) return csvBefore(text);
  if (/\/.*\.xlsx\.json$/.test(file)) return workbookBefore(text);
  if (isPdf(file)) return pagesBefore(text);
  if (/^bank\/export\/.*\/markdown$/.test(file)) return packBefore(text);
  if (/^bank\/import\/\d+\.json$/.test(file)) return planBefore(text);
  if (file.endsWith(".md")) return text.replace(/^(> .*\S) {2}$/gm, "$1");
  return text.startsWith('{\n  "format": "whetstone-room"') ? roomBefore(text) : text;
}

/** What that version gave, to be compared with it. */
export const asKept = (version: number, file: string, text: string): string =>
  version <= LAST && isPdf(file) ? pagesBefore(text) : text;

/** One file; what each was answered stands in a table beside them. */
const isPdf = (file: string): boolean => /\/.*\.pdf\.json$/.test(file);

/** A pack without its identifiers, its topics that no question has, and the phases of its kits. */
const packBefore = (text: string): string =>
  text
    .replace(/ <!-- [^<>]* -->$/gm, "")
    .replace(/^## .*\n\n(?=## )/gm, "")
    .replace(/^\*\*Phases\*\*\n\n(?:- .*\n)+\n/gm, "");

/** Plans of imports, without what they were read as. */
const planBefore = (text: string): string =>
  written(JSON.parse(text, (key, value) => (SINCE_IN_PLANS.includes(key) ? undefined : value)));

const SINCE_IN_PLANS = ["pieces", "morePieces", "canLeaveOut"];

function csvBefore(text: string): string {
  const [header = [], ...rows] = z.array(z.array(z.string())).parse(parse(text, { bom: true }));
  const kept = (row: readonly string[]) => row.filter((_, index) => header[index] !== "not_rated_by");
  const cells = rows.map((row) => kept(row).map((cell) => withoutFormula(withFormulas(cell))));
  return stringify([kept(header), ...cells], { bom: true, quoted_match: /[\r\n]/, record_delimiter: "windows" });
}

const Sheets = z.array(z.strictObject({ rows: z.array(z.string()), sheet: z.string() }));

function workbookBefore(text: string): string {
  const sheets = Sheets.parse(JSON.parse(text)).map(({ rows, sheet }) => ({
    rows: sheet === "Ratings" ? rows.map(withoutLast) : rows,
    sheet,
  }));
  return written(sheets);
}

const withoutLast = (row: string): string => JSON.stringify(z.array(z.unknown()).parse(JSON.parse(row)).slice(0, -1));

const Pages = z.looseObject({
  about: z.looseObject({ title: z.string() }),
  pages: z.array(z.string()),
  roles: z.array(z.string()),
});

/** The heads of tables that had none, and of one that goes on over pages. */
const HEADS = /LevelCriterionWhatthelevelsoundslike|QuestionAskedatTimeusedShareofbudget/g;

/** Which page a line stands on is no matter: the pages as one text, without what runs at their head and foot and what repeats on them. */
function pagesBefore(text: string): string {
  const document = Pages.parse(JSON.parse(text));
  const room = bare(document.about.title.slice(document.about.title.indexOf(" · ")));
  const pages = document.pages.map((page, index) => {
    const unended = page.replace(/Exportedby(?!.*Exportedby).*$/su, "");
    return index === 0 ? unended : unended.slice(unended.indexOf(room) + room.length);
  });
  const whole = pages.join("");
  return written({
    ...document,
    pages: whole.replace(HEADS, ""),
    roles: document.roles.filter((role) => role !== "Formula"),
  });
}

function roomBefore(text: string): string {
  const planned: unknown = JSON.parse(text, (key, value) =>
    key === "plan" && Array.isArray(value) ? value.filter((item) => item.notAskedBecause !== "taken_out") : value,
  );
  const without: unknown = JSON.parse(JSON.stringify(planned), function (this: object, key, value) {
    const isAdded = ["notAskedBecause", "unsubmitted"].includes(key) || (key === "unrated" && "recommendation" in this);
    return isAdded ? undefined : value;
  });
  return `${JSON.stringify(without, null, 2)}\n`;
}

const written = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
