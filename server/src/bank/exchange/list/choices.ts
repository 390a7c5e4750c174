import type { Item } from "./blocks.ts";

/** What can be chosen as an answer, as it is put to whoever answers, and which of it is right. */
export interface Choices {
  readonly text: string;
  readonly byLetter: ReadonlyMap<string, string>;
  /** Those that are marked as right, for the panel. */
  readonly right: readonly string[];
}

interface Choice {
  readonly letter: string | null;
  readonly text: string;
  readonly isRight: boolean;
}

const LETTER = /^\(?([A-Za-z])\s?[.):：](?=\s|$)\s*/;
const RIGHT_AT_END =
  /(?:[✓✔✅☑]\ufe0f?|[([]?\*{0,2}(?:correct|right|richtig|correcto|correcta|correct[eo]?|juste|certo|giusto|верно|правильно|правильный|correta|poprawne|doğru|正确|正確|正解|정답|صحيح|נכון|सही)\*{0,2}[)\]]|←[^←]{0,20})$/iu;
const RIGHT_AT_START = /^[✓✔✅☑]\ufe0f?\s*/u;
/** What is longer, in UTF-16 code units, is no choice among others. */
const LONGEST = 400;
const BOLD = /^(\*\*|__)(.+)\1$/s;

/** One for each item, where the items can be chosen among: by boxes of which some are ticked, or by letters in their order. */
export function choicesIn(items: readonly Item[], leadOf: (item: Item) => string): Choices | null {
  if (items.length < 2) return null;
  const boxes = items.map(({ box }) => box);
  if (boxes.every((box) => box !== null) && boxes.includes(true) && boxes.includes(false)) {
    return choicesOf(items.map((item) => ({ letter: null, text: leadOf(item), isRight: item.box === true })));
  }
  const isPlain = items.every(({ parts }) => parts.length === 1);
  const isLettered = items.every(({ marker }) => LETTER.test(marker));
  return isPlain ? lettered(items.map((item) => (isLettered ? `${item.marker} ${leadOf(item)}` : leadOf(item)))) : null;
}

/** The same of lines, where they begin with letters in their order. */
export function lettered(lines: readonly string[]): Choices | null {
  if (lines.length < 2 || lines.some(({ length }) => length > LONGEST)) return null;
  const choices: Choice[] = [];
  for (const [index, line] of lines.entries()) {
    const bare = BOLD.exec(line)?.[2] ?? line;
    const marked = bare.replace(RIGHT_AT_START, "");
    const letter = LETTER.exec(marked)?.[1]?.toUpperCase();
    if (letter === undefined || letter.charCodeAt(0) !== 65 + index) return null;
    const words = marked.replace(LETTER, "");
    const text = (BOLD.exec(words)?.[2] ?? words).trim().replace(RIGHT_AT_END, "").trim();
    choices.push({ letter, text, isRight: text !== words.trim() || marked !== bare || bare !== line });
  }
  // Where all are marked, none is.
  const isMarked = choices.some(({ isRight }) => !isRight);
  return choicesOf(choices.map((choice) => ({ ...choice, isRight: choice.isRight && isMarked })));
}

function choicesOf(choices: readonly Choice[]): Choices {
  const named = ({ letter, text }: Choice) => (letter === null ? text : `${letter}: ${text}`);
  return {
    text: choices.map((choice) => `- ${named(choice)}`).join("\n"),
    byLetter: new Map(choices.flatMap(({ letter, text }) => (letter === null ? [] : [[letter, text]]))),
    right: choices.filter(({ isRight }) => isRight).map(named),
  };
}

/** Whether a question asks to choose, so that what can be chosen is certainly a part of it. */
export const asksToChoose = (question: string): boolean =>
  /\b(?:which|choose|select|pick|following|true|false|correct|best describes|welche[rsn]?|wähle|folgende[nrs]?|quel(?:le)?s?|choisi\p{L}*|suivant\p{L}*|cuál(?:es)?|elija|elige|siguiente\p{L}*|qual|quais|escolha|seguinte\p{L}*|quale|quali|scegli|seguenti|hangi\p{L}*|seç\p{L}*)(?![\p{L}])|как(?:ой|ая|ое|ие)|выберите|следующ|як(?:ий|а|е|і)(?![\p{L}])|оберіть|наступн|któr|wybierz|następując|哪|选择|選擇|下列|どれ|どの|選|次の|어느|다음|고르|أي|اختر|איזה|איזו|אילו|בחר|कौन|चुन/iu.test(
    question,
  );
