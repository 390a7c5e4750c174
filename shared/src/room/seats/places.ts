import { LIMITS } from "../limits.ts";
import { isPersonal, linkProblem } from "./capabilities.ts";
import type { SeatsState } from "./state.ts";

/** Kinds of places that several share. Host and candidate are one each, and come back to their own. */
export type SharedPlace = "interviewer" | "waiting" | "observer" | "captioner";

const NAMES: Record<SharedPlace, string> = {
  interviewer: "interviewers",
  waiting: "people who wait to be let in",
  observer: "observers",
  captioner: "captioners",
};

/**
 * Which places `more` people of a kind would find taken at `now` (milliseconds since 1970), in words, or null where there is room for
 * them. An interviewer who is invited by name has their place as long as the link works.
 */
export function takenPlaces(state: SeatsState, kind: SharedPlace, now: number, more = 1): string | null {
  const most = LIMITS.places[kind];
  return placesOf(state, kind, now) + more > most ? `${most} ${NAMES[kind]}` : null;
}

function placesOf({ seats, links }: SeatsState, kind: SharedPlace, now: number): number {
  const seated = Object.values(seats).filter(({ removed }) => !removed);
  switch (kind) {
    case "observer":
    case "captioner":
      return seated.filter(({ joinedAs }) => joinedAs === kind).length;
    case "waiting":
      return seated.filter(({ joinedAs, admitted }) => joinedAs === "interviewer" && !admitted).length;
    case "interviewer": {
      const invited = Object.values(links).filter(
        (link) =>
          isPersonal(link) && link.role === "interviewer" && link.seatId === null && linkProblem(link, now) === null,
      );
      return invited.length + seated.filter(({ joinedAs, admitted }) => joinedAs === "interviewer" && admitted).length;
    }
    default:
      return kind satisfies never;
  }
}
