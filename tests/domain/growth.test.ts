import { afterAll, describe, expect, test } from "vitest";
import { mergeLists, mergeOrders, mergeTexts, splicesBetween } from "../../shared/src/merge.ts";
import { diff, patch } from "../../shared/src/room/patch.ts";
import { applySplice, spliceBetween } from "../../shared/src/text.ts";
import { StepCounter } from "../support/steps.ts";

/** Twice as much may take so many times the steps: what is due, with something for what does not grow evenly. */
const MOST = 2.5;
/** More than a merge compares unit by unit; what it compares below that has a bound of its own. */
const COUNT = 4_000;

const numbered = (count: number, word = "word") => Array.from({ length: count }, (_, at) => `${word} ${at}`);
const same = (count: number, word = "word") => Array.from({ length: count }, () => word);
const halves = (list: readonly string[], word: string) => list.map((entry, at) => (at % 2 === 0 ? word : entry));

/** What is made to be slow, each twice as long for twice the number. */
const HOSTILE: Readonly<Record<string, (count: number) => () => unknown>> = {
  "a splice of one letter": (count) => {
    const [before, after] = ["a".repeat(count), `${"a".repeat(count)}a`];
    return () => applySplice(before, spliceBetween(before, after));
  },
  "splices of one word again and again": (count) => () =>
    splicesBetween("word ".repeat(count), "word other ".repeat(count)),
  "splices of all words": (count) => () =>
    splicesBetween(numbered(count).join(" "), numbered(count, "other").join(" ")),
  "a merge of one word again and again": (count) => () =>
    mergeTexts("word ".repeat(count), "word a ".repeat(count), "b word ".repeat(count)),
  "a merge of one line again and again": (count) => () =>
    mergeTexts("line\n".repeat(count), "line\na\n".repeat(count), "b\nline\n".repeat(count)),
  "a merge of sentences without an end": (count) => () =>
    mergeTexts("?!".repeat(count), "a?!".repeat(count), "?!b".repeat(count)),
  "a merge of other words everywhere": (count) => () =>
    mergeTexts(numbered(count).join(" "), numbered(count, "a").join(" "), numbered(count, "b").join(" ")),
  "a merge of lists that have nothing in common": (count) => () =>
    mergeLists(numbered(count), numbered(count, "a"), numbered(count, "b")),
  "a merge of lists of one entry": (count) => () =>
    mergeLists(same(count), halves(same(count), "a"), halves(same(count), "b").reverse()),
  "a merge of orders turned round": (count) => () =>
    mergeOrders(numbered(count), numbered(count).reverse(), halves(numbered(count), "a")),
  "a merge of orders that have nothing in common": (count) => () =>
    mergeOrders(numbered(count), numbered(count, "a"), numbered(count, "b")),
  "a difference of all entries": (count) => () => diff(numbered(count), numbered(count, "a")),
  "a difference of all fields": (count) => {
    const fields = (word: string) => Object.fromEntries(numbered(count, word).map((name) => [name, word]));
    const [before, after] = [fields("a"), fields("b")];
    return () => diff(before, after);
  },
  "a patch of all entries": (count) => {
    const [before, after] = [numbered(count), numbered(count, "a")];
    const operations = diff(before, after);
    return () => patch(before, operations);
  },
};

const steps = await StepCounter.start();
afterAll(() => steps.stop());

describe("twice as much takes no more than two and a half times the steps", () => {
  test.each(Object.keys(HOSTILE))("%s", async (name) => {
    const make = HOSTILE[name] ?? (() => () => undefined);
    make(10)();
    const first = await steps.of(make(COUNT));
    const second = await steps.of(make(2 * COUNT));
    expect(second / first).toBeLessThanOrEqual(MOST);
  });
});

/** How many entries are read off lists while `work` is done. Copying one is a single step of the engine, however long it is. */
function entriesRead(work: () => unknown): number {
  const original = Array.prototype[Symbol.iterator];
  let read = 0;
  Array.prototype[Symbol.iterator] = function* counted(this: unknown[]) {
    for (let at = 0; at < this.length; at++) {
      read++;
      yield this[at];
    }
    return undefined;
  } as typeof original;
  try {
    work();
  } finally {
    Array.prototype[Symbol.iterator] = original;
  }
  return read;
}

test("a patch copies a list once, however many of its entries change", () => {
  const counts = [COUNT, 2 * COUNT].map((count) => {
    const [before, after] = [{ list: numbered(count) }, { list: numbered(count, "a") }];
    const operations = diff(before, after);
    expect(operations.length).toBe(count);
    return entriesRead(() => patch(before, operations)) / count;
  });
  for (const perEntry of counts) expect(perEntry).toBeLessThan(3);
});
