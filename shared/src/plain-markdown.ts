/** Texts that people wrote as pieces of a Markdown document, in which nothing of them is taken for Markdown. */

/** What Markdown could take for more than a character: escapes, links, HTML, code, emphasis and entities. */
const INLINE = /[\\[<`*~]|&(?=#?\w+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
/** What makes a heading, a quotation, a list or a rule of a line that begins with it. */
const BLOCK = /^(?:[#>+]|-(?=\s|-|$)|=(?==|$))|^\d{1,9}(?=[.)](?:\s|$))/;

/** A text in one line. */
export function plainLine(text: string): string {
  const plain = text.replace(/\s+/g, " ").trim().replace(INLINE, "\\$&");
  return plain.replace(BLOCK, (mark) => (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`));
}

/** A text that keeps its lines. */
export function plainLines(text: string): string {
  const all = text.trim().split(/\r?\n/).map(plainLine);
  // Two spaces at its end keep a line apart from the next one.
  return all.map((one, index) => (one !== "" && all[index + 1] ? `${one}  ` : one)).join("\n");
}
