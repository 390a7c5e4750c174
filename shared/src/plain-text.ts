/** Markdown as the words that are left of it where nothing can be typeset: in a title, in a list, read aloud. */

/** What marks enclose is looked for in so much at once, in UTF-16 code units; the search grows with the square of it. */
const AT_ONCE = 1_000;

/**
 * What marks within a line enclose, the first that fits at each place: code and maths hold no marks, all others may.
 */
const SPAN = new RegExp(
  [
    /\\(?<escaped>[!-/:-@[-`{-~])/,
    /(?<ticks>`+)(?<code>.+?)\k<ticks>/,
    /\$\$(?<display>.+?)\$\$/,
    /\$(?<maths>[^\s$](?:[^$]*[^\s$])?)\$(?!\d)/,
    /!?\[(?<label>[^[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)/,
    /(?<strong>\*\*|__|~~)(?<strongText>\S|\S.*?\S)\k<strong>/,
    /(?<![\w*])\*(?<starred>[^\s*]|[^\s*][^*]*[^\s*])\*(?![\w*])/,
    /(?<!\w)_(?<underlined>[^\s_]|[^\s_][^_]*[^\s_])_(?!\w)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gs",
);

/** The words of a few lines at the most; what a formula becomes is up to whoever asks. */
export function plainWords(markdown: string, ofFormula: (formula: string) => string = readFormula): string {
  let text = "";
  let after = 0;
  for (const { 0: whole, index, groups = {} } of markdown.matchAll(SPAN)) {
    const formula = groups.display ?? groups.maths;
    const verbatim = groups.escaped ?? groups.code ?? (formula === undefined ? undefined : ofFormula(formula));
    const marked = groups.label ?? groups.strongText ?? groups.starred ?? groups.underlined ?? "";
    text += markdown.slice(after, index) + (verbatim ?? plainWords(marked, ofFormula));
    after = index + whole.length;
  }
  return text + markdown.slice(after);
}

const FRACTION = /\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}/g;
const SPACING = /\\(?:left|right|quad|qquad|displaystyle|limits)(?![a-z])|\\[,;:! ]/gi;
const COMMAND = /\\([a-z]+)/gi;

/** Commands that have a sign which everybody reads. */
const SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ le: "≤", leq: "≤", ge: "≥", geq: "≥", ne: "≠", neq: "≠", approx: "≈", equiv: "≡", pm: "±" },
    ...{ times: "×", cdot: "·", infty: "∞", in: "∈", notin: "∉", subset: "⊂", subseteq: "⊆", cup: "∪", cap: "∩" },
    ...{ to: "→", rightarrow: "→", Rightarrow: "⇒", implies: "⇒", iff: "⇔", mapsto: "↦", forall: "∀", exists: "∃" },
    ...{ dots: "…", ldots: "…", cdots: "…", mid: "|", mod: "mod", bmod: "mod" },
  }),
);

/** A formula in letters: what has a name is called by it, and what only typesets is left out. */
function readFormula(formula: string): string {
  let text = formula;
  // A fraction may stand in another; deeper ones are read by their names.
  for (let depth = 0; depth < 3; depth++) text = text.replace(FRACTION, "($1) / ($2)");
  return text
    .replace(/\\(?:begin|end)\{[a-z]*\*?\}/gi, " ")
    .replace(/\\(?:text|math|operatorname)[a-z]*\{/gi, "{")
    .replace(SPACING, " ")
    .replace(/\\\\/g, "; ")
    .replace(COMMAND, (_, name: string) => ` ${SIGNS.get(name) ?? name} `)
    .replace(/[{}&]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

interface PlainTextOptions {
  /** What a block of code becomes; without it, its lines stay as they are. */
  readonly ofCode?: (lines: readonly string[]) => string;
}

/** Markdown without its marks: a line for each paragraph, heading, item and row; code as it is written, maths in letters. */
export function plainTextOf(markdown: string, options: PlainTextOptions = {}): string {
  return blocksOf(markdown.replace(/\r\n?/g, "\n").split("\n"), options).join("\n");
}

/** The same to be read aloud, in one line: each part ends as a sentence does, and of code it is only said that it is there. */
export function spokenTextOf(markdown: string): string {
  const ofCode = ({ length }: readonly string[]) => (length === 1 ? "One line of code." : `${length} lines of code.`);
  return plainTextOf(markdown, { ofCode })
    .split("\n")
    .map((line) => (/[.,:;?!…。？！؟]$/.test(line) ? line : `${line}.`))
    .join(" ");
}

const FENCE = /^ {0,3}(?:>[ \t]?)*(`{3,}(?!.*`)|~{3,})/;
const LINE_MARK = /^[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)?/;
const BEGINS_ITS_OWN = /^[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t])/;
const RULE = /^ {0,3}(?:[-*_=][ \t]*){3,}$/;
const UNDER_A_TABLES_HEAD = /^[ \t|:-]+$/;

function blocksOf(lines: readonly string[], { ofCode = (code) => code.join("\n") }: PlainTextOptions): string[] {
  const blocks: string[] = [];
  let paragraph: string[] = [];
  const close = () => {
    const text = inPieces(paragraph.join("\n"));
    if (text !== "") blocks.push(text);
    paragraph = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const fence = FENCE.exec(line)?.[1] ?? (line.trim() === "$$" ? "$$" : undefined);
    if (fence !== undefined) {
      close();
      const end = closing(lines, at, fence);
      const held = lines.slice(at + 1, end);
      const text = fence === "$$" ? readFormula(held.join(" ")) : held.some((one) => one.trim()) ? ofCode(held) : "";
      if (text !== "") blocks.push(text);
      at = end;
    } else if (/^[ \t]*\|/.test(line)) {
      close();
      if (!UNDER_A_TABLES_HEAD.test(line)) blocks.push(rowOf(line));
    } else if (line.trim() === "" || RULE.test(line)) {
      close();
    } else {
      if (BEGINS_ITS_OWN.test(line)) close();
      paragraph.push(line.replace(LINE_MARK, "").replace(/\\$/, ""));
      if (/^ {0,3}#{1,6}[ \t]/.test(line)) close();
    }
  }
  close();
  return blocks;
}

/** The line that closes what `fence` opened, or the one past the last. */
function closing(lines: readonly string[], from: number, fence: string): number {
  const found = lines.findIndex((line, at) => at > from && line.replace(/^[ \t>]*/, "").startsWith(fence));
  return found < 0 ? lines.length : found;
}

function rowOf(line: string): string {
  const cells = line.trim().replace(/^\|/, "").replace(/\|$/, "").split("|");
  return cells
    .map(inPieces)
    .filter((cell) => cell !== "")
    .join(", ");
}

/** The words of a paragraph, however long it is. */
function inPieces(paragraph: string): string {
  let text = "";
  for (let at = 0; at < paragraph.length; ) {
    const whole = paragraph.slice(at, at + AT_ONCE);
    const space = at + AT_ONCE < paragraph.length ? whole.lastIndexOf(" ") : -1;
    const piece = space > 0 ? whole.slice(0, space + 1) : whole;
    text += plainWords(piece);
    at += piece.length;
  }
  return text
    .replace(/<((?:https?:\/\/|mailto:)[^<>\s]*)>/g, "$1")
    .replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name])
    .replace(/\s+/g, " ")
    .trim();
}

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };
