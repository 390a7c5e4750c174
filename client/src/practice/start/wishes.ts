import { QuestionLevel } from "@whetstone/shared/bank";
import type { PeerWishes } from "@whetstone/shared/room/peers/commands";

export const FIRST_WISHES: PeerWishes = { levels: ["working"], topics: [], minutes: 25, kitId: null };

/** Levels as people call them who choose one. */
export const LEVEL_WORDS: Record<QuestionLevel, string> = {
  foundation: "Foundation",
  working: "Working knowledge",
  advanced: "Advanced",
  research: "Research",
};

/** With a level taken in or out; one is always left. */
export function withLevel(levels: readonly QuestionLevel[], level: QuestionLevel, isIn: boolean): QuestionLevel[] {
  const chosen = QuestionLevel.options.filter((option) => (option === level ? isIn : levels.includes(option)));
  return chosen.length > 0 ? chosen : [...levels];
}

export const withTopic = (topics: readonly string[], topic: string, isIn: boolean): string[] =>
  isIn ? [...topics.filter((other) => other !== topic), topic] : topics.filter((other) => other !== topic);
