import type { Refused } from "../parsed.ts";
import { withPlainLineEnds } from "../tidy.ts";
import { type Block, type Code, type Item, numberOf, type Prose, type Table } from "./blocks.ts";
import { END_OF_DETAILS, type Line, markdownLines, SUMMARY } from "./html-lines.ts";
import {
  follows,
  indentOf,
  isNumber,
  isTypographic,
  kindOf,
  LETTERED,
  LONG_NUMBER,
  LOWER_BULLET,
  lettersOf,
  MARKER,
  numberIn,
  SEQUENCE_WITHIN,
  SEQUENCED,
} from "./markers.ts";
import { withMarkdownMarkup } from "./markup-lines.ts";
import { cellsOf, END_IN_CELL, isRow, isRuler } from "./pipe-tables.ts";

/**
 * The outline of a text that people wrote as a list: headings, nested items, paragraphs, code. CommonMark alone would not
 * do: it knows no typographic bullets and takes `  - sub` below `1. question` for a new list, and lists look like that.
 */
export interface Outline {
  readonly blocks: readonly Block[];
  readonly refused: readonly Refused[];
}

const BREAK = /^(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const HEADING = /^(#{1,6})(?:\s+(\S.*)?)?$/;
const FENCE = /^(`{3,}|~{3,})/;
const NESTED_BY = 2;
/** What underlines headings beside `=` and `-`. */
const UNDERLINES = "~^\"+*'#";
const LEVELS_OF_UNDERLINES: Readonly<Record<string, number>> = { "*": 1, "=": 1, "#": 1, "-": 2 };
/** What is longer, in UTF-16 code units, names no list. */
export const NAME_LENGTH = 70;

export function outlineOf(file: string, text: string): Outline {
  const lines = withPlainLineEnds(text)
    .replace(/^\uFEFF/, "")
    .split("\n");
  const written = withMarkdownMarkup(lines);
  const reader = new OutlineReader(file, markdownLines(written, endOfFrontMatter(lines)));
  return reader.outline();
}

/** The line after the settings between `---` with which some tools begin a file. */
function endOfFrontMatter(lines: readonly string[]): number {
  if (lines[0]?.trimEnd() !== "---") return 0;
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === "---");
  const settings = lines.slice(1, Math.max(end, 1));
  return end > 0 && settings.every((line) => /^(?:[\w-]+:|\s|#|$)/.test(line)) ? end + 1 : 0;
}

class OutlineReader {
  readonly #file: string;
  readonly #lines: readonly Line[];
  readonly #blocks: Block[] = [];
  readonly #refused: Refused[] = [];
  /** The items that the next line may belong to, the outermost first. */
  readonly #items: Item[] = [];
  /** The prose that the next line goes on with. */
  #prose: Prose | null = null;
  #afterBlank = true;
  #isQuoted = false;
  /** That of the last item that has one. */
  #lastNumber = 0;
  #table: Table | null = null;
  /** A block whose lines are taken as they are, up to its end. */
  #verbatim: { block: Prose | Code; indent: number; isEnd: (line: string) => boolean; what: string } | null = null;

  constructor(file: string, lines: readonly Line[]) {
    this.#file = file;
    this.#lines = lines;
  }

  outline(): Outline {
    for (let at = 0; at < this.#lines.length; at++) this.#read(at);
    if (this.#verbatim) {
      const { block, what } = this.#verbatim;
      const at = { file: this.#file, line: block.line };
      this.#refused.push({ at, field: "", message: `${what} is opened here and never closed` });
    }
    return { blocks: this.#blocks, refused: this.#refused };
  }

  #read(at: number): void {
    const { text: whole, number } = this.#lines[at] ?? { text: "", number: 0 };
    if (this.#verbatim) {
      this.#readVerbatim(whole);
      return;
    }
    const quoted = /^(\s*)(?:>\s?)+/.exec(whole);
    const raw = quoted ? `${quoted[1] ?? ""}${whole.slice(quoted[0].length)}` : whole;
    const text = raw.trim();
    // What is quoted goes on with nothing that is not, and the other way round.
    if (text === "" || (quoted !== null) !== this.#isQuoted) this.#endParagraph();
    this.#isQuoted = quoted !== null;
    if (text === "") return;
    if (text.startsWith(SUMMARY) || text === END_OF_DETAILS) this.#fold(text, number);
    else this.#readText(text, indentOf(raw), number, at);
    this.#afterBlank = false;
  }

  #endParagraph(): void {
    this.#afterBlank = true;
    this.#prose = null;
    this.#table = null;
  }

  #fold(text: string, line: number): void {
    this.#leave();
    if (text === END_OF_DETAILS) this.#blocks.push({ kind: "end", line });
    else this.#blocks.push({ kind: "summary", line, text: text.slice(SUMMARY.length).replaceAll(END_IN_CELL, "\n") });
  }

  #readText(text: string, indent: number, line: number, at: number): void {
    if (!this.#table && text.includes(END_IN_CELL)) {
      this.#readText(text.replaceAll(END_IN_CELL, "\n"), indent, line, at);
      return;
    }
    const heading = indent < 4 ? HEADING.exec(text) : null;
    const marker = this.#markerOf(text, indent, at);
    if (this.#isUnderline(text)) this.#raiseToHeading(text);
    else if (FENCE.test(text) || text.startsWith("<!--")) this.#open(text, indent, line);
    else if (heading) this.#addHeading(heading, indent, line);
    else if (BREAK.test(text)) this.#leave();
    else if (this.#table && isRow(text)) this.#addRow(this.#table, text, line);
    else if (isRow(text) && isRuler(this.#lines[at + 1]?.text ?? "")) this.#beginTable(text, line);
    else if (marker !== undefined) this.#addItem(marker, text.slice(marker.length).trim(), indent, line);
    else if (this.#prose && !this.#afterBlank && !this.#isNameOfList(text, indent, at)) this.#prose.lines.push(text);
    else this.#prose = this.#add({ kind: "prose", line, lines: [text] }, indent);
  }

  /** One that stands within an item is a part of it. */
  #addHeading([, signs = "#", words = ""]: RegExpExecArray, indent: number, line: number): void {
    const inner = this.#items.at(-1);
    if (inner && indent >= inner.indent + NESTED_BY) {
      this.#add({ kind: "prose", line, lines: [`**${withoutClosing(words)}**`] }, indent);
      this.#prose = null;
      return;
    }
    this.#leave();
    this.#blocks.push({ kind: "heading", line, level: signs.length, text: withoutClosing(words) });
  }

  #beginTable(text: string, line: number): void {
    this.#leave();
    this.#table = { kind: "table", line, header: cellsOf(text), rows: [] };
    this.#blocks.push(this.#table);
  }

  #addRow({ rows }: Table, text: string, line: number): void {
    if (!isRuler(text)) rows.push({ line, cells: cellsOf(text) });
  }

  /** Whether a line below an item is the name of the list that comes next, as word processors paste it, and no more of the item. */
  #isNameOfList(text: string, indent: number, at: number): boolean {
    const outermost = this.#items[0];
    if (!outermost || indent > outermost.indent || !/[.?!:。？！…)][*_"”»]*$/.test(this.#prose?.lines.at(-1) ?? ""))
      return false;
    const next = this.#lines[at + 1]?.text.trim() ?? "";
    const isName =
      text.length <= NAME_LENGTH && /^[^\p{Ll}]/u.test(text) && !/[.?!,;。？！]$/.test(text) && MARKER.test(next);
    if (isName) this.#leave();
    return isName;
  }

  /** Letters mark items below others, and where they stand in their order; elsewhere they begin sentences. */
  #markerOf(text: string, indent: number, at: number): string | undefined {
    const isBelow = this.#items.length > 0 && indent > 0;
    const marker = (MARKER.exec(text) ?? (isBelow ? LETTERED.exec(text) : null))?.[0];
    if (marker !== undefined) return marker;
    // A number of four digits may be a year: it is one of a list where it is the next.
    const [long, digits] = LONG_NUMBER.exec(text) ?? [];
    if (long !== undefined) {
      const before = Number(digits) - 1;
      return before === this.#lastNumber || this.#items.some((item) => numberOf(item) === before) ? long : undefined;
    }
    const [found, value] = SEQUENCED.exec(text) ?? [];
    if (found === undefined || value === undefined) return undefined;
    const isNext = this.#items.some((item) => follows(lettersOf(item.marker), value));
    return isNext || (/^[aAiI]$/.test(value) && this.#isFollowed(value, at)) ? found : undefined;
  }

  /** Whether the sequence that begins with a value goes on in one of the next lines. */
  #isFollowed(value: string, at: number): boolean {
    return this.#lines
      .slice(at + 1, at + 1 + SEQUENCE_WITHIN)
      .some(({ text }) => follows(value, lettersOf(SEQUENCED.exec(text.trim())?.[0] ?? "")));
  }

  #addItem(marker: string, text: string, indent: number, line: number): void {
    while (!this.#isInside(marker, indent)) {
      // What is next in an order stands where the one before it does.
      if (follows(lettersOf(this.#items.pop()?.marker ?? ""), lettersOf(marker))) break;
    }
    const ticked = /^\[([ xX✓✔])\]\s+/.exec(text);
    const box = ticked ? ticked[1] !== " " : null;
    const item: Item = { kind: "item", line, marker, box, indent, parts: [] };
    (this.#items.at(-1)?.parts ?? this.#blocks).push(item);
    this.#lastNumber = numberOf(item) ?? this.#lastNumber;
    this.#items.push(item);
    const words = text.slice(ticked?.[0].length ?? 0);
    this.#prose = words === "" ? null : { kind: "prose", line, lines: [words] };
    if (this.#prose) item.parts.push(this.#prose);
  }

  /** Whether an item with that marker lies inside the innermost open one, or inside none. */
  #isInside(marker: string, indent: number): boolean {
    const inner = this.#items.at(-1);
    if (!inner || indent >= inner.indent + NESTED_BY) return true;
    // Pasted from a word processor: levels told apart by their bullets alone.
    if (
      indent < inner.indent ||
      (isNumber(marker) && !(numberIn(marker) === 1 && /[.)]$/.test(marker))) ||
      kindOf(marker) === kindOf(inner.marker)
    )
      return false;
    if (this.#items.some((item) => kindOf(item.marker) === kindOf(marker))) return false;
    // What begins a sequence of another kind is below what it stands in.
    if (/^\(?(?:[aAiI]|1)[.)]$/.test(marker) && !/^[-*+]/.test(inner.marker)) return true;
    return isNumber(inner.marker) ? isTypographic(marker) || !this.#afterBlank : LOWER_BULLET.test(marker);
  }

  #add<T extends Prose | Code>(block: T, indent: number): T {
    while (this.#items.length > 0 && indent < (this.#items.at(-1)?.indent ?? 0) + NESTED_BY) this.#items.pop();
    (this.#items.at(-1)?.parts ?? this.#blocks).push(block);
    return block;
  }

  #open(text: string, indent: number, line: number): void {
    const fence = FENCE.exec(text)?.[1];
    const block: Prose | Code = { kind: fence ? "code" : "prose", line, lines: [text] };
    this.#add(block, indent);
    this.#prose = null;
    if (!fence && text.includes("-->")) return;
    this.#verbatim = {
      block,
      indent,
      isEnd: fence
        ? (end) => end.startsWith(fence) && end.replaceAll(fence[0] ?? "", "") === ""
        : (end) => end.includes("-->"),
      what: fence ? "a code block" : "a comment",
    };
  }

  #readVerbatim(raw: string): void {
    if (!this.#verbatim) return;
    const { block, indent, isEnd } = this.#verbatim;
    const inner = indentOf(raw);
    block.lines.push(inner <= indent ? raw.trim() : `${" ".repeat(inner - indent)}${raw.trim()}`);
    if (isEnd(raw.trim())) this.#verbatim = null;
  }

  /** Whether the line underlines the one line of prose above it, which makes a heading of that. */
  #isUnderline(text: string): boolean {
    const [sign = ""] = text;
    const name = this.#prose?.lines.length === 1 ? this.#prose.lines[0] : undefined;
    if (name === undefined || this.#afterBlank || this.#blocks.at(-1) !== this.#prose || !/^(.)\1+$/.test(text))
      return false;
    if (sign === "=") return true;
    // Signs that mean something else, too, must be as long as what they underline.
    return sign === "-" ? text.length > 2 : UNDERLINES.includes(sign) && text.length >= Math.max(3, name.length);
  }

  #raiseToHeading(underline: string): void {
    const prose = this.#blocks.pop();
    if (prose?.kind !== "prose") return;
    this.#leave();
    const level = LEVELS_OF_UNDERLINES[underline[0] ?? ""] ?? 3;
    this.#blocks.push({ kind: "heading", line: prose.line, level, text: prose.lines.join(" ") });
  }

  #leave(): void {
    this.#items.length = 0;
    this.#prose = null;
    this.#table = null;
  }
}

/** A heading's text without the `#`s that may close it. */
function withoutClosing(text: string): string {
  let end = text.length;
  while (text[end - 1] === "#") end -= 1;
  const isClosed = end < text.length && /\s/.test(text[end - 1] ?? "");
  return isClosed ? text.slice(0, end).trimEnd() : text;
}
