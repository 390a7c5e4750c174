import type { Bank, BankQuestion } from "@whetstone/shared/bank";
import { BANK_LIMITS } from "@whetstone/shared/bank-limits";
import { realBank } from "./browser.ts";

const lettersOf = ({ criteria }: BankQuestion): number =>
  Math.max(...criteria.map(({ anchors }) => anchors.join("").length));

/**
 * The real bank with what takes the most place beside a question: topics with names as long as they may be, and criteria whose anchors are
 * the longest of the bank, so that no test of windows depends on which question is dealt.
 */
export async function bankAtWorst(): Promise<Bank> {
  const bank = await realBank();
  const questions = [...bank.questions];
  const longest = questions
    .map(([, question]) => question)
    .reduce((one, other) => (lettersOf(other) > lettersOf(one) ? other : one));
  const named = (name: string): string =>
    `${name} ${"and what belongs to it ".repeat(4)}`.slice(0, BANK_LIMITS.topicName).trim();
  return {
    ...bank,
    packs: new Map(
      [...bank.packs].map(([id, pack]) => [
        id,
        { ...pack, topics: pack.topics.map((topic) => ({ ...topic, name: named(topic.name) })) },
      ]),
    ),
    questions: new Map(questions.map(([id, question]) => [id, { ...question, criteria: longest.criteria }])),
  };
}
