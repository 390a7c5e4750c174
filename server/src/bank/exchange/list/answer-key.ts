import { type Item, numberOf } from "./blocks.ts";
import { type Gathered, put } from "./gathered.ts";
import { leadOf } from "./list-shapes.ts";

/** Whether a label stands over the answers to several questions, each for one of them. */
export const isKeyName = (text: string, items: number, questions: number): boolean =>
  questions > 1 && (items === questions || NAMES_MANY.test(text));

const NAMES_MANY =
  /answers|solutions|answer key|antworten|lösungen|réponses|corrigés|respuestas|soluciones|respostas|soluções|risposte|soluzioni|ответы|решения|відповіді|odpowiedzi|rozwiązania|cevaplar|çözümler|إجابات|الإجابات|תשובות|פתרונות/iu;

/** Answers that stand behind all the questions, by the questions' numbers. */
export class AnswerKey {
  readonly #questions: ReadonlyMap<number, Gathered>;
  #open: Gathered | null = null;

  constructor(questions: readonly Gathered[]) {
    this.#questions = new Map(questions.map((question, at) => [question.number ?? at + 1, question]));
  }

  /** Whether the item answers one of the questions. */
  takeItem(item: Item): boolean {
    const number = numberOf(item);
    if (number !== null) this.#open = this.#questions.get(number) ?? null;
    if (!this.#open) return false;
    for (const part of item.parts) {
      const text = part.kind === "item" ? leadOf(part) : part.lines.join("\n");
      put(this.#open, "strongAnswer", text, { line: part.line, kind: "item of answers", isSure: true });
    }
    return true;
  }

  takeText(line: number, text: string): boolean {
    const found = /^(?:\D{0,12})(\d{1,3})[.):：]\s*/.exec(text);
    if (found) this.#open = this.#questions.get(Number(found[1])) ?? null;
    if (!this.#open) return false;
    const answer = found ? text.slice(found[0].length) : text;
    put(this.#open, "strongAnswer", answer, { line, kind: "paragraph of answers", isSure: found !== null });
    return true;
  }
}
