import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { BankSummary, SearchResponse } from "@whetstone/shared/bank-wire";
import { useState } from "react";
import { bankEntry, coverage, searchBank } from "../api/bank.ts";
import { pauseInTyping } from "../browser/typing.ts";
import { RequestRefused } from "../refusals.ts";
import type { WholeSearch } from "./request.ts";

/** How many results come at a time. */
const PAGE = 50;
const HALF_AN_HOUR = 1_800_000;

/** Tries once more where the server may answer then; a refusal stays one. */
const retry = (count: number, error: Error): boolean =>
  count < 1 && (!(error instanceof RequestRefused) || error.refusal.reason === "server_failed");

/** What all reading of the bank shares: it fails at once where there is no network, keeps what it has, and tries again. */
const READING = { retry, gcTime: HALF_AN_HOUR, networkMode: "always", refetchOnReconnect: true } as const;

export interface Found extends Omit<SearchResponse, "results"> {
  readonly results: readonly BankSummary[];
}

export interface BankSearch {
  /** What was found; while the next search runs, or where it failed, what was found before it. */
  readonly found: Found | undefined;
  readonly isRunning: boolean;
  /** Why the search could not be done. */
  readonly error: Error | null;
  readonly retry: () => void;
  /** Loads the next results, where there are more. */
  readonly more: (() => void) | null;
}

/** A search of the bank, page by page. */
export function useBankSearch(request: WholeSearch, token?: string): BankSearch {
  const search = useInfiniteQuery({
    ...READING,
    queryKey: ["bank-search", request, token],
    queryFn: async ({ pageParam, signal }) => {
      if (request.text !== "") await pauseInTyping(signal);
      return searchBank({ ...request, offset: pageParam, limit: PAGE }, { token, signal });
    },
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((sum, { results }) => sum + results.length, 0);
      return loaded < last.total && last.results.length > 0 ? loaded : undefined;
    },
    placeholderData: keepPreviousData,
    select: ({ pages }) => foundOn(pages),
  });
  const found = useLatest(search.data);
  return {
    found,
    isRunning: search.isFetching,
    error: search.error,
    retry: () => void search.refetch(),
    more: search.hasNextPage && !search.isPlaceholderData ? () => void search.fetchNextPage() : null,
  };
}

function foundOn(pages: readonly SearchResponse[]): Found | undefined {
  const first = pages[0];
  return first && { ...first, results: pages.flatMap(({ results }) => results) };
}

/** The value, or the last one where there is none now. */
function useLatest<T>(value: T | undefined): T | undefined {
  const [latest, setLatest] = useState(value);
  if (value !== undefined && value !== latest) setLatest(value);
  return value ?? latest;
}

/** One question with all that the panel may see of it. */
export function useBankEntry(id: string, token?: string) {
  return useQuery({
    ...READING,
    queryKey: ["bank-entry", id, token],
    queryFn: ({ signal }) => bankEntry(id, { token, signal }),
  });
}

/** The source lists with the questions of each item. */
export function useCoverage() {
  return useQuery({ ...READING, queryKey: ["bank-coverage"], queryFn: coverage });
}
