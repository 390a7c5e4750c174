const SLUG_LENGTH = 60;

/** Letters that stand for themselves and are not a letter with a mark. */
const FOLDED: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/**
 * The text as an identifier: lower-case ASCII words joined by hyphens, at most 60 characters, cut between words.
 * `fallback` where nothing of the text is left.
 */
export function slugOf(text: string, fallback: string): string {
  const words = text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => FOLDED[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return cutAtWord(words) || fallback;
}

function cutAtWord(slug: string): string {
  if (slug.length <= SLUG_LENGTH) return slug;
  const end = slug.lastIndexOf("-", SLUG_LENGTH);
  return slug.slice(0, end > 0 ? end : SLUG_LENGTH);
}

/** The id, or the first of `id-2`, `id-3`, … that is not taken. */
export function numbered(id: string, isTaken: (id: string) => boolean): string {
  let candidate = id;
  for (let number = 2; isTaken(candidate); number++) candidate = `${id}-${number}`;
  return candidate;
}
