import { QuestionLevel } from "@whetstone/shared/bank";
import { Labels, type Section } from "../list/labels.ts";
import {
  type About,
  aboutIn,
  type CodePart,
  codeNamed,
  ENDS_IN_LINE,
  type ListName,
  listNamed,
  PROMPTS_REMARK,
  workspaceIn,
} from "./words.ts";

/**
 * What the lines of a document are. The writer asks this of the texts that it puts in, and keeps apart whatever would be taken for a part of the
 * document; the reader asks it of the document. Only what stands at the very beginning of a line, in no code, is a part of it.
 */

/** What stands behind a heading or a bold name in a comment, which no reader of the document sees. */
interface Remark {
  readonly id: string | null;
  /** Where a question stood in its pack, where the document has another order. */
  readonly place: number | null;
  readonly text: string;
}

export interface HeadingToken {
  readonly kind: "heading";
  readonly level: 1 | 2 | 3;
  readonly name: string;
  readonly remark: Remark | null;
  /** The next line, where it is that below a question's title. */
  readonly about: About | null;
}

/** A line that names what is below it: bold and nothing else, or a small heading that names a list. */
export interface NameToken {
  readonly kind: "name";
  readonly name: string;
  readonly id: string | null;
  readonly list: ListName | null;
  /** What other words for a list mean, in any language. */
  readonly section: Section | null;
  readonly above: Above;
}

export interface CodeToken {
  readonly kind: "code";
  readonly part: CodePart;
  /** The word behind the fence. */
  readonly info: string;
  /** Null where the fence is never closed. */
  readonly code: string | null;
}

type Above = "anchors" | "list" | "code" | "text";

export type Token =
  | HeadingToken
  | NameToken
  | CodeToken
  | { readonly kind: "workspace"; readonly language: string }
  | { readonly kind: "text" }
  /** Code whose lines are no parts of the document; `isClosed` tells whether it ends before the next of them. */
  | { readonly kind: "fence"; readonly isClosed: boolean };

/** A token and the index of the line behind it. */
export interface Found {
  readonly token: Token;
  readonly end: number;
}

const HEADING = /^(#{1,6})(?:[ \t]+(.*))?$/s;
const FENCE = /^(?:(`{3,})[^`]*|(~{3,}).*)$/s;
const IDENTIFIER = /^([a-z0-9]+(?:-[a-z0-9]+)*)(?:, (\d{1,6}))?$/;
/** Looked at alone, as the letters for question and answer are no words for a list. */
const LABELS = new Labels("");

export const remark = (text: string): string => ` <!-- ${text} -->`;

export class Lines {
  readonly all: readonly string[];
  /** By line, the first from there on that holds anything. */
  readonly #filled: Int32Array;
  /** By its sign, the last fence that nothing closes before a part of the document. */
  readonly #open = new Map<string, { readonly length: number; readonly from: number; readonly until: number }>();

  constructor(lines: readonly string[]) {
    this.all = lines;
    this.#filled = new Int32Array(lines.length + 1).fill(lines.length);
    for (let at = lines.length - 1; at >= 0; at--) {
      this.#filled[at] = this.#line(at).trim() === "" ? (this.#filled[at + 1] ?? lines.length) : at;
    }
  }

  at(index: number): Found {
    const line = this.#line(index);
    const single = (token: Token): Found => ({ token, end: index + 1 });
    if (line.startsWith("#")) return single(this.#heading(index) ?? { kind: "text" });
    if (line.startsWith("```") || line.startsWith("~~~")) return this.#fence(index);
    if (!line.startsWith("**")) return single({ kind: "text" });
    const language = workspaceIn(line);
    if (language !== null) return single({ kind: "workspace", language });
    return this.#code(index) ?? single(this.#bold(index) ?? { kind: "text" });
  }

  /** The first line from there on that holds anything. */
  filled(index: number): { readonly at: number; readonly line: string } {
    const at = this.#filled[index] ?? this.all.length;
    return { at, line: this.#line(at) };
  }

  #line(index: number): string {
    return this.all[index] ?? "";
  }

  #heading(index: number): HeadingToken | NameToken | null {
    const [, signs = "", words = ""] = HEADING.exec(this.#line(index)) ?? [];
    const { name, comment } = withoutComment(words);
    const about = signs.length === 3 ? this.#about(index + 1) : null;
    const list = signs.length >= 3 && comment === null && about === null ? listNamed(name) : null;
    if (list) return { kind: "name", name, id: null, list, section: null, above: this.#above(index) };
    if (signs.length !== 1 && signs.length !== 2 && signs.length !== 3) return null;
    return { kind: "heading", level: signs.length, name, remark: comment === null ? null : remarkIn(comment), about };
  }

  #about(index: number): About | null {
    const about = aboutIn(this.filled(index).line);
    return about !== null && QuestionLevel.safeParse(about.level).success ? about : null;
  }

  #bold(index: number): NameToken | null {
    const { name: bold, comment } = withoutComment(this.#line(index).trimEnd());
    const name = boldIn(bold);
    const id = comment === null ? null : remarkIn(comment).id;
    if (name === null || (id === null && name.includes("**"))) return null;
    const list = id === null ? listNamed(name) : null;
    const label = id === null && list === null ? LABELS.labelled(name) : null;
    const section = label?.rest === "" ? label.section : null;
    return { kind: "name", name, id, list, section, above: this.#above(index) };
  }

  #above(index: number): Above {
    const { line } = this.filled(index + 1);
    if (/^1[.)] /.test(line)) return "anchors";
    if (/^(?:[-*+]|\d{1,3}[.)])(?:[ \t]|$)/.test(line)) return "list";
    return FENCE.test(line) ? "code" : "text";
  }

  /** The name of a piece of code and the code below it, in which nothing is a part of the document. */
  #code(index: number): Found | null {
    const { name: bold, comment } = withoutComment(this.#line(index).trimEnd());
    const part = codeNamed(boldIn(bold) ?? "");
    const { at, line } = this.filled(index + 1);
    const fence = FENCE.exec(line);
    if (part === null || fence === null) return null;
    const signs = fence[1] ?? fence[2] ?? "";
    const info = line.slice(signs.length).trim();
    const close = this.#closing(at, signs);
    if (close === null) return { token: { kind: "code", part, info, code: null }, end: this.all.length };
    const lines = this.all.slice(at + 1, close);
    const code = lines.length > 0 && comment !== ENDS_IN_LINE ? `${lines.join("\n")}\n` : lines.join("\n");
    return { token: { kind: "code", part, info, code }, end: close + 1 };
  }

  #closing(open: number, signs: string): number | null {
    for (let at = open + 1; at < this.all.length; at++) if (closes(this.#line(at), signs)) return at;
    return null;
  }

  #fence(index: number): Found {
    const fence = FENCE.exec(this.#line(index));
    const signs = fence?.[1] ?? fence?.[2];
    if (signs === undefined) return { token: { kind: "text" }, end: index + 1 };
    const open = { token: { kind: "fence", isClosed: false }, end: index + 1 } as const;
    const sign = signs.charAt(0);
    const before = this.#open.get(sign);
    if (before && before.length <= signs.length && index >= before.from && index < before.until) return open;
    let at = index + 1;
    for (; at < this.all.length && !this.#isPart(at); at++) {
      if (closes(this.#line(at), signs)) return { token: { kind: "fence", isClosed: true }, end: at + 1 };
    }
    this.#open.set(sign, { length: signs.length, from: index, until: at });
    return open;
  }

  /** Whether a line in a fence shows that the fence was never closed, and that the rest of the document is not code. */
  #isPart(index: number): boolean {
    const line = this.#line(index);
    if (line.startsWith("###")) {
      const heading = this.#heading(index);
      return heading !== null && (heading.kind === "name" || heading.about !== null);
    }
    if (!line.startsWith("**")) return false;
    return workspaceIn(line) !== null || (this.#bold(index)?.list ?? null) !== null;
  }
}

function closes(line: string, signs: string): boolean {
  const text = line.trimEnd();
  return text.startsWith(signs) && text.replaceAll(signs.charAt(0), "") === "";
}

function boldIn(text: string): string | null {
  const isBold = text.length > 4 && text.startsWith("**") && text.endsWith("**");
  return isBold ? text.slice(2, -2) : null;
}

/** A line apart from the comment that ends it. */
export function withoutComment(line: string): { readonly name: string; readonly comment: string | null } {
  const text = line.trimEnd();
  const begin = text.endsWith("-->") ? text.lastIndexOf("<!--") : -1;
  if (begin < 0) return { name: text, comment: null };
  return { name: text.slice(0, begin).trimEnd(), comment: text.slice(begin + 4, -3).trim() };
}

export function remarkIn(comment: string): Remark {
  const [, id = null, place] = IDENTIFIER.exec(comment) ?? [];
  return { id, place: place === undefined ? null : Number(place), text: comment };
}

/** Whether a heading shows that the document's texts are kept apart from its parts: older ones have no identifiers. */
export const isMarked = ({ remark }: HeadingToken): boolean =>
  remark !== null && (remark.id !== null || remark.text === PROMPTS_REMARK);

/** Whether the line is taken for a part of the document within a text too: other bold lines may name what the text itself goes on with. */
export function isPart(token: Token): boolean {
  switch (token.kind) {
    case "heading":
    case "code":
    case "workspace":
      return true;
    case "name":
      return token.id !== null || token.list !== null || token.section !== null || token.above !== "text";
    case "fence":
      return !token.isClosed;
    case "text":
      return false;
    default:
      return token satisfies never;
  }
}
