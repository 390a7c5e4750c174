import type { Choice, SearchResponse } from "@whetstone/shared/bank-wire";
import { type BankAddress, chosenOf, FILTERS, type Filter } from "./address.ts";

/** The words on screen for the filters and what is chosen of them. */

export const FILTER_NAMES: Record<Filter, string> = {
  topic: "Topic",
  level: "Level",
  minutes: "Minutes",
  section: "List and section",
  tag: "Tag",
  pack: "Pack",
};

/** Of the choices of `section`, one letter is a whole list, and its sections follow it. */
export const isList = (value: string): boolean => value.length === 1;

export function choiceName(filter: Filter, { value, name }: Pick<Choice, "value" | "name">): string {
  switch (filter) {
    case "minutes":
      return `${value} min`;
    case "section":
      // A list's title says which it is.
      return isList(value) ? name : `${value} ${name}`;
    case "topic":
    case "level":
    case "tag":
    case "pack":
      return name;
    default:
      return filter satisfies never;
  }
}

export interface Chosen {
  readonly filter: Filter;
  readonly value: string;
  readonly name: string;
}

/** Everything that is chosen, with its name where the server named it. */
export function namesOfChosen(address: BankAddress, choices: SearchResponse["choices"] | undefined): Chosen[] {
  return FILTERS.flatMap((filter) =>
    chosenOf(address, filter).map((value) => {
      const choice = choices && choicesOf(filter, choices).find((known) => known.value === value);
      return { filter, value, name: choiceName(filter, choice ?? { value, name: value }) };
    }),
  );
}

function choicesOf(filter: Filter, choices: SearchResponse["choices"]): readonly Choice[] {
  switch (filter) {
    case "topic":
      return choices.topics;
    case "level":
      return choices.levels;
    case "minutes":
      return choices.minutes;
    case "section":
      return choices.sections;
    case "tag":
      return choices.tags;
    case "pack":
      return choices.packs;
    default:
      return filter satisfies never;
  }
}
