import type { KeepingEvent } from "./events.ts";

/** How long a room is kept; moments in milliseconds since 1970. */
export interface KeepingState {
  /** When what people wrote in it was erased; null while it is kept. */
  readonly erasedAt: number | null;
  /** When it is erased by itself; null for never. */
  readonly keptUntil: number | null;
}

export const keptForNow: KeepingState = { erasedAt: null, keptUntil: null };

export function evolveKeeping(keeping: KeepingState, event: KeepingEvent, at: number): KeepingState {
  switch (event.type) {
    case "roomErased":
      return { erasedAt: keeping.erasedAt ?? at, keptUntil: null };
    case "keptUntilSet":
      return { ...keeping, keptUntil: event.until };
    default:
      return event satisfies never;
  }
}

const DAY_MS = 24 * 3_600_000;
/** Nobody's room goes sooner than this after they could first read when it goes. */
const NOTICE_MS = 7 * DAY_MS;

/**
 * When a room is erased by itself that is kept for so many days after its end, and until then after the last day that anything happened in
 * it. `endedAt` is null while it has not ended; `before` is what was promised until now. An earlier moment than that, and one that is over
 * already, is told a week ahead.
 */
export function keptUntil(
  { endedAt, before }: { readonly endedAt: number | null; readonly before: number | null },
  days: number,
  now: number,
): number {
  const due = (endedAt ?? now) + days * DAY_MS;
  if (due >= (before ?? now)) return due;
  return Math.max(due, Math.min(before ?? Number.POSITIVE_INFINITY, now + NOTICE_MS));
}
