import { QuestionLevel } from "@whetstone/shared/bank";
import type { WholeSearch } from "../../bank/request.ts";

/** What the drawer's controls are set to. */
export interface DrawerFilter {
  readonly text: string;
  readonly topic: string | null;
  readonly level: QuestionLevel | null;
  readonly maxMinutes: number | null;
  readonly notAskedYet: boolean;
}

export const NO_FILTER: DrawerFilter = { text: "", topic: null, level: null, maxMinutes: null, notAskedYet: false };

export const readLevel = (value: string): QuestionLevel | null => QuestionLevel.safeParse(value).data ?? null;

/** The search that the drawer's controls stand for; `asked` is what was asked in this room. */
export function requestOf(filter: DrawerFilter, asked: readonly string[]): WholeSearch {
  const { text, topic, level, maxMinutes, notAskedYet } = filter;
  return {
    text: text.slice(0, 200),
    topics: topic === null ? [] : [topic],
    levels: level === null ? [] : [level],
    minutes: Array.from({ length: maxMinutes ?? 0 }, (_, index) => index + 1),
    tags: [],
    sections: [],
    packs: [],
    asked: notAskedYet ? { ids: [...asked], keep: "not_asked" } : { ids: [], keep: "all" },
  };
}
