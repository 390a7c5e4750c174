import { useQuery } from "@tanstack/react-query";
import type { CoverageResponse } from "@whetstone/shared/bank-wire";
import { coverage } from "../api/bank.ts";
import type { Suggestion } from "../ui/form/fields.tsx";
import { FRESH } from "./draft/useDraft.ts";
import { findQuestions } from "./requests.ts";

const READING = { networkMode: "always", retry: FRESH.retry } as const;

/** What the whole bank has of topics, tags and packs, with the number of questions of each. */
export const useBankChoices = () =>
  useQuery({
    ...READING,
    queryKey: ["own", "choices", "all"],
    queryFn: async ({ signal }) => (await findQuestions({}, signal)).choices,
  });

/** What the bank has already, to write in the same words. */
export interface BankWords {
  readonly topics: readonly Suggestion[];
  readonly tags: readonly Suggestion[];
  readonly items: readonly Suggestion[];
}

/** The words that the bank uses already; none where it cannot be read, as one can write without them. */
export function useBankWords() {
  const choices = useBankChoices();
  const lists = useQuery({ ...READING, queryKey: ["bank-coverage"], queryFn: coverage });
  const words: BankWords = {
    topics: choices.data?.topics ?? [],
    tags: choices.data?.tags ?? [],
    items: (lists.data ?? []).flatMap(itemsOf),
  };
  return { words, isReady: choices.isSuccess, error: choices.error, retry: () => void choices.refetch() };
}

const itemsOf = ({ sources }: CoverageResponse[number]) =>
  sources.lists.flatMap(({ sections }) =>
    sections.flatMap(({ items }) => items.map(({ id, text }) => ({ value: id, name: text }))),
  );
