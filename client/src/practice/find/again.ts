import type { Wishes } from "@whetstone/shared/practice/matching/wishes";
import type { PeerWishes } from "@whetstone/shared/room/peers/commands";
import { firstLanguage } from "./words.ts";

/** What to look for where a practice was broken off: the same, at once, in the language in which it was found. */
export const wishesAgain = (before: Wishes | null, { levels, topics, minutes }: PeerWishes): Wishes => ({
  levels,
  topics: topics.slice(0, TOPICS_MOST),
  minutes: [minutes],
  language: before?.language ?? firstLanguage(navigator.languages),
  when: { kind: "now" },
});

/** What the queue takes at most. */
export const TOPICS_MOST = 20;
