import { askedHead } from "./asked-head.ts";
import { askedIn, asks, BROKEN_LINE, beginsAsked, isAllAsked } from "./asking.ts";
import type { Code, Item, Prose } from "./blocks.ts";
import { asksToChoose, type Choices, choicesIn, lettered } from "./choices.ts";
import { pointsBelow } from "./code-below.ts";
import { type Found, type Gathered, promptOf, put, putCode, putProbes, putReference } from "./gathered.ts";
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
      if (part?.kind === "code") fillCode(question, part);
    }
  }

  /** The words that a question begins with, of which only the first are certainly its own. */
  begin(question: Gathered, text: string, kind: string): void {
    const { line } = question;
    const { asked, rest, decoration } = askedIn(this.#labels.asAsked(text.replace(PICTURE, " ").trim()));
    const [open, bracketed] = this.#withoutBracketed(asked) ?? [asked, ""];
    const { head, behind } = askedHead(open);
    put(question, "prompt", balanced(head), { line, kind, isSure: asks(head) });
    for (const [, name = "", address = ""] of decoration.matchAll(/\[([^\][]*)\]{1,2}\((https?:\/\/[^()\s]+)\)/g)) {
      // A name of several words says something of its own.
      const reference = /\S\s+\S/.test(name) ? `${name.trim()}: ${address}` : address;
      putReference(question, reference, { line, kind: "link", isSure: true });
    }
    // What decorates a question and is no link is quoted, so that it can be looked at.
    const signs = decoration.replace(/!?\[{1,2}[^\][]*\]\([^()]*\)\]?/g, "");
    if (/\p{L}/u.test(signs)) this.#passOver(line, signs.trim());
    // What a picture shows is said beside it.
    for (const unsure of [...behind, bracketed, rest, ...(text.match(PICTURE) ?? [])])
      this.#fillBehind(question, unsure.replace(/^[\s*_]*[-–—:→=>]*\s*/u, ""), kind);
  }

  /** An answer in brackets that says that it is one. */
  #withoutBracketed(text: string): [question: string, answer: string] | null {
    const bracket = Math.max(text.lastIndexOf("("), text.lastIndexOf("["));
    if (bracket <= 0 || !/[)\]][.\s*_]*$/.test(text)) return null;
    const inner = text.slice(bracket + 1).replace(/[)\]][.\s*_]*$/, "");
    return this.#labels.labelled(inner)?.section === "strongAnswer" ? [text.slice(0, bracket).trim(), inner] : null;
  }

  /** What stands behind a question in its own paragraph. */
  #fillBehind(question: Gathered, text: string, kind: string): void {
    if (text !== "")
      this.#fillLines(question, text.split("\n"), { line: question.line, kind: `behind ${kind}`, isSure: false });
  }

  #fillProse(question: Gathered, { line, lines }: Prose): void {
    const [first = ""] = lines;
    if (first.startsWith("<!--") || (isNavigation(lines.join(" ")) && lines.join("").trim() !== "")) {
      this.#passOver(line, lines.join("\n"));
      return;
    }
    const found = { line, kind: "paragraph", isSure: true };
    const choices = question.section === null ? choicesAtEnd(lines) : null;
    if (choices && this.#choose(question, choices.found, { ...found, line: line + choices.from })) {
      this.#fillLines(question, lines.slice(0, choices.from), found);
      return;
    }
    this.#fillLines(question, lines, found);
  }

  #fillLines(question: Gathered, lines: readonly string[], found: Found): void {
    let open: string[] = [];
    let begun = 0;
    let isSure = found.isSure;
    const close = () => {
      if (open.length > 0) this.#putBelow(question, open.join("\n"), { ...found, line: found.line + begun, isSure });
      open = [];
    };
    for (const [at, line] of lines.entries()) {
      const label = this.#labels.labelled(line) ?? definedBy(line);
      if (label) {
        close();
        question.section = label.section;
        isSure = true;
      }
      const text = label ? label.rest : line;
      if (open.length === 0) begun = at;
      if (text !== "") open.push(text);
    }
    close();
  }

  #putBelow(question: Gathered, text: string, found: Found): void {
    const { section, isAnswered } = question;
    // What stands behind a question in its own line was no longer certain there.
    const isAsked = found.isSure && section === null && !isAnswered && isAllAsked(text);
    const isSure = found.isSure && (section !== null || isAsked || !asks(text));
    put(question, isAsked ? "prompt" : (section ?? "strongAnswer"), text, { ...found, isSure });
  }

  #fillItems(question: Gathered, items: readonly Item[]): void {
    const [first] = items;
    const own = (item: Item) => this.#choiceIn(item).join("\n");
    const choices = question.section === null ? choicesIn(items, own) : null;
    if (choices && first && this.#choose(question, choices, { line: first.line, kind: "item", isSure: true })) {
      for (const item of items) {
        const behind = leadOf(item).split("\n").slice(this.#choiceIn(item).length);
        this.#fillLines(question, behind, { line: item.line, kind: "behind a choice", isSure: false });
      }
      return;
    }
    const isUnsure = (item: Item) => !beginsAsked(this.#labels.asAsked(leadOf(item)));
    const unlabelled = items.filter((item) => !this.#labels.labelled(leadOf(item)));
    const plain: Section = question.section ?? (unlabelled.some(isUnsure) ? "strongAnswer" : "followUps");
    for (const item of items) {
      const label = this.#labels.labelled(leadOf(item));
      const text = this.#labels.asAsked(textOf(item));
      const isSure = question.section !== null || !asks(text);
      if (label) this.#fillLabelled(question, item);
      else if (plain === "followUps") this.#askOn(question, item);
      else put(question, plain, text, { line: item.line, kind: "item", isSure });
    }
  }

  /** The lines of an item that are certainly one of the choices: its first, and what goes on behind a line that was broken. */
  #choiceIn(item: Item): string[] {
    const lines = leadOf(item).split("\n");
    const end = lines.findIndex(
      (line, at) => at > 0 && ((lines[at - 1] ?? "").length < BROKEN_LINE || this.#labels.labelled(line)),
    );
    return end < 0 ? lines : lines.slice(0, end);
  }

  /** A label of an item holds for what the item has. */
  #fillLabelled(question: Gathered, item: Item): void {
    const { section } = question;
    const before = question.pieces.length;
    this.fill(question, item.parts);
    // One that has nothing of its own says what comes next.
    if (question.pieces.length > before) question.section = section;
  }

  /** Of a follow-up, what is nested and does not ask is what it probes. */
  #askOn(question: Gathered, { line, parts }: Item): void {
    const [first, ...nested] = parts;
    const own = first?.kind === "prose" ? this.#labels.asAsked(first.lines.join("\n")) : "";
    const text = linesOf({ parts: nested }, "").join("\n");
    const isAsking = text !== "" && nested.every((part) => part.kind === "item" && isAllAsked(textOf(part)));
    const found = { line, kind: "item", isSure: question.section !== null };
    put(question, "followUps", isAsking && isAllAsked(own) ? `${own}\n${text}` : own, found);
    if (!isAsking || !isAllAsked(own)) putProbes(question, text, { ...found, kind: "below a follow-up" });
  }

  /** Whether the choices belong to the question: it asks to choose, or one of them is marked. */
  #choose(question: Gathered, { text, byLetter, right }: Choices, found: Found): boolean {
    if (question.choices.size > 0 || question.isAnswered) return false;
    if (right.length === 0 && !asksToChoose(promptOf(question))) return false;
    put(question, "prompt", text, { ...found, kind: "choices" });
    question.choices = byLetter;
    for (const one of right) put(question, "strongAnswer", one, { ...found, kind: "right choice" });
    return true;
  }
}

function fillCode(question: Gathered, { line, lines }: Code): void {
  const { section, isAnswered } = question;
  const asked = promptOf(question);
  // A second piece of code may be what the first one prints.
  const isShown = section === null && !isAnswered && pointsBelow(asked) && !/^(?:```|~~~)/m.test(asked);
  const found = { line, kind: "code", isSure: section !== null || isShown };
  putCode(question, isShown ? "prompt" : (section ?? "strongAnswer"), lines.join("\n"), found);
}

const PICTURE = /!\[[^\][\n]*\]\([^()\n]*\)/g;

/** The lines at a paragraph's end that begin with letters in their order. */
function choicesAtEnd(lines: readonly string[]): { readonly from: number; readonly found: Choices } | null {
  const from = lines.findIndex((line) => /^(?:\*\*|__|[✓✔✅☑]\ufe0f?\s*)?\(?[Aa]\s?[.):：]\s/u.test(line));
  const found = from < 0 ? null : lettered(lines.slice(from));
  return found ? { from, found } : null;
}

/** `: what it is`, below a term. */
function definedBy(line: string): { readonly section: "strongAnswer"; readonly rest: string } | null {
  return /^[:：]\s/.test(line) ? { section: "strongAnswer", rest: line.slice(1).trim() } : null;
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
