import { BANK_LIMITS } from "@whetstone/shared/bank-limits";
import type { Code, Item, Prose } from "./outline.ts";
import type { Place } from "./parsed.ts";
import { asAsked, inWords, labelled, type Section, shortened } from "./phrases.ts";
import type { RawQuestion } from "./raw.ts";
import { slugOf } from "./slug.ts";

/** A question as it is gathered from the text. */
export interface Gathered extends Record<Section, string[]> {
  readonly line: number;
  /** Whether it is an item of a list: then text outside the list does not belong to it. */
  readonly isItem: boolean;
  readonly headings: readonly string[];
}

/** Puts what stands below a question where it belongs. `section` holds until a label says otherwise. */
export function fill(question: Gathered, parts: readonly (Prose | Code | Item)[], section: Section): void {
  let current = section;
  for (const part of parts) {
    switch (part.kind) {
      case "code":
        appendTo(question, current, part.lines.join("\n"));
        break;
      case "prose":
        current = fillProse(question, part.lines, current);
        break;
      case "item":
        fillItem(question, part, current);
        break;
      default:
        part satisfies never;
    }
  }
}

function fillProse(question: Gathered, lines: readonly string[], section: Section): Section {
  let current = section;
  let open: string[] = [];
  const close = () => {
    if (open.length > 0) question[current].push(open.join("\n"));
    open = [];
  };
  for (const line of lines) {
    const found = labelled(line);
    if (found) {
      close();
      current = found.section;
    }
    const text = found ? found.rest : line;
    if (text !== "") open.push(text);
  }
  close();
  return current;
}

function fillItem(question: Gathered, item: Item, section: Section): void {
  const [first] = item.parts;
  const found = first?.kind === "prose" ? labelled(first.lines[0] ?? "") : null;
  if (found) fill(question, item.parts, found.section);
  else question[section === "prompt" ? "followUps" : section].push(asAsked(textOf(item)));
}

/** Code belongs to what stands before it. */
function appendTo(question: Gathered, section: Section, code: string): void {
  const last = question[section].pop();
  question[section].push(last === undefined ? code : `${last}\n\n${code}`);
}

/** An item with all that it holds as one text. */
const textOf = (item: Item): string => linesOf(item, "").join("\n");

/** Its lines below one another, each written once however deep it stands. The first has no indent, as a bullet stands before it. */
function linesOf({ parts }: Item, indent: string): string[] {
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

/** The question as a draft's fields; those that the text says nothing about are left out. */
export function rawQuestion(question: Gathered, file: string): RawQuestion {
  const at: Place = { file, line: question.line };
  const [topic, ...nested] = question.headings;
  const gathered = {
    prompt: question.prompt.filter((text) => text !== "").join("\n\n"),
    hints: atMost(3, question.hints),
    followUps: atMost(4, question.followUps)?.map((ask) => ({ ask, probes: "" })),
    strongAnswer: atMost(8, question.strongAnswer),
    redFlags: atMost(8, question.redFlags),
    tags: nested.length > 0 ? nested.map((name) => slugOf(name, "")).filter((tag) => tag !== "") : undefined,
  };
  const fields: Readonly<Record<string, string>> = {
    followUps: "follow-ups",
    strongAnswer: "answer",
    redFlags: "red flags",
  };
  return {
    value: Object.fromEntries(Object.entries(gathered).filter(([, value]) => value !== undefined)),
    topicName: topic === undefined ? null : shortened(inWords(topic), BANK_LIMITS.topicName),
    place: () => at,
    field: ([field]) => (field === undefined ? "" : (fields[String(field)] ?? String(field))),
  };
}

/** The texts, those that are too many joined to the last. Nothing where there are none: an import empties no field. */
function atMost(count: number, texts: readonly string[]): string[] | undefined {
  if (texts.length === 0) return undefined;
  if (texts.length <= count) return [...texts];
  return [...texts.slice(0, count - 1), texts.slice(count - 1).join("\n\n")];
}
