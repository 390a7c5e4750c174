import type { TrailEntry } from "@whetstone/shared/room/view/trail";
import { dayText, FORMAT_NAMES, lengthText, ROLE_NAMES } from "../../words.ts";

/** What happened, as the rest of a sentence that begins with who did it. */
export function didText(entry: TrailEntry, isAmongPeers = false): string {
  switch (entry.what) {
    case "opened":
      return "opened the room";
    case "joined":
      return "came in";
    case "joinedElsewhere":
      return "came in again, from another browser or device";
    case "linked":
      return isAmongPeers ? "made a link" : `made a link: ${ROLE_NAMES[entry.role].toLowerCase()}`;
    case "askingLet":
      return entry.interviewers ? "let interviewers ask" : "left asking to the hosts";
    case "assigned":
      return entry.to
        ? `assigned a question of the plan to ${whoText({ ...entry, who: entry.to })}`
        : "assigned a question of the plan to nobody any more";
    case "asked":
      return `asked question ${entry.ask}`;
    case "revealed":
      return `revealed ${entry.kind === "hint" ? "hint" : "follow-up"} ${entry.index + 1} of question ${entry.ask}`;
    case "askTakenBack":
      return `took back question ${entry.ask}`;
    case "revealTakenBack":
      return `took back ${entry.kind === "hint" ? "hint" : "follow-up"} ${entry.index + 1} of question ${entry.ask}`;
    case "quietBegan":
      return `began quiet time on question ${entry.ask}, for ${entry.minutes} ${entry.minutes === 1 ? "minute" : "minutes"} at the most`;
    case "quietEnded":
      return `ended quiet time on question ${entry.ask}${entry.who ? "" : ", as its time was over"}`;
    case "pasted":
      return `pasted ${entry.characters.toLocaleString("en")} characters in question ${entry.ask}`;
    case "away":
      return entry.ms === null
        ? `left the page in question ${entry.ask}`
        : `was away from the page for ${lengthText(entry.ms)} in question ${entry.ask}`;
    case "reopened":
      return "reopened the interview";
    case "submitted":
      return "submitted a scorecard";
    case "reminded":
      return "asked whoever had not submitted for their scorecard";
    case "feedbackPublished":
      return "published the feedback";
    case "feedbackWithdrawn":
      return "withdrew the feedback";
    case "looked":
      return "looked at the room after its end";
    case "compared":
      return "compared it with other rooms";
    case "exported":
      return entry.format === "record"
        ? "took everything about the candidate"
        : `took it as ${FORMAT_NAMES[entry.format]}`;
    case "keptUntil":
      return entry.until === null
        ? "set no day for it to be erased"
        : `set the day that it is erased: ${dayText(entry.until)}`;
    case "erased":
      return ERASED[entry.why];
    default:
      return entry satisfies never;
  }
}

const ERASED: Record<Extract<TrailEntry, { what: "erased" }>["why"], string> = {
  asked: "erased what was written in it",
  age: "erased what was written in it, as its time was over",
  restored: "erased it again, when a backup brought it back",
};

/** Who did it: by name, by what they were where the name is gone, or the server itself. */
export function whoText({ who }: TrailEntry, isAmongPeers = false): string {
  if (!who) return "The server";
  if (isAmongPeers && who.name === null) return who.role === "host" ? "You" : `A partner ${who.seatId.slice(-4)}`;
  return who.name ?? `${ROLE_NAMES[who.role]} ${who.seatId.slice(-4)}`;
}
