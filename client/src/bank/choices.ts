import type { Choice, SearchResponse } from "@whetstone/shared/bank-wire";

type Choices = SearchResponse["choices"];

/**
 * The choices of a search with those of the whole bank that it leaves nothing of, at zero and in their places, so that a list stands
 * still while one types. Tags come as they are: of them only the most frequent are listed.
 */
export function inPlace(found: Choices, all: Choices | undefined): Choices {
  if (!all) return found;
  return {
    ...found,
    topics: steady(found.topics, all.topics),
    levels: steady(found.levels, all.levels),
    minutes: steady(found.minutes, all.minutes),
    sections: steady(found.sections, all.sections),
    packs: steady(found.packs, all.packs),
  };
}

function steady(found: readonly Choice[], all: readonly Choice[]): Choice[] {
  const now = new Map(found.map((choice) => [choice.value, choice]));
  const known = new Set(all.map(({ value }) => value));
  return [
    ...all.map((choice) => now.get(choice.value) ?? { ...choice, count: 0 }),
    ...found.filter(({ value }) => !known.has(value)),
  ];
}
