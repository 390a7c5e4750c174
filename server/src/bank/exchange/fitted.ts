import { BANK_LIMITS } from "@whetstone/shared/bank-limits";

/**
 * At most so many texts, none longer than a field holds: what is too long is parted at the end of a line or a sentence, and those that are too many
 * are joined, the last ones first. `left` does not fit at all.
 */
export function fitted(texts: readonly string[], most: number): { readonly texts: string[]; readonly left: string[] } {
  const parts = texts.flatMap((text) => parted(text));
  for (let alone = Math.min(most, parts.length); alone > 0; alone--) {
    const packed = packedIn(parts.slice(alone));
    if (alone + packed.length <= most) return { texts: [...parts.slice(0, alone), ...packed], left: [] };
  }
  const packed = packedIn(parts);
  return { texts: packed.slice(0, most), left: packed.slice(most) };
}

function packedIn(parts: readonly string[]): string[] {
  const packed: string[] = [];
  for (const part of parts) {
    const last = packed.at(-1);
    const isFull = last === undefined || last.length + part.length + 2 > BANK_LIMITS.paragraph;
    if (isFull) packed.push(part);
    else packed[packed.length - 1] = `${last}\n\n${part}`;
  }
  return packed;
}

function parted(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > BANK_LIMITS.paragraph) {
    const begin = rest.slice(0, BANK_LIMITS.paragraph);
    const ends = [begin.lastIndexOf("\n"), begin.lastIndexOf(". ") + 1, begin.lastIndexOf(" ")];
    const end = ends.find((place) => place > BANK_LIMITS.paragraph / 2) ?? begin.replace(/[\uD800-\uDBFF]$/, "").length;
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest === "" ? parts : [...parts, rest];
}
