import { isPart, Lines } from "./lines.ts";

/**
 * Keeps a text apart from the document around it, in the ways of Markdown, so that who reads the document sees what was written, and the import
 * reads it back unchanged.
 */

/** What can begin a part of the document, behind the backslashes that keep it from that. */
const KEPT_APART = /^\\+(?=#{1,6}(?:[ \t]|$)|\*\*|`{3}|~{3}|<!--)/;

/** A text of its own lines: before each that would be taken for a part of the document, or would hide the rest of it, stands a backslash. */
export function guarded(text: string): string {
  const lines = new Lines(text.split("\n"));
  const lastEnd = lines.all.findLastIndex((line) => line.includes("-->"));
  const written: string[] = [];
  for (let at = 0; at < lines.all.length; ) {
    const { token, end } = lines.at(at);
    const line = lines.all[at] ?? "";
    if (isPart(token) || KEPT_APART.test(line) || (line.startsWith("<!--") && at > lastEnd)) {
      written.push(`\\${line}`);
      at += 1;
    } else {
      written.push(...lines.all.slice(at, end));
      at = end;
    }
  }
  return written.join("\n");
}

/** A line of such a text as it was before. */
export const unguarded = (line: string): string => (KEPT_APART.test(line) ? line.slice(1) : line);

/** A text within a line; an end of a line is written as the character's number. */
export const inLine = (text: string): string =>
  text.replace(/&((?:amp;)*)#10;/g, "&amp;$1#10;").replaceAll("\n", "&#10;");

/** Such a text as it was before. */
export const outOfLine = (text: string): string =>
  text.replace(/&((?:amp;)*)#10;/g, (_, ampersands: string) =>
    ampersands === "" ? "\n" : `&${ampersands.slice("amp;".length)}#10;`,
  );

/** Lines of the document that begin with words and a colon, and tell two texts of one entry apart. */
class Divider {
  readonly #begin: RegExp;
  readonly #kept: RegExp;
  readonly #guarded: RegExp;

  constructor(words: string) {
    this.#begin = new RegExp(`^\\s*(?:${words})\\s*:[ \\t]*`, "i");
    this.#kept = new RegExp(`^(\\s*(?:${words})\\s*\\\\*)(?=:)`, "i");
    this.#guarded = new RegExp(`^(\\s*(?:${words})\\s*\\\\*)\\\\(?=:)`, "i");
  }

  /** The first text, with a backslash before the colon in each line that would end it. */
  guarded(text: string): string {
    return text
      .split("\n")
      .map((line) => line.replace(this.#kept, "$1\\"))
      .join("\n");
  }

  /** The two texts, and the words that the second begins with; `null` where there is only the first. */
  divided(text: string): { readonly first: string; readonly words: string | null; readonly second: string } {
    const lines = text.split("\n");
    const at = lines.findIndex((line) => this.#begin.test(line));
    const first = (at < 0 ? lines : lines.slice(0, at)).map((line) => line.replace(this.#guarded, "$1"));
    if (at < 0) return { first: first.join("\n"), words: null, second: "" };
    const [line = "", ...rest] = lines.slice(at);
    const words = this.#begin.exec(line)?.[0] ?? "";
    return { first: first.join("\n"), words, second: [line.slice(words.length), ...rest].join("\n") };
  }
}

export const PROBES = new Divider("probes");
export const COUNTS = new Divider("counts [\\d.e-]{1,24} times");
