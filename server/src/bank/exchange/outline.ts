import type { Refused } from "./parsed.ts";
import { withPlainLineEnds } from "./tidy.ts";

/**
 * The outline of a text that people wrote as a list: headings, nested items, paragraphs, code. CommonMark alone would not
 * do: it knows no typographic bullets and takes `  - sub` below `1. question` for a new list, and lists look like that.
 */

export interface Prose {
  readonly kind: "prose";
  readonly line: number;
  readonly lines: string[];
}

export interface Code {
  readonly kind: "code";
  readonly line: number;
  readonly lines: string[];
}

export interface Item {
  readonly kind: "item";
  readonly line: number;
  readonly marker: string;
  /** Columns before the marker; a tab goes to the next multiple of four. */
  readonly indent: number;
  readonly parts: (Prose | Code | Item)[];
}

export interface Heading {
  readonly kind: "heading";
  readonly line: number;
  /** 1 to 6. */
  readonly level: number;
  readonly text: string;
}

export type Block = Heading | Item | Prose | Code;

export interface Outline {
  readonly blocks: readonly Block[];
  readonly refused: readonly Refused[];
}

/** What an item begins with; `o` and a tab is what a word processor makes of its second bullet. */
const MARKER = /^(?:[-*+–—·](?=\s|$)|[•◦▪▫‣●○■]|o(?=\t)|\(?\d{1,3}[.)](?=\s|$))/;
/** The bullets that word processors use below their first one. */
const LOWER_BULLET = /^[◦▪▫‣○–—·o]/;
const LETTERED = /^\(?[a-z][.)](?=\s)/;
const BREAK = /^(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const HEADING = /^(#{1,6})(?:\s+(\S.*)?)?$/;
const FENCE = /^(`{3,}|~{3,})/;
const NESTED_BY = 2;

export function outlineOf(file: string, text: string): Outline {
  const reader = new OutlineReader(file);
  const lines = withPlainLineEnds(text)
    .replace(/^\uFEFF/, "")
    .split("\n");
  const start = endOfFrontMatter(lines);
  for (const [index, line] of lines.entries()) if (index >= start) reader.read(line, index + 1);
  return reader.end();
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
  readonly #blocks: Block[] = [];
  readonly #refused: Refused[] = [];
  /** The items that the next line may belong to, the outermost first. */
  readonly #items: Item[] = [];
  /** The prose that the next line goes on with. */
  #prose: Prose | null = null;
  #afterBlank = true;
  /** A block whose lines are taken as they are, up to its end. */
  #verbatim: { block: Prose | Code; indent: number; isEnd: (line: string) => boolean; what: string } | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  read(raw: string, number: number): void {
    const text = raw.trim();
    if (this.#verbatim) this.#readVerbatim(raw);
    else if (text === "") {
      this.#afterBlank = true;
      this.#prose = null;
    } else {
      this.#readText(text, indentOf(raw), number);
      this.#afterBlank = false;
    }
  }

  end(): Outline {
    if (this.#verbatim) {
      const { block, what } = this.#verbatim;
      const at = { file: this.#file, line: block.line };
      this.#refused.push({ at, field: "", message: `${what} is opened here and never closed` });
    }
    return { blocks: this.#blocks, refused: this.#refused };
  }

  #readText(text: string, indent: number, line: number): void {
    const heading = indent < 4 ? HEADING.exec(text) : null;
    const marker = this.#markerOf(text, indent);
    if (this.#isUnderline(text)) this.#raiseToHeading(text);
    else if (FENCE.test(text) || text.startsWith("<!--")) this.#open(text, indent, line);
    else if (heading) {
      this.#leave();
      this.#blocks.push({
        kind: "heading",
        line,
        level: heading[1]?.length ?? 1,
        text: withoutClosing(heading[2] ?? ""),
      });
    } else if (BREAK.test(text)) this.#leave();
    else if (marker !== undefined) this.#addItem(marker, text.slice(marker.length).trim(), indent, line);
    else if (this.#prose && !this.#afterBlank) this.#prose.lines.push(text);
    else this.#prose = this.#add({ kind: "prose", line, lines: [text] }, indent);
  }

  /** Letters mark items only below others; elsewhere they begin sentences. */
  #markerOf(text: string, indent: number): string | undefined {
    const isBelow = this.#items.length > 0 && indent > 0;
    return (MARKER.exec(text) ?? (isBelow ? LETTERED.exec(text) : null))?.[0];
  }

  #addItem(marker: string, text: string, indent: number, line: number): void {
    while (!this.#isInside(marker, indent)) this.#items.pop();
    const item: Item = { kind: "item", line, marker, indent, parts: [] };
    (this.#items.at(-1)?.parts ?? this.#blocks).push(item);
    this.#items.push(item);
    const words = text.replace(/^\[[ xX]\]\s+/, "");
    this.#prose = words === "" ? null : { kind: "prose", line, lines: [words] };
    if (this.#prose) item.parts.push(this.#prose);
  }

  /** Whether an item with that marker lies inside the innermost open one, or inside none. */
  #isInside(marker: string, indent: number): boolean {
    const inner = this.#items.at(-1);
    if (!inner || indent >= inner.indent + NESTED_BY) return true;
    // Pasted from a word processor: levels told apart by their bullets alone.
    if (indent < inner.indent || isNumber(marker) || kindOf(marker) === kindOf(inner.marker)) return false;
    if (this.#items.some((item) => kindOf(item.marker) === kindOf(marker))) return false;
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
    return (
      /^(?:={2,}|-{3,})$/.test(text) &&
      !this.#afterBlank &&
      this.#prose?.lines.length === 1 &&
      this.#blocks.at(-1) === this.#prose
    );
  }

  #raiseToHeading(underline: string): void {
    const prose = this.#blocks.pop();
    if (prose?.kind !== "prose") return;
    this.#leave();
    const level = underline.startsWith("=") ? 1 : 2;
    this.#blocks.push({ kind: "heading", line: prose.line, level, text: prose.lines.join(" ") });
  }

  #leave(): void {
    this.#items.length = 0;
    this.#prose = null;
  }
}

/** A heading's text without the `#`s that may close it. */
function withoutClosing(text: string): string {
  let end = text.length;
  while (text[end - 1] === "#") end -= 1;
  const isClosed = end < text.length && /\s/.test(text[end - 1] ?? "");
  return isClosed ? text.slice(0, end).trimEnd() : text;
}

const isNumber = (marker: string): boolean => /\d/.test(marker);
const isTypographic = (marker: string): boolean => /^[^-*+a-z(\d]|^o$/.test(marker);

/** Markers of the same level: all numbers, the bullets of Markdown, and each typographic bullet by itself. */
function kindOf(marker: string): string {
  if (isNumber(marker)) return "number";
  return /^[-*+]$/.test(marker) ? "bullet" : marker;
}

function indentOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === "\t") columns += 4 - (columns % 4);
    else if (/\s/.test(character)) columns++;
    else break;
  }
  return columns;
}
