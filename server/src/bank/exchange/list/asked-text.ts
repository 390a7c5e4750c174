import { askedIn, askingOf, beginsAsked } from "./asking.ts";
import type { Prose } from "./blocks.ts";
import type { Labels } from "./labels.ts";

/** A question in a paragraph, with the lines that follow on it. */
export interface AskedText {
  readonly offset: number;
  readonly text: string;
  readonly rest: string[];
  readonly isNumbered: boolean;
}

/** The lines up to the first label behind their first. */
export const untilLabel = (lines: readonly string[], labels: Labels): string => {
  const end = lines.findIndex((line, at) => at > 0 && labels.labelled(line) !== null);
  return lines.slice(0, end < 0 ? lines.length : end).join("\n");
};

/** Those from that label on. */
export function fromLabel({ kind, line, lines }: Prose, labels: Labels): Prose[] {
  const end = lines.findIndex((text, at) => at > 0 && labels.labelled(text) !== null);
  return end < 0 ? [] : [{ kind, line: line + end, lines: lines.slice(end) }];
}

/** The questions in a paragraph: one, or one in each line; each with the lines that follow on it, and what stands before them. */
export function questionsIn(
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
        beginsAsked(line) ||
        (askingOf(line) !== null && /^[^\p{Ll}]/u.test(head[at + 1] ?? "") && !/[,;:]$/.test(line)),
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
