import type { Line } from "./entries.ts";
import { outOfLine } from "./guards.ts";
import { type HeadingToken, isMarked, Lines, type Token } from "./lines.ts";
import { KITS, SCORED } from "./words.ts";

/** A document in its parts: what stands below which heading. */

/** Lines of the document that are one token. */
export interface Piece {
  readonly token: Token;
  readonly lines: readonly Line[];
}

export interface Topic {
  readonly line: number;
  readonly id: string | null;
  readonly name: string;
}

/** A pack's, question's or kit's heading, and what stands below it. */
export interface Part {
  readonly line: number;
  readonly id: string | null;
  readonly place: number | null;
  readonly title: string;
  readonly topic: Topic | null;
  readonly pieces: Piece[];
}

export interface OwnDocument {
  /** Whether texts in it are kept apart from its own parts; in older documents they stand as they are. */
  readonly isMarked: boolean;
  readonly packs: readonly Part[];
  readonly topics: readonly Topic[];
  readonly questions: readonly Part[];
  readonly kits: readonly Part[];
  /** What stands under the heading of the criterion that is scored in every question. */
  readonly scored: readonly Piece[];
  /** Lines that belong to no part. */
  readonly loose: readonly Line[];
}

/** Whether a text is a document as the project writes it. */
export function isOwnMarkdown(text: string): boolean {
  if (!/^#{1,3}[ \t]/m.test(text)) return false;
  const lines = linesIn(text);
  let [hasId, isScored] = [false, false];
  for (let at = 0; at < lines.all.length; at++) {
    if (!lines.all[at]?.startsWith("#")) continue;
    const { token } = lines.at(at);
    if (token.kind !== "heading") continue;
    if (token.level === 3 && isCertain(token)) return true;
    hasId ||= token.level === 1 && isMarked(token);
    isScored ||= isChapter(token, SCORED);
  }
  return hasId && isScored;
}

/** Whether the heading is that of a question beyond doubt. */
const isCertain = ({ about, name, remark }: HeadingToken): boolean =>
  about !== null && (about.reviewed !== null || remark?.id != null || isNumber(name));

/** What a question is called in a document for candidates, who do not know its title. */
export const isNumber = (name: string): boolean => /^question \d{1,6}$/i.test(name);

const isChapter = ({ level, name, remark }: HeadingToken, chapter: string): boolean =>
  level === 2 && remark === null && name.toLowerCase() === chapter.toLowerCase();

const linesIn = (text: string): Lines => new Lines(text.replace(/\r\n?/g, "\n").split("\n"));

export function documentOf(text: string): OwnDocument {
  const lines = linesIn(text);
  const found: { readonly token: Token; readonly at: number; readonly end: number }[] = [];
  for (let at = 0; at < lines.all.length; at = found.at(-1)?.end ?? lines.all.length)
    found.push({ at, ...lines.at(at) });
  const reading = new Reading(
    lines,
    found.some(({ token }) => token.kind === "heading" && isMarked(token)),
  );
  for (const { token, at, end } of found) reading.take(token, at, end);
  return reading;
}

class Reading implements OwnDocument {
  readonly isMarked: boolean;
  readonly packs: Part[] = [];
  readonly topics: Topic[] = [];
  readonly questions: Part[] = [];
  readonly kits: Part[] = [];
  readonly scored: Piece[] = [];
  readonly loose: Line[] = [];
  readonly #lines: Lines;
  #chapter: "topic" | "kits" | "scored" = "topic";
  #topic: Topic | null = null;
  /** What the next lines belong to, and whether the first of its lists has begun. */
  #part: Part | null = null;
  #hasLists = false;

  constructor(lines: Lines, marked: boolean) {
    this.#lines = lines;
    this.isMarked = marked;
  }

  take(token: Token, at: number, end: number): void {
    if (token.kind === "heading" && this.#takeHeading(token, at)) return;
    this.#hasLists ||= (token.kind === "name" && token.list !== null) || token.kind === "workspace";
    const piece = {
      token,
      lines: this.#lines.all.slice(at, end).map((text, index) => ({ number: at + index + 1, text })),
    };
    if (this.#part) this.#part.pieces.push(piece);
    else if (this.#chapter === "scored") this.scored.push(piece);
    else this.loose.push(...piece.lines);
  }

  #takeHeading(heading: HeadingToken, at: number): boolean {
    switch (heading.level) {
      case 1:
        return this.#takeFirst(heading, at);
      case 2:
        return this.#takeSecond(heading, at);
      case 3:
        return this.#takeThird(heading, at);
      default:
        return heading.level satisfies never;
    }
  }

  /** Whether a heading may be one of the text that it stands in. */
  get #isInText(): boolean {
    return !this.isMarked && this.#part !== null && !this.#hasLists;
  }

  #takeFirst(heading: HeadingToken, at: number): boolean {
    if (this.#isInText && this.#part !== this.packs[0]) return false;
    this.#chapter = "topic";
    this.#topic = null;
    this.#begin(this.packs, heading, at);
    return true;
  }

  #takeSecond(heading: HeadingToken, at: number): boolean {
    const { name, remark } = heading;
    const next = this.#nextToken(at);
    const isOver = next?.kind === "heading" && next.level === 3;
    const isScored = isChapter(heading, SCORED) && (this.isMarked || next?.kind === "name");
    const isKits = isChapter(heading, KITS) && (this.isMarked || isOver);
    if (this.#isInText && !isScored && !isKits && !(isOver && next.about !== null)) return false;
    this.#part = null;
    this.#topic = null;
    this.#chapter = isScored ? "scored" : isKits ? "kits" : "topic";
    if (isScored || isKits) return true;
    this.#topic = { line: at + 1, id: remark?.id ?? null, name: this.#title(name) };
    this.topics.push(this.#topic);
    return true;
  }

  #takeThird(heading: HeadingToken, at: number): boolean {
    const isKit = this.#chapter === "kits" && heading.about?.reviewed == null;
    const isCertainly = isKit
      ? /, \d{1,4} minutes?$/.test(this.#lines.filled(at + 1).line.trimEnd())
      : heading.about !== null;
    if (this.#isInText && !isCertainly) return false;
    this.#begin(isKit ? this.kits : this.questions, heading, at);
    return true;
  }

  #begin(parts: Part[], { name, remark }: HeadingToken, at: number): void {
    const { id, place } = remark ?? { id: null, place: null };
    this.#part = { line: at + 1, id, place, title: this.#title(name), topic: this.#topic, pieces: [] };
    this.#hasLists = false;
    parts.push(this.#part);
  }

  #title(name: string): string {
    return this.isMarked ? outOfLine(name) : name;
  }

  #nextToken(at: number): Token | null {
    const next = this.#lines.filled(at + 1).at;
    return next < this.#lines.all.length ? this.#lines.at(next).token : null;
  }
}

/** What the line below a title says, where it says it, and the pieces behind it. */
export function behindTitle<T>(
  { line, pieces }: Part,
  read: (line: string) => T | null,
): { readonly found: T | null; readonly line: number; readonly rest: readonly Piece[] } {
  const at = pieces.findIndex(({ lines }) => lines.some(({ text }) => text.trim() !== ""));
  const first = pieces[at];
  const found = first?.token.kind === "text" ? read(first.lines[0]?.text ?? "") : null;
  return found === null
    ? { found, line, rest: pieces }
    : { found, line: first?.lines[0]?.number ?? line, rest: pieces.slice(at + 1) };
}
