import type { Rest } from "./commands.ts";
import type { Interval } from "./hours.ts";
import type { Widening, Wishes } from "./wishes.ts";

/** What happens in the queue. */
export type QueueEvent =
  | {
      readonly type: "entered";
      readonly seekerId: string;
      readonly address: string;
      readonly name: string;
      readonly wishes: Wishes;
      readonly openings: readonly Interval[] | null;
      /** Set where they are at the head of the list for it. */
      readonly rest: Rest | null;
      readonly at: number;
    }
  | { readonly type: "left"; readonly seekerId: string; readonly why: Leaving }
  | { readonly type: "widened"; readonly seekerId: string; readonly by: Widening }
  | { readonly type: "lineBroke"; readonly seekerId: string; readonly at: number }
  | { readonly type: "cameBack"; readonly seekerId: string }
  | {
      readonly type: "offered";
      readonly offerId: string;
      readonly one: string;
      readonly two: string;
      readonly fit: number;
      /** Who has waited longer, would have fitted, and is passed over by it; twice where both of the two would have. */
      readonly passedOver: readonly string[];
      readonly at: number;
    }
  | { readonly type: "accepted"; readonly offerId: string; readonly seekerId: string }
  /** The offer is over. Whoever is not at fault returns to the head of the list. */
  | {
      readonly type: "withdrawn";
      readonly offerId: string;
      readonly why: "declined" | "lapsed" | "left" | "blocked";
      readonly atFault: readonly string[];
    }
  | { readonly type: "made"; readonly pairId: string; readonly offerId: string; readonly at: number }
  /** No room could be opened for them: both return to the head of the list. */
  | { readonly type: "unmade"; readonly pairId: string }
  | { readonly type: "blocked"; readonly one: string; readonly two: string }
  | { readonly type: "forgotten"; readonly pairIds: readonly string[] }
  /** The clock on the wall was set by so much, and says `at` since. */
  | { readonly type: "clockSet"; readonly by: number; readonly at: number };

/** `no_show`: did not answer an offer; `line`: the line was broken for too long; `over`: their hours are over. */
export type Leaving = "asked" | "no_show" | "line" | "over";
