import { useQuery } from "@tanstack/react-query";
import type { BankSummary } from "@whetstone/shared/bank-wire";
import type { PracticeQuestion } from "@whetstone/shared/practice/history/next";
import { useSyncExternalStore } from "react";
import { searchBank } from "../../api/bank.ts";
import { questionsHad } from "../../browser/had.ts";
import { type KeptPractice, practiceHistory, subscribePractice } from "../../browser/practice-history.ts";

/** The history in this browser as it is now, whichever tab changes it. */
export const usePractice = (): KeptPractice => useSyncExternalStore(subscribePractice, practiceHistory);

/** How many questions come at a time, and how often more are asked for. */
const PAGE = 100;
const MOST_PAGES = 20;

/** The bank's questions that were not had yet, with as much of each as may be known before it is asked. */
export function useUnasked() {
  const ids = questionsHad();
  return useQuery({
    queryKey: ["practice-unasked", ids],
    queryFn: ({ signal }) => unaskedQuestions(ids, signal),
    retry: false,
    networkMode: "always",
    staleTime: 60_000,
  });
}

async function unaskedQuestions(ids: string[], signal: AbortSignal): Promise<PracticeQuestion[]> {
  const found: BankSummary[] = [];
  for (let page = 0; page < MOST_PAGES; page++) {
    const { results, total } = await searchBank(
      {
        ...{ text: "", topics: [], levels: [], minutes: [], tags: [], sections: [], packs: [] },
        asked: { ids, keep: "not_asked" },
        offset: found.length,
        limit: PAGE,
      },
      { signal },
    );
    found.push(...results);
    if (results.length === 0 || found.length >= total) break;
  }
  return found.map(({ id, topicName, level, minutes }) => ({ questionId: id, topic: topicName, level, minutes }));
}
