import { z } from "zod";

/**
 * Names are read by others, beside other words: each has a character that can be seen, and none turns the order of the text around it.
 */

/** Letters, numbers, punctuation, symbols and emoji. What Unicode calls ignorable (Hangul's fillers, for one) is never drawn. */
const DRAWN = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** Drawn by their class, and blank all the same: Braille without a dot, a note's missing head, hieroglyphs' blanks. */
const BLANK = /[\p{Default_Ignorable_Code_Point}\u2800\u{1D159}\u{13441}\u{13442}]/u;

/** What sets or overrides the direction of the words after it. */
const TURNING = /[\u061c\u202a-\u202e\u2066-\u2069]/gu;
/** A name is one line. */
const BREAKING = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

const UNSEEN = /[\s\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** What belongs to the character before it: the colour of an emoji, a region's flag. */
const SELECTOR = /\p{Variation_Selector}|[\u{e0020}-\u{e007f}]/u;
/** What joins letters or keeps them apart, and may end a word after a sign that belongs to its letter, as in Malayalam. */
const JOINER = /[\u200c\u200d]/u;
const MARK = /\p{M}/u;
/** What looks empty to its writer too. */
const EMPTY = /^[ \t\r\n]*$/;

/** Whether somebody who reads the text sees anything. Marks alone are no character, as nothing carries them. */
export const isVisible = (text: string): boolean =>
  Array.from(text).some((character) => DRAWN.test(character) && !BLANK.test(character));

/** A name as it is kept: one line, without what cannot be seen at its ends, and without what would turn the text beside it around. */
export function asName(text: string): string {
  const characters = Array.from(asLine(text));
  const from = characters.findIndex((character) => !UNSEEN.test(character));
  if (from === -1) return "";
  let end = characters.length;
  while (end > from && isLoose(characters, end - 1)) end--;
  return characters.slice(from, end).join("");
}

/** Whether the character there cannot be seen, and belongs to none before it. */
function isLoose(characters: readonly string[], at: number): boolean {
  const [before = "", character = ""] = characters.slice(Math.max(0, at - 1), at + 1);
  if (!UNSEEN.test(character)) return false;
  if (SELECTOR.test(character)) return UNSEEN.test(before) && !SELECTOR.test(before);
  return !(JOINER.test(character) && MARK.test(before));
}

/** A text as one line, without what would turn the text beside it around. */
export const asLine = (text: string): string => text.replace(TURNING, "").replace(BREAKING, " ");

/** What is said of a name of which nothing can be seen. */
export const NAME_UNSEEN = "Nothing of this can be seen. Write at least one letter, number or sign.";

/** The mark of an issue that a name is refused for. */
const UNSEEN_NAME = { unseen: true } as const;

/** A new name of at most so many UTF-16 code units. What was stored before stays as it is. */
export const nameOfAtMost = (most: number) =>
  z
    .string()
    // What is empty to its writer too lacks a name; what only looks empty is told so.
    .refine((text) => EMPTY.test(text) || isVisible(text), { params: UNSEEN_NAME, error: NAME_UNSEEN })
    .overwrite(asName)
    .min(1)
    .max(most);
