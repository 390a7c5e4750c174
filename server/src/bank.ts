import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  type AskedQuestion,
  type Bank,
  type BankQuestion,
  freezeQuestion,
  Kit,
  Pack,
  Question,
} from "@whetstone/shared/bank";
import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";

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

/**
 * Reads all packs below `directory`: `<pack>/pack.yaml`, `<pack>/<topic>/<question>.yaml`, `<pack>/kits/<kit>.yaml`.
 * Either the whole bank, or every fault found in it; a faulty file is never left out silently.
 */
export async function loadBank(directory: string): Promise<{ bank: Bank } | { problems: BankProblem[] }> {
  const packs = new Map<string, Pack>();
  const questions = new Map<string, BankQuestion>();
  const kits = new Map<string, Kit>();
  const problems: BankProblem[] = [];

  const add = <T extends { id: string }>(into: Map<string, T>, file: SourceFile<T>, expectedId: string) => {
    const { value, at } = file;
    if (value.id !== expectedId) problems.push(at(["id"], `must be ${expectedId}, as the file or folder is named so`));
    if (into.has(value.id)) problems.push(at(["id"], `${value.id} is the id of another file too`));
    into.set(value.id, value);
  };

  for (const packName of await folders(directory)) {
    const read = <S extends z.ZodType>(path: string, schema: S) =>
      readYaml(directory, join(packName, path), schema, problems);
    const packFile = await read("pack.yaml", Pack);
    if (!packFile) continue;
    add(packs, packFile, packName);
    const topics = new Set(packFile.value.topics.map((topic) => topic.id));

    for (const topic of await folders(join(directory, packName))) {
      if (topic === "kits") continue;
      for (const path of await filesOf(join(directory, packName), topic)) {
        const question = await read(path, Question);
        if (!question) continue;
        add(questions, { ...question, value: { ...question.value, pack: packName } }, basename(path, ".yaml"));
        problems.push(...misplaced(question, topic, topics));
      }
    }
    for (const path of await filesOf(join(directory, packName), "kits")) {
      const kit = await read(path, Kit);
      if (!kit) continue;
      add(kits, kit, basename(path, ".yaml"));
      problems.push(...faultsOfKit(kit, questions));
    }
  }
  return problems.length > 0 ? { problems } : { bank: { packs, questions, kits } };
}

/** Looks a question up and freezes it for an ask. */
export const questionOf =
  (bank: Bank) =>
  (questionId: string): AskedQuestion | undefined => {
    const question = bank.questions.get(questionId);
    const pack = question && bank.packs.get(question.pack);
    return question && pack && freezeQuestion(question, pack);
  };

interface SourceFile<T> {
  readonly value: T;
  readonly at: (path: readonly PropertyKey[], message: string) => BankProblem;
}

async function readYaml<S extends z.ZodType>(
  directory: string,
  path: string,
  schema: S,
  problems: BankProblem[],
): Promise<SourceFile<z.infer<S>> | null> {
  const lines = new LineCounter();
  const file = join(basename(directory), path);
  if (!path.endsWith(".yaml")) {
    problems.push({ file, line: 1, field: "", message: "must end in .yaml, or stand somewhere else" });
    return null;
  }
  let text: string;
  try {
    text = await readFile(join(directory, path), "utf8");
  } catch {
    problems.push({ file, line: 1, field: "", message: "is missing or cannot be read" });
    return null;
  }
  const document = parseDocument(text, { lineCounter: lines });
  const at = (fieldPath: readonly PropertyKey[], message: string): BankProblem => ({
    file,
    line: lineOf(document, lines, fieldPath),
    field: fieldPath.map(String).join("."),
    message,
  });
  if (document.errors.length > 0) {
    for (const error of document.errors) {
      problems.push({
        file,
        line: lines.linePos(error.pos[0]).line,
        field: "",
        message: error.message.split("\n")[0] ?? "",
      });
    }
    return null;
  }
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { value: parsed.data, at };
  problems.push(...parsed.error.issues.map((issue) => at(issue.path, issue.message)));
  return null;
}

/** The line of a field, or of the nearest thing around it where the field itself is missing. */
function lineOf(document: ReturnType<typeof parseDocument>, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range)) {
      return lines.linePos(Number(node.range[0])).line;
    }
  }
  return 1;
}

function misplaced(
  { value, at }: SourceFile<z.infer<typeof Question>>,
  folder: string,
  topics: ReadonlySet<string>,
): BankProblem[] {
  const found: BankProblem[] = [];
  if (value.topic !== folder) found.push(at(["topic"], `must be ${folder}, the folder that the file is in`));
  if (!topics.has(value.topic)) found.push(at(["topic"], `${value.topic} is not a topic of pack.yaml`));
  return found;
}

function faultsOfKit({ value, at }: SourceFile<Kit>, questions: ReadonlyMap<string, unknown>): BankProblem[] {
  const found: BankProblem[] = [];
  const phaseMinutes = value.phases.reduce((sum, phase) => sum + phase.minutes, 0);
  if (phaseMinutes !== value.minutes) {
    found.push(at(["phases"], `add up to ${phaseMinutes} minutes, but the kit has ${value.minutes}`));
  }
  const budget = value.phases.find((phase) => phase.kind === "questions")?.minutes ?? 0;
  const planned = value.questions.reduce((sum, { minutes }) => sum + minutes, 0);
  if (planned > budget) found.push(at(["questions"], `take ${planned} minutes, but their phase has ${budget}`));
  for (const [index, { question }] of value.questions.entries()) {
    if (!questions.has(question)) found.push(at(["questions", index, "question"], `${question} is not in the bank`));
  }
  return found;
}

async function folders(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Every file of a folder, so that one with another ending is named as a fault and not passed over. */
async function filesOf(directory: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(directory, folder), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(folder, entry.name))
    .sort();
}
