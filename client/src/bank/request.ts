import { Identifier, QuestionLevel } from "@whetstone/shared/bank";
import { SearchRequest } from "@whetstone/shared/bank-wire";
import { z } from "zod";
import { type BankAddress, chosenOf, FILTERS, type Filter, readAddress } from "./address.ts";

/** A search but for the part of its results that is wanted. */
export type WholeSearch = Omit<SearchRequest, "offset" | "limit">;

const CHOICES = {
  topic: Identifier,
  level: QuestionLevel,
  minutes: z.coerce.number().pipe(z.int().min(1).max(60)),
  section: z.string().regex(/^[A-Z]\d*$/),
  tag: Identifier,
  pack: Identifier,
} satisfies Record<Filter, z.ZodType>;

const MOST_CHOICES = 200;

/** The address without what names no choice, so that a mistyped one still shows something. */
export function understood(address: BankAddress): BankAddress {
  const lists = FILTERS.map((filter) => {
    const named = chosenOf(address, filter).filter((value) => CHOICES[filter].safeParse(value).success);
    return [filter, named.slice(0, MOST_CHOICES)] as const;
  });
  return readAddress({ ...address, ...Object.fromEntries(lists) });
}

/** The search that an understood address stands for; `asked` is what was had in this browser. */
export function requestOf(address: BankAddress, asked: readonly string[]): WholeSearch {
  const {
    offset: _,
    limit: __,
    ...request
  } = SearchRequest.parse({
    text: address.q,
    topics: address.topic,
    levels: address.level,
    minutes: address.minutes?.map(Number),
    tags: address.tag,
    sections: address.section,
    packs: address.pack,
    asked: { ids: asked, keep: address.asked ?? "all" },
  });
  return request;
}
