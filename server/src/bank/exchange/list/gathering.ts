import { IMPORT_QUESTIONS } from "../parsed.ts";
import { boldHeading, headingName } from "../phrases.ts";
import { NAME_LEVELS, type Piece } from "../pieces.ts";
import { AnswerKey, isKeyName } from "./answer-key.ts";
import { fromLabel, questionsIn, untilLabel } from "./asked-text.ts";
import { askingOf, asksByMark } from "./asking.ts";
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
import { Collected } from "./collected.ts";
import { type Anchor, type Gathered, put } from "./gathered.ts";
import type { Labels } from "./labels.ts";
import { isNavigation, ListShapes, leadOf, lifted } from "./list-shapes.ts";
import { Paragraphs } from "./paragraphs.ts";
import { QuestionHeadings } from "./question-headings.ts";
import { besideQuestion, columnsOf } from "./table-questions.ts";

/** Beyond so many questions no more are read: an import of half as many is refused. */
export const MOST_READ = 2 * IMPORT_QUESTIONS;

/** Takes the blocks of a text for what they are, one after the other. */
export class Gathering {
  readonly #collected = new Collected();
  readonly #labels: Labels;
  readonly #shapes: ListShapes;
  readonly #blocks: readonly Block[];
  readonly #headings: QuestionHeadings;
  readonly #below: Below;
  readonly #hasHeadings: boolean;
  readonly #paragraphs: Paragraphs;
  /** Whether anything asks in words that say so, so far or often enough, so that what does not is no question. */
  #hasAsked: boolean;

  constructor(blocks: readonly Block[], labels: Labels) {
    this.#labels = labels;
    this.#shapes = new ListShapes(labels);
    this.#blocks = lifted(blocks, this.#shapes);
    this.#shapes.learn(this.#blocks);
    this.#hasAsked = this.#shapes.doAsk(this.#blocks);
    this.#headings = new QuestionHeadings(this.#blocks, this.#shapes, labels);
    this.#below = new Below(labels, (line, passed) => this.#collected.passOver(line, passed, true));
    this.#hasHeadings = blocks.some(({ kind }) => kind === "heading");
    this.#paragraphs = new Paragraphs({
      ...{ labels, shapes: this.#shapes, blocks: this.#blocks },
      ...{ hasHeadings: this.#hasHeadings, collected: this.#collected },
    });
  }

  pieces(): Piece[] {
    for (const [index, block] of this.#blocks.entries()) {
      this.#take(block, index);
      // All of them are refused then, whatever comes.
      if (this.#collected.count > MOST_READ) break;
    }
    return this.#collected.pieces();
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
      this.#collected.enterTitle(heading.level, headingName(text), heading.line);
    } else if (this.#headings.isQuestion(heading))
      this.#begin(heading.line, { kind: "heading", level: heading.level }, text);
    else if (this.#collected.last?.anchor.kind === "heading" && this.#collected.last.anchor.level < heading.level) {
      // A part of what stands below the question.
      this.#collected.put(headingName(text), { line: heading.line, kind: `heading ${heading.level}`, isSure: true });
    } else this.#collected.enter(heading.level, headingName(text), heading.line);
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
      this.#collected.last === null ||
      (this.#collected.last.anchor.kind !== "heading" && isKeyName(text, items, this.#collected.scope.length));
    if (label.section === "strongAnswer" && label.rest === "" && isForAll) {
      this.#collected.key = new AnswerKey(this.#collected.scope);
      this.#collected.last = null;
    } else if (this.#collected.last) {
      this.#collected.last.section = label.section;
      put(this.#collected.last, label.section, label.rest, { line: block.line, kind: "label", isSure: true });
    } else if (block.kind === "heading") this.#collected.enter(block.level, headingName(text), block.line);
    else this.#collected.passOver(block.line, text);
  }

  /** What is folded away, the innermost last, each with the question that its summary is. */
  readonly #folds: (Gathered | null)[] = [];

  #takeSummary(summary: Summary, index: number): void {
    const label = this.#labels.labelled(summary.text);
    const isWithin =
      this.#collected.last?.anchor.kind === "heading" ||
      this.#folds.some((question) => question === this.#collected.last);
    let begun: Gathered | null = null;
    if (label) this.#openSection(summary.text, label, index, summary);
    else if (this.#collected.last === null || !isWithin || asksByMark(summary.text)) {
      begun = this.#begin(summary.line, { kind: "summary" }, summary.text);
    } else this.#collected.put(summary.text, { line: summary.line, kind: "summary", isSure: false });
    this.#folds.push(begun);
  }

  /** What stands behind the end of what was folded away is no part of the question that its summary is. */
  #endFold(): void {
    const question = this.#folds.pop() ?? null;
    if (this.#collected.last) this.#collected.last.section = null;
    if (question !== null && question === this.#collected.last) this.#collected.last = null;
  }

  #takeItem(item: Item): void {
    const lead = leadOf(item);
    if (isNavigation(lead)) this.#collected.passOver(item.line, lead, true);
    else if (this.#collected.key) this.#answer(item.line, this.#collected.key.takeItem(item), lead);
    else if (this.#collected.last?.pieces.length === 0) this.#beginItem(item);
    else if (this.#collected.last && this.#belongs(this.#collected.last, item))
      this.#fillRun(this.#collected.last, item);
    else if (this.#shapes.isOver(item)) this.#enterItem(item);
    else if (this.#shapes.isRenumbered(item)) this.#enterOver(item);
    else if (this.#hasAsked && this.#shapes.areUnasked(item))
      this.#collected.passOver(item.line, [lead, ...textsBelow(item)].join("\n"));
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
      this.#collected.passOver(item.line, lead);
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
      else this.#collected.passOver(part.line, part.lines.join("\n"));
    }
  }

  #enterOver(item: Item): void {
    const mayBeAnew = !this.#hasHeadings && this.#collected.lastName !== NAME_LEVELS.line;
    const name = this.#collected.lists.nameOf(item, headingName(this.#labels.asAsked(leadOf(item))), mayBeAnew);
    this.#collected.enter(NAME_LEVELS.item, name, item.line);
  }

  #takeProse(prose: Prose, index: number): void {
    const { lines, line } = prose;
    const text = lines.join("\n");
    const [first = ""] = lines;
    if (first.startsWith("<!--") || isNavigation(text)) this.#collected.passOver(line, text, true);
    else if (this.#collected.key) this.#answer(line, this.#collected.key.takeText(line, text), text);
    else if (this.#labels.labelled(first)?.rest === "" && lines.length === 1) {
      this.#openSection(first, this.#labels.labelled(first) ?? { section: "strongAnswer", rest: "" }, index, prose);
    } else if (this.#collected.last && this.#labels.labelled(first)) this.#below.fill(this.#collected.last, [prose]);
    else if (this.#collected.last?.pieces.length === 0) {
      // The heading before it only numbers the question.
      this.#below.begin(this.#collected.last, untilLabel(lines, this.#labels), "paragraph");
      this.#below.fill(this.#collected.last, fromLabel(prose, this.#labels));
    } else if (!this.#enterNamed(prose, index)) this.#takeText(prose, index);
  }

  /** A bold line, or a plain one above a list, that is the name of what comes. */
  #enterNamed({ line, lines }: Prose, index: number): boolean {
    const bold = boldHeading(lines);
    const isAsked = bold !== null && askingOf(bold) !== null;
    const name = bold ?? this.#paragraphs.nameOfList(lines, index);
    if (name === null || (isAsked && !this.#shapes.areAsked(this.#blocks, index + 1))) return false;
    // Behind a question it is a part of its answer, unless it leads to questions.
    if (
      this.#collected.last &&
      (this.#collected.last.anchor.kind === "heading" || !this.#shapes.areAsked(this.#blocks, index + 1))
    ) {
      if (this.#collected.last.anchor.kind === "item" && bold === null) return false;
      if (
        bold === null ||
        this.#collected.last.anchor.kind === "heading" ||
        this.#shapes.itemsBehind(this.#blocks, index + 1) > 0
      ) {
        this.#collected.put(name, { line, kind: "name", isSure: false });
        this.#collected.last.section ??= "strongAnswer";
        return true;
      }
    }
    this.#collected.enter(bold === null ? NAME_LEVELS.line : NAME_LEVELS.bold, headingName(name), line);
    return true;
  }

  #takeText(prose: Prose, index: number): void {
    const { line, lines } = prose;
    const { before, asked } = questionsIn(lines, this.#labels);
    if (asked.length > 0 && this.#paragraphs.isAsked(prose, asked, index)) {
      if (before.length > 0) this.#collected.passOver(line, before.join("\n"));
      for (const { offset, text, rest } of asked) {
        if (this.#collected.count > MOST_READ) break;
        const question = this.#begin(line + offset, { kind: "prose" }, text);
        this.#below.fill(question, rest.length > 0 ? [{ kind: "prose", line: line + offset, lines: rest }] : []);
      }
    } else if (this.#collected.last && this.#paragraphs.opensBelow(this.#collected.last, lines, index)) {
      this.#collected.put(lines.join("\n"), { line, kind: "name", isSure: false });
      this.#collected.last.section ??= "strongAnswer";
    } else if (
      this.#collected.last &&
      (this.#collected.last.section !== null ||
        this.#collected.last.anchor.kind !== "item" ||
        this.#paragraphs.isWithinList(index))
    )
      this.#below.fill(this.#collected.last, [prose]);
    else this.#collected.passOver(line, lines.join("\n"));
  }

  #takeCode(code: Code): void {
    if (this.#collected.last) this.#below.fill(this.#collected.last, [code]);
    else this.#collected.passOver(code.line, code.lines.join("\n"));
  }

  #takeTable(table: Table): void {
    const columns = columnsOf(table);
    if (columns.question === null || (this.#collected.last && !columns.isNamed)) {
      const text = [table.header, ...table.rows.map(({ cells }) => cells)]
        .map((cells) => `| ${cells.join(" | ").replaceAll("\n", " ")} |`)
        .join("\n");
      if (this.#collected.last) this.#collected.put(text, { line: table.line, kind: "table", isSure: true });
      else this.#collected.passOver(table.line, text);
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
      this.#collected.last = null;
    }
  }

  #begin(line: number, anchor: Anchor, text: string, number: number | null = null): Gathered {
    const question = this.#collected.begin(line, anchor, number);
    const kind = anchor.kind === "heading" ? `heading ${anchor.level}` : anchor.kind;
    if (text !== "") this.#below.begin(question, text, kind);
    this.#hasAsked ||= question.pieces[0]?.isSure === true;
    return question;
  }

  #answer(line: number, isTaken: boolean, text: string): void {
    if (!isTaken) this.#collected.passOver(line, text);
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
