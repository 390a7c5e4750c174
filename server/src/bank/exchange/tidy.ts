/**
 * The value with every text as the bank keeps it: without white space around it, its lines ended by `\n`.
 * So the same question is equal to itself whichever format and system it comes from.
 */
export const tidy = (value: unknown): unknown => withTexts(value, tidyText);

/** A question's fields, each as the bank keeps it. */
export function tidyQuestion(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return tidy(value);
  return Object.fromEntries(Object.entries(value).map(([field, part]) => [field, tidyField(field, part)]));
}

/** In code, white space around it means something: only its line ends are the bank's. */
export const tidyField = (field: string, value: unknown): unknown =>
  withTexts(value, field === "workspace" ? withPlainLineEnds : tidyText);

function withTexts(value: unknown, kept: (text: string) => string): unknown {
  if (typeof value === "string") return kept(value);
  if (Array.isArray(value)) return value.map((part) => withTexts(part, kept));
  if (typeof value !== "object" || value === null) return value;
  // From entries, so that a field called `__proto__` stays a field and is refused as one.
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withTexts(part, kept)]));
}

export const tidyText = (text: string): string => withPlainLineEnds(text).trim();

export const withPlainLineEnds = (text: string): string => text.replace(/\r\n?/g, "\n");
