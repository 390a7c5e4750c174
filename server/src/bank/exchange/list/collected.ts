import { type Piece, TITLE } from "../pieces.ts";
import type { AnswerKey } from "./answer-key.ts";
import { type Anchor, type Found, type Gathered, newQuestion, put } from "./gathered.ts";
import { ListNames } from "./list-names.ts";

/** What was found in a text so far, and where one stands in it: in which question, and under which names. */
export class Collected {
  /** Questions, and what stands between them, in the order of the text. */
  readonly #found: (Gathered | Piece)[] = [];
  readonly lists = new ListNames();
  /** How many questions there are. */
  count = 0;
  /** The question that goes on; null where none does. */
  last: Gathered | null = null;
  /** The questions since the last name, which answers of their own section may be for. */
  scope: Gathered[] = [];
  /** The answers to those questions, where they have begun. */
  key: AnswerKey | null = null;
  /** The level of the name that was entered last. */
  lastName = 0;

  pieces(): Piece[] {
    return this.#found.flatMap((found) => ("pieces" in found ? found.pieces : [found]));
  }

  begin(line: number, anchor: Anchor, number: number | null): Gathered {
    const question = newQuestion({ line, anchor, group: this.lists.list, number });
    this.#found.push(question);
    this.count += 1;
    this.scope.push(question);
    this.last = question;
    this.key = null;
    return question;
  }

  /** Puts a text into the question that goes on. */
  put(text: string, found: Found): void {
    if (this.last) put(this.last, this.last.section ?? "strongAnswer", text, found);
  }

  enter(level: number, name: string, line: number): void {
    this.#leave();
    this.scope = [];
    this.#found.push(this.#piece("heading", `heading ${level}`, line, name, level));
    this.lastName = level;
  }

  /** The name of the whole text, which is no topic. */
  enterTitle(level: number, name: string, line: number): void {
    this.#leave();
    this.#found.push(this.#piece("out", TITLE, line, name, level));
  }

  /** What stands behind a text that was left out belongs to no question before it, unless it only leads elsewhere. */
  passOver(line: number, text: string, isAside = false): void {
    if (!isAside) this.last = null;
    this.#found.push({ ...this.#piece("out", isAside ? "aside" : "paragraph", line, text, 0), isSure: isAside });
  }

  #leave(): void {
    this.last = null;
    this.key = null;
  }

  #piece(role: "heading" | "out", kind: string, line: number, text: string, level: number): Piece {
    return { line, role, text, isSure: true, shape: `${kind} as ${role}`, level, group: this.lists.list };
  }
}
