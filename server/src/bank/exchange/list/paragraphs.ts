import type { AskedText } from "./asked-text.ts";
import { askingOf, beginsAsked, isAllAsked } from "./asking.ts";
import { type Block, numberOf, type Prose } from "./blocks.ts";
import type { Collected } from "./collected.ts";
import type { Gathered } from "./gathered.ts";
import type { Labels } from "./labels.ts";
import type { ListShapes } from "./list-shapes.ts";
import { NAME_LENGTH } from "./outline.ts";
import { MOST_BELOW } from "./question-headings.ts";

/** So many paragraphs at the most may stand between two items of a list. */
const MOST_PARAGRAPHS = 40;

interface ParagraphsOptions {
  readonly labels: Labels;
  readonly shapes: ListShapes;
  readonly blocks: readonly Block[];
  readonly hasHeadings: boolean;
  readonly collected: Pick<Collected, "last" | "scope">;
}

/** What a paragraph is by what stands around it: a question, a part of the one before, or a name of what comes. */
export class Paragraphs {
  readonly #labels: Labels;
  readonly #shapes: ListShapes;
  readonly #blocks: readonly Block[];
  readonly #hasHeadings: boolean;
  readonly #collected: Pick<Collected, "last" | "scope">;

  constructor({ labels, shapes, blocks, hasHeadings, collected }: ParagraphsOptions) {
    this.#labels = labels;
    this.#shapes = shapes;
    this.#blocks = blocks;
    this.#hasHeadings = hasHeadings;
    this.#collected = collected;
  }

  /** `Basics` above a list, in a text that has no headings. */
  nameOfList(lines: readonly string[], index: number): string | null {
    const [line = ""] = lines;
    const isName =
      lines.length === 1 && line.length <= NAME_LENGTH && !/[.?!,;。？！؟]/.test(line) && !this.#labels.labelled(line);
    if (!isName || this.#hasHeadings || this.#blocks[index + 1]?.kind !== "item") return null;
    return askingOf(line) === null || line.endsWith(":") ? line : null;
  }

  /** Whether a line with a colon stands over points that ask nothing, below a question of a numbered list. */
  opensBelow({ anchor, number }: Gathered, lines: readonly string[], index: number): boolean {
    const next = this.#blocks[index + 1];
    const isOpening = anchor.kind === "item" && number !== null && /[:：][*_]*$/.test(lines.at(-1) ?? "");
    return isOpening && next?.kind === "item" && numberOf(next) === null && this.#shapes.areUnasked(next);
  }

  /** Whether a paragraph begins a question of its own. Below a question only what is one from its beginning to its end does. */
  isAsked({ lines }: Prose, asked: readonly AskedText[], index: number): boolean {
    if (asked.some(({ isNumbered }) => isNumbered)) return true;
    const items = this.#shapes.itemsBehind(this.#blocks, index + 1);
    if (items > MOST_BELOW && asked.length === 1 && this.#shapes.areAsked(this.#blocks, index + 1)) return false;
    const isQuestion = asked.every(({ text }) => beginsAsked(this.#labels.asAsked(text)));
    if (this.#collected.last === null) return true;
    const { kind } = this.#collected.last.anchor;
    switch (kind) {
      case "heading":
      case "summary":
        return false;
      case "item":
        // In a list with numbers, what has none and stands behind an answer goes on with it.
        return (
          isAllAsked(lines.join("\n")) && !(this.#collected.last.number !== null && this.#collected.last.isAnswered)
        );
      case "row":
        return isAllAsked(lines.join("\n"));
      case "prose":
        return isQuestion || asked.length > 1;
      default:
        return kind satisfies never;
    }
  }

  /** Whether a paragraph stands between the items of a list, alone or with others, or its items have had such. */
  isWithinList(index: number): boolean {
    const next = this.#blocks
      .slice(index + 1, index + 1 + MOST_PARAGRAPHS)
      .find(({ kind }) => kind !== "prose" && kind !== "code");
    const [last, number] = [this.#collected.last?.number ?? null, next?.kind === "item" ? numberOf(next) : null];
    const goesOn = last === null || number === null ? last === number : number > last;
    if (next?.kind === "item" && goesOn && !this.#shapes.isOver(next)) return true;
    return this.#collected.scope.slice(0, -1).some(({ isAnswered }) => isAnswered);
  }
}
