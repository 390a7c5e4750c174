/**
 * Pieces of a Markdown document, of texts that people wrote: nothing in them becomes a heading, a link, a picture, HTML
 * or a table.
 */

/** A list, without what is empty. */
export const list = (items: readonly (string | false | null)[]): string =>
  items
    .filter(Boolean)
    .map((item) => `- ${item}`)
    .join("\n");

/** A text in one line. */
export const line = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\[<`]/g, "\\$&");

export const quote = (text: string): string => text.trim().replace(/\r\n?/g, "\n").replace(/^/gm, "> ");

/** A fence that the text cannot close. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** A table of texts in one line each. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = header.map(() => "---");
  return [header.map(cell), rule, ...rows.map((row) => row.map(cell))]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

const cell = (text: string): string => line(text).replaceAll("|", "\\|");
