import type { Bank } from "@whetstone/shared/bank";
import type { BankEntry, CoverageResponse } from "@whetstone/shared/bank-wire";

/** By pack, its sources and which of these questions cover what of them. */
export const coverageOf = ({ packs, sources }: Bank, entries: readonly BankEntry[]): CoverageResponse =>
  [...sources].map(([pack, source]) => ({
    pack,
    packTitle: packs.get(pack)?.title ?? pack,
    sources: source,
    questions: covering(pack, entries),
  }));

/** By item of a pack's sources, the questions that cover it: the pack's own, and users' copies of them. */
function covering(pack: string, entries: readonly BankEntry[]): Record<string, { id: string; title: string }[]> {
  const covered: Record<string, { id: string; title: string }[]> = {};
  for (const { id, title, covers, pack: itsPack, own } of entries) {
    if (itsPack !== pack && !own) continue;
    for (const item of covers) {
      const questions = covered[item] ?? [];
      covered[item] = questions;
      questions.push({ id, title });
    }
  }
  return covered;
}
