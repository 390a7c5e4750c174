import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import { type Rateable, rateable } from "@whetstone/shared/scorecard";

/** The criterion that takes the keys, and what one came to it for. Each visit is an object of its own. */
export interface Place {
  readonly askId: string;
  readonly criterionId: string;
  /** `stay` leaves the page and the cursor where they are. */
  readonly purpose: "rate" | "note" | "stay";
}

/** The criterion before or after `place` in the round, around its ends; from nowhere, the first or the last. */
export function steppedFrom(place: Place | null, asks: readonly PanelAsk[], by: 1 | -1): Place | null {
  const all = rateable(asks);
  const at = all.findIndex(({ ask, criterion }) => ask.askId === place?.askId && criterion.id === place.criterionId);
  const from = at < 0 && by < 0 ? all.length : at;
  const next = all[(from + by + all.length) % all.length];
  return next ? placeOf(next, "rate") : null;
}

export const placeOf = ({ ask, criterion }: Rateable<PanelAsk>, purpose: Place["purpose"]): Place => ({
  askId: ask.askId,
  criterionId: criterion.id,
  purpose,
});

/** Criteria under the asks that they belong to, in the order of the interview. */
export function byAsk(pairs: readonly Rateable<PanelAsk>[]): { ask: PanelAsk; pairs: Rateable<PanelAsk>[] }[] {
  const groups = new Map<string, { ask: PanelAsk; pairs: Rateable<PanelAsk>[] }>();
  for (const pair of pairs) {
    const group = groups.get(pair.ask.askId) ?? { ask: pair.ask, pairs: [] };
    groups.set(pair.ask.askId, group);
    group.pairs.push(pair);
  }
  return [...groups.values()];
}
