import type { Choice, CoverageResponse, SearchResponse } from "@whetstone/shared/bank-wire";
import { describe, expect, it } from "vitest";
import { inPlace } from "../../client/src/bank/choices.ts";
import { coveredLists, itemTexts } from "../../client/src/bank/coverage.ts";
import { namesOfChosen } from "../../client/src/bank/names.ts";

const choice = (value: string, count: number): Choice => ({ value, name: value.toUpperCase(), count });

function choices(change: Partial<SearchResponse["choices"]>): SearchResponse["choices"] {
  return { topics: [], levels: [], minutes: [], tags: [], sections: [], packs: [], asked: [], ...change };
}

describe("the choices of a filter", () => {
  it("stay where they are when a search leaves nothing of them", () => {
    const all = choices({ topics: [choice("a", 3), choice("b", 2), choice("c", 1)] });
    const found = choices({ topics: [choice("c", 1), choice("a", 2)] });
    expect(inPlace(found, all).topics).toEqual([choice("a", 2), choice("b", 0), choice("c", 1)]);
  });

  it("are those of the search where more is not known", () => {
    const found = choices({ topics: [choice("z", 1)], tags: [choice("t", 1)] });
    expect(inPlace(found, undefined)).toEqual(found);
    expect(inPlace(found, choices({ topics: [choice("a", 3)] })).topics).toEqual([choice("a", 0), choice("z", 1)]);
  });

  it("keep of the tags only those that the search gives", () => {
    const all = choices({ tags: [choice("cnn", 9), choice("rnn", 8)] });
    expect(inPlace(choices({ tags: [choice("rnn", 1)] }), all).tags).toEqual([choice("rnn", 1)]);
  });

  it("are named by the server, and by their value where it does not know them", () => {
    const known = choices({
      sections: [
        { value: "A", name: "List A: basics", count: 9 },
        { value: "A5", name: "Generative models", count: 4 },
      ],
    });
    expect(namesOfChosen({ section: ["A", "A5"], minutes: ["6"], tag: ["gone"] }, known)).toEqual([
      { filter: "minutes", value: "6", name: "6 min" },
      { filter: "section", value: "A", name: "List A: basics" },
      { filter: "section", value: "A5", name: "A5 Generative models" },
      { filter: "tag", value: "gone", name: "gone" },
    ]);
  });
});

const PACK: CoverageResponse[number] = {
  pack: "deep-learning",
  packTitle: "Deep learning",
  sources: {
    lists: [
      {
        id: "A",
        title: "List A",
        sections: [
          {
            id: "A1",
            title: "Basics",
            items: [
              { id: "A1.1", text: "What is a neuron?" },
              { id: "A1.2", text: "What is a layer?" },
            ],
          },
          { id: "A2", title: "Training", items: [{ id: "A2.1", text: "What is a gradient?" }] },
        ],
      },
    ],
  },
  questions: { "A1.1": [{ id: "first-neuron", title: "From row to prediction" }], "A2.1": [] },
};

describe("the coverage of source lists", () => {
  it("counts what is covered in each section and list", () => {
    const [list] = coveredLists(PACK);
    expect(list).toMatchObject({ covered: 1, total: 3 });
    expect(list?.sections.map(({ covered, total }) => [covered, total])).toEqual([
      [1, 2],
      [0, 1],
    ]);
    expect(list?.sections[0]?.items.map(({ questions }) => questions.length)).toEqual([1, 0]);
  });

  it.each([
    ["an item's text", "LAYER", ["A1.2"]],
    ["an item's identifier", "A1.", ["A1.1", "A1.2"]],
    ["the title of its question", "prediction", ["A1.1"]],
    ["nothing at all", "  ", ["A1.1", "A1.2", "A2.1"]],
    ["words that stand nowhere", "zebra", []],
  ])("is filtered by %s", (_by, filter, found) => {
    const items = coveredLists(PACK, filter).flatMap(({ sections }) => sections.flatMap((section) => section.items));
    expect(items.map(({ id }) => id)).toEqual(found);
  });

  it("keeps its figures under a filter", () => {
    expect(coveredLists(PACK, "neuron")[0]).toMatchObject({ covered: 1, total: 3 });
  });

  it("tells what an item says", () => {
    expect(itemTexts([PACK]).get("A2.1")).toBe("What is a gradient?");
  });
});
