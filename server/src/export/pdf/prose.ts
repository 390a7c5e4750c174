import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmAutolinkLiteralFromMarkdown } from "mdast-util-gfm-autolink-literal";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { mathFromMarkdown } from "mdast-util-math";
import { gfmAutolinkLiteral } from "micromark-extension-gfm-autolink-literal";
import { gfmTable } from "micromark-extension-gfm-table";
import { math } from "micromark-extension-math";
import { type Formula, formulaOf } from "./maths.ts";

type Block = ReturnType<typeof fromMarkdown>["children"][number];

/** What the template sets one after the other: words, code within them, a link, a formula, a block of code, a table. */
type Piece =
  | { readonly kind: "words" | "code" | "block"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly address: string }
  /** `text` is the TeX, for whoever cannot see the formula. */
  | { readonly kind: "formula"; readonly text: string; readonly formula: Formula; readonly apart: boolean }
  /** The first of the rows is its head; they have one length. `text` is empty. */
  | { readonly kind: "table"; readonly text: string; readonly rows: readonly (readonly Prose[])[] };

export type Prose = readonly Piece[];

/** A node of any kind, with what of it is looked at. */
interface Node {
  readonly type: string;
  readonly value?: string | undefined;
  readonly alt?: string | null | undefined;
  readonly url?: string | undefined;
  readonly children?: readonly Node[] | undefined;
}

const words = (text: string): Piece => ({ kind: "words", text });

const MARKDOWN = {
  extensions: [gfmTable(), gfmAutolinkLiteral(), math()],
  mdastExtensions: [gfmTableFromMarkdown(), gfmAutolinkLiteralFromMarkdown(), mathFromMarkdown()],
};

/** Markdown as plain lines, with an empty line between paragraphs; its code, formulas, links and tables as what they are. */
export const proseOf = (markdown: string): Prose =>
  merged(between(blocksOf(fromMarkdown(markdown, MARKDOWN).children), "\n\n"));

/** A text that is no Markdown, as it is written: what its writer set between backticks or fences is code. */
export function writtenProse(text: string): Prose {
  const pieces: Piece[] = [];
  let fence: string | null = null;
  let block: string[] = [];
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    const marks = /^ {0,3}(```|~~~)/.exec(line)?.[1];
    if (fence === null && marks === undefined) {
      pieces.push(...inBackticks(index < lines.length - 1 ? `${line}\n` : line, true));
      continue;
    }
    block.push(line);
    if (fence !== null && marks !== fence) continue;
    if (fence === null) fence = marks ?? null;
    else {
      pieces.push({ kind: "block", text: block.join("\n") });
      [fence, block] = [null, []];
    }
  }
  if (block.length > 0) pieces.push({ kind: "block", text: block.join("\n") });
  return merged(pieces);
}

function blocksOf(blocks: readonly Block[]): Piece[][] {
  return blocks.flatMap((block): Piece[][] => {
    switch (block.type) {
      case "list": {
        const items = block.children.map(({ children }, index) => {
          const bullet = block.ordered ? `${(block.start ?? 1) + index}.` : "•";
          return [words(`${bullet} `), ...between(blocksOf(children), "\n")];
        });
        return [between(items, "\n")];
      }
      case "blockquote":
        return blocksOf(block.children);
      case "code":
        return [[{ kind: "block", text: block.value }]];
      case "math":
        return [[formulaPiece(block.value, true)]];
      case "table":
        return [[tableOf(block)]];
      case "html":
        return [[words(block.value)]];
      case "thematicBreak":
      case "definition":
        return [];
      default:
        return [piecesOf(block).map(inOneLine)];
    }
  });
}

function piecesOf({ type, value = "", alt, url = "", children }: Node): Piece[] {
  switch (type) {
    case "inlineCode":
      return [{ kind: "code", text: value }];
    case "inlineMath":
      return [formulaPiece(value, false)];
    case "break":
      return [words("\n")];
    case "link":
      return linkPieces((children ?? []).flatMap(piecesOf), url);
    case "image":
      return [words([alt ?? "", url && `(${url})`].filter(Boolean).join(" "))];
    default:
      return children ? children.flatMap(piecesOf) : [words(value || (alt ?? ""))];
  }
}

/** What leads to a page or a mailbox; anything else is a word that says where it would have led. */
const LEADS_SOMEWHERE = /^(https?:\/\/|mailto:)/i;

/** A link can be followed on screen and read on paper. */
function linkPieces(shown: readonly Piece[], address: string): Piece[] {
  const text = shown.map((piece) => piece.text).join("");
  const isSaid = text === "" || address === text || address.replace(/^(https?:\/\/|mailto:)/i, "") === text;
  const named = isSaid ? [] : [words(` (${address})`)];
  if (!LEADS_SOMEWHERE.test(address)) return [...shown, ...named];
  const isPlain = shown.every(({ kind }) => kind === "words");
  const link: Piece = { kind: "link", text: isPlain && text !== "" ? text : address, address };
  if (!isPlain) return [...shown, words(" ("), link, words(")")];
  return isSaid ? [link] : [link, ...named];
}

/** A formula, or its source as code where it is none. */
function formulaPiece(tex: string, apart: boolean): Piece {
  const formula = formulaOf(tex, apart);
  if (formula) return { kind: "formula", text: tex, formula, apart };
  return apart ? { kind: "block", text: `$$\n${tex}\n$$` } : { kind: "code", text: `$${tex}$` };
}

function tableOf({ children = [] }: Node): Piece {
  const rows = children.map((row) => (row.children ?? []).map((cell) => merged(piecesOf(cell).map(inOneLine))));
  const width = Math.max(1, ...rows.map((row) => row.length));
  return { kind: "table", text: "", rows: rows.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? [])) };
}

/** A text of which what stands between backticks in one line is code, with its marks or without. */
function inBackticks(text: string, keepsMarks: boolean): Piece[] {
  const pieces: Piece[] = [];
  let after = 0;
  for (const { 0: whole, 1: code = "", index } of text.matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)) {
    pieces.push(words(text.slice(after, index)), { kind: "code", text: keepsMarks ? whole : code });
    after = index + whole.length;
  }
  return [...pieces, words(text.slice(after))];
}

const standsApart = (piece: Piece | undefined): boolean =>
  piece?.kind === "block" || piece?.kind === "table" || (piece?.kind === "formula" && piece.apart);

/** Parts with what separates them; what is no line stands apart by itself. */
function between(parts: readonly (readonly Piece[])[], separator: string): Piece[] {
  return parts.flatMap((part, index) => {
    const isApart = index === 0 || standsApart(parts[index - 1]?.at(-1)) || standsApart(part[0]);
    return isApart ? part : [words(separator), ...part];
  });
}

/** Without pieces of nothing, and neighbours of one kind as one. */
function merged(pieces: readonly Piece[]): Prose {
  const kept: Piece[] = [];
  for (const piece of pieces) {
    const last = kept.at(-1);
    if (piece.text === "" && piece.kind !== "table") continue;
    if (last?.kind === "words" && piece.kind === "words") kept[kept.length - 1] = words(last.text + piece.text);
    else kept.push(piece);
  }
  return kept;
}

/** The text with each of its line ends, and all white space around it, as one space. */
function inOneLine(piece: Piece): Piece {
  const [first = "", ...further] = piece.text.split("\n");
  const last = further.pop();
  if (last === undefined) return piece;
  const middle = further.map((line) => line.trim()).filter((line) => line !== "");
  return { ...piece, text: [first.trimEnd(), ...middle, last.trimStart()].join(" ") };
}
