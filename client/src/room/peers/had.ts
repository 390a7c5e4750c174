import { questionsSeen } from "@whetstone/shared/practice/history/merge";
import { LIMITS } from "@whetstone/shared/room/limits";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import { useEffect } from "react";
import { practiceHistory } from "../../browser/practice-history.ts";
import { askedBefore, keepAsked } from "../../browser/remembered.ts";
import { useSend } from "../store/context.tsx";
import type { PeerView } from "./view.ts";

/** What is asked in this browser's rooms, and what stands in its history, which may have come from another one. */
const hadBefore = (): string[] =>
  [...new Set([...askedBefore(), ...questionsSeen(practiceHistory().entries)])].slice(0, LIMITS.had);

/** Tells the room which questions this person has had, so that they are not dealt them again. */
export function useTellHad({ toldHad }: PeersView): void {
  const send = useSend();
  useEffect(() => {
    if (!toldHad) send({ type: "tellHad", questionIds: hadBefore() });
  }, [toldHad, send]);
}

/** Keeps in this browser what was asked here of this person or by them: whoever has read a question's rubric has had it too. */
export function useRememberHad(view: PeerView, { past }: PeersView): void {
  const now = view.role === "candidate" ? [] : view.asks.flatMap(({ question }) => question.bankId ?? []);
  const before = past.flatMap((round) =>
    round.you === "answered"
      ? round.asks.flatMap(({ questionId }) => questionId ?? [])
      : round.asks.flatMap(({ question }) => question.bankId ?? []),
  );
  const had = [...new Set([...now, ...before])].sort().join(" ");
  useEffect(() => keepAsked(had.split(" ").filter(Boolean)), [had]);
}
