import { COMMUNICATION } from "@whetstone/shared/bank";
import { BankEntry, SearchRequest } from "@whetstone/shared/bank-wire";
import { afterAll, describe, expect, test } from "vitest";
import { type BankSearch, openSearch, type Searchable } from "../../server/src/bank/search.ts";
import { StepCounter } from "../support/steps.ts";
import { sampleQuestion } from "./exchange/samples.ts";

/** Twice as many questions may take so many times the steps: what is due, with something for what does not grow evenly. */
const MOST = 2.5;
const QUESTIONS = 600;
const NO_SECTIONS = { sections: new Map<string, string>() };

/** Questions of which each has words, a tag and a topic of its own, and some that it shares with all others. */
function questions(count: number, word = "zebra"): Searchable[] {
  return Array.from({ length: count }, (_, at) => {
    const entry = BankEntry.parse({
      ...sampleQuestion({
        id: `q-${at}`,
        title: `${word} ${(at * 7919) % count}`,
        tags: [`tag-${at}`, "shared"],
        prompt: `What does ${word}${at} do?`,
      }),
      topic: `topic-${at % 50}`,
      topicName: `Topic ${at % 50}`,
      pack: "a-pack",
      packTitle: "A pack",
      own: false,
      archived: false,
      communication: COMMUNICATION,
    });
    return { entry, sections: ["A", `A${at}`] };
  });
}

const searches: BankSearch[] = [];
function searchOf(count: number): BankSearch {
  const search = openSearch();
  searches.push(search);
  search.putAll(questions(count));
  return search;
}

const asking = (search: BankSearch, request: Partial<SearchRequest>) =>
  search.search(SearchRequest.parse(request), NO_SECTIONS);

/** By what is done, the work that is counted for so many questions. */
const WORK: Readonly<Record<string, (count: number) => () => unknown>> = {
  "filling the index": (count) => {
    const all = questions(count);
    const search = searchOf(0);
    return () => search.putAll(all);
  },
  "an import into an empty index": (count) => {
    const all = questions(count);
    const search = searchOf(0);
    return () => search.change(all.map((question) => [question.entry.id, question]));
  },
  "an import over all that is there": (count) => {
    const all = questions(count, "horse");
    const search = searchOf(count);
    return () => search.change(all.map((question) => [question.entry.id, question]));
  },
  "taking all out": (count) => {
    const all = questions(count);
    const search = searchOf(count);
    return () => search.change(all.map(({ entry }) => [entry.id, null]));
  },
  "a search for nothing": (count) => {
    const search = searchOf(count);
    return () => asking(search, {});
  },
  "a search for what all hold": (count) => {
    const search = searchOf(count);
    return () => asking(search, { text: "zebra what do" });
  },
  "a search for a slip of the fingers": (count) => {
    const search = searchOf(count);
    return () => asking(search, { text: "zebar whta" });
  },
  "a search within every tag and section": (count) => {
    const search = searchOf(count);
    const request = { tags: questions(20).flatMap(({ entry }) => entry.tags), sections: ["A"] };
    return () => asking(search, request);
  },
};

const steps = await StepCounter.start();
afterAll(() => {
  steps.stop();
  for (const search of searches) search.close();
});

describe("twice as many questions take no more than two and a half times the steps:", () => {
  test.each(Object.keys(WORK))("%s", async (name) => {
    const prepare = WORK[name] ?? (() => () => undefined);
    await prepare(10)();
    const first = await steps.of(prepare(QUESTIONS));
    const second = await steps.of(prepare(2 * QUESTIONS));
    expect(first).toBeGreaterThan(QUESTIONS);
    expect(second / first).toBeLessThanOrEqual(MOST);
  });
});

test("a change of one question takes as few steps among ten times as many", async () => {
  const [few, many] = [searchOf(QUESTIONS), searchOf(10 * QUESTIONS)];
  const [changed] = questions(1, "horse");
  if (!changed) throw new Error("There is no question.");
  few.put(changed);
  const first = await steps.of(() => few.put(changed));
  const second = await steps.of(() => many.put(changed));
  expect(second / first).toBeLessThanOrEqual(MOST);
});
