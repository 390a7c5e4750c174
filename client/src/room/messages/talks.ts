import type { CandidateView } from "@whetstone/shared/room/view/candidate";
import type { Messages } from "@whetstone/shared/room/view/messages";
import type { View } from "@whetstone/shared/room/view/view";

/** Who reads what is written: the panel and the candidate, or the panel alone. */
export type Talk = "common" | "aside";

const NOTHING: Messages = { lines: [] };

/** The talks that somebody reads: both where they are of the panel, and none where they wait to be let in or practise with peers. */
export function talksOf(view: View): readonly Talk[] {
  switch (view.role) {
    case "candidate":
      return view.peers || !view.you.admitted ? [] : ["common"];
    case "observer":
      return ["common"];
    case "interviewer":
      return view.peers || view.waiting ? [] : ["aside", "common"];
    case "host":
      return view.peers ? [] : ["aside", "common"];
    case "captioner":
      return [];
    default:
      return view satisfies never;
  }
}

/** What was written in a talk. */
export function linesIn(view: View, talk: Talk): Messages {
  if (talk === "common") return (view.role === "captioner" ? undefined : view.common) ?? NOTHING;
  return (view.role === "host" || view.role === "interviewer" ? view.aside : undefined) ?? NOTHING;
}

/** To whom somebody writes, or why nobody does just now, in a sentence. */
export type Writes = { readonly to: string; readonly candidateId: string } | { readonly why: string };

/** Whether somebody may write where the candidate reads. */
export function writesToAll(view: View): Writes {
  if (view.room.phase === "ended") return { why: "The interview is over, and with it these messages." };
  if (view.role === "observer" || view.role === "captioner")
    return { why: "You read along. Host, interviewers and candidate write here." };
  if (view.role === "candidate") return { to: namesOf(view), candidateId: view.you.seatId };
  const candidate = view.people.find(({ role }) => role === "candidate");
  if (!candidate) return { why: "Nobody is there yet. You can write once the candidate is let in." };
  if (candidate.admitted) return { to: candidate.name, candidateId: candidate.seatId };
  const where = candidate.movedOut ? "is in the lobby" : "waits to be let in";
  return { why: `${candidate.name} ${where} and reads nothing here. You can write once you let them in.` };
}

const namesOf = ({ people }: CandidateView): string => {
  const panel = people.filter(({ role }) => role === "host" || role === "interviewer").map(({ name }) => name);
  return panel.length > 2 ? "the panel" : panel.join(" and ");
};

/** As much of a message as is read out, in characters. */
const READ_OUT = 200;
/** Nobody listens to more of them at once. */
const MOST = 3;

/** What is said of what others have written since. */
export function toldOfMessages(before: View, after: View): readonly string[] {
  if (before.you.seatId !== after.you.seatId || talksOf(before).length === 0) return [];
  return talksOf(after).flatMap((talk) => {
    const known = new Set(linesIn(before, talk).lines.map(({ lineId }) => lineId));
    const fresh = linesIn(after, talk).lines.filter(
      ({ lineId, seatId }) => seatId !== after.you.seatId && !known.has(lineId),
    );
    const to = talk === "aside" ? " to the panel only" : "";
    return fresh
      .slice(-MOST)
      .map(({ name, text }) => `Message from ${name}${to}: ${[...text].slice(0, READ_OUT).join("")}`);
  });
}
