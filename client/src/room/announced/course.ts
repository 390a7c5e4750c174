import type { CandidateView } from "@whetstone/shared/room/view/candidate";
import { plural } from "../../words.ts";

type Quiet = CandidateView["quiet"];

/** What is said when quiet time begins, and when it ends, however it does. */
export function toldOfQuiet(
  before: Quiet,
  after: Quiet,
  words: { readonly began: (duration: string) => string; readonly ended: string },
): readonly string[] {
  if (after && !before) return [words.began(plural(Math.round(after.timer.totalMs / 60_000), "minute"))];
  return before && !after ? [words.ended] : [];
}

type RoomPhase = CandidateView["room"]["phase"];

/** What is said when the room goes from one phase to another. */
export function toldOfPhase(before: RoomPhase, after: RoomPhase, what: "interview" | "round"): readonly string[] {
  if (before === after) return [];
  switch (after) {
    case "live":
      if (before === "paused") return [`The ${what} goes on.`];
      return [before === "ended" ? `The ${what} was reopened.` : `The ${what} has begun.`];
    case "paused":
      return before === "live" ? [`The ${what} is paused.`] : [];
    case "ended":
      return [`The ${what} has ended.`];
    case "lobby":
      return [];
    default:
      return after satisfies never;
  }
}
