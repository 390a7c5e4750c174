import { keptUntil } from "@whetstone/shared/room/keeping/state";
import type { RoomAge } from "../sqlite/ages.ts";

const DAY_MS = 24 * 3_600_000;

/** When a room would go. */
interface Going {
  readonly roomId: string;
  readonly line: string;
  readonly until: number;
}

/**
 * What a setting of so many days would erase and when, as lines for people; null for the days that the rooms say already. Nothing is erased
 * by it. `now` is in milliseconds since 1970.
 */
export async function dryRun(ages: AsyncIterable<RoomAge>, days: number | null, now: number): Promise<string[]> {
  const going: Going[] = [];
  let rooms = 0;
  for await (const age of ages) {
    rooms += 1;
    const { roomId, openedAt, endedAt, keptUntil: before } = age;
    const until = days === null ? before : keptUntil({ endedAt, before }, days, now);
    if (until === null) continue;
    const ended = endedAt === null ? "not ended" : `ended ${dayOf(endedAt)}`;
    going.push({ roomId, until, line: `${dayOf(until)}  ${roomId}  opened ${dayOf(openedAt)}, ${ended}` });
  }
  going.sort((one, other) => one.until - other.until);
  const within = (span: number) => going.filter(({ until }) => until <= now + span).length;
  return [
    ...going.map(({ line }) => line),
    `Of ${rooms} rooms ${going.length} would be erased by themselves: ${within(DAY_MS)} within a day, ${within(30 * DAY_MS)} within 30 days. Nothing was erased now.`,
  ];
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
