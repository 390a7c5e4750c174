import { another, type Dealable, deal } from "../../practice/deal.ts";
import type { PlanItem } from "../course/commands.ts";
import type { RoomEvent } from "../event.ts";
import type { Context } from "../rule.ts";
import type { RoomState } from "../state.ts";
import { type PeersState, peerOrder, rolesIn, roundsAmong } from "./state.ts";

/** Which questions each round gets. Whoever is asked in a round learns of them when they are asked, and not before. */

type Bank = Pick<Context, "dealable" | "question" | "newId" | "random">;

/** Whether everybody is there and has said what they have had, so that it can be dealt. */
export function canBeDealt({ seats }: Pick<RoomState, "seats">, { people, had }: PeersState): boolean {
  const order = peerOrder(seats);
  return order.length === people && order.every(({ seatId }) => had[seatId] !== undefined);
}

/** Deals the questions of all rounds, or says what is wanting for that. */
export function dealing({ seats }: Pick<RoomState, "seats">, peers: PeersState, bank: Bank): RoomEvent {
  const { kitId, minutes, only } = peers.wishes;
  if (only && peers.people === 1) return chosen(only, bank);
  const order = peerOrder(seats);
  const had = Array.from({ length: roundsAmong(peers) }, (_, index) => hadBy(peers, askedIn(order, index + 1)));
  const questions = wishedOf(peers, bank);
  // A kit was made for its own levels.
  const levels = kitId === null ? peers.wishes.levels : questions.map(({ level }) => level);
  const dealt = deal({ levels, minutes, questions, had, random: bank.random });
  if ("wanting" in dealt) {
    const wanted = new Set(dealt.wanting.map(({ level }) => level));
    const others = (bank.dealable(peers.wishes.kitId, peers.audience) ?? []).filter(
      ({ questionId, level }) => wanted.has(level) && had.every((before) => !before.has(questionId)),
    );
    return { type: "dealtTooFew", wanting: [...dealt.wanting], topicsLeft: others.length };
  }
  const rounds = dealt.rounds.map((round) =>
    round.flatMap(({ questionId, minutes: given }) => planned(questionId, given, bank) ?? []),
  );
  return { type: "dealt", rounds };
}

/** What somebody alone has chosen, as far as the bank has it. */
function chosen(questionIds: readonly string[], bank: Bank): RoomEvent {
  const plan = [...new Set(questionIds)].flatMap((id) => {
    const known = bank.question(id);
    return known ? (planned(id, known.minutes, bank) ?? []) : [];
  });
  return plan.length > 0 ? { type: "dealt", rounds: [plan] } : { type: "dealtTooFew", wanting: [], topicsLeft: 0 };
}

/** Another question of the same level for a round that has not begun; null where the bank has none left. */
export function swapped(
  { seats }: Pick<RoomState, "seats">,
  peers: PeersState,
  roundId: number,
  item: PlanItem,
  bank: Bank,
): PlanItem | null {
  if (item.level === null) return null;
  const found = another(
    {
      level: item.level,
      questions: wishedOf(peers, bank),
      had: hadBy(peers, askedIn(peerOrder(seats), roundId)),
      dealt: new Set(peers.dealt?.flat().map(({ questionId }) => questionId)),
    },
    bank.random,
  );
  return found && planned(found.questionId, item.minutes, bank);
}

const hadBy = ({ had }: PeersState, seatId: string | undefined): ReadonlySet<string> =>
  new Set(seatId === undefined ? [] : had[seatId]);

function askedIn(order: readonly { readonly seatId: string }[], roundId: number): string | undefined {
  const roles = rolesIn(order, roundId);
  return order.find(({ seatId }) => roles[seatId] === "candidate")?.seatId;
}

function wishedOf({ wishes, audience }: PeersState, { dealable }: Bank): readonly Dealable[] {
  const all = dealable(wishes.kitId, audience) ?? [];
  return wishes.topics.length === 0 ? all : all.filter(({ topic }) => wishes.topics.includes(topic));
}

/** A question as an item of a plan; null where the bank has it no more. */
export function planned(
  questionId: string,
  minutes: number,
  { question, newId }: Pick<Bank, "question" | "newId">,
): PlanItem | null {
  const known = question(questionId);
  return known
    ? {
        itemId: newId("p"),
        questionId,
        minutes,
        title: known.title,
        topic: known.topic,
        level: known.level,
        probes: [],
      }
    : null;
}
