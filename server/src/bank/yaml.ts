import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Document, LineCounter, parseDocument, visit } from "yaml";
import type { z } from "zod";
import { FieldFinder, faultsIn, PARSER_OPTIONS } from "./yaml-nodes.ts";

/** A fault in a file of the bank: where it is, and what is wrong there. */
export interface BankProblem {
  readonly file: string;
  readonly line: number;
  /** The field's path, such as `criteria.0.anchors`; empty where the file as a whole is wrong. */
  readonly field: string;
  readonly message: string;
}

export const describeProblem = ({ file, line, field, message }: BankProblem): string =>
  `${file}:${line}: ${field ? `${field}: ` : ""}${message}`;

/** What a file of the bank holds, with a way to name a place in that file. */
export interface BankFile<T> {
  readonly value: T;
  readonly at: (path: readonly PropertyKey[], message: string) => BankProblem;
}

/** Reads a YAML file below `directory`; null where it does not meet its schema, with its faults added to `problems`. */
export async function readYaml<S extends z.ZodType>(
  directory: string,
  path: string,
  schema: S,
  problems: BankProblem[],
): Promise<BankFile<z.infer<S>> | null> {
  const file = join(basename(directory), path);
  const fail = (message: string) => {
    problems.push({ file, line: 1, field: "", message });
    return null;
  };
  if (!path.endsWith(".yaml")) return fail("must end in .yaml, or stand somewhere else");
  let text: string;
  try {
    text = await readFile(join(directory, path), "utf8");
  } catch {
    return fail("is missing or cannot be read");
  }
  const parsed = parseYaml(file, text, schema);
  if ("value" in parsed) return parsed;
  problems.push(...parsed.problems);
  return null;
}

function parseYaml<S extends z.ZodType>(
  file: string,
  text: string,
  schema: S,
): BankFile<z.infer<S>> | { problems: BankProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { ...PARSER_OPTIONS, lineCounter: lines });
  const atOffset = (offset: number, message: string): BankProblem => ({
    file,
    line: lines.linePos(offset).line,
    field: "",
    message: message.split("\n")[0] ?? "",
  });
  const faults = faultsIn(document, lines);
  if (faults.length > 0) return { problems: faults.map(({ offset, message }) => atOffset(offset, message)) };
  let content: unknown;
  try {
    content = document.toJS();
  } catch (error) {
    return {
      problems: [atOffset(offsetOfLostAlias(document), error instanceof Error ? error.message : String(error))],
    };
  }
  const fields = new FieldFinder(document);
  const lineOf = (offset: number | null) => (offset === null ? 1 : lines.linePos(offset).line);
  const at = (path: readonly PropertyKey[], message: string): BankProblem => ({
    file,
    line: lineOf(fields.offsetOf(path)),
    field: path.map(String).join("."),
    message,
  });
  const parsed = schema.safeParse(content);
  if (parsed.success) return { value: parsed.data, at };
  return { problems: parsed.error.issues.map((issue) => at(issue.path, issue.message)) };
}

/** Where the first alias of nothing stands, such as a text that begins with `*`; its own error names no place. */
function offsetOfLostAlias(document: Document): number {
  let offset = 0;
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document)) return undefined;
      offset = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}
