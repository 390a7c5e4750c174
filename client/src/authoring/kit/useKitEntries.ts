import { useQueries } from "@tanstack/react-query";
import type { KitDraft } from "@whetstone/shared/authored";
import type { BankEntry } from "@whetstone/shared/bank-wire";
import { bankEntry } from "../../api/bank.ts";
import { FRESH, orNull } from "../draft/useDraft.ts";

/** What the bank has of a kit's questions, by identifier: null for one that is not in it, absent until it is known. */
export type KitEntries = ReadonlyMap<string, BankEntry | null>;

export function useKitEntries(questions: KitDraft["questions"]): KitEntries {
  const ids = [...new Set(questions.map(({ question }) => question))];
  const answers = useQueries({
    queries: ids.map((id) => ({
      queryKey: ["own", "entry", id],
      queryFn: () => orNull(bankEntry(id)),
      retry: FRESH.retry,
    })),
  });
  return new Map(
    ids.flatMap((id, index) => {
      const data = answers[index]?.data;
      return data === undefined ? [] : [[id, data] as const];
    }),
  );
}

/** The questions of the kit that the bank has, in the kit's order. */
export const knownEntries = ({ questions }: KitDraft, entries: KitEntries): BankEntry[] =>
  questions.flatMap(({ question }) => entries.get(question) ?? []);

/** What a question of the kit is called. */
export function entryTitle(id: string, entries: KitEntries): string {
  const entry = entries.get(id);
  return entry === null ? `${id} (not in the bank any more)` : (entry?.title ?? id);
}
