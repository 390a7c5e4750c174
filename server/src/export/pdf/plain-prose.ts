import { fromMarkdown } from "mdast-util-from-markdown";
import { toString as plainText } from "mdast-util-to-string";

type Block = ReturnType<typeof fromMarkdown>["children"][number];

/**
 * Markdown as plain lines, with an empty line between paragraphs. A paragraph with maths stays as it is written, because
 * its underscores are no emphasis.
 */
export function plainProse(markdown: string): string {
  return blocksOf(fromMarkdown(markdown).children, markdown).join("\n\n");
}

function blocksOf(blocks: readonly Block[], source: string): string[] {
  return blocks.flatMap((block) => {
    switch (block.type) {
      case "list": {
        const items = block.children.map(({ children }, index) => {
          const bullet = block.ordered ? `${(block.start ?? 1) + index}.` : "•";
          return `${bullet} ${blocksOf(children, source).join("\n")}`;
        });
        return [items.join("\n")];
      }
      case "blockquote":
        return blocksOf(block.children, source);
      case "code":
      case "html":
        return [block.value];
      case "thematicBreak":
      case "definition":
        return [];
      default:
        return [wordsOf(block, source)];
    }
  });
}

function wordsOf(block: Block, source: string): string {
  const written = source.slice(block.position?.start.offset, block.position?.end.offset);
  if (/^\s*\|/.test(written)) return rowsOf(written);
  return inOneLine(written.includes("$") ? written : plainText(block));
}

/** The text with each of its line ends, and all white space around it, as one space. */
function inOneLine(text: string): string {
  const [first = "", ...further] = text.split("\n");
  const last = further.pop();
  if (last === undefined) return text;
  const between = further.map((line) => line.trim()).filter((line) => line !== "");
  return [first.trimEnd(), ...between, last.trimStart()].join(" ");
}

/** A table's rows without the line below its head and the lines around it. */
function rowsOf(table: string): string {
  const rows = table.split("\n").filter((row) => !/^[\s|:-]+$/.test(row));
  return rows.map((row) => row.trim().replace(/^\|/, "").replace(/\|$/, "").trim()).join("\n");
}
