/** A line of the document, which counts from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

export interface Entry {
  readonly line: number;
  /** The number that it has in the list. */
  readonly number: number | null;
  readonly text: string;
}

/** What stands in a part of the document: its list, and paragraphs that are no entries of it. */
export interface Entries {
  readonly entries: readonly Entry[];
  readonly loose: readonly Entry[];
}

export const textOf = (lines: readonly Line[]): string =>
  lines
    .map(({ text }) => text)
    .join("\n")
    .trim();

const MARKER = /^(?:[-*+]|(\d{1,3})[.)])(?:[ \t]|$)/;

/** Entries as a list, their further lines indented so that they stay inside them. `mark` is what an entry begins with. */
export const listOf = (entries: readonly string[], mark: (index: number) => string): string =>
  entries.map((entry, index) => `${mark(index)}${indented(entry, mark(index).length)}`).join("\n");

const indented = (text: string, columns: number): string =>
  text
    .split("\n")
    .map((line, at) => (at === 0 || line === "" ? line : " ".repeat(columns) + line))
    .join("\n");

/** Takes a list apart again. Where there is none, each paragraph is an entry. */
export function entriesOf(lines: readonly Line[]): Entries {
  const entries: OpenEntry[] = [];
  const loose: OpenEntry[] = [];
  let open: OpenEntry | null = null;
  let isAfterBlank = true;
  for (const { number, text } of lines) {
    const marker = MARKER.exec(text);
    if (marker) {
      open = {
        line: number,
        marker: marker[1] ?? null,
        width: marker[0].length,
        lines: [text.slice(marker[0].length)],
      };
      entries.push(open);
    } else if (text.trim() === "") open?.lines.push(text.slice(open.width));
    else if (open && (!isAfterBlank || (open.width > 0 && /^[ \t]/.test(text))))
      open.lines.push(withoutIndent(text, open.width));
    else {
      open = { line: number, marker: null, width: 0, lines: [text] };
      loose.push(open);
    }
    isAfterBlank = text.trim() === "";
  }
  return entries.length > 0
    ? { entries: entries.map(closed), loose: loose.map(closed) }
    : { entries: loose.map(closed), loose: [] };
}

interface OpenEntry {
  readonly line: number;
  readonly marker: string | null;
  readonly width: number;
  readonly lines: string[];
}

const closed = ({ line, marker, lines }: OpenEntry): Entry => ({
  line,
  number: marker === null ? null : Number(marker),
  text: lines.join("\n").trim(),
});

/** A line without the columns that put it into its entry, as far as it has them. */
function withoutIndent(text: string, columns: number): string {
  if (text.startsWith("\t")) return text.slice(1);
  let indent = 0;
  while (indent < columns && text[indent] === " ") indent += 1;
  return text.slice(indent);
}
