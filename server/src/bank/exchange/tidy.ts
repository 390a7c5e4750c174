/**
 * The value with every text as the bank keeps it: without white space around it, its lines ended by `\n`.
 * So the same question is equal to itself whichever format and system it comes from.
 */
export function tidy(value: unknown): unknown {
  if (typeof value === "string") return tidyText(value);
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== "object" || value === null) return value;
  // From entries, so that a field called `__proto__` stays a field and is refused as one.
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, tidy(part)]));
}

export const tidyText = (text: string): string => withPlainLineEnds(text).trim();

export const withPlainLineEnds = (text: string): string => text.replace(/\r\n?/g, "\n");
