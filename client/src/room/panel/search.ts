import type { QuestionLevel } from "@whetstone/shared/bank";
import type { BankEntry } from "@whetstone/shared/wire";

export interface BankFilter {
  readonly text: string;
  readonly topic: string | null;
  readonly level: QuestionLevel | null;
  readonly maxMinutes: number | null;
  readonly notAskedYet: boolean;
}

export const NO_FILTER: BankFilter = { text: "", topic: null, level: null, maxMinutes: null, notAskedYet: false };

/** The questions that pass every filter; with a text, those whose title, aliases or tags hold its words come first. */
export function searchBank(entries: readonly BankEntry[], filter: BankFilter, asked: ReadonlySet<string>): BankEntry[] {
  const words = normalise(filter.text).split(/\s+/).filter(Boolean);
  return entries
    .filter(
      ({ id, topic, level, minutes }) =>
        (filter.topic === null || topic === filter.topic) &&
        (filter.level === null || level === filter.level) &&
        (filter.maxMinutes === null || minutes <= filter.maxMinutes) &&
        !(filter.notAskedYet && asked.has(id)),
    )
    .map((entry) => ({ entry, rank: rankOf(entry, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ entry }) => entry);
}

/** 0 where a word is missing; 2 for each word in a name of the question, 1 for each in its text. */
function rankOf(entry: BankEntry, words: readonly string[]): number {
  const names = normalise([entry.title, ...entry.aliases, ...entry.tags, entry.topicName].join(" "));
  const texts = normalise([entry.prompt, ...entry.strongAnswer, ...entry.followUps.map(({ ask }) => ask)].join(" "));
  let rank = 1;
  for (const word of words) {
    if (holdsWord(names, word)) rank += 2;
    else if (holdsWord(texts, word)) rank += 1;
    else return 0;
  }
  return rank;
}

/** Whether a word of the text begins so. */
const holdsWord = (text: string, start: string): boolean => text.startsWith(start) || text.includes(` ${start}`);

const normalise = (text: string): string =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{Mark}+/gu, "")
    .replace(/[^\p{Letter}\p{Number}]+/gu, " ");
