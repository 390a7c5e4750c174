import { askedIn, askingOf, beginsAsked, isAllAsked } from "./asking.ts";
import type { Code, Item, Prose } from "./blocks.ts";
import { asksToChoose, type Choices, choicesIn, lettered } from "./choices.ts";
import { type Gathered, put, putCode } from "./gathered.ts";
import type { Labels, Section } from "./labels.ts";
import { isNavigation, leadOf } from "./list-shapes.ts";

/**
 * Puts what stands below a question where it belongs. A label says where, and holds until another does. Without one only what certainly belongs to
 * the question goes to the candidate's side: a question of its own, what can be chosen, code that the question points to. All else is the answer.
 */
export class Below {
  readonly #labels: Labels;
  readonly #passOver: (line: number, text: string) => void;

  constructor(labels: Labels, passOver: (line: number, text: string) => void) {
    this.#labels = labels;
    this.#passOver = passOver;
  }

  fill(question: Gathered, parts: readonly (Prose | Code | Item)[]): void {
    let items: Item[] = [];
    for (const part of [...parts, null]) {
      if (part?.kind === "item") {
        items.push(part);
        continue;
      }
      if (items.length > 0) this.#fillItems(question, items);
      items = [];
      if (part?.kind === "prose") this.#fillProse(question, part);
      if (part?.kind === "code") fillCode(question, part.lines.join("\n"));
    }
  }

  /** The words that a question begins with, of which only the first are certainly its own. */
  begin(question: Gathered, text: string): void {
    const { asked, rest, decoration } = askedIn(this.#labels.asAsked(text));
    const [head, definition] = asked.includes("?") ? [asked, ""] : withoutDefinition(asked);
    put(question, "prompt", balanced(head));
    for (const [, address = ""] of decoration.matchAll(/\]\((https?:\/\/[^()\s]+)\)/g))
      question.references.push(address);
    for (const unsure of [definition, rest]) this.#fillText(question, unsure.replace(/^[\s*_]*[-–—:→=>]*\s*/u, ""));
  }

  /** A text behind a question in its own paragraph. */
  #fillText(question: Gathered, text: string): void {
    if (text !== "") this.#fillProse(question, { kind: "prose", line: question.line, lines: text.split("\n") });
  }

  #fillProse(question: Gathered, { line, lines }: Prose): void {
    const [first = ""] = lines;
    if (first.startsWith("<!--") || (isNavigation(lines.join(" ")) && lines.join("").trim() !== "")) {
      this.#passOver(line, lines.join("\n"));
      return;
    }
    const choices = question.section === null ? choicesAtEnd(lines) : null;
    if (choices && this.#choose(question, choices.found)) {
      this.#fillLines(question, lines.slice(0, choices.from));
      return;
    }
    this.#fillLines(question, lines);
  }

  #fillLines(question: Gathered, lines: readonly string[]): void {
    let open: string[] = [];
    const close = () => {
      if (open.length > 0) this.#putBelow(question, open.join("\n"));
      open = [];
    };
    for (const line of lines) {
      const label = this.#labels.labelled(line) ?? definedBy(line);
      if (label) {
        close();
        question.section = label.section;
      }
      const text = label ? label.rest : line;
      if (text !== "") open.push(text);
    }
    close();
  }

  #putBelow(question: Gathered, text: string): void {
    const isAsked = question.section === null && !isAnswered(question) && isAllAsked(text);
    put(question, isAsked ? "prompt" : (question.section ?? "strongAnswer"), text);
  }

  #fillItems(question: Gathered, items: readonly Item[]): void {
    const choices = question.section === null ? choicesIn(items, leadOf) : null;
    if (choices && this.#choose(question, choices)) return;
    const isUnsure = (item: Item) => !beginsAsked(this.#labels.asAsked(leadOf(item)));
    const unlabelled = items.filter((item) => !this.#labels.labelled(leadOf(item)));
    const plain: Section = question.section ?? (unlabelled.some(isUnsure) ? "strongAnswer" : "followUps");
    for (const item of items) {
      const label = this.#labels.labelled(leadOf(item));
      if (label) this.#fillLabelled(question, item);
      else if (plain === "followUps") this.#askOn(question, item);
      else put(question, plain, this.#labels.asAsked(textOf(item)));
    }
  }

  /** A label of an item holds for what the item has. */
  #fillLabelled(question: Gathered, item: Item): void {
    const { section } = question;
    const before = question.strongAnswer.length;
    this.fill(question, item.parts);
    // One that has nothing of its own says what comes next.
    const isAlone = item.parts.length === 1 && question.strongAnswer.length === before;
    if (!(isAlone && this.#labels.labelled(leadOf(item))?.rest === "")) question.section = section;
  }

  /** Of a follow-up, what is nested and does not ask is what it probes. */
  #askOn(question: Gathered, { parts }: Item): void {
    const [first, ...nested] = parts;
    put(question, "followUps", first?.kind === "prose" ? this.#labels.asAsked(first.lines.join("\n")) : "");
    const last = question.followUps.pop();
    if (!last) return;
    const asking = nested.every((part) => part.kind === "item" && isAllAsked(textOf(part)));
    const text = linesOf({ parts: nested }, "").join("\n");
    if (text === "") question.followUps.push(last);
    else if (asking) question.followUps.push({ ...last, ask: `${last.ask}\n${text}` });
    else question.followUps.push({ ...last, probes: `${last.probes}\n${text}`.trim() });
  }

  /** Whether the choices belong to the question: it asks to choose, or one of them is marked. */
  #choose(question: Gathered, { text, byLetter, right }: Choices): boolean {
    if (question.choices.size > 0 || isAnswered(question)) return false;
    if (right.length === 0 && !asksToChoose(question.prompt.join("\n"))) return false;
    put(question, "prompt", text);
    question.choices = byLetter;
    for (const one of right) put(question, "strongAnswer", one);
    return true;
  }
}

const isAnswered = ({ strongAnswer }: Gathered): boolean => strongAnswer.length > 0;

function fillCode(question: Gathered, code: string): void {
  const isShown = question.section === null && !isAnswered(question) && pointsBelow(question.prompt.at(-1) ?? "");
  putCode(question, isShown ? "prompt" : (question.section ?? "strongAnswer"), code);
}

/** Whether a question speaks of code that stands below it. */
const pointsBelow = (question: string): boolean =>
  /[:：]\s*[*_]*$/.test(question) ||
  /\b(?:(?:this|these|the|following|given) (?:\w+ )?(?:code|function|snippet|program|query|class|script|output|expression|loop|method|statement|example|config\w*|component|regex)\b|following|below|what (?:does|do|will|would|is) (?:this|it|the following|be) (?:\w+ )?(?:print|output|log|return|do|produce|evaluate|printed|logged))/i.test(
    question,
  ) ||
  /(?:folgende[nrsm]?|suivante?s?|ci-dessous|siguientes?|seguintes?|seguent[ei]|следующ|ниже|наступн|нижче|poniższ|następując|aşağıdaki|下面|以下|如下|次の|다음|아래|التالي|الآتي|הבא|הבאה|निम्न)/iu.test(
    question,
  );

/** The lines at a paragraph's end that begin with letters in their order. */
function choicesAtEnd(lines: readonly string[]): { readonly from: number; readonly found: Choices } | null {
  const from = lines.findIndex((line) => /^(?:\*\*|__|[✓✔✅☑]\ufe0f?\s*)?\(?[Aa]\s?[.):：]\s/u.test(line));
  const found = from < 0 ? null : lettered(lines.slice(from));
  return found ? { from, found } : null;
}

/** `: what it is`, below a term. */
function definedBy(line: string): { readonly section: "strongAnswer"; readonly rest: string } | null {
  const rest = /^[:：]\s+(.*)$/.exec(line)?.[1];
  return rest === undefined ? null : { section: "strongAnswer", rest };
}

/** How long a term may be that something explains behind it, in UTF-16 code units. */
const TERM = 80;

/** A term and what explains it: `Slag: waste of smelting`. What asks stays whole. */
function withoutDefinition(text: string): [term: string, definition: string] {
  const begin = text.slice(0, TERM);
  const found = /(?<=[^\s:])(?:(?:\*\*|__)?\s*[:：](?:\*\*|__)?\s|\s+(?:[-–—=]|→|=>)\s)(?=\s*\S)/u.exec(begin);
  if (!found) return [text, ""];
  const definition = text.slice(found.index + found[0].length);
  const term = text.slice(0, found.index);
  return askingOf(term) !== null || askingOf(definition) !== null ? [text, ""] : [term, definition];
}

/** A text of which the emphasis was cut in two, without it. */
function balanced(text: string): string {
  for (const sign of ["**", "__"])
    if (text.startsWith(sign) && !text.slice(2).includes(sign)) return text.slice(2).trim();
  return text;
}

/** An item with all that it holds as one text. */
const textOf = (item: Item): string => linesOf(item, "").join("\n");

/** Its lines below one another, each written once however deep it stands. The first has no indent, as a bullet stands before it. */
function linesOf({ parts }: Pick<Item, "parts">, indent: string): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const own = part.kind === "item" ? linesOf(part, `${indent}  `) : part.lines.join("\n").split("\n");
    const [first = "", ...others] = own;
    const begin = part.kind === "item" ? `- ${first}` : first;
    if (lines.length > 0 && !begin.startsWith("- ")) lines.push(indent);
    lines.push(lines.length > 0 ? `${indent}${begin}` : begin);
    for (const line of others) lines.push(part.kind === "item" ? line : `${indent}${line}`);
  }
  return lines;
}
