import { titleOf } from "@whetstone/shared/question-title";
import type { PanelPerson } from "@whetstone/shared/room/view/people";
import type { QuestionsView } from "../store/questions-view.ts";
import type { Done } from "../store/taking-back.ts";
import { toldOfPhase, toldOfQuiet } from "./course.ts";

/** What the panel's page shows, and what was done on it last, which it says itself. */
export interface Told {
  readonly view: QuestionsView;
  readonly done: Done | null;
  /** Something was asked from this page, and the server has not answered yet. */
  readonly isAsking: boolean;
}

/** What is said to somebody of the panel who cannot see that the room has changed. */
export function toldToPanel({ view: before, isAsking }: Told, { view: after, done }: Told): readonly string[] {
  if (isWaiting(after)) return [];
  if (isWaiting(before)) return ["You are in."];
  if (before.round.roundId !== after.round.roundId) return [];
  return [
    ...toldOfAsks(before, after, (title) => isAsking || (done?.what === "asked" && done.title === title)),
    ...toldOfPeople(before, after),
    ...toldOfQuiet(before.quiet, after.quiet, quietWords(after)),
    ...toldOfPhase(before.room.phase, after.room.phase, isAmongPeers(after) ? "round" : "interview"),
  ];
}

function quietWords({ people }: QuestionsView) {
  const name = people.find(({ role }) => role === "candidate")?.name ?? "The candidate";
  return {
    began: (duration: string) => `Quiet time has begun. ${name} works unseen for ${duration}.`,
    ended: "Quiet time is over. What was written is shown again, and Story plays how it came to be.",
  };
}

const isAmongPeers = (view: QuestionsView): boolean => view.role !== "observer" && view.peers !== undefined;
const isWaiting = (view: QuestionsView): boolean => view.role === "interviewer" && view.waiting === true;

function toldOfAsks(before: QuestionsView, after: QuestionsView, isOwn: (title: string) => boolean): readonly string[] {
  const fresh = after.asks.filter(({ askId }) => !before.asks.some((known) => known.askId === askId));
  const gone = before.asks.filter(({ askId }) => !after.asks.some((kept) => kept.askId === askId));
  return [
    ...fresh
      .filter(({ question }) => !isOwn(titleOf(question)))
      .map(({ number, question }) => `Question ${number} is asked: ${titleOf(question)}`),
    ...gone.map(({ number }) => `Question ${number} was taken back.`),
  ];
}

function toldOfPeople(before: QuestionsView, after: QuestionsView): readonly string[] {
  return after.people.flatMap((person) => {
    const known = before.people.find(({ seatId }) => seatId === person.seatId);
    return [
      ...toldOfLobby(known, person),
      ...(after.role === "host" && !person.admitted && !person.movedOut && (known === undefined || known.admitted)
        ? [`${person.name} waits to be let in.`]
        : []),
      ...toldOfHand(known, person),
      ...(isAmongPeers(after) ? [] : toldOfLead(known, person, after.you.seatId)),
    ];
  });
}

/** That somebody was moved out is no call for anybody, as whoever waits is. */
function toldOfLobby(before: PanelPerson | undefined, { name, admitted, movedOut }: PanelPerson): readonly string[] {
  if (!before || before.movedOut === movedOut) return [];
  if (movedOut) return [`${name} is in the lobby.`];
  return admitted ? [`${name} is let in again.`] : [];
}

function toldOfHand(before: PanelPerson | undefined, { name, handRaised }: PanelPerson): readonly string[] {
  if (handRaised === (before?.handRaised ?? false)) return [];
  return [handRaised ? `${name} raised a hand.` : `The hand of ${name} is lowered.`];
}

function toldOfLead(
  before: PanelPerson | undefined,
  { seatId, name, role }: PanelPerson,
  own: string,
): readonly string[] {
  if (!before || before.role === role) return [];
  if (role !== "host" && before.role !== "host") return [];
  const [who, is] = seatId === own ? ["You", "are"] : [name, "is"];
  return [`${who} ${is} ${role === "host" ? "a host now" : "no host any more"}.`];
}
