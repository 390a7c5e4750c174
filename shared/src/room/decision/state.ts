import type { Outcome } from "./commands.ts";
import type { DecisionEvent } from "./events.ts";

/** One version of what the panel decided; the last one holds. */
interface PanelDecision {
  readonly outcome: Outcome;
  readonly rationale: string;
  readonly at: number;
  readonly seatId: string;
}

export interface DecisionState {
  readonly decisions: readonly PanelDecision[];
}

export function evolveDecision({ decisions }: DecisionState, event: DecisionEvent, at: number): DecisionState {
  const { outcome, rationale, seatId } = event;
  return { decisions: [...decisions, { outcome, rationale, at, seatId }] };
}
