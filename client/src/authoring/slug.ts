import { BANK_LIMITS } from "@whetstone/shared/bank-limits";

/** An identifier made from a text: lower-case words joined by hyphens, without accents. Empty where no letter or digit is left. */
export function slugOf(text: string): string {
  const words = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return (words ?? []).join("-").slice(0, BANK_LIMITS.identifier).replace(/-+$/, "");
}

/** The identifier, with a number behind it where it is taken. */
export function freeSlug(slug: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? slug : `${slug}-${number}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
