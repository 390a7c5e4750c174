/** HTML as word processors and cards have it, as the Markdown that a list of questions is read from. Every line stays a line. */

const TOKEN = /<!--[\s\S]*?(?:-->|$)|<\/?[a-z][^<>]*>|[^<]+|</gi;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  hellip: "…",
  mdash: "—",
  ndash: "–",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  laquo: "«",
  raquo: "»",
  bull: "•",
  middot: "·",
  times: "×",
  divide: "÷",
  deg: "°",
  minus: "−",
  plusmn: "±",
  le: "≤",
  ge: "≥",
  ne: "≠",
  rarr: "→",
  larr: "←",
  alpha: "α",
  beta: "β",
  pi: "π",
};

const withoutEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : "";
  });

/** The Markdown of a piece of HTML. What it folds away or hides keeps a mark, so that nobody takes it for a part of what stands before. */
export function markdownOfHtml(html: string): string {
  const writer = new Writer();
  let dropped: string | null = null;
  for (const [token] of html.matchAll(TOKEN)) {
    const tag = /^<(\/?)([a-z][a-z\d]*)/i.exec(token);
    const name = tag?.[2]?.toLowerCase() ?? "";
    if (dropped !== null) {
      if (tag?.[1] === "/" && name === dropped) dropped = null;
    } else if (token.startsWith("<!--")) writer.text(token);
    else if (tag === null) writer.text(withoutEntities(token));
    else if (tag[1] === "/") writer.close(name);
    else if (name === "script" || name === "style") dropped = name;
    else writer.open(name, token);
  }
  return writer.end();
}

interface List {
  readonly isNumbered: boolean;
  count: number;
}

/** How far a level of a list stands in. */
const INDENT = "    ";
const HIDDEN = /\bhidden\b|display:\s*none|spoiler/i;

class Writer {
  readonly #lines: string[] = [];
  readonly #lists: List[] = [];
  /** Which piece of the line bold text begins with. */
  readonly #bold: number[] = [];
  /** The line that is written, in pieces: joined once, as a line may be the whole text. */
  #pieces: string[] = [];
  /** What the next line begins with: a heading's or an item's mark. */
  #mark = "";
  #isVerbatim = false;
  #row: string[] | null = null;
  #isFirstRow = true;

  text(text: string): void {
    if (this.#isVerbatim) this.#pieces.push(text);
    else {
      const words = text.replace(/\s+/g, " ");
      const before = this.#pieces.at(-1) ?? " ";
      this.#add(before.endsWith(" ") ? words.trimStart() : words);
    }
  }

  open(name: string, tag: string): void {
    switch (name) {
      case "br":
        this.#break();
        break;
      case "ul":
      case "ol":
        this.#flush();
        this.#lists.push({ isNumbered: name === "ol", count: 0 });
        break;
      case "li":
        this.#flush();
        this.#mark = this.#itemMark();
        break;
      case "pre":
        this.#flush();
        this.#isVerbatim = true;
        break;
      case "strong":
      case "b":
        this.#bold.push(this.#pieces.length);
        break;
      case "code":
        if (!this.#isVerbatim) this.#add("`");
        break;
      case "sup":
        this.#add("^");
        break;
      case "sub":
        this.#add("_");
        break;
      case "img":
        this.text(`[${/\balt="([^"]+)"/i.exec(tag)?.[1] ?? "picture"}]`);
        break;
      case "hr":
        this.#flush();
        break;
      case "table":
        this.#flush();
        this.#isFirstRow = true;
        break;
      case "tr":
        this.#row = [];
        this.#taken();
        break;
      case "details":
        this.#flush();
        this.text("<details>");
        this.#flush();
        break;
      default:
        if (/^h[1-6]$/.test(name)) {
          this.#flush();
          this.#mark = this.#row ? "" : `${"#".repeat(Number(name[1]))} `;
        } else if (BLOCKS.has(name)) this.#flush();
        if (HIDDEN.test(tag)) this.text(" <span hidden>");
    }
  }

  close(name: string): void {
    switch (name) {
      case "ul":
      case "ol":
        this.#flush();
        this.#lists.pop();
        if (this.#lists.length === 0) this.#blank();
        break;
      case "strong":
      case "b":
        this.#closeBold();
        break;
      case "code":
        if (!this.#isVerbatim) this.#add("`");
        break;
      case "pre":
        this.#closeVerbatim();
        break;
      case "td":
      case "th":
        this.#closeBolds();
        this.#row?.push(this.#taken().trim());
        break;
      case "tr":
        this.#closeRow();
        break;
      case "table":
        this.#flush();
        this.#blank();
        break;
      default:
        if (/^h[1-6]$/.test(name) || BLOCKS.has(name)) {
          this.#flush();
          if (this.#lists.length === 0 && name !== "div") this.#blank();
        }
    }
  }

  end(): string {
    this.#flush();
    return this.#lines.join("\n").trim();
  }

  #add(piece: string): void {
    if (piece !== "") this.#pieces.push(piece);
  }

  #taken(): string {
    const line = this.#pieces.join("");
    this.#pieces = [];
    return line;
  }

  #itemMark(): string {
    const list = this.#lists.at(-1);
    if (!list) return "- ";
    list.count += 1;
    return list.isNumbered ? `${list.count}. ` : "- ";
  }

  #break(): void {
    if (this.#isVerbatim) this.#add("\n");
    else if (this.#row) this.#add("<br>");
    else this.#flush();
  }

  #blank(): void {
    if (!this.#row && this.#lines.at(-1) !== "") this.#lines.push("");
  }

  /** Ends the line, where anything is in it. Within a table's cell it goes on. */
  #flush(): void {
    if (this.#isVerbatim) return;
    this.#closeBolds();
    const last = this.#pieces.at(-1);
    if (this.#row) {
      if (last !== undefined && last !== "<br>") this.#add("<br>");
      return;
    }
    const text = this.#taken().trim();
    if (text === "") return;
    const depth = Math.max(0, this.#lists.length - 1);
    // What an item says in further lines stands below its text.
    const isGoingOn = this.#lists.length > 0 && this.#mark === "";
    this.#lines.push(`${INDENT.repeat(isGoingOn ? depth + 1 : depth)}${this.#mark}${text}`);
    this.#mark = "";
  }

  #closeBolds(): void {
    while (this.#bold.length > 0) this.#closeBold();
  }

  /** White space at the ends of bold text is none of it, or else it would be no Markdown. */
  #closeBold(): void {
    const start = this.#bold.pop();
    if (start === undefined || this.#isVerbatim || this.#bold.length > 0) return;
    const text = this.#pieces.splice(start).join("");
    const words = text.trim();
    this.#add(text.slice(0, text.length - text.trimStart().length));
    this.#add(words === "" ? "" : `**${words}**`);
    this.#add(words === "" ? "" : text.slice(text.trimEnd().length));
  }

  #closeVerbatim(): void {
    this.#isVerbatim = false;
    const indent = INDENT.repeat(this.#lists.length);
    const code = this.#taken()
      .replace(/^\n|\n$/g, "")
      .split("\n");
    this.#bold.length = 0;
    this.#lines.push(...["```", ...code, "```"].map((line) => `${indent}${line}`), "");
  }

  #closeRow(): void {
    const cells = (this.#row ?? []).map((cell) => cell.replace(/(?:<br>)+$/, "").replaceAll("|", "\\|"));
    this.#row = null;
    this.#taken();
    if (cells.length === 0) return;
    this.#lines.push(`| ${cells.join(" | ")} |`);
    if (this.#isFirstRow) this.#lines.push(`|${" --- |".repeat(cells.length)}`);
    this.#isFirstRow = false;
  }
}

const BLOCKS = new Set(["p", "div", "section", "article", "blockquote", "dl", "dt", "dd", "figure", "summary", "li"]);
