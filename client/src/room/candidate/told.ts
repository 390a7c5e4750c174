import { spokenTextOf } from "@whetstone/shared/plain-text";
import type { CandidateAsk } from "@whetstone/shared/room/view/asks";
import type { CandidateView } from "@whetstone/shared/room/view/candidate";
import type { Sentence } from "../../ui/announce.ts";
import { toldOfPhase, toldOfQuiet } from "../announced/course.ts";
import { revealName } from "./own-answers.ts";

/** What is said to a candidate who cannot see that their page has changed: nothing but what stands on it. */
export function toldToCandidate(before: CandidateView, after: CandidateView): readonly Sentence[] {
  const by = after.you.movedOutBy;
  if (by !== undefined) return before.you.movedOutBy === undefined ? [`${by} asked you to wait a moment.`] : [];
  return [
    ...toldOfAsk(before, after),
    ...toldOfSeat(before, after),
    ...toldOfQuiet(before.quiet, after.quiet, QUIET),
    ...toldOfPhase(before.room.phase, after.room.phase, after.peers ? "round" : "interview"),
    ...toldOfHosts(before, after),
  ];
}

const QUIET = {
  began: (duration: string) => `Quiet time has begun. Nobody else sees what you write for ${duration}.`,
  ended: "Quiet time is over. The others see what you wrote.",
};

const saidOfAsk = ({ number, prompt }: CandidateAsk): string => `Question ${number}: ${spokenTextOf(prompt)}`;

function toldOfAsk({ ask: before }: CandidateView, { ask: after, earlier, room }: CandidateView): readonly Sentence[] {
  if (after && after.askId !== before?.askId) {
    return [before ? { text: saidOfAsk(after), insteadOf: saidOfAsk(before) } : saidOfAsk(after)];
  }
  if (before && after) return toldOfReveals(before, after);
  if (!before || room.phase === "ended") return [];
  const isKept = earlier.some(({ askId }) => askId === before.askId);
  if (isKept) return [`Question ${before.number} is closed.`];
  return [{ text: `Question ${before.number} was taken back.`, insteadOf: saidOfAsk(before) }];
}

type Revealed = CandidateAsk["revealed"][number];
const saidOfReveal = ({ kind, text }: Revealed): string => `${revealName(kind)}: ${spokenTextOf(text)}`;

function toldOfReveals(before: CandidateAsk, after: CandidateAsk): readonly Sentence[] {
  const fresh = after.revealed.filter(({ text }) => !before.revealed.some((known) => known.text === text));
  const gone = before.revealed.filter(({ text }) => !after.revealed.some((kept) => kept.text === text));
  return [
    ...fresh.map(saidOfReveal),
    ...gone.map((was) => ({ text: `${revealName(was.kind)} was taken back.`, insteadOf: saidOfReveal(was) })),
  ];
}

function toldOfSeat({ you: before }: CandidateView, { you: after, room }: CandidateView): readonly string[] {
  if (before.seatId !== after.seatId) return [];
  const told: string[] = [];
  if (after.admitted && !before.admitted) told.push(room.phase === "lobby" ? "You are in." : "You are let in.");
  if (before.handRaised !== after.handRaised)
    told.push(after.handRaised ? "Your hand is raised." : "Your hand is lowered.");
  return told;
}

/** Among peers the seats swap, and the page says so at length. */
function toldOfHosts({ people: before, peers }: CandidateView, { people: after }: CandidateView): readonly string[] {
  if (peers) return [];
  return after
    .filter(
      ({ seatId, role }) => role === "host" && before.some((known) => known.seatId === seatId && known.role !== "host"),
    )
    .map(({ name }) => `${name} is a host now.`);
}
