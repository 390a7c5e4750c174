/** How much of a piece is repeated where it is spoken of. */
const QUOTED = 60;

/** The beginning of a piece, in quotation marks and in one line. */
export function quoted(text: string): string {
  const line = [...text.replace(/\s+/g, " ").trim()];
  return line.length <= QUOTED ? `“${line.join("")}”` : `“${line.slice(0, QUOTED).join("").trimEnd()}…”`;
}
