import type { CandidateView } from "@whetstone/shared/room/view/candidate";

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
