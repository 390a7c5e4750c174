import type { RevealKind } from "@whetstone/shared/room/asks/commands";
import type { RoomExport } from "../room-export.ts";

/** How the page words moments, counts and what happened to a question. */

export const REVEAL_NAMES = { hint: "Hint", followUp: "Follow-up" } as const satisfies Record<RevealKind, string>;

export const DEVIATION_NAMES = {
  none: null,
  out_of_order: "out of order",
  not_in_plan: "not in the plan",
} as const satisfies Record<RoomExport["asks"][number]["deviation"], string | null>;

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** `5 January 2026`, of a moment in ISO 8601. */
export const day = (moment: string): string => DAY.format(new Date(moment));

/** `09:30`. */
export const hour = (moment: string): string => moment.slice(11, 16);

/** `5 January 2026, 09:30 UTC`. */
export const dayAndHour = (moment: string): string => `${day(moment)}, ${hour(moment)} UTC`;

export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
