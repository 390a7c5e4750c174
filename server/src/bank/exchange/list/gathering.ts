import { IMPORT_QUESTIONS } from "../parsed.ts";
import { boldHeading, headingName } from "../phrases.ts";
import { NAME_LEVELS, type Piece, TITLE } from "../pieces.ts";
import { AnswerKey, isKeyName } from "./answer-key.ts";
import { type AskedText, fromLabel, questionsIn, untilLabel } from "./asked-text.ts";
import { askingOf, asksByMark, beginsAsked, isAllAsked } from "./asking.ts";
import { Below } from "./below.ts";
import {
  type Block,
  type Code,
  type Heading,
  type Item,
  numberOf,
  type Prose,
  type Summary,
  type Table,
} from "./blocks.ts";
import { type Anchor, type Found, type Gathered, newQuestion, put } from "./gathered.ts";
import type { Labels } from "./labels.ts";
import { ListNames } from "./list-names.ts";
import { isNavigation, ListShapes, leadOf, lifted } from "./list-shapes.ts";
import { NAME_LENGTH } from "./outline.ts";
import { MOST_BELOW, QuestionHeadings } from "./question-headings.ts";
import { besideQuestion, columnsOf } from "./table-questions.ts";

/** Beyond so many questions no more are read: an import of half as many is refused. */
export const MOST_READ = 2 * IMPORT_QUESTIONS;

/** So many paragraphs at the most may stand between two items of a list. */
const MOST_PARAGRAPHS = 40;

/** Takes the blocks of a text for what they are, one after the other. */
export class Gathering {
  /** Questions, and what stands between them, in the order of the text. */
  readonly #found: (Gathered | Piece)[] = [];
  #count = 0;
  readonly #labels: Labels;
  readonly #shapes: ListShapes;
  readonly #blocks: readonly Block[];
  readonly #headings: QuestionHeadings;
  readonly #below: Below;
  readonly #hasHeadings: boolean;
  #last: Gathered | null = null;
  /** The questions since the last name, which answers of their own section may be for. */
  #scope: Gathered[] = [];
  #key: AnswerKey | null = null;
  readonly #lists = new ListNames();
  /** Whether anything asks in words that say so, so far or often enough, so that what does not is no question. */
  #hasAsked: boolean;

  constructor(blocks: readonly Block[], labels: Labels) {
    this.#labels = labels;
    this.#shapes = new ListShapes(labels);
    this.#blocks = lifted(blocks, this.#shapes);
    this.#shapes.learn(this.#blocks);
    this.#hasAsked = this.#shapes.doAsk(this.#blocks);
    this.#headings = new QuestionHeadings(this.#blocks, this.#shapes, labels);
    this.#below = new Below(labels, (line, passed) => this.#passOver(line, passed, true));
    this.#hasHeadings = blocks.some(({ kind }) => kind === "heading");
  }

  pieces(): Piece[] {
    for (const [index, block] of this.#blocks.entries()) {
      this.#take(block, index);
      // All of them are refused then, whatever comes.
      if (this.#count > MOST_READ) break;
    }
    return this.#found.flatMap((found) => ("pieces" in found ? found.pieces : [found]));
  }

  #take(block: Block, index: number): void {
    switch (block.kind) {
      case "heading":
        this.#takeHeading(block, index);
        break;
      case "item":
        this.#takeItem(block);
        break;
      case "prose":
        this.#takeProse(block, index);
        break;
      case "code":
        this.#takeCode(block);
        break;
      case "summary":
        this.#takeSummary(block, index);
        break;
      case "end":
        this.#endFold();
        break;
      case "table":
        this.#takeTable(block);
        break;
      default:
        block satisfies never;
    }
  }

  #takeHeading(heading: Heading, index: number): void {
    const text = withoutBacklinks(heading.text);
    if (text === "" || isNavigation(text)) return;
    const label = heading === this.#headings.title ? null : this.#labels.labelled(text);
    if (label) {
      this.#openSection(text, label, index, heading);
      return;
    }
    if (heading === this.#headings.title) {
      this.#leave();
      this.#found.push(this.#piece("out", TITLE, heading.line, headingName(text), heading.level));
    } else if (this.#headings.isQuestion(heading))
      this.#begin(heading.line, { kind: "heading", level: heading.level }, text);
    else if (this.#last?.anchor.kind === "heading" && this.#last.anchor.level < heading.level) {
      // A part of what stands below the question.
      this.#put(headingName(text), { line: heading.line, kind: `heading ${heading.level}`, isSure: true });
    } else this.#enter(heading.level, headingName(text), heading.line);
  }

  /** A label on its own: for the question before it, or over the answers to all the questions before it. */
  #openSection(
    text: string,
    label: NonNullable<ReturnType<Labels["labelled"]>>,
    index: number,
    block: Heading | Prose | Summary,
  ): void {
    const items = this.#shapes.itemsBehind(this.#blocks, index + 1);
    const isForAll =
      this.#last === null || (this.#last.anchor.kind !== "heading" && isKeyName(text, items, this.#scope.length));
    if (label.section === "strongAnswer" && label.rest === "" && isForAll) {
      this.#key = new AnswerKey(this.#scope);
      this.#last = null;
    } else if (this.#last) {
      this.#last.section = label.section;
      put(this.#last, label.section, label.rest, { line: block.line, kind: "label", isSure: true });
    } else if (block.kind === "heading") this.#enter(block.level, headingName(text), block.line);
    else this.#passOver(block.line, text);
  }

  /** What is folded away, the innermost last, each with the question that its summary is. */
  readonly #folds: (Gathered | null)[] = [];

  #takeSummary(summary: Summary, index: number): void {
    const label = this.#labels.labelled(summary.text);
    const isWithin = this.#last?.anchor.kind === "heading" || this.#folds.some((question) => question === this.#last);
    let begun: Gathered | null = null;
    if (label) this.#openSection(summary.text, label, index, summary);
    else if (this.#last === null || !isWithin || asksByMark(summary.text)) {
      begun = this.#begin(summary.line, { kind: "summary" }, summary.text);
    } else this.#put(summary.text, { line: summary.line, kind: "summary", isSure: false });
    this.#folds.push(begun);
  }

  /** What stands behind the end of what was folded away is no part of the question that its summary is. */
  #endFold(): void {
    const question = this.#folds.pop() ?? null;
    if (this.#last) this.#last.section = null;
    if (question !== null && question === this.#last) this.#last = null;
  }

  #takeItem(item: Item): void {
    const lead = leadOf(item);
    if (isNavigation(lead)) this.#passOver(item.line, lead, true);
    else if (this.#key) this.#answer(item.line, this.#key.takeItem(item), lead);
    else if (this.#last?.pieces.length === 0) this.#beginItem(item);
    else if (this.#last && this.#belongs(this.#last, item)) this.#fillRun(this.#last, item);
    else if (this.#shapes.isOver(item)) this.#enterItem(item);
    else if (this.#shapes.isRenumbered(item)) this.#enterOver(item);
    else if (this.#hasAsked && this.#shapes.areUnasked(item))
      this.#passOver(item.line, [lead, ...textsBelow(item)].join("\n"));
    else this.#beginItem(item);
  }

  /** The items that are done with, as they went with the one before them. */
  readonly #done = new Set<Item>();

  /** All that belongs together is looked at together: choices, and what asks beside what does not. */
  #fillRun(question: Gathered, item: Item): void {
    if (this.#done.has(item)) return;
    const { items, at } = this.#shapes.runOf(item);
    const together: Item[] = [];
    for (let next = at; next < items.length; next++) {
      const one = items[next];
      if (!one || isNavigation(leadOf(one)) || !this.#belongs(question, one)) break;
      together.push(one);
    }
    for (const one of together) this.#done.add(one);
    this.#below.fill(question, together);
  }

  /** Whether an item is a part of the question before it, and no question of its own. */
  #belongs(question: Gathered, item: Item): boolean {
    const lead = leadOf(item);
    if (this.#labels.labelled(lead) !== null && !this.#labels.isNumbered(lead)) return true;
    if (question.anchor.kind !== "item") return !this.#labels.isNumbered(lead);
    const isOpen = question.section !== null && question.number !== null && numberOf(item) === null;
    return this.#shapes.isSaid(item) || this.#shapes.isBelowOthers(item) || (isOpen && this.#shapes.areUnasked(item));
  }

  #beginItem(item: Item): void {
    const [first, ...parts] = item.parts;
    const lead = leadOf(item);
    if (first?.kind !== "prose" || this.#labels.asAsked(lead) === "") {
      this.#passOver(item.line, lead);
      return;
    }
    const question = this.#begin(item.line, { kind: "item" }, "", numberOf(item));
    this.#below.begin(question, untilLabel(first.lines, this.#labels), "item");
    this.#hasAsked ||= question.pieces[0]?.isSure === true;
    this.#below.fill(question, [...fromLabel(first, this.#labels), ...parts]);
  }

  #enterItem(item: Item): void {
    this.#enterOver(item);
    const nested = item.parts.filter((part) => part.kind === "item");
    this.#shapes.learn(nested);
    for (const part of item.parts.slice(1)) {
      if (part.kind === "item") this.#takeItem(part);
      else this.#passOver(part.line, part.lines.join("\n"));
    }
  }

  #enterOver(item: Item): void {
    const mayBeAnew = !this.#hasHeadings && this.#lastName !== NAME_LEVELS.line;
    const name = this.#lists.nameOf(item, headingName(this.#labels.asAsked(leadOf(item))), mayBeAnew);
    this.#enter(NAME_LEVELS.item, name, item.line);
  }

  /** The level of the name that was entered last. */
  #lastName = 0;

  #takeProse(prose: Prose, index: number): void {
    const { lines, line } = prose;
    const text = lines.join("\n");
    const [first = ""] = lines;
    if (first.startsWith("<!--") || isNavigation(text)) this.#passOver(line, text, true);
    else if (this.#key) this.#answer(line, this.#key.takeText(line, text), text);
    else if (this.#labels.labelled(first)?.rest === "" && lines.length === 1) {
      this.#openSection(first, this.#labels.labelled(first) ?? { section: "strongAnswer", rest: "" }, index, prose);
    } else if (this.#last && this.#labels.labelled(first)) this.#below.fill(this.#last, [prose]);
    else if (this.#last?.pieces.length === 0) {
      // The heading before it only numbers the question.
      this.#below.begin(this.#last, untilLabel(lines, this.#labels), "paragraph");
      this.#below.fill(this.#last, fromLabel(prose, this.#labels));
    } else if (!this.#enterNamed(prose, index)) this.#takeText(prose, index);
  }

  /** A bold line, or a plain one above a list, that is the name of what comes. */
  #enterNamed({ line, lines }: Prose, index: number): boolean {
    const bold = boldHeading(lines);
    const isAsked = bold !== null && askingOf(bold) !== null;
    const name = bold ?? this.#nameOfList(lines, index);
    if (name === null || (isAsked && !this.#shapes.areAsked(this.#blocks, index + 1))) return false;
    // Behind a question it is a part of its answer, unless it leads to questions.
    if (this.#last && (this.#last.anchor.kind === "heading" || !this.#shapes.areAsked(this.#blocks, index + 1))) {
      if (this.#last.anchor.kind === "item" && bold === null) return false;
      if (
        bold === null ||
        this.#last.anchor.kind === "heading" ||
        this.#shapes.itemsBehind(this.#blocks, index + 1) > 0
      ) {
        this.#put(name, { line, kind: "name", isSure: false });
        this.#last.section ??= "strongAnswer";
        return true;
      }
    }
    this.#enter(bold === null ? NAME_LEVELS.line : NAME_LEVELS.bold, headingName(name), line);
    return true;
  }

  /** `Basics` above a list, in a text that has no headings. */
  #nameOfList(lines: readonly string[], index: number): string | null {
    const [line = ""] = lines;
    const isName =
      lines.length === 1 && line.length <= NAME_LENGTH && !/[.?!,;。？！؟]/.test(line) && !this.#labels.labelled(line);
    if (!isName || this.#hasHeadings || this.#blocks[index + 1]?.kind !== "item") return null;
    return askingOf(line) === null || line.endsWith(":") ? line : null;
  }

  #takeText(prose: Prose, index: number): void {
    const { line, lines } = prose;
    const { before, asked } = questionsIn(lines, this.#labels);
    if (asked.length > 0 && this.#isAsked(prose, asked, index)) {
      if (before.length > 0) this.#passOver(line, before.join("\n"));
      for (const { offset, text, rest } of asked) {
        if (this.#count > MOST_READ) break;
        const question = this.#begin(line + offset, { kind: "prose" }, text);
        this.#below.fill(question, rest.length > 0 ? [{ kind: "prose", line: line + offset, lines: rest }] : []);
      }
    } else if (this.#last && this.#opensBelow(this.#last, lines, index)) {
      this.#put(lines.join("\n"), { line, kind: "name", isSure: false });
      this.#last.section ??= "strongAnswer";
    } else if (
      this.#last &&
      (this.#last.section !== null || this.#last.anchor.kind !== "item" || this.#isWithinList(index))
    )
      this.#below.fill(this.#last, [prose]);
    else this.#passOver(line, lines.join("\n"));
  }

  /** Whether a line with a colon stands over points that ask nothing, below a question of a numbered list. */
  #opensBelow({ anchor, number }: Gathered, lines: readonly string[], index: number): boolean {
    const next = this.#blocks[index + 1];
    const isOpening = anchor.kind === "item" && number !== null && /[:：][*_]*$/.test(lines.at(-1) ?? "");
    return isOpening && next?.kind === "item" && numberOf(next) === null && this.#shapes.areUnasked(next);
  }

  /** Whether a paragraph begins a question of its own. Below a question only what is one from its beginning to its end does. */
  #isAsked({ lines }: Prose, asked: readonly AskedText[], index: number): boolean {
    if (asked.some(({ isNumbered }) => isNumbered)) return true;
    const items = this.#shapes.itemsBehind(this.#blocks, index + 1);
    if (items > MOST_BELOW && asked.length === 1 && this.#shapes.areAsked(this.#blocks, index + 1)) return false;
    const isQuestion = asked.every(({ text }) => beginsAsked(this.#labels.asAsked(text)));
    if (this.#last === null) return true;
    const { kind } = this.#last.anchor;
    switch (kind) {
      case "heading":
      case "summary":
        return false;
      case "item":
        // In a list with numbers, what has none and stands behind an answer goes on with it.
        return isAllAsked(lines.join("\n")) && !(this.#last.number !== null && this.#last.isAnswered);
      case "row":
        return isAllAsked(lines.join("\n"));
      case "prose":
        return isQuestion || asked.length > 1;
      default:
        return kind satisfies never;
    }
  }

  /** Whether a paragraph stands between the items of a list, alone or with others, or its items have had such. */
  #isWithinList(index: number): boolean {
    const next = this.#blocks
      .slice(index + 1, index + 1 + MOST_PARAGRAPHS)
      .find(({ kind }) => kind !== "prose" && kind !== "code");
    const [last, number] = [this.#last?.number ?? null, next?.kind === "item" ? numberOf(next) : null];
    const goesOn = last === null || number === null ? last === number : number > last;
    if (next?.kind === "item" && goesOn && !this.#shapes.isOver(next)) return true;
    return this.#scope.slice(0, -1).some(({ isAnswered }) => isAnswered);
  }

  #takeCode(code: Code): void {
    if (this.#last) this.#below.fill(this.#last, [code]);
    else this.#passOver(code.line, code.lines.join("\n"));
  }

  #takeTable(table: Table): void {
    const columns = columnsOf(table);
    if (columns.question === null || (this.#last && !columns.isNamed)) {
      const text = [table.header, ...table.rows.map(({ cells }) => cells)]
        .map((cells) => `| ${cells.join(" | ").replaceAll("\n", " ")} |`)
        .join("\n");
      if (this.#last) this.#put(text, { line: table.line, kind: "table", isSure: true });
      else this.#passOver(table.line, text);
      return;
    }
    for (const { line, cells } of columns.rows) {
      const [asked = "", ...behind] = (cells[columns.question] ?? "").split("\n");
      const question = this.#begin(line, { kind: "row" }, asked);
      if (behind.length > 0) this.#below.fill(question, [{ kind: "prose", line, lines: behind }]);
      for (const { name, text, section } of besideQuestion(table, columns, cells)) {
        const kind = `column ${name}`.slice(0, 60);
        put(question, section ?? "strongAnswer", text, { line, kind, isSure: section !== null });
      }
      this.#last = null;
    }
  }

  #begin(line: number, anchor: Anchor, text: string, number: number | null = null): Gathered {
    const question = newQuestion({ line, anchor, group: this.#lists.list, number });
    this.#found.push(question);
    this.#count += 1;
    this.#scope.push(question);
    this.#last = question;
    this.#key = null;
    const kind = anchor.kind === "heading" ? `heading ${anchor.level}` : anchor.kind;
    if (text !== "") this.#below.begin(question, text, kind);
    this.#hasAsked ||= question.pieces[0]?.isSure === true;
    return question;
  }

  #put(text: string, found: Found): void {
    if (this.#last) put(this.#last, this.#last.section ?? "strongAnswer", text, found);
  }

  #enter(level: number, name: string, line: number): void {
    this.#leave();
    this.#scope = [];
    this.#found.push(this.#piece("heading", `heading ${level}`, line, name, level));
    this.#lastName = level;
  }

  #piece(role: "heading" | "out", kind: string, line: number, text: string, level: number): Piece {
    return { line, role, text, isSure: true, shape: `${kind} as ${role}`, level, group: this.#lists.list };
  }

  #leave(): void {
    this.#last = null;
    this.#key = null;
  }

  #answer(line: number, isTaken: boolean, text: string): void {
    if (!isTaken) this.#passOver(line, text);
  }

  /** What stands behind a text that was left out belongs to no question before it, unless it only leads elsewhere. */
  #passOver(line: number, text: string, isAside = false): void {
    if (!isAside) this.#last = null;
    this.#found.push({ ...this.#piece("out", isAside ? "aside" : "paragraph", line, text, 0), isSure: isAside });
  }
}

/** What stands in an item below its own words. */
const textsBelow = ({ parts }: Item): string[] =>
  parts.slice(1).flatMap((part) => (part.kind === "item" ? [leadOf(part), ...textsBelow(part)] : part.lines));

/** A heading without the links that lead back from it. */
const withoutBacklinks = (text: string): string =>
  text
    .replace(/\[{1,2}[⬆↑🔝^#¶]{1,3}\]{1,2}\(#[^()\s]*\)/gu, "")
    .replace(/\[{1,2}[⬆↑🔝^]\ufe0f?\]?\](?:\([^()\s]*\))?/gu, "")
    .trim();
