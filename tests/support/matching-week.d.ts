declare module "*/matching-week.mjs" {
  import type { QueueEvent } from "@whetstone/shared/practice/matching/events";
  import type { Match } from "@whetstone/shared/practice/matching/match";
  import type { QueueState } from "@whetstone/shared/practice/matching/state";
  import type { Wishes } from "@whetstone/shared/practice/matching/wishes";

  /** Somebody who comes to the queue, and what they will do there. Moments are milliseconds since 1970. */
  export interface Arrival {
    readonly seekerId: string;
    readonly at: number;
    /** When they can first be brought together. */
    readonly opensAt: number;
    readonly leavesAt: number;
    readonly isNoShow: boolean;
    readonly isLeaver: boolean;
    readonly answersIn: number;
    readonly wishes: Wishes;
  }

  export interface Course {
    readonly pairs: readonly { readonly both: readonly Arrival[]; readonly fit: number; readonly at: number }[];
    readonly waits: readonly number[];
    readonly left: ReadonlyMap<Arrival, string>;
    readonly inTwo: number;
    readonly state: QueueState;
  }

  export function weekOf(seed: number, count: number): Arrival[];
  export function play(
    arrivals: readonly Arrival[],
    seed: number,
    options?: {
      readonly bringTogether?: (state: QueueState, now: number) => readonly Match[];
      readonly onEvents?: (before: QueueState, events: readonly QueueEvent[], now: number) => void;
    },
  ): Course;
}
