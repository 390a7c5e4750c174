import { AnswerKey, isKeyName } from "./answer-key.ts";
import { askedIn, askingOf, asksByMark, beginsAsked, isAllAsked } from "./asking.ts";
import { Below } from "./below.ts";
import type { Block, Code, Heading, Item, Prose, Summary, Table } from "./blocks.ts";
import { numberOf } from "./blocks.ts";
import {
  type Anchor,
  type Gathered,
  NAME_LEVELS,
  type Name,
  newQuestion,
  put,
  QUOTED,
  rawQuestion,
} from "./gathered.ts";
import { Labels } from "./labels.ts";
import { isNavigation, ListShapes, leadOf, lifted } from "./list-shapes.ts";
import { NAME_LENGTH, outlineOf } from "./outline.ts";
import type { ImportFile, PassedOver } from "./parsed.ts";
import { boldHeading, headingName, inWords, shortened } from "./phrases.ts";
import { MOST_BELOW, QuestionHeadings } from "./question-headings.ts";
import { type RawImport, rawImport } from "./raw.ts";

/**
 * Reads a list of questions as teams have them. Headings become topics, those nested in them tags; items, and paragraphs and headings that ask, become
 * drafts that still lack a rubric. What is not certainly the question is for the panel: it goes to the answer, so that none is shown to a candidate.
 * What belongs to no question is passed over, and quoted.
 */
export function readMarkdown({ name, text }: ImportFile): RawImport {
  const { blocks, refused } = outlineOf(name, text);
  const gathering = new Gathering(name, blocks, new Labels(text));
  gathering.takeAll();
  const hasGroups = gathering.questions.some(({ group }) => group > 1);
  const made = gathering.questions.map((question) => rawQuestion(question, { file: name, hasGroups }));
  return rawImport({
    questions: made.map(({ raw }) => raw),
    refused,
    passedOver: [...gathering.passedOver, ...made.flatMap(({ passedOver }) => passedOver)],
  });
}

class Gathering {
  readonly questions: Gathered[] = [];
  readonly passedOver: PassedOver[] = [];
  readonly #file: string;
  readonly #labels: Labels;
  readonly #shapes: ListShapes;
  readonly #blocks: readonly Block[];
  readonly #headings: QuestionHeadings;
  readonly #below: Below;
  readonly #hasHeadings: boolean;
  #names: Name[] = [];
  #last: Gathered | null = null;
  /** The questions since the last name, which answers of their own section may be for. */
  #scope: Gathered[] = [];
  #key: AnswerKey | null = null;
  #group = 1;
  /** The item that was the last name over others. */
  #lastOver: Item | null = null;

  constructor(file: string, blocks: readonly Block[], labels: Labels) {
    this.#file = file;
    this.#labels = labels;
    this.#shapes = new ListShapes(labels);
    this.#blocks = lifted(blocks, this.#shapes);
    this.#shapes.learn(this.#blocks);
    this.#headings = new QuestionHeadings(this.#blocks, this.#shapes, labels);
    this.#below = new Below(labels, (line, passed) => this.#passOver(line, passed));
    this.#hasHeadings = blocks.some(({ kind }) => kind === "heading");
  }

  takeAll(): void {
    for (const [index, block] of this.#blocks.entries()) this.#take(block, index);
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
        this.#takeSummary(block);
        break;
      case "end":
        if (this.#last) this.#last.section = null;
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
    if (heading === this.#headings.title) this.#leave();
    else if (this.#headings.isQuestion(heading))
      this.#begin(heading.line, { kind: "heading", level: heading.level }, text);
    else if (this.#last?.anchor.kind === "heading" && this.#last.anchor.level < heading.level) {
      // A part of what stands below the question.
      put(this.#last, this.#last.section ?? "strongAnswer", headingName(text));
    } else this.#enter({ level: heading.level, name: headingName(text) });
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
      if (label.rest !== "") put(this.#last, label.section, label.rest);
    } else if (block.kind === "heading") this.#enter({ level: block.level, name: headingName(text) });
    else this.#passOver(block.line, text);
  }

  #takeSummary(summary: Summary): void {
    const label = this.#labels.labelled(summary.text);
    if (label) this.#openSection(summary.text, label, this.#blocks.indexOf(summary), summary);
    else if (this.#last === null || this.#last.anchor.kind !== "heading" || asksByMark(summary.text)) {
      this.#begin(summary.line, { kind: "summary" }, summary.text);
    } else put(this.#last, this.#last.section ?? "strongAnswer", summary.text);
  }

  #takeItem(item: Item): void {
    const lead = leadOf(item);
    if (isNavigation(lead)) this.#passOver(item.line, lead, true);
    else if (this.#key) this.#answer(item.line, this.#key.takeItem(item), lead);
    else if (this.#last && this.#belongs(this.#last, item)) this.#fillRun(this.#last, item);
    else if (this.#shapes.isOver(item)) this.#enterItem(item);
    else if (this.#shapes.isRenumbered(item)) this.#enterOver(item);
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
    return this.#isSaid(item);
  }

  /** Whether an item says something where most of those beside it ask by a mark: an answer in the list of the questions. */
  #isSaid(item: Item): boolean {
    const { items, at } = this.#shapes.runOf(item);
    if (at === 0 || this.#shapes.asks(item) || item.parts.length > 1 || !/[.。!]["'”*_]*$/.test(leadOf(item)))
      return false;
    return this.#shapes.questionsIn(items) * 2 >= items.length;
  }

  #beginItem(item: Item): void {
    const [first, ...parts] = item.parts;
    const lead = leadOf(item);
    if (first?.kind !== "prose" || this.#labels.asAsked(lead) === "") {
      this.#passOver(item.line, lead);
      return;
    }
    const question = this.#begin(item.line, { kind: "item" }, "", numberOf(item));
    this.#below.begin(question, untilLabel(first.lines, this.#labels));
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
    const before = this.#lastOver;
    const hasName = this.#names.some(({ level }) => level === NAME_LEVELS.line && this.#lastName === level);
    const [number, last] = [numberOf(item), before && numberOf(before)];
    const isAnew = number !== null && last !== null ? number <= last : (number === null) !== (last === null);
    if (before && isAnew && !this.#hasHeadings && !hasName) this.#group += 1;
    this.#lastOver = item;
    this.#enter({ level: NAME_LEVELS.item, name: this.#nameInGroup(headingName(this.#labels.asAsked(leadOf(item)))) });
  }

  /** A name that an earlier list of the text has, too, says from which list it is. */
  #nameInGroup(name: string): string {
    const key = name.toLowerCase();
    const first = this.#groups.get(key) ?? this.#group;
    this.#groups.set(key, first);
    return first === this.#group ? name : `${name} (list ${this.#group})`;
  }

  /** In which list a name came first. */
  readonly #groups = new Map<string, number>();

  /** The level of the name that was entered last. */
  #lastName = 0;

  #takeProse(prose: Prose, index: number): void {
    const { lines, line } = prose;
    const text = lines.join("\n");
    const [first = ""] = lines;
    if (first.startsWith("<!--") || isNavigation(text)) this.#passOver(line, text, true);
    else if (this.#key) this.#answer(line, this.#key.takeText(text), text);
    else if (this.#labels.labelled(first)?.rest === "" && lines.length === 1) {
      this.#openSection(first, this.#labels.labelled(first) ?? { section: "strongAnswer", rest: "" }, index, prose);
    } else if (this.#last && this.#labels.labelled(first)) this.#below.fill(this.#last, [prose]);
    else if (!this.#enterNamed(prose, index)) this.#takeText(prose, index);
  }

  /** A bold line, or a plain one above a list, that is the name of what comes. */
  #enterNamed({ lines }: Prose, index: number): boolean {
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
        put(this.#last, this.#last.section ?? "strongAnswer", name);
        this.#last.section ??= "strongAnswer";
        return true;
      }
    }
    this.#enter({ level: bold === null ? NAME_LEVELS.line : NAME_LEVELS.bold, name: headingName(name) });
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
        const question = this.#begin(line + offset, { kind: "prose" }, text);
        this.#below.fill(question, rest.length > 0 ? [{ kind: "prose", line: line + offset, lines: rest }] : []);
      }
    } else if (
      this.#last &&
      (this.#last.section !== null || this.#last.anchor.kind !== "item" || this.#isWithinList(index))
    )
      this.#below.fill(this.#last, [prose]);
    else this.#passOver(line, lines.join("\n"));
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
      case "row":
        return isAllAsked(lines.join("\n"));
      case "prose":
        return isQuestion || asked.length > 1;
      default:
        return kind satisfies never;
    }
  }

  /** Whether a paragraph stands between the items of a list, or its items have had such. */
  #isWithinList(index: number): boolean {
    const next = this.#blocks[index + 1];
    const [last, number] = [this.#last?.number ?? null, next?.kind === "item" ? numberOf(next) : null];
    const goesOn = last === null || number === null ? last === number : number > last;
    if (next?.kind === "item" && goesOn && !this.#shapes.isOver(next)) return true;
    return this.#scope.slice(0, -1).some(({ strongAnswer }) => strongAnswer.length > 0);
  }

  #takeCode(code: Code): void {
    if (this.#last) this.#below.fill(this.#last, [code]);
    else this.#passOver(code.line, code.lines.join("\n"));
  }

  #takeTable({ line, header, rows }: Table): void {
    const columns = header.map((name) => this.#columnOf(name));
    const named = columns.indexOf("prompt");
    const at =
      named >= 0
        ? named
        : onlyAsking(
            rows.map(({ cells }) => cells),
            header.length,
          );
    if (at === null || (this.#last && named < 0)) {
      const text = [header, ...rows.map(({ cells }) => cells)].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
      if (this.#last) put(this.#last, this.#last.section ?? "strongAnswer", text);
      else this.#passOver(line, text);
      return;
    }
    for (const row of rows) {
      const question = this.#begin(row.line, { kind: "row" }, row.cells[at] ?? "");
      for (const [index, cell] of row.cells.entries()) {
        const column = columns[index];
        if (index === at || cell === "" || column === "number") continue;
        if (column === undefined || column === null || column === "prompt")
          put(question, "strongAnswer", `${header[index] ?? ""}: ${cell}`);
        else put(question, column, cell);
      }
      this.#last = null;
    }
  }

  #columnOf(name: string): "prompt" | "number" | Exclude<ReturnType<Labels["labelled"]>, null>["section"] | null {
    const plain = inWords(name).trim();
    if (/^(?:#|no\.?|nr\.?|№|id|n°|\d*)$/iu.test(plain)) return "number";
    if (this.#labels.isQuestionWord(plain)) return "prompt";
    return this.#labels.labelled(plain)?.section ?? null;
  }

  #begin(line: number, anchor: Anchor, text: string, number: number | null = null): Gathered {
    const question = newQuestion({ line, anchor, names: [...this.#names], group: this.#group, number });
    this.questions.push(question);
    this.#scope.push(question);
    this.#last = question;
    this.#key = null;
    if (text !== "") this.#below.begin(question, text);
    return question;
  }

  #enter(name: Name): void {
    this.#leave();
    this.#scope = [];
    this.#names = this.#names.filter(({ level }) => level < name.level);
    if (name.name !== "") this.#names.push(name);
    this.#lastName = name.level;
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
    const quoted = shortened(text.replace(/\s+/g, " ").trim(), QUOTED);
    this.passedOver.push({ at: { file: this.#file, line }, message: `This text belongs to no question: “${quoted}”` });
  }
}

/** A heading without the links that lead back from it. */
const withoutBacklinks = (text: string): string =>
  text
    .replace(/\[{1,2}[⬆↑🔝^#¶]{1,3}\]{1,2}\(#[^()\s]*\)/gu, "")
    .replace(/\[{1,2}[⬆↑🔝^]\ufe0f?\]?\](?:\([^()\s]*\))?/gu, "")
    .trim();

interface AskedText {
  readonly offset: number;
  readonly text: string;
  readonly rest: string[];
  readonly isNumbered: boolean;
}

const untilLabel = (lines: readonly string[], labels: Labels): string => {
  const end = lines.findIndex((line, at) => at > 0 && labels.labelled(line) !== null);
  return lines.slice(0, end < 0 ? lines.length : end).join("\n");
};

function fromLabel({ kind, line, lines }: Prose, labels: Labels): Prose[] {
  const end = lines.findIndex((text, at) => at > 0 && labels.labelled(text) !== null);
  return end < 0 ? [] : [{ kind, line: line + end, lines: lines.slice(end) }];
}

/** The questions in a paragraph: one, or one in each line; each with the lines that follow on it, and what stands before them. */
function questionsIn(
  lines: readonly string[],
  labels: Labels,
): { readonly before: readonly string[]; readonly asked: AskedText[] } {
  const starts = [...lines.keys()].filter((index) => labels.isNumbered(lines[index] ?? ""));
  const [start] = starts;
  if (start !== undefined) {
    const asked = starts.map((offset, index) => ({
      ...beforeLabel(lines.slice(offset, starts[index + 1] ?? lines.length), labels),
      offset,
      isNumbered: true,
    }));
    return { before: lines.slice(0, start), asked };
  }
  const { text, rest } = beforeLabel(lines, labels);
  const head = text.split("\n");
  const isOneEach =
    head.length > 1 &&
    head.every(
      (line, at) =>
        asksByMark(line) || (askingOf(line) !== null && /^[^\p{Ll}]/u.test(head[at + 1] ?? "") && !/[,;:]$/.test(line)),
    );
  if (isOneEach) {
    return {
      before: [],
      asked: head.map((line, offset) => ({
        offset,
        text: line,
        rest: offset === head.length - 1 ? rest : [],
        isNumbered: false,
      })),
    };
  }
  const isAsking = askedIn(text).asked !== "" && (/[?？؟]/.test(askedIn(text).asked) || askingOf(text) !== null);
  return { before: [], asked: isAsking ? [{ offset: 0, text, rest, isNumbered: false }] : [] };
}

function beforeLabel(lines: readonly string[], labels: Labels): { readonly text: string; readonly rest: string[] } {
  const end = lines.findIndex((line, at) => at > 0 && labels.labelled(line) !== null);
  const head = lines.slice(0, end < 0 ? lines.length : end);
  return { text: head.join("\n"), rest: lines.slice(head.length) };
}

/** The one column in which most cells ask. */
function onlyAsking(rows: readonly (readonly string[])[], columns: number): number | null {
  const asking = Array.from(
    { length: columns },
    (_, at) => rows.filter((cells) => asksByMark(cells[at] ?? "")).length * 2 > rows.length,
  );
  return asking.filter(Boolean).length === 1 ? asking.indexOf(true) : null;
}
