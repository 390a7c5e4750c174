import { Outcome } from "@whetstone/shared/room/decision/commands";
import { LIMITS } from "@whetstone/shared/room/limits";
import type { DecisionView } from "@whetstone/shared/room/view/scorecards";
import { z } from "zod";
import { KeptValue } from "../../browser/kept.ts";
import type { KeyStorage } from "../../browser/storage.ts";
import { tooLong } from "../../ui/length.ts";

const DecisionDraft = z.object({ outcome: Outcome.nullable(), rationale: z.string() });
/** A decision as it is being written. */
export type DecisionDraft = z.infer<typeof DecisionDraft>;

/** The one place in a browser's storage where a decision is kept until it is recorded, so that it outlives a reload. */
export class KeptDecision extends KeptValue<DecisionDraft> {
  constructor(storage: KeyStorage, roomId: string, seatId: string) {
    super(storage, `whetstone.decision.${roomId}.${seatId}`, DecisionDraft);
  }
}

/** Whether a draft says what the decision says. */
export const isRecorded = ({ outcome, rationale }: DecisionDraft, decision: DecisionView | undefined): boolean =>
  decision !== undefined && decision.outcome === outcome && decision.rationale === rationale.trim();

interface Left {
  readonly canRecord: boolean;
  /** Something is written that is recorded nowhere. */
  readonly isUnsaved: boolean;
  readonly words: string;
}

/** What a draft needs before it can be recorded as the version after `last`, in words for its writer. */
export function whatIsLeft(draft: DecisionDraft, last: DecisionView | undefined): Left {
  if (isRecorded(draft, last)) return { canRecord: false, isUnsaved: false, words: "This is what is recorded." };
  const isSaid = draft.rationale.trim() !== "";
  const isUnsaved = draft.outcome !== null || isSaid;
  const over = tooLong(draft.rationale.trim(), LIMITS.rationale);
  const needed = [
    draft.outcome === null && "choose an outcome",
    !isSaid && "say why",
    over !== undefined && "shorten the rationale",
  ]
    .filter(Boolean)
    .join(" and ");
  const words = [
    isUnsaved && "Not recorded yet; kept in this browser.",
    over,
    needed !== "" && `To record it, ${needed}.`,
  ];
  return { canRecord: needed === "", isUnsaved, words: words.filter(Boolean).join(" ") };
}
