import type { AriaRole } from "react";

interface ScrollStop {
  readonly role: AriaRole;
  readonly "aria-label": string;
  readonly tabIndex: number;
}

/** What a pane needs that scrolls: only Chromium reaches it by keyboard of itself, and whoever arrives there is told what it is. */
export const scrollStop = (name: string): ScrollStop => ({ role: "group", "aria-label": name, tabIndex: 0 });
