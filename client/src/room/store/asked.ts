import type { View } from "@whetstone/shared/room/view/view";
import { useEffect } from "react";
import { keepAsked } from "../../browser/remembered.ts";

/** The questions of the bank that were asked in the room of this view. */
export function askedIn(view: View): string[] {
  if (view.role !== "host" && view.role !== "interviewer") return [];
  return view.asks.flatMap(({ question }) => question.bankId ?? []);
}

/** Keeps in this browser what was asked in a room by those who lead or score it, for "asked before" on the bank's page. */
export function useRememberAsked(view: View): void {
  const asked = askedIn(view).join(" ");
  useEffect(() => keepAsked(asked.split(" ").filter(Boolean)), [asked]);
}
