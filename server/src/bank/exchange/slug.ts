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

/**
 * Makes ids that are not taken: the id itself, or the first of `id-2`, `id-3`, … What was taken once stays so: an id that thousands ask for is
 * not counted through from the beginning for each.
 */
export function numbering(isTaken: (id: string) => boolean): (id: string) => string {
  const next = new Map<string, number>();
  return (id) => {
    let number = next.get(id) ?? 1;
    const candidate = () => (number === 1 ? id : `${id}-${number}`);
    while (isTaken(candidate())) number += 1;
    next.set(id, number);
    return candidate();
  };
}
