import type { Criterion } from "./bank.ts";
import { ratingKey } from "./room/state.ts";
import type { PanelAsk, ScorecardView } from "./room/view.ts";

/** A criterion of an ask that a scorecard has no rating for. */
interface Unrated {
  readonly ask: PanelAsk;
  readonly criterion: Criterion;
}

/** How much of what was asked a scorecard rates. */
export interface Coverage {
  readonly rated: number;
  /** Criteria of all asks. */
  readonly possible: number;
  readonly unrated: readonly Unrated[];
}

export function coverage(asks: readonly PanelAsk[], scorecard: ScorecardView): Coverage {
  const pairs = asks.flatMap((ask) => ask.question.criteria.map((criterion) => ({ ask, criterion })));
  const unrated = pairs.filter(
    ({ ask, criterion }) => scorecard.ratings[ratingKey(ask.askId, criterion.id)] === undefined,
  );
  return { rated: pairs.length - unrated.length, possible: pairs.length, unrated };
}
