import { QuestionLevel } from "@whetstone/shared/bank";
import type { View } from "@whetstone/shared/room/view";
import { useEffect, useRef } from "react";
import type { WholeSearch } from "../../bank/request.ts";
import { keepAsked } from "../../browser/remembered.ts";
import { useRoom } from "../store/context.tsx";

/** What the drawer's controls are set to. */
export interface DrawerFilter {
  readonly text: string;
  readonly topic: string | null;
  readonly level: QuestionLevel | null;
  readonly maxMinutes: number | null;
  readonly notAskedYet: boolean;
}

export const NO_FILTER: DrawerFilter = { text: "", topic: null, level: null, maxMinutes: null, notAskedYet: false };

export const readLevel = (value: string): QuestionLevel | null => QuestionLevel.safeParse(value).data ?? null;

/** The search that the drawer's controls stand for; `asked` is what was asked in this room. */
export function requestOf(filter: DrawerFilter, asked: readonly string[]): WholeSearch {
  const { text, topic, level, maxMinutes, notAskedYet } = filter;
  return {
    text: text.slice(0, 200),
    topics: topic === null ? [] : [topic],
    levels: level === null ? [] : [level],
    minutes: Array.from({ length: maxMinutes ?? 0 }, (_, index) => index + 1),
    tags: [],
    sections: [],
    packs: [],
    asked: notAskedYet ? { ids: [...asked], keep: "not_asked" } : { ids: [], keep: "all" },
  };
}

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

/** Does something as soon as the room is connected again. */
export function useReconnected(act: (() => void) | null): void {
  const { connection } = useRoom();
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (connection === "connected") latest.current?.();
  }, [connection]);
}
