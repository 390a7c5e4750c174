/** What items of lists begin with. */

/**
 * What an item begins with; `o` and a tab is what a word processor makes of its second bullet. A number may have no space behind it, signs of
 * full width, and the digits of any script.
 */
export const MARKER =
  /^(?:[-*+–—·](?=\s|$)|[•◦▪▫‣●○■➢➤►▶❖]|o(?=\t)|\(?\p{Nd}{1,3}[.)](?=\s|$)|\p{Nd}{1,3}[.)](?=[\p{L}"“«¿¡*_`])|\(?\p{Nd}{1,3}[、．）](?!\p{Nd})|（\p{Nd}{1,3}）|\p{Nd}{1,3}\s?[-–—](?=\s\p{L})|[①-⑳]|\d\ufe0f?\u20e3)/u;
/** The bullets that word processors use below their first one. */
export const LOWER_BULLET = /^[◦▪▫‣○–—·o]/;
export const LONG_NUMBER = /^\(?(\d{4,5})[.)](?=\s|$)/;
export const LETTERED = /^\(?[a-z][.)](?=\s)/;
/** Letters and Roman numbers, which mark items also where they begin a sequence. */
export const SEQUENCED = /^\(?([A-Za-z]|[ivx]{2,5}|[IVX]{2,5})[.)](?=\s)/;

/** In how many lines behind its beginning a sequence must go on. */
export const SEQUENCE_WITHIN = 40;
const ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"];

export const lettersOf = (marker: string): string => /[A-Za-z]+/.exec(marker)?.[0] ?? "";

/** Whether a letter or a Roman number is the next behind another. */
export function follows(before: string, value: string): boolean {
  if (before === "" || value === "" || (before === before.toLowerCase()) !== (value === value.toLowerCase()))
    return false;
  const [one, other] = [before.toLowerCase(), value.toLowerCase()];
  const isNextLetter = one.length === 1 && other.length === 1 && other.charCodeAt(0) === one.charCodeAt(0) + 1;
  const roman = ROMAN.indexOf(one);
  return isNextLetter || (roman >= 0 && ROMAN[roman + 1] === other);
}

export const isNumber = (marker: string): boolean => /[\p{Nd}①-⑳]/u.test(marker);
export const isTypographic = (marker: string): boolean => /^[^-*+a-z(\p{Nd}（①-⑳]|^o$/u.test(marker);

/** The value of the first digits in a text, whatever script they are of; null where there are none. */
export function numberIn(text: string): number | null {
  const digits = /\p{Nd}+/u.exec(text)?.[0];
  return digits === undefined ? null : [...digits].reduce((value, digit) => value * 10 + digitValue(digit), 0);
}

/** The digits of a script stand one behind the other, from zero to nine, and no other digit stands right before its zero. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
}

/** Markers of the same level: all numbers, the bullets of Markdown, and each typographic bullet by itself. */
export function kindOf(marker: string): string {
  if (isNumber(marker)) return "number";
  const letters = lettersOf(marker);
  if (letters !== "" && marker !== "o")
    return `${letters === letters.toLowerCase() ? "lower" : "upper"}${/^[ivx]+$/i.test(letters) ? " roman" : ""}`;
  return /^[-*+]$/.test(marker) ? "bullet" : marker;
}

export function indentOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === "\t") columns += 4 - (columns % 4);
    else if (/\s/.test(character)) columns++;
    else break;
  }
  return columns;
}
