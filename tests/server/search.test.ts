import assert from "node:assert/strict";
import { COMMUNICATION, type Criterion, QuestionLevel } from "@whetstone/shared/bank";
import { BankEntry, SearchRequest, type SearchResponse } from "@whetstone/shared/bank-wire";
import { Workspace } from "@whetstone/shared/workspace/workspace";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { type BankSearch, excerptOf, openSearch, type Searchable } from "../../server/src/bank/search.ts";
import { propertyRuns } from "../support/courses.ts";

/** A question whose texts hold nothing that is searched for here, but for what `change` says. */
function searchable(change: Partial<BankEntry> & { id: string }, sections: readonly string[] = []): Searchable {
  const entry = BankEntry.parse({
    title: "Filler",
    topic: "odds",
    topicName: "Odds, ends",
    level: "working",
    minutes: 6,
    prompt: "Filler.",
    hints: ["Filler."],
    followUps: [0, 1].map(() => ({ ask: "Filler?", probes: "Filler" })),
    strongAnswer: ["Filler.", "Filler.", "Filler.", "Filler."],
    redFlags: ["Filler."],
    criteria: [criterion("Filler"), criterion("Filler")],
    reviewed: "2026-01",
    pack: "a-pack",
    packTitle: "A pack",
    own: false,
    archived: false,
    communication: COMMUNICATION,
    ...change,
  });
  return { entry, sections };
}

function criterion(name: string, anchor = "Filler."): Criterion {
  return { id: "filler", name, anchors: [anchor, "Filler.", "Filler.", "Filler."] };
}

const workspace = (change: Partial<Workspace>): Workspace => Workspace.parse({ language: "python", ...change });

const searches: BankSearch[] = [];
afterAll(() => {
  for (const search of searches) search.close();
});

/** An empty search, closed when all tests are over. */
function newSearch(): BankSearch {
  const search = openSearch();
  searches.push(search);
  return search;
}

function searchOf(...questions: Searchable[]): BankSearch {
  const search = newSearch();
  search.putAll(questions);
  return search;
}

/** A search of questions that have these titles, and the place of each as its identifier: `q-0`. */
const searchOfTitles = (...titles: string[]) =>
  searchOf(...titles.map((title, place) => searchable({ id: `q-${place}`, title })));

function ask(search: BankSearch, request: Partial<SearchRequest> = {}, sections = new Map<string, string>()) {
  return search.search(SearchRequest.parse(request), { sections });
}

const idsOf = ({ results }: SearchResponse): string[] => results.map(({ id }) => id);
const find = (search: BankSearch, text: string): string[] => idsOf(ask(search, { text }));
const countsOf = (choices: readonly { value: string; count: number }[]) =>
  Object.fromEntries(choices.map(({ value, count }) => [value, count]));

describe("searching for a text", () => {
  test.each<[string, Partial<BankEntry>]>([
    ["the title", { title: "On zebras" }],
    ["an alias", { aliases: ["what is a zebra"] }],
    ["a tag", { tags: ["zebra-crossing"] }],
    ["the topic's name", { topicName: "Zebras" }],
    ["the prompt", { prompt: "Draw a **zebra**." }],
    ["a hint", { hints: ["Nothing.", "Think of a zebra."] }],
    ["a follow-up", { followUps: [0, 1].map((n) => ({ ask: n ? "A zebra?" : "No?", probes: "it" })) }],
    ["what a follow-up probes", { followUps: [0, 1].map((n) => ({ ask: "No?", probes: n ? "a zebra" : "it" })) }],
    ["a key point", { strongAnswer: ["One.", "Two.", "Three.", "Says zebra."] }],
    ["a red flag", { redFlags: ["Says zebra."] }],
    ["a criterion", { criteria: [criterion("Filler"), criterion("Zebra")] }],
    ["an anchor", { criteria: [criterion("Filler"), criterion("Filler", "Says zebra.")] }],
    ["a reference", { references: ["Zebra, On stripes, 2001"] }],
    ["a starter", { workspace: workspace({ starter: "def zebra():\n    ..." }) }],
    ["a file's name", { workspace: workspace({ files: [{ name: "zebra.csv", text: "" }] }) }],
    ["a file", { workspace: workspace({ files: [{ name: "a.csv", text: "zebra,1\n" }] }) }],
    ["a database", { workspace: workspace({ language: "sql", database: "CREATE TABLE zebra (id)" }) }],
  ])("finds it in %s", (_, change) => {
    const search = searchOf(searchable({ id: "other" }), searchable({ ...change, id: "it" }));
    expect(find(search, "zebra")).toEqual(["it"]);
  });

  test("does not find it in tests, nor in what a program prints", () => {
    const test = { name: "Takes a zebra", code: "assert zebra()" };
    const tests = [
      { ...test, visible: true },
      { ...test, name: "Takes another zebra", visible: false },
    ];
    const search = searchOf(searchable({ id: "it", workspace: workspace({ tests, expectedOutput: "zebra" }) }));
    expect(find(search, "zebra")).toEqual([]);
    expect(find(search, "python")).toEqual(["it"]);
  });

  test("finds the beginnings of words, and not their ends", () => {
    const search = searchOfTitles("Backpropagation", "Propagation of errors");
    expect(find(search, "backprop")).toEqual(["q-0"]);
    expect(find(search, "prop")).toEqual(["q-1"]);
    expect(find(search, "b")).toEqual(["q-0"]);
  });

  test("wants every word, in any order", () => {
    const search = searchOfTitles("Gradients that vanish", "Gradients that explode");
    expect(find(search, "vanish grad")).toEqual(["q-0"]);
    expect(find(search, "vanish explode")).toEqual([]);
  });

  test.each(["naïve", "NAIVE", "nai\u0308ve", "ｎａｉｖｅ", "na\u00adive"])(
    "does not care how letters are written: %s",
    (text) => {
      const search = searchOfTitles("Naïve Bayes", "Bayes");
      expect(find(search, text)).toEqual(["q-0"]);
    },
  );

  test("knows both spellings of words in -ise and -ize", () => {
    const search = searchOfTitles("Regularisation", "To analyze", "Prize money");
    expect(find(search, "regularization")).toEqual(["q-0"]);
    expect(find(search, "regulariz")).toEqual(["q-0"]);
    expect(find(search, "analyse")).toEqual(["q-1"]);
    expect(find(search, "prize")).toEqual(["q-2"]);
  });

  test("does not care for hyphens, on either side", () => {
    const search = searchOfTitles("Back-propagation", "Backpropagation", "Propagation, back to front", "Backing out");
    for (const text of ["back-propagation", "back‑prop", "back\u2010propagation"]) {
      expect(find(search, text).sort()).toEqual(["q-0", "q-1", "q-2"]);
    }
    expect(find(search, "backprop").sort()).toEqual(["q-0", "q-1"]);
    expect(find(search, "propagation").sort()).toEqual(["q-0", "q-2"]);
  });

  test.each([
    ['"gradient"', ["q-0"]],
    ["gradient*", ["q-0"]],
    ["gradient)", ["q-0"]],
    ["title:gradient", ["q-0"]],
    ["-gradient", ["q-0"]],
    ["^gradient + {descent}", ["q-0"]],
    ["gradient AND descent", []],
    ["gradient OR nonsense", []],
    ["NOT gradient", []],
    ["NEAR(gradient descent, 2)", []],
    ["and near", ["q-1"]],
    ["'; DROP TABLE texts; --", []],
  ])("takes syntax for text: %s", (text, found) => {
    const search = searchOfTitles("Gradient descent: a title", "Near and not far, or so");
    expect(find(search, text)).toEqual(found);
  });

  test("takes what cannot be seen for a gap between words", () => {
    expect(find(searchOfTitles("Gradient descent", "Gradient"), "gradient\0descent\u200b")).toEqual(["q-0"]);
  });

  test.each(["", "   ", '"*"', "- : ( ) ^ {}", "…?!"])("takes a text without words for none: %s", (text) => {
    expect(ask(searchOfTitles("One", "Two"), { text })).toMatchObject({ total: 2, corrected: null });
  });

  test("puts what names it before what says it in passing, however often", () => {
    const prompt = "Attention, attention, and once more attention.";
    const search = searchOf(
      searchable({ id: "in-prompt", prompt }),
      searchable({ id: "in-title", title: "Attention as a look-up" }),
      searchable({ id: "in-answer", strongAnswer: [prompt, prompt, prompt, prompt] }),
      searchable({ id: "in-tags", tags: ["attention"] }),
      searchable({ id: "nowhere" }),
    );
    const found = find(search, "attention");
    expect(found[0]).toBe("in-title");
    expect(found[1]).toBe("in-tags");
    expect(found.slice(2).sort()).toEqual(["in-answer", "in-prompt"]);
  });

  test("puts what is as good as another in the order of the titles", () => {
    const titles = ["Delta loss", "alpha loss", "Écho loss", "Charlie loss"];
    expect(find(searchOfTitles(...titles), "loss")).toEqual(["q-1", "q-3", "q-0", "q-2"]);
  });

  test("counts only names where too many questions hold the words to rank their texts", () => {
    const words = "bo co do fo go ho jo ko lo mo no po ro so to";
    const prompt = `${words} longest`;
    const special: Record<number, Partial<BankEntry>> = {
      300: { prompt: `${prompt} longest longest longest` },
      400: { title: "With longest" },
      500: { aliases: ["longest"] },
    };
    const many = Array.from({ length: 600 }, (_, place) =>
      searchable({ prompt, title: `Title ${String(place).padStart(3, "0")}`, ...special[place], id: `q-${place}` }),
    );
    const { total, results } = ask(searchOf(...many), { text: `${words} longest`, limit: 4 });
    expect(total).toBe(600);
    expect(results.map(({ id }) => id)).toEqual(["q-400", "q-500", "q-0", "q-1"]);
  });
});

describe("a text that finds nothing", () => {
  const titles = ["Vanishing gradients", "Backpropagation", "ReLU and softmax", "Transformer", "Over-fitting", "LSTM"];
  const search = searchOfTitles(...titles);

  test.each([
    ["a wrong letter", "gradiemts", "gradients", "q-0"],
    ["a missing letter", "vanihing", "vanishing", "q-0"],
    ["a letter too many", "softmaax", "softmax", "q-2"],
    ["two wrong letters", "backprobagadion", "backpropagation", "q-1"],
    ["two that changed places", "trasnformer", "transformer", "q-3"],
    ["two that changed places in a short word", "rleu", "relu", "q-2"],
    ["one wrong letter in a short word", "lstn", "lstm", "q-5"],
    ["a word that is still being typed", "bakcprop", "backprop", "q-1"],
    ["two slips in a word that is still being typed", "tramsfrm", "transform", "q-3"],
    ["one word of two", "Vanishing Gradeints!", "vanishing gradients", "q-0"],
    ["two words of two", "vansihing gradeints", "vanishing gradients", "q-0"],
    ["a part of a hyphened word", "over-fiting", "over-fitting", "q-4"],
    ["a hyphened word that is one word elsewhere", "trans-fromer", "transformer", "q-3"],
  ])("is corrected for %s", (_, text, corrected, found) => {
    const answer = ask(search, { text });
    expect(answer.corrected).toBe(corrected);
    expect(idsOf(answer)).toEqual([found]);
  });

  test.each([
    ["nothing is near", "zzzzqqqq"],
    ["two letters of a short word are wrong", "rexx"],
    ["a word is too short to guess", "lxt"],
    ["it is a number", "20191"],
    ["one word of two is hopeless", "gradeints zzzzqqqq"],
    ["each word is known, but no question holds both", "gradients softmax"],
    ["no question holds the corrected words together", "gradeints softmax"],
  ])("stays as it is where %s", (_, text) => {
    expect(ask(search, { text })).toMatchObject({ total: 0, results: [], corrected: null });
  });

  test("is corrected in up to four words", () => {
    const crowded = searchOfTitles("Vanishing gradients, softmax, LSTM and ReLU");
    expect(ask(crowded, { text: "gradiants vanishung softmix lstn" }).corrected).toBe(
      "gradients vanishing softmax lstm",
    );
    expect(ask(crowded, { text: "gradiants vanishung softmix lstn rleu" }).corrected).toBeNull();
  });

  test("is not corrected while it finds something, whatever the filters leave of that", () => {
    const answer = ask(searchOfTitles("Form", "From", "From"), { text: "form", levels: ["research"] });
    expect(answer).toMatchObject({ total: 0, corrected: null });
    expect(countsOf(answer.choices.levels)).toEqual({ working: 1, research: 0 });
  });

  test("becomes what most questions hold, where two words are as near", () => {
    expect(ask(searchOfTitles("Cart", "Card", "Card"), { text: "carx" }).corrected).toBe("card");
    expect(ask(searchOfTitles("Cart", "Cart", "Card"), { text: "carx" }).corrected).toBe("cart");
  });

  test("becomes a whole word rather than the beginning of one", () => {
    expect(ask(searchOfTitles("Relu", "Relation", "Relation"), { text: "relx" }).corrected).toBe("relu");
  });

  test("does not become a word of a question that is gone, nor is it one", () => {
    const changing = searchOfTitles("Cart", "Card", "Card", "Carx");
    for (const id of ["q-1", "q-2", "q-3"]) changing.remove(id);
    expect(ask(changing, { text: "carx" })).toMatchObject({ corrected: "cart", total: 1 });
    changing.put(searchable({ id: "q-0", title: "Horse" }));
    expect(ask(changing, { text: "carx" })).toMatchObject({ corrected: null, total: 0 });
  });
});

describe("filters", () => {
  const search = searchOf(
    searchable({ id: "a", topic: "nets", topicName: "Networks", minutes: 5, tags: ["x", "y"] }, ["A", "A1"]),
    searchable({ id: "b", level: "research", minutes: 10, tags: ["y"], pack: "own", packTitle: "Own" }, ["A", "A2"]),
    searchable({ id: "c", topic: "nets", topicName: "Networks", level: "foundation" }, ["B", "B1"]),
    searchable({ id: "d", minutes: 5, tags: ["x"] }, ["A", "A1", "B", "B1"]),
  );
  const SECTIONS = new Map(
    ["B", "B1", "B2", "A", "A1", "A2"].map((section): [string, string] => [section, `Section ${section}`]),
  );
  const every = (request: Partial<SearchRequest>) => ask(search, request, SECTIONS);
  const found = (request: Partial<SearchRequest>) => idsOf(every(request)).sort().join("");

  test.each<[string, Partial<SearchRequest>, string]>([
    ["topic", { topics: ["nets"] }, "ac"],
    ["level", { levels: ["foundation", "research"] }, "bc"],
    ["minutes", { minutes: [5] }, "ad"],
    ["tag", { tags: ["x"] }, "ad"],
    ["either of two tags", { tags: ["x", "y"] }, "abd"],
    ["a section", { sections: ["A1"] }, "ad"],
    ["a list, which means any of its sections", { sections: ["A"] }, "abd"],
    ["a section or a list", { sections: ["A2", "B"] }, "bcd"],
    ["pack", { packs: ["own"] }, "b"],
    ["asked before", { asked: { ids: ["a", "b", "elsewhere"], keep: "asked" } }, "ab"],
    ["not asked before", { asked: { ids: ["a", "b", "elsewhere"], keep: "not_asked" } }, "cd"],
    ["every kind at once", { topics: ["odds"], minutes: [5, 10], sections: ["A"], tags: ["y"] }, "b"],
    ["what no question has", { topics: ["sorcery"] }, ""],
  ])("keep questions by %s", (_, request, expected) => {
    expect(found(request)).toBe(expected);
  });

  test("offer what there is, by name and in the order in which it is known", () => {
    expect(every({}).choices).toEqual({
      topics: [
        { value: "nets", name: "Networks", count: 2 },
        { value: "odds", name: "Odds, ends", count: 2 },
      ],
      levels: [
        { value: "foundation", name: "foundation", count: 1 },
        { value: "working", name: "working", count: 2 },
        { value: "research", name: "research", count: 1 },
      ],
      minutes: [
        { value: "5", name: "5 min", count: 2 },
        { value: "6", name: "6 min", count: 1 },
        { value: "10", name: "10 min", count: 1 },
      ],
      tags: [
        { value: "x", name: "x", count: 2 },
        { value: "y", name: "y", count: 2 },
      ],
      sections: [
        { value: "B", name: "Section B", count: 2 },
        { value: "B1", name: "Section B1", count: 2 },
        { value: "A", name: "Section A", count: 3 },
        { value: "A1", name: "Section A1", count: 2 },
        { value: "A2", name: "Section A2", count: 1 },
      ],
      packs: [
        { value: "a-pack", name: "A pack", count: 3 },
        { value: "own", name: "Own", count: 1 },
      ],
      asked: [
        { value: "asked", name: "Asked before", count: 0 },
        { value: "not_asked", name: "Not asked before", count: 4 },
      ],
    });
  });

  test("count each kind as if it alone were still open", () => {
    const { choices } = every({ topics: ["nets"], minutes: [5] });
    expect(countsOf(choices.topics)).toEqual({ nets: 1, odds: 1 });
    expect(countsOf(choices.minutes)).toEqual({ 5: 1, 6: 1 });
    expect(countsOf(choices.levels)).toEqual({ working: 1 });
  });

  test("still list what is chosen when nothing has it", () => {
    const { choices } = every({
      topics: ["sorcery"],
      tags: ["y", "z"],
      minutes: [60],
      sections: ["B2"],
      levels: ["advanced"],
    });
    expect(choices.topics).toContainEqual({ value: "sorcery", name: "sorcery", count: 0 });
    expect(choices.sections).toContainEqual({ value: "B2", name: "Section B2", count: 0 });
    expect(choices.levels).toContainEqual({ value: "advanced", name: "advanced", count: 0 });
    expect(choices.minutes).toContainEqual({ value: "60", name: "60 min", count: 0 });
    expect(countsOf(choices.tags)).toEqual({ y: 0, z: 0 });
  });

  test("offer the forty most frequent tags, and those that are chosen", () => {
    // Tags 0 to 9 are in one question each, 10 to 19 in two, and so on.
    const tagOf = (place: number) => `tag-${String(place).padStart(2, "0")}`;
    const tagged = Array.from({ length: 50 }, (_, tag) =>
      Array.from({ length: 1 + Math.floor(tag / 10) }, (_, n) =>
        searchable({ id: `q-${tag}-${n}`, tags: [tagOf(tag)] }),
      ),
    );
    const { choices } = ask(searchOf(...tagged.flat()), { tags: [tagOf(3), tagOf(49)] });
    const tens = (first: number) => Array.from({ length: 10 }, (_, n) => tagOf(first + n));
    const offered = [40, 30, 20, 10].flatMap(tens);
    expect(choices.tags.map(({ value }) => value)).toEqual([...offered, tagOf(3)]);
  });
});

describe("the questions that are listed", () => {
  test("come by topic as they were put first, then by level and by title", () => {
    const put = (id: string, topic: string, level: BankEntry["level"], title: string) =>
      searchable({ id, topic, topicName: topic, level, title });
    const search = searchOf(
      put("a", "zoology", "research", "B"),
      put("b", "algebra", "working", "Z"),
      put("c", "zoology", "research", "A"),
      put("d", "zoology", "foundation", "C"),
      put("e", "algebra", "advanced", "A"),
    );
    expect(idsOf(ask(search))).toEqual(["d", "c", "a", "b", "e"]);
    search.remove("d");
    search.put(put("f", "zoology", "advanced", "A"));
    expect(idsOf(ask(search))).toEqual(["f", "c", "a", "b", "e"]);
  });

  test("page through, while the total counts all", () => {
    const search = searchOfTitles("Loss A", "Loss B", "Loss C", "Loss D", "Loss E");
    for (const text of ["", "loss"]) {
      const pages = [0, 2, 4, 6].map((offset) => ask(search, { text, offset, limit: 2 }));
      expect(pages.map(idsOf)).toEqual([["q-0", "q-1"], ["q-2", "q-3"], ["q-4"], []]);
      expect(pages.map(({ total }) => total)).toEqual([5, 5, 5, 5]);
    }
  });

  test("say what a list shows of a question, and nothing that the rubric holds", () => {
    const search = searchOf(searchable({ id: "it", title: "It", prompt: "What *is* it?", tags: ["x"], own: true }));
    expect(ask(search).results).toEqual([
      {
        id: "it",
        title: "It",
        topic: "odds",
        topicName: "Odds, ends",
        level: "working",
        minutes: 6,
        tags: ["x"],
        pack: "a-pack",
        own: true,
        excerpt: "What is it?",
      },
    ]);
  });

  test("are as they were put last", () => {
    const search = searchOf(searchable({ id: "it", title: "Before", tags: ["old"] }), searchable({ id: "other" }));
    search.put(searchable({ id: "it", title: "Afterwards", tags: ["new"] }));
    expect(find(search, "before")).toEqual([]);
    expect(find(search, "afterwards")).toEqual(["it"]);
    expect(ask(search).total).toBe(2);
    expect(countsOf(ask(search).choices.tags)).toEqual({ new: 1 });
    search.remove("it");
    search.remove("it");
    search.remove("unknown");
    expect(find(search, "afterwards")).toEqual([]);
    expect(idsOf(ask(search))).toEqual(["other"]);
  });

  test("are the last of those that were put at once under one id", () => {
    const search = searchOf(searchable({ id: "it", title: "Before" }), searchable({ id: "it", title: "Afterwards" }));
    expect(ask(search).results.map(({ title }) => title)).toEqual(["Afterwards"]);
  });
});

describe("any search of any bank", () => {
  const WORDS = ["ab", "abc", "b", "ba-c", "bac", "c", "ca", "cab-a-c"];
  const VALUES = {
    topics: ["t1", "t2", "t3"],
    levels: QuestionLevel.options,
    minutes: [5, 6, 7],
    tags: ["ab", "x", "y"],
    sections: ["A", "A1", "A2", "B", "B1"],
    packs: ["p1", "p2"],
  };
  const NAMES = new Map(VALUES.sections.map((section) => [section, section]));
  const IDS = Array.from({ length: 12 }, (_, place) => `q-${place}`);
  const some = <T>(of: readonly T[], maxLength = 2) => fc.array(fc.constantFrom(...of), { maxLength });
  const text = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));

  const questions = fc
    .record({
      id: fc.constantFrom(...IDS),
      title: text,
      prompt: text,
      topic: fc.constantFrom(...VALUES.topics),
      level: fc.constantFrom(...VALUES.levels),
      minutes: fc.constantFrom(...VALUES.minutes),
      tags: some(VALUES.tags),
      pack: fc.constantFrom(...VALUES.packs),
      sections: fc.subarray(VALUES.sections),
    })
    .map(({ sections, ...change }) =>
      searchable({ ...change, topicName: change.topic, packTitle: change.pack }, sections),
    );
  /** No word of a request is long enough to be corrected. */
  const requests = fc.record({
    text: fc
      .array(fc.constantFrom("a", "ab", "abc", "b", "ba", "b-a", "c", "x", "no"), { maxLength: 3 })
      .map((words) => words.join(" ")),
    topics: some(VALUES.topics),
    levels: some(VALUES.levels),
    minutes: some(VALUES.minutes),
    tags: some(VALUES.tags),
    sections: some(VALUES.sections),
    packs: some(VALUES.packs),
    asked: fc.record({
      ids: some(IDS, 6),
      keep: fc.constantFrom("all" as const, "asked" as const, "not_asked" as const),
    }),
    offset: fc.nat(4),
    limit: fc.integer({ min: 1, max: 12 }),
  });

  const termsOf = (words: string) => words.split(" ").flatMap((word) => [...word.split("-"), word.replaceAll("-", "")]);
  function holds({ entry }: Searchable, words: string): boolean {
    const terms = [entry.title, entry.prompt, entry.topicName, ...entry.tags, "filler"].flatMap(termsOf);
    const begins = (start: string) => terms.some((term) => term.startsWith(start));
    return words
      .split(" ")
      .filter(Boolean)
      .every((word) => begins(word.replaceAll("-", "")) || word.split("-").every(begins));
  }

  /** What a question has of each kind. */
  const valuesOf = ({ entry, sections }: Searchable, request: SearchRequest): Record<string, readonly string[]> => ({
    topics: [entry.topic],
    levels: [entry.level],
    minutes: [String(entry.minutes)],
    tags: entry.tags,
    sections,
    packs: [entry.pack],
    asked: [request.asked.ids.includes(entry.id) ? "asked" : "not_asked"],
  });
  const chosenOf = ({ asked, ...request }: SearchRequest): Record<string, readonly string[]> => ({
    topics: request.topics,
    levels: request.levels,
    minutes: request.minutes.map(String),
    tags: request.tags,
    sections: request.sections,
    packs: request.packs,
    asked: asked.keep === "all" ? [] : [asked.keep],
  });

  test("finds and counts what going through all questions one by one does", () => {
    fc.assert(
      fc.property(fc.array(questions, { maxLength: 20 }), fc.subarray(IDS), requests, (put, removed, wanted) => {
        const request = SearchRequest.parse(wanted);
        const search = newSearch();
        const bank = new Map<string, Searchable>();
        for (const question of put) {
          search.put(question);
          bank.set(question.entry.id, question);
        }
        for (const id of removed.slice(0, 3)) {
          search.remove(id);
          bank.delete(id);
        }
        const answer = search.search(request, { sections: NAMES });
        const matching = [...bank.values()].filter((question) => holds(question, request.text));
        const chosen = chosenOf(request);
        const meets = (question: Searchable, kind: string) =>
          !chosen[kind]?.length || valuesOf(question, request)[kind]?.some((value) => chosen[kind]?.includes(value));
        const kinds = Object.keys(chosen);
        const kept = matching.filter((question) => kinds.every((kind) => meets(question, kind)));

        assert.equal(answer.total, kept.length);
        const all = idsOf(search.search({ ...request, offset: 0, limit: 100 }, { sections: NAMES }));
        assert.deepEqual([...all].sort(), kept.map(({ entry }) => entry.id).sort());
        assert.deepEqual(idsOf(answer), all.slice(request.offset, request.offset + request.limit));
        for (const [kind, choices] of Object.entries(answer.choices)) {
          const others = matching.filter((question) =>
            kinds.every((other) => other === kind || meets(question, other)),
          );
          const values = others.flatMap((question) => [...new Set(valuesOf(question, request)[kind])]);
          const listed = new Set([
            ...values,
            ...(chosen[kind] ?? []),
            ...(kind === "asked" ? ["asked", "not_asked"] : []),
          ]);
          const expected = [...listed].map((value) => [value, values.filter((one) => one === value).length]);
          assert.deepEqual(countsOf(choices), Object.fromEntries(expected), kind);
        }
      }),
      propertyRuns(300),
    );
  });
});

describe("an excerpt", () => {
  test.each([
    ["emphasis", "Why is *this* **so _very_ slow**, and __that__ ~~not~~?", "Why is this so very slow, and that not?"],
    [
      "headings, lists and quotations",
      "# A case\n\n- one\n* two\n1. three\n> four\n\n---\nfive",
      "A case one two three four five",
    ],
    [
      "links and pictures",
      'See [the *paper*](https://a.example "A") and ![a plot](plot.png).',
      "See the paper and a plot.",
    ],
    ["code in a line", "Call `a_b * c_d` and ``x`y``.", "Call a_b * c_d and x`y."],
    ["maths", "With $w_1 * x_2$ and\n$$\n\\sigma(z)\n$$\nit is $5.", "With w_1 * x_2 and … it is $5."],
    ["escapes", "It costs \\$5 \\*net\\*, not \\$6.", "It costs $5 *net*, not $6."],
    [
      "marks that are none",
      "2 * 3 * 4, snake_case_name, a < b, 5 % and $3 or $4",
      "2 * 3 * 4, snake_case_name, a < b, 5 % and $3 or $4",
    ],
    ["a code block", "Look:\n\n```python\nx = 1\n```\n\nWhat is wrong?", "Look: What is wrong?"],
    ["a code block with Windows line ends", "Look:\r\n~~~\r\nx\r\n~~~\r\nWhat?", "Look: What?"],
    ["a code block that does not end", "Look:\n```\nx = 1", "Look:"],
    ["a table", "Rates:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nWhich one?", "Rates: Which one?"],
    ["nothing", "  \n ", ""],
  ])("is plain text: %s", (_, markdown, excerpt) => {
    expect(excerptOf(markdown)).toBe(excerpt);
  });

  test("shows code where a prompt is nothing else", () => {
    expect(excerptOf("```\nx = y\n```")).toContain("x = y");
  });

  test("is cut at a word, and only where it is too long", () => {
    const words = Array.from({ length: 60 }, (_, place) => `word${place}`).join(" ");
    const excerpt = excerptOf(words);
    expect(excerpt).toMatch(/word\d+…$/);
    expect(words.startsWith(`${excerpt.slice(0, -1)} `)).toBe(true);
    expect(excerpt.length).toBeGreaterThan(120);
    expect(excerpt.length).toBeLessThanOrEqual(141);
    expect(excerptOf("x".repeat(140))).toBe("x".repeat(140));
    expect(excerptOf("😀".repeat(200))).toBe(`${"😀".repeat(140)}…`);
  });

  test("does not take long for marks that never end", () => {
    for (const mark of ["*", "_", "`", "$", "[", "**a ", "![](", "| ", "~~~", "\\"]) {
      const start = performance.now();
      excerptOf(mark.repeat(4_000 / mark.length));
      expect(performance.now() - start).toBeLessThan(500);
    }
  });
});
