import type { PeerWishes } from "../../room/peers/commands.ts";
import { inCommon } from "./fit.ts";
import { LEVELS, type Wishes } from "./wishes.ts";

/**
 * What the room of two is opened with: what both wish for, and where they share nothing of a kind, what both have named, as each has let go
 * of it. Of two lengths the shorter, as it is in the longer one.
 */
export function agreedWishes(one: Wishes, other: Wishes): PeerWishes {
  const { levels, topics, minutes } = inCommon(one, other);
  const either = LEVELS.filter((level) => one.levels.includes(level) || other.levels.includes(level));
  const shared = minutes.length > 0 ? minutes : [...one.minutes, ...other.minutes];
  return {
    levels: levels.length > 0 ? [...levels] : either,
    topics: topics.length > 0 ? [...topics] : [...new Set([...one.topics, ...other.topics])],
    minutes: shared.includes(25) ? 25 : 40,
    kitId: null,
  };
}
