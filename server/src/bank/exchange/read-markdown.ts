import { fill, type Gathered, rawQuestion } from "./gathered.ts";
import { type Block, type Heading, type Item, outlineOf, type Prose } from "./outline.ts";
import type { ImportFile, PassedOver } from "./parsed.ts";
import { asAsked, boldHeading, endsAsQuestion, headingName, isNumbered, labelled } from "./phrases.ts";
import { type RawImport, rawImport } from "./raw.ts";

/** How many entries of a list below a heading or a paragraph that asks something can be meant as belonging to it. */
const MOST_BELOW = 4;
/** Bold lines that stand for headings are below all real ones. */
const BOLD_LEVEL = 7;

/**
 * Reads a list of questions as teams have them. Headings become topics, those nested in them tags; items, and paragraphs
 * and headings that end with a question mark, become drafts that still lack a rubric; what is nested in an item becomes
 * its follow-ups. What stands behind "Answer:", "Hint:", "Follow-up:" or "Red flag:" goes there, so that no answer is
 * shown to a candidate.
 */
export function readMarkdown({ name, text }: ImportFile): RawImport {
  const { blocks, refused } = outlineOf(name, text);
  const gathering = new Gathering(name, blocks);
  for (const [index, block] of blocks.entries()) gathering.take(block, index);
  const questions = gathering.questions.map((question) => rawQuestion(question, name));
  return rawImport({ questions, refused, passedOver: gathering.passedOver });
}

class Gathering {
  readonly questions: Gathered[] = [];
  readonly passedOver: PassedOver[] = [];
  readonly #file: string;
  readonly #blocks: readonly Block[];
  readonly #title: Heading | null;
  readonly #hasHeadings: boolean;
  #headings: { readonly level: number; readonly name: string }[] = [];
  #last: Gathered | null = null;

  constructor(file: string, blocks: readonly Block[]) {
    this.#file = file;
    this.#blocks = blocks;
    this.#title = documentTitle(blocks);
    this.#hasHeadings = blocks.some(({ kind }) => kind === "heading");
  }

  take(block: Block, index: number): void {
    switch (block.kind) {
      case "heading":
        this.#takeHeading(block, index);
        break;
      case "item":
        this.#takeItem(block);
        break;
      case "code":
        if (this.#last) this.#last.prompt.push(block.lines.join("\n"));
        else this.#passOver(block);
        break;
      case "prose":
        this.#takeProse(block, index);
        break;
      default:
        block satisfies never;
    }
  }

  #takeHeading(heading: Heading, index: number): void {
    this.#last = null;
    if (heading === this.#title) return;
    if (asks(heading.text) && this.#hasFewBelow(index)) {
      this.#begin(heading.line, false, asAsked(heading.text));
    } else this.#enter(heading.level, heading.text);
  }

  #enter(level: number, text: string): void {
    this.#last = null;
    const name = headingName(text);
    this.#headings = this.#headings.filter((heading) => heading.level < level);
    if (name !== "") this.#headings.push({ level, name });
  }

  #takeItem(item: Item): void {
    const [first] = item.parts;
    const line = first?.kind === "prose" ? (first.lines[0] ?? "") : "";
    if (isLinkIntoPage(item)) return;
    if (this.#last && labelled(line)) fill(this.#last, item.parts, "prompt");
    else if (this.#last && !this.#last.isItem && !isNumbered(line)) {
      fill(this.#last, [item], endsAsQuestion(line) ? "followUps" : "strongAnswer");
    } else {
      const question = this.#begin(item.line, true);
      fill(question, item.parts, "prompt");
      question.prompt[0] = asAsked(question.prompt[0] ?? "");
      if (question.prompt.some((text) => text !== "")) return;
      this.questions.pop();
      this.#passOver(item);
    }
  }

  #takeProse(prose: Prose, index: number): void {
    const heading = boldHeading(prose.lines) ?? this.#listName(prose, index);
    if (heading !== null) {
      this.#enter(BOLD_LEVEL, heading);
      return;
    }
    const asked = questionsIn(prose.lines);
    if (asked.length > 0 && (asked.length > 1 || this.#hasFewBelow(index))) {
      for (const { offset, text, rest } of asked) {
        const question = this.#begin(prose.line + offset, false, asAsked(text));
        fill(question, [{ kind: "prose", line: prose.line, lines: rest }], "prompt");
      }
    } else if (this.#last && labelled(prose.lines[0] ?? "")) fill(this.#last, [prose], "prompt");
    else if (this.#last && !this.#last.isItem && !isComment(prose)) fill(this.#last, [prose], "strongAnswer");
    else this.#passOver(prose);
  }

  /** `Basics:` above a list, in a text that has no headings. */
  #listName({ lines }: Prose, index: number): string | null {
    const name =
      lines.length === 1 && !labelled(lines[0] ?? "") ? /^[^.?!]{1,60}(?=:$)/.exec(lines[0] ?? "")?.[0] : undefined;
    return name === undefined || this.#hasHeadings || this.#blocks[index + 1]?.kind !== "item" ? null : name;
  }

  /** Whether so few items of lists follow directly on a block, up to the next heading or paragraph, that they belong to it. */
  #hasFewBelow(index: number): boolean {
    let items = 0;
    for (let next = index + 1; items <= MOST_BELOW; next++) {
      const kind = this.#blocks[next]?.kind;
      if (kind === undefined || kind === "heading" || kind === "prose") return true;
      if (kind === "item") items += 1;
    }
    return false;
  }

  #begin(line: number, isItem: boolean, ...prompt: string[]): Gathered {
    const headings = this.#headings.map(({ name }) => name);
    const lists = { prompt, hints: [], followUps: [], strongAnswer: [], redFlags: [] };
    const question: Gathered = { line, isItem, headings, ...lists };
    this.questions.push(question);
    this.#last = question;
    return question;
  }

  /** What stands behind a text that was left out belongs to no question before it. */
  #passOver({ line }: Block): void {
    this.#last = null;
    this.passedOver.push({ at: { file: this.#file, line }, message: "This text belongs to no question." });
  }
}

/** The one heading at the top that stands over several others and no question of its own: a name and no topic. */
function documentTitle(blocks: readonly Block[]): Heading | null {
  const headings = blocks.flatMap((block) => (block.kind === "heading" && !asks(block.text) ? [block] : []));
  const [first] = headings;
  if (!first || headings.some((other) => other !== first && other.level <= first.level)) return null;
  const second = headings.slice(1).reduce((least, { level }) => Math.min(least, level), Number.POSITIVE_INFINITY);
  const below = blocks.slice(blocks.indexOf(first) + 1);
  const next = below.findIndex(({ kind }) => kind === "heading");
  const own = below.slice(0, Math.max(next, 0));
  const hasQuestions = own.some(
    (block) =>
      (block.kind === "item" && !isLinkIntoPage(block)) ||
      (block.kind === "prose" && questionsIn(block.lines).length > 0),
  );
  return headings.filter(({ level }) => level === second).length > 1 && !hasQuestions ? first : null;
}

const asks = (text: string): boolean => endsAsQuestion(text) || isNumbered(text);

/** The questions in a paragraph: one, or one in each line; each with the lines that follow on it. */
function questionsIn(lines: readonly string[]): { offset: number; text: string; rest: string[] }[] {
  const firstLabel = lines.findIndex((line) => labelled(line));
  const head = lines.slice(0, firstLabel < 0 ? lines.length : firstLabel);
  if (head.length > 1 && head.every(endsAsQuestion)) {
    return head.map((text, offset) => ({
      offset,
      text,
      rest: offset === head.length - 1 ? lines.slice(head.length) : [],
    }));
  }
  const starts = [...lines.keys()].filter((index) => isNumbered(lines[index] ?? ""));
  if (starts[0] === 0) {
    return starts.map((offset, index) => {
      const own = lines.slice(offset, starts[index + 1] ?? lines.length);
      const end = own.findIndex((line) => labelled(line));
      const asked = own.slice(0, end < 0 ? own.length : end);
      return { offset, text: asked.join("\n"), rest: own.slice(asked.length) };
    });
  }
  return asks(head.join("\n")) ? [{ offset: 0, text: head.join("\n"), rest: lines.slice(head.length) }] : [];
}

const isComment = ({ lines }: Prose): boolean => lines[0]?.startsWith("<!--") ?? false;

/** An entry of a table of contents. */
function isLinkIntoPage({ parts }: Item): boolean {
  const [first] = parts;
  return first?.kind === "prose" && /^\[[^\]]*\]\(#[^)]*\)$/.test(first.lines.join(" "));
}
