import { markdownOfHtml } from "../html-text.ts";
import type { ImportFile } from "../parsed.ts";
import { type RawImport, rawImport } from "../raw.ts";
import { recordsOf } from "../records.ts";
import { readForeign } from "./foreign-table.ts";
import { promptByName } from "./meant-columns.ts";
import { cellsOf, type Row } from "./table.ts";

/**
 * Cards as a program for learning exports them: lines such as `#separator:tab` and `#html:true`, and below them notes whose first field is the
 * question and whose second the answer.
 */

const SETTING = /^#([a-z]+(?: [a-z]+)?):(.*)$/i;
const KNOWN = new Set([
  "separator",
  "html",
  "tags",
  "columns",
  "notetype",
  "deck",
  "notetype column",
  "deck column",
  "tags column",
  "guid column",
  "if matches",
]);
const SEPARATORS: Readonly<Record<string, string>> = {
  tab: "\t",
  comma: ",",
  semicolon: ";",
  pipe: "|",
  colon: ":",
  space: " ",
};

/** Whether a text begins with a setting of such an export. */
export function isCards(text: string): boolean {
  const setting = SETTING.exec(
    text
      .slice(0, 200)
      .replace(/^\uFEFF/, "")
      .split("\n", 1)[0] ?? "",
  );
  return setting !== null && KNOWN.has((setting[1] ?? "").toLowerCase());
}

export function readCards({ name, text }: ImportFile): RawImport {
  const { settings, lines } = settingsOf(text);
  const chosen = settings.get("separator") ?? "tab";
  const separator = SEPARATORS[chosen.toLowerCase()] ?? (chosen.length === 1 ? chosen : "\t");
  // The settings' lines are emptied and not removed, so that the others keep their numbers.
  const records = recordsOf("\n".repeat(lines) + text.split("\n").slice(lines).join("\n"), name, separator);
  if ("message" in records) return rawImport({ refused: [records] });
  const isHtml = settings.get("html") === "true";
  const width = records.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const columns = namesOf(settings, separator, width);
  const rows = records.map(({ cells, at }): Row => {
    const texts = isHtml ? cells.map(markdownOfHtml) : cells;
    return {
      at,
      cells: cellsOf(texts.map((field, index) => [columns[index] === "tags" ? field.replaceAll(" ", "\n") : field])),
      notes: [],
    };
  });
  const at = { file: name, line: 1 };
  const topic = settings.get("deck")?.split("::").at(-1) ?? null;
  return readForeign({ columns: columns.map((column) => column.replace(/^deck$/, "topic")), at, rows, topic });
}

function settingsOf(text: string): { settings: ReadonlyMap<string, string>; lines: number } {
  const settings = new Map<string, string>();
  let lines = 0;
  for (const line of text.split("\n", MOST_SETTINGS)) {
    const setting = SETTING.exec(line);
    if (!setting) break;
    settings.set((setting[1] ?? "").toLowerCase(), (setting[2] ?? "").trim());
    lines += 1;
  }
  return { settings, lines };
}

const MOST_SETTINGS = 20;

/** Names for the fields: those of the export, where one of them is the question; else by their order. */
function namesOf(settings: ReadonlyMap<string, string>, separator: string, width: number): string[] {
  const given = settings.get("columns")?.split(separator) ?? [];
  const special = new Map(
    ["tags", "deck", "guid", "notetype"].map(
      (name) => [Number(settings.get(`${name} column`) ?? 0) - 1, name] as const,
    ),
  );
  const names = Array.from({ length: Math.max(width, given.length) }, (_, index) => {
    const name = special.get(index);
    if (name === "guid") return "id";
    return name === "notetype" ? "Note type" : (name ?? given[index] ?? "");
  });
  if (promptByName(names) !== null) return names;
  const fields = names.flatMap((_, index) => (special.has(index) ? [] : [index]));
  const called = (name: string, place: number) => (name === "" ? `Field ${place + 1}` : name);
  return names.map((name, index) => {
    const place = fields.indexOf(index);
    if (place < 0) return name;
    return ["question", "answer"][place] ?? called(name, place);
  });
}
