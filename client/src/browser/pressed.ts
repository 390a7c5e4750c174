/** What a key stands for, whatever keyboard, layout or input method it comes from. */

/** What is asked of a keyboard's event; React's has it too. */
export type KeyPress = Pick<KeyboardEvent, "key" | "keyCode"> &
  Partial<Pick<KeyboardEvent, "code" | "isComposing" | "shiftKey">>;

/** What browsers give for every key that an input method takes, some of them without saying that text is composed: Safari for the Enter that ends it. */
const TAKEN_BY_INPUT_METHOD = 229;

/** Whether a key belongs to text that is being composed, by an input method or a dead key. */
export const isComposed = ({ key, keyCode, isComposing }: KeyPress): boolean =>
  isComposing === true || keyCode === TAKEN_BY_INPUT_METHOD || key === "Dead" || key === "Process";

/** Whether Enter alone was pressed, and not to end a word that is being composed. */
export const isPlainEnter = (press: KeyPress): boolean =>
  press.key === "Enter" && press.shiftKey !== true && !isComposed(press);

/** Whether a key writes something. */
export const isPrintable = ({ key }: KeyPress): boolean => [...key].length === 1;

/**
 * The name under which a key is known: a letter of the Latin alphabet in lower case, a digit, or as the browser calls it. Where a layout writes
 * other letters, a letter is known by its place; where it writes signs with the keys of the digits, as the French one does, a digit is.
 * Signs are known by what they write alone, as they stand elsewhere on every keyboard.
 */
export function keyName(press: KeyPress): string {
  const { key, code = "", shiftKey = false } = press;
  if (!isPrintable(press)) return key;
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  if (/^\d$/.test(key)) return key;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter && /^\p{L}$/u.test(key)) return letter.toLowerCase();
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  // With Shift such a key writes the sign on a layout whose digits need none.
  if (digit && !shiftKey && !MEANS_SOMETHING.has(key)) return digit;
  return key;
}

/** Signs that stand for something by themselves, wherever a layout puts them. */
const MEANS_SOMETHING: ReadonlySet<string> = new Set(["/", "?"]);
