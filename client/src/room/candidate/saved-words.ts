import type { Standing } from "../saved/standing.ts";

/** What a candidate reads of what they wrote, for each way in which it stands. */
export const SAVED_WORDS: Readonly<Record<Standing, string>> = {
  saved: "Everything you write is saved",
  unsent: "Saved, but for what you have not sent",
  saving: "Saving…",
  failing: "Kept here, not saved yet",
  "kept back": "Not all that you wrote is saved",
  away: "Not connected",
};

/** The last words of an interview. A page is only let go of once nothing can be lost with it. */
export const goodbye = (isAllSaved: boolean): string =>
  isAllSaved
    ? "Everything you wrote is saved; you can close this page."
    : "Not all that you wrote is saved yet: please leave this page open.";
