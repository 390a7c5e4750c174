import { END_IN_CELL, isRow, isRuler } from "./pipe-tables.ts";

/** A line of a file, which counts from 1. Several may come of one that held HTML. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** What folds away begins with its summary and has an end. No text holds these signs, as what does is no text file. */
export const SUMMARY = "\u0001summary ";
export const END_OF_DETAILS = "\u0001end";

const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)\/?>/gi;
/** What folds away, or ends a line, wherever it stands. */
const ANYWHERE = /^(?:details|summary|br|img)$/;
/** Blocks: a line that begins with one, or ends with the end of one, is HTML; elsewhere a text speaks of them. */
const BLOCK =
  /^(?:hr|ul|ol|li|h[1-6]|p|div|section|article|header|footer|main|nav|center|table|thead|tbody|tr|td|th|dl|dt|dd|blockquote|html|body)$/;
/** What begins or ends a line, and within a cell no other block. */
const ENDS_LINE = /^(?:br|p|div|hr|blockquote|ul|ol|li|details|summary)$/;
/** What stands around words, where its end stands in the same line. */
const INLINE = /^(?:a|font|span|sub|sup|kbd|small|big)$/;
const EMPHASIS = /^(?:b|strong|i|em|u)$/;
/** What is written as `&amp;` and the like. */
const NAMED: Readonly<Record<string, string>> = { nbsp: " ", quot: '"', apos: "'", lt: "<", gt: ">", amp: "&" };

/**
 * The lines of a Markdown text with the HTML in it as Markdown: headings, lists, tables and what folds away. HTML of other kinds, and what stands
 * in code, stays as it is.
 */
export function markdownLines(lines: readonly string[], from: number): Line[] {
  const reader = new HtmlReader();
  for (const [index, text] of lines.entries()) if (index >= from) reader.read(text, index + 1);
  return reader.lines;
}

class HtmlReader {
  readonly lines: Line[] = [];
  /** The lists that are open, each with the number of its last item where it counts. */
  readonly #lists: { next: number | null }[] = [];
  #fence: string | null = null;
  #isComment = false;
  /** The cells of the table's row that is open. */
  #row: string[] | null = null;
  #rows = 0;
  /** Whether the line is a row of a table as Markdown has them, below its ruler. */
  #isRow = false;
  /** What stands before the text that comes next. */
  #before = "";
  #isSummary = false;
  #text = "";
  #number = 0;
  /** The tags of the line that are taken for what they say. */
  #handled: ReadonlySet<string> = new Set();
  readonly #addresses: string[] = [];

  read(text: string, number: number): void {
    this.#number = number;
    this.#isRow = isRuler(text) || (this.#isRow && isRow(text));
    if (this.#isVerbatim(text) || !/[<&]/.test(text)) {
      if (this.#isSummary || this.#row) this.#text += ` ${text.trim()}`;
      else this.lines.push({ number, text: this.#before === "" || text.trim() === "" ? text : this.#taken(text) });
      return;
    }
    const masked = text.replace(/`[^`]*`/g, (code) => code.replaceAll("<", "\u0002"));
    this.#handled = handledIn(masked);
    if (this.#handled.size === 0 && !this.#isSummary && !this.#row) {
      this.lines.push({ number, text: this.#taken(withoutStrayEmphasis(masked).replaceAll("\u0002", "<")) });
      return;
    }
    this.#readHtml(withoutStrayEmphasis(masked));
  }

  #isVerbatim(text: string): boolean {
    const fence = /^\s*(`{3,}|~{3,})/.exec(text)?.[1];
    if (this.#fence !== null) {
      if (fence?.startsWith(this.#fence) && text.trim() === fence) this.#fence = null;
      return true;
    }
    if (this.#isComment || text.trimStart().startsWith("<!--")) {
      this.#isComment = !text.includes("-->");
      return true;
    }
    if (fence !== undefined) this.#fence = fence;
    return fence !== undefined;
  }

  #taken(text: string): string {
    const before = this.#before;
    this.#before = "";
    return before === "" ? text : `${before}${text.trim()}`;
  }

  #readHtml(line: string): void {
    const indent = /^\s*/.exec(line)?.[0] ?? "";
    let from = 0;
    const isOpen = this.#isSummary || this.#row !== null;
    if (!isOpen) this.#text = indent;
    for (const found of line.matchAll(TAG)) {
      const [tag, slash, name = "", attributes = ""] = found;
      this.#text += line.slice(from, found.index);
      from = found.index + tag.length;
      if (!this.#tag(name.toLowerCase(), slash === "/", attributes)) this.#text += tag;
    }
    this.#text += line.slice(from);
    if (!this.#isSummary && this.#row === null) this.#endLine();
    else this.#text += " ";
  }

  /** Whether the tag is taken for what it says. */
  #tag(name: string, isEnd: boolean, attributes: string): boolean {
    if (!this.#handled.has(name)) return false;
    if ((this.#isRow || this.#row) && ENDS_LINE.test(name)) {
      this.#text += END_IN_CELL;
      return true;
    }
    switch (name) {
      case "summary":
        if (isEnd) this.#endSummary();
        else this.#begin("", () => (this.#isSummary = true));
        break;
      case "details":
        if (this.#isSummary) this.#endSummary();
        this.#endLine();
        if (isEnd) this.#push(END_OF_DETAILS);
        break;
      case "ul":
      case "ol":
        this.#endLine();
        if (isEnd) this.#lists.pop();
        else this.#lists.push({ next: name === "ol" ? 1 : null });
        break;
      case "li":
      case "dt":
        this.#endLine();
        if (!isEnd) this.#before = this.#marker();
        break;
      case "dd":
        this.#endLine();
        if (!isEnd) this.#before = `${"  ".repeat(Math.max(this.#lists.length, 1))}: `;
        break;
      case "tr":
        if (isEnd) this.#endRow();
        else this.#begin("", () => (this.#row = []));
        break;
      case "td":
      case "th":
        if (isEnd && this.#row) this.#endCell();
        else this.#text = "";
        break;
      case "table":
        this.#endLine();
        this.#rows = 0;
        break;
      case "br":
      case "p":
      case "div":
      case "hr":
      case "blockquote":
        if (this.#isSummary) this.#text += END_IN_CELL;
        else {
          this.#endLine();
          if (name !== "br") this.#push("");
        }
        break;
      case "a":
        if (isEnd) {
          const address = this.#addresses.pop() ?? "";
          this.#text += address === "" ? "" : `](${address})`;
        } else {
          const address = /\bhref=["']?([^"'\s<>()]+)/i.exec(attributes)?.[1] ?? "";
          this.#addresses.push(address);
          if (address !== "") this.#text += "[";
        }
        break;
      case "img":
        this.#text += `![${attributeOf("alt", attributes)}](${attributeOf("src", attributes)})`;
        break;
      default:
        if (/^h[1-6]$/.test(name)) {
          this.#endLine();
          if (!isEnd) this.#before = `${"#".repeat(Number(name[1]))} `;
        }
    }
    return true;
  }

  #marker(): string {
    const list = this.#lists.at(-1) ?? { next: null };
    const marker = list.next === null ? "-" : `${list.next++}.`;
    return `${"    ".repeat(Math.max(this.#lists.length - 1, 0))}${marker} `;
  }

  #begin(text: string, act: () => unknown): void {
    this.#endLine();
    this.#text = text;
    act();
  }

  #endSummary(): void {
    if (!this.#isSummary) return;
    const lines = this.#text.split(END_IN_CELL).map((line) => line.replace(/\s+/g, " ").trim());
    const text = lines.filter((line) => line !== "").join(END_IN_CELL);
    this.#isSummary = false;
    this.#text = "";
    this.#push(`${SUMMARY}${decoded(text)}`);
  }

  #endCell(): void {
    this.#row?.push(decoded(this.#text.replace(/\s+/g, " ").trim()).replaceAll("|", "\\|"));
    this.#text = "";
  }

  #endRow(): void {
    const row = this.#row;
    this.#row = null;
    this.#text = "";
    if (!row || row.length === 0) return;
    this.#push(`| ${row.join(" | ")} |`);
    if (this.#rows === 0) this.#push(`|${" --- |".repeat(row.length)}`);
    this.#rows += 1;
  }

  #endLine(): void {
    const text = this.#text;
    this.#text = "";
    if (text.trim() === "" || this.#isSummary || this.#row) return;
    this.#push(decoded(this.#taken(text)));
  }

  #push(text: string): void {
    this.lines.push({ number: this.#number, text: text.replaceAll("\u0002", "<") });
  }
}

/** An attribute's value as far as it can stand in a link. */
const attributeOf = (name: "alt" | "src", attributes: string): string =>
  (
    new Map(
      [...attributes.matchAll(/\b(alt|src)=(?:"([^"]*)"|'([^']*)')/gi)].map(([, key = "", one, other]) => [
        key.toLowerCase(),
        one ?? other ?? "",
      ]),
    ).get(name) ?? ""
  )
    .replace(/[()[\]\s]+/g, " ")
    .trim();

/** Which kinds of tags in a line are HTML, and none that the text speaks of. */
function handledIn(line: string): Set<string> {
  const begun = new Set<string>();
  const ended = new Set<string>();
  for (const [, slash, name = ""] of line.matchAll(TAG)) (slash === "/" ? ended : begun).add(name.toLowerCase());
  const isHtml = BEGINS_AS_HTML.test(line.slice(0, 400)) || /<\/[a-z][a-z0-9]*>\s*$/i.test(line.slice(-40));
  const isHandled = (name: string): boolean =>
    ANYWHERE.test(name) || (BLOCK.test(name) && isHtml) || (INLINE.test(name) && begun.has(name) && ended.has(name));
  return new Set([...begun, ...ended].filter(isHandled));
}

const BEGINS_AS_HTML = /^\s*(?:[-*+]\s+|\d{1,3}[.)]\s+|#{1,6}\s+)?<\/?[a-z][^<>]*>/i;

/** Emphasis that begins or ends in another line says nothing here. */
function withoutStrayEmphasis(text: string): string {
  const open: { readonly name: string; readonly from: number; readonly to: number }[] = [];
  const stray: { readonly from: number; readonly to: number }[] = [];
  for (const { 0: tag, 1: slash, 2: name = "", index } of text.matchAll(TAG)) {
    if (!EMPHASIS.test(name.toLowerCase())) continue;
    const place = { name: name.toLowerCase(), from: index, to: index + tag.length };
    if (slash !== "/") open.push(place);
    else if (open.at(-1)?.name === place.name) open.pop();
    else stray.push(place);
  }
  let kept = "";
  let from = 0;
  for (const place of [...stray, ...open].sort((one, other) => one.from - other.from)) {
    kept += text.slice(from, place.from);
    from = place.to;
  }
  return kept + text.slice(from);
}

const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,6})|([a-z]{2,6}));/gi, (whole, code?: string, name?: string) =>
    code === undefined ? (NAMED[name?.toLowerCase() ?? ""] ?? whole) : String.fromCodePoint(Number(code)),
  );
