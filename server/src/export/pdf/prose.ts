import { fromMarkdown } from "mdast-util-from-markdown";

type Block = ReturnType<typeof fromMarkdown>["children"][number];

/** Words, code within them, or a block of code, as the template sets them one after the other. */
interface Piece {
  readonly kind: "words" | "code" | "block";
  readonly text: string;
}

export type Prose = readonly Piece[];

interface Place {
  readonly position?:
    | {
        readonly start: { readonly offset?: number | undefined };
        readonly end: { readonly offset?: number | undefined };
      }
    | undefined;
}

/** A node of any kind, with what of it is looked at. */
interface Node extends Place {
  readonly type: string;
  readonly value?: string | undefined;
  readonly alt?: string | null | undefined;
  readonly children?: readonly Node[] | undefined;
}

const words = (text: string): Piece => ({ kind: "words", text });

/**
 * Markdown as plain lines, with an empty line between paragraphs, and its code as code. What has maths beside its code stays as it is
 * written, because its underscores are no emphasis.
 */
export function proseOf(markdown: string): Prose {
  return merged(between(blocksOf(fromMarkdown(markdown).children, markdown), "\n\n"));
}

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

function blocksOf(blocks: readonly Block[], source: string): Piece[][] {
  return blocks.flatMap((block): Piece[][] => {
    switch (block.type) {
      case "list": {
        const items = block.children.map(({ children }, index) => {
          const bullet = block.ordered ? `${(block.start ?? 1) + index}.` : "•";
          return [words(`${bullet} `), ...between(blocksOf(children, source), "\n")];
        });
        return [between(items, "\n")];
      }
      case "blockquote":
        return blocksOf(block.children, source);
      case "code":
        return [[{ kind: "block", text: block.value }]];
      case "html":
        return [[words(block.value)]];
      case "thematicBreak":
      case "definition":
        return [];
      default:
        return [inline(block, source)];
    }
  });
}

function inline(block: Node, source: string): Piece[] {
  const written = sourceOf(block, source);
  if (/^\s*\|/.test(written)) return inBackticks(rowsOf(written), false);
  const pieces = piecesOf(block);
  const hasMaths = pieces.some(({ kind, text }) => kind === "words" && text.includes("$"));
  return (hasMaths ? asWritten(block, source) : pieces).map(inOneLine);
}

const sourceOf = ({ position }: Place, source: string): string =>
  source.slice(position?.start.offset, position?.end.offset);

function piecesOf({ type, value, alt, children }: Node): Piece[] {
  if (type === "inlineCode") return [{ kind: "code", text: value ?? "" }];
  if (type === "break") return [words("\n")];
  return children ? children.flatMap(piecesOf) : [words(value ?? alt ?? "")];
}

/** The source of a paragraph, but for its code. */
function asWritten(block: Node, source: string): Piece[] {
  const pieces: Piece[] = [];
  let after = block.position?.start.offset ?? 0;
  for (const code of codeIn(block)) {
    pieces.push(words(source.slice(after, code.position?.start.offset)), { kind: "code", text: code.value ?? "" });
    after = code.position?.end.offset ?? after;
  }
  return [...pieces, words(source.slice(after, block.position?.end.offset))];
}

const codeIn = (node: Node): Node[] => (node.type === "inlineCode" ? [node] : (node.children ?? []).flatMap(codeIn));

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

/** Parts with what separates them; a block of code stands apart by itself. */
function between(parts: readonly (readonly Piece[])[], separator: string): Piece[] {
  return parts.flatMap((part, index) => {
    const before = parts[index - 1]?.at(-1);
    const isApart = index === 0 || before?.kind === "block" || part[0]?.kind === "block";
    return isApart ? part : [words(separator), ...part];
  });
}

/** Without pieces of nothing, and neighbours of one kind as one. */
function merged(pieces: readonly Piece[]): Prose {
  const kept: Piece[] = [];
  for (const piece of pieces) {
    const last = kept.at(-1);
    if (piece.text === "") continue;
    if (last?.kind === "words" && piece.kind === "words") kept[kept.length - 1] = words(last.text + piece.text);
    else kept.push(piece);
  }
  return kept;
}

/** The text with each of its line ends, and all white space around it, as one space. */
function inOneLine({ kind, text }: Piece): Piece {
  const [first = "", ...further] = text.split("\n");
  const last = further.pop();
  if (last === undefined) return { kind, text };
  const middle = further.map((line) => line.trim()).filter((line) => line !== "");
  return { kind, text: [first.trimEnd(), ...middle, last.trimStart()].join(" ") };
}

/** A table's rows without the line below its head and the lines around it. */
function rowsOf(table: string): string {
  const rows = table.split("\n").filter((row) => !/^[\s|:-]+$/.test(row));
  return rows.map((row) => row.trim().replace(/^\|/, "").replace(/\|$/, "").trim()).join("\n");
}
