import type { PeersView } from "@whetstone/shared/room/view/peers";
import { useEffect } from "react";
import { questionsHad } from "../../browser/had.ts";
import { keepAsked } from "../../browser/remembered.ts";
import { useSend } from "../store/context.tsx";
import type { PeerView } from "./view.ts";

/** Tells the room which questions this person has had, so that they are not dealt them again. */
export function useTellHad({ toldHad }: PeersView): void {
  const send = useSend();
  useEffect(() => {
    if (!toldHad) send({ type: "tellHad", questionIds: questionsHad() });
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
