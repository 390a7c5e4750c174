import type { Fault, QuestionDraft } from "@whetstone/shared/authored";
import { LEVELS } from "@whetstone/shared/bank";
import type { z } from "zod";

type Path = readonly PropertyKey[];

/** The value at a path, or `undefined` where the path leads nowhere. */
export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  array: "a list",
  tuple: "a list",
  object: "a group of fields",
  boolean: "yes or no",
};

function kindOf(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  return KINDS[typeof value] ?? `a ${typeof value}`;
}

/** What a schema found: each a path and a sentence that goes on from the field's name. `thing` names the whole. */
export function faultsOf(error: z.ZodError, whole: unknown, thing: string): Fault[] {
  return error.issues.flatMap((issue): Fault[] =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ path: [...issue.path, key], message: `is not a field that a ${thing} has` }))
      : [{ path: issue.path, message: sentence(issue, valueAt(whole, issue.path)) }],
  );
}

function sentence(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return "is missing";
  switch (issue.code) {
    case "invalid_type":
      return `must be ${KINDS[issue.expected] ?? issue.expected}, not ${kindOf(value)}`;
    case "invalid_value":
      return `must be one of: ${issue.values.map(String).join(", ")}`;
    case "invalid_format":
      return `must be ${issue.message}`;
    case "too_big":
      return tooBig(issue.maximum, value);
    case "too_small":
      return tooSmall(issue.minimum, value);
    default:
      return issue.message;
  }
}

function tooBig(maximum: number | bigint, value: unknown): string {
  if (typeof value === "string") return `has ${value.length} characters; at most ${maximum} are possible`;
  if (Array.isArray(value)) return `has ${value.length} entries; at most ${maximum} are possible`;
  return `must be at most ${maximum}`;
}

function tooSmall(minimum: number | bigint, value: unknown): string {
  if (value === "") return "is empty";
  if (Array.isArray(value)) return `has ${value.length} entries; at least ${minimum} are needed`;
  return `must be at least ${minimum}`;
}

/** Whether a fault of a draft means that something is not written yet, rather than written wrongly. */
export function isLack(draft: QuestionDraft, { path }: Fault): boolean {
  const value = valueAt(draft, path);
  // A list has too few; a workspace's lists need none, and are wrong where they are there and of no use.
  return value === undefined || value === "" || (Array.isArray(value) && path[0] !== "workspace");
}

/** What is missing, in words that follow on "lacks". */
export function lackInWords(draft: QuestionDraft, { path }: Fault): string {
  const [field, index, part, level] = path;
  const count = typeof index === "number" ? index + 1 : null;
  switch (field) {
    case "title":
      return "a title";
    case "topic":
      return "a topic";
    case "prompt":
      return "a prompt";
    case "hints":
      return count ? `the text of hint ${count}` : "a hint";
    case "followUps":
      if (count) return part === "probes" ? `what follow-up ${count} probes` : `the text of follow-up ${count}`;
      return draft.followUps.length === 0 ? "two follow-ups" : "another follow-up";
    case "strongAnswer":
      return count ? `the text of key point ${count}` : keyPoints(draft.strongAnswer.length);
    case "redFlags":
      return count ? `the text of red flag ${count}` : "a red flag";
    case "criteria":
      if (count && part === "anchors")
        return `the anchor of level ${LEVELS[Number(level)] ?? ""} of criterion ${count}`;
      if (count) return `the name of criterion ${count}`;
      return draft.criteria.length === 0 ? "a rubric of two or three criteria" : "another criterion";
    case "workspace":
      return workspaceLack(path);
    case "reviewed":
      return "the month of its review";
    default:
      return path.map(String).join(" ");
  }
}

function workspaceLack([, list, index, part]: Path): string {
  const number = Number(index) + 1;
  if (list === "files") return `the name of file ${number}`;
  return part === "name" ? `the name of test ${number}` : `the code of test ${number}`;
}

function keyPoints(present: number): string {
  return present === 0 ? "four key points of a strong answer" : `${4 - present} more key points of a strong answer`;
}
