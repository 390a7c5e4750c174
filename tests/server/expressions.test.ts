import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { Backtracking } from "../support/backtracking.ts";
import { isNode, nameOf, nodesOf, ROOT, type SourceFile, sourcesOf, WORKSPACES } from "../support/sources.ts";

/** Twice as much to read may take so many times the steps: what is due, with something for what does not grow evenly. */
const MOST = 2.5;
/** More than any expression counts up to. */
const COUNT = 65;
/** What an expression may take at the most where what it reads has a bound; the engine takes some milliseconds for so many. */
const MOST_WITHIN_BOUNDS = 2_000_000;

/** Expressions that take more for longer texts than is due, and how long the longest is that they ever meet. */
const BOUNDED: Readonly<Record<string, { readonly longest: number; readonly why: string }>> = {
  "/-+$/": { longest: 80, why: "cut before, to an identifier's length" },
  "/^-+|-+$/g": { longest: 50, why: "cut before, to a file name's length" },
  "/\\s*:$/": { longest: 1_000, why: "a heading in words, cut before" },
  "/\\s+\\S*$/": { longest: 1_000, why: "cut before, to the length of a title, a line or a sentence" },
  "/[\\s.,;:–-]+$/": { longest: 280, why: "cut before, to an excerpt's length" },
  "/(?<ticks>`+)(?<code>.+?)\\k<ticks>/": { longest: 1_000, why: "a part of the expression for what marks enclose" },
};
/** The one that is put together of what marks enclose, by how it begins. */
const MARKS = { begins: "/\\\\(?<escaped>", longest: 1_000, why: "the beginning of a prompt" };

/** Some of them only when a text is read that has single letters for question and answer. */
const LABELS = "server/src/bank/exchange/list/labels.ts";
const LETTERED = "Q: x\nA: y\nP: x\nR: y\nВ: x\nО: y\n";
/** Where expressions are put together at run time; each module is loaded while that is watched. */
const PUT_TOGETHER = [
  "shared/src/merge.ts",
  "shared/src/plain-text.ts",
  "server/src/bank/search/words.ts",
  "server/src/bank/exchange/csv-cells.ts",
  LABELS,
  "server/src/bank/exchange/own-markdown/guards.ts",
];
/** A copy of its own, as another test may have loaded the module before. */
const loadAnew = (name: string): Promise<unknown> => import(/* @vite-ignore */ `${join(ROOT, name)}?watched`);
/** A name with a look to either side, which repeats nothing. */
const OF_NAMES = "client/src/room/feedback/cautions.ts";

const files = WORKSPACES.flatMap(sourcesOf);

function literalsIn(file: SourceFile): RegExp[] {
  return nodesOf(file).flatMap((node) => {
    const regex = node.type === "Literal" ? node.regex : undefined;
    if (typeof regex !== "object" || regex === null || !("pattern" in regex) || !("flags" in regex)) return [];
    return [new RegExp(String(regex.pattern), String(regex.flags))];
  });
}

const putsTogether = (file: SourceFile): boolean =>
  nodesOf(file).some(
    ({ type, callee }) =>
      (type === "NewExpression" || type === "CallExpression") && isNode(callee) && callee.name === "RegExp",
  );

/** What the modules make while they are loaded. */
async function madeWhileLoading(): Promise<RegExp[]> {
  const made: RegExp[] = [];
  const engines = globalThis.RegExp;
  // How deep below its module an expression is made is another number on every Node.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Number.POSITIVE_INFINITY;
  globalThis.RegExp = new Proxy(engines, {
    construct: (target, args) => {
      const expression: RegExp = Reflect.construct(target, args);
      if (PUT_TOGETHER.some((name) => new Error().stack?.includes(name))) made.push(expression);
      return expression;
    },
  });
  for (const name of PUT_TOGETHER) await loadAnew(name);
  new ((await loadAnew(LABELS)) as typeof import("../../server/src/bank/exchange/list/labels.ts")).Labels(LETTERED);
  globalThis.RegExp = engines;
  Error.stackTraceLimit = stackTraceLimit;
  return made;
}

const made = await madeWhileLoading();
const expressions = new Map([...files.flatMap(literalsIn), ...made].map((one) => [String(one), one]));

/** The longest that an expression ever meets, or null where there is no bound. */
function longestFor(written: string): number | null {
  if (written.startsWith(MARKS.begins) && written.includes("|")) return MARKS.longest;
  return BOUNDED[written]?.longest ?? null;
}

describe("an expression", () => {
  test("that is put together stands where all are looked at", () => {
    const found = files.filter(putsTogether).map(({ path }) => nameOf(path));
    expect(found.toSorted()).toEqual([...PUT_TOGETHER, OF_NAMES].toSorted());
    // Each label and the numbering in labels; hyphens and words; marks; letters in merge, twice at an end.
    expect(made.length).toBeGreaterThanOrEqual(11);
  });

  test("finds the same when it is tried step by step, on texts that are hard for it", () => {
    const different: unknown[] = [];
    for (const expression of expressions.values()) {
      const steps = new Backtracking(expression);
      for (const text of steps.hostileTexts(6)) {
        const found = expression.global ? [...text.matchAll(expression)] : [expression.exec(text)];
        const matches = found.flatMap((match) => (match ? [[match.index, match[0]]] : []));
        if (!isDeepStrictEqual(steps.run(text).matches, matches)) different.push([String(expression), text]);
      }
    }
    expect(different).toEqual([]);
  });

  test.each([...expressions.keys()])("%s takes no more than is due for twice as long a text", (written) => {
    const expression = expressions.get(written) ?? /./;
    const steps = new Backtracking(expression);
    const longest = longestFor(written);
    const worst = worstOf(steps, longest === null ? COUNT : Math.ceil(COUNT / 4));
    if (longest === null) {
      expect(worst.growth, JSON.stringify(worst.text)).toBeLessThanOrEqual(MOST);
      return;
    }
    const text = [...steps.hostileTexts(longest)][worst.place]?.slice(-longest) ?? "";
    expect(steps.run(text).steps).toBeLessThanOrEqual(MOST_WITHIN_BOUNDS);
    // Whatever grows as it should needs no bound.
    expect(worst.growth).toBeGreaterThan(MOST);
  });
});

/** The text for which twice the length takes the most times the steps, and its place among the hostile ones. */
function worstOf(steps: Backtracking, count: number) {
  let worst = { growth: 0, place: 0, text: "" };
  const longer = steps.hostileTexts(2 * count);
  let place = 0;
  for (const text of steps.hostileTexts(count)) {
    const twice = longer.next().value ?? "";
    const growth = steps.run(twice).steps / steps.run(text).steps;
    if (growth > worst.growth) worst = { growth, place, text };
    place += 1;
  }
  return worst;
}
