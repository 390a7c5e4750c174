import { questionsSeen } from "@whetstone/shared/practice/history/merge";
import { LIMITS } from "@whetstone/shared/room/limits";
import { practiceHistory } from "./practice-history.ts";
import { askedBefore } from "./remembered.ts";

/**
 * The questions of the bank that whoever uses this browser has had. What was asked in its rooms is in no history where nobody rated it, or
 * where it was asked of candidates; and what came with a history from another browser was asked in no room of this one.
 * No more than the server takes, the latest that were asked here first.
 */
export const questionsHad = (): string[] =>
  [...new Set([...askedBefore(), ...questionsSeen(practiceHistory().entries)])].slice(0, LIMITS.had);
