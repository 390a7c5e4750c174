import type { z } from "zod";
import { LIMITS } from "../limits.ts";
import {
  ANYTIME,
  accept,
  BEFORE_END,
  type Decision,
  PANEL,
  refuse,
  type Scene,
  SEATED,
  type SeatRules,
} from "../rule.ts";
import { admittedCandidate } from "../seats/rules.ts";
import type { messageCommands } from "./commands.ts";
import type { Message } from "./state.ts";

type Command = z.infer<(typeof messageCommands)[number]>;
type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;

export const messageRules: SeatRules<Command> = {
  // The panel has things to say to each other after the interview too.
  sayAside: { by: PANEL, during: ANYTIME, decide: sayAside },
  sayToAll: { by: SEATED, during: BEFORE_END, decide: sayToAll },
};

function sayAside({ state, seat: { seatId } }: Scene, { lineId, text }: CommandOf<"sayAside">): Decision {
  return saidAlready(state.messages.aside, seatId, lineId) ?? accept({ type: "asideSaid", lineId, seatId, text });
}

/** What the candidate and the panel read. Whoever waits to be let in is told nothing, and says nothing. */
function sayToAll(
  { state, round, seat: { seatId, admitted } }: Scene,
  { lineId, candidateId, text }: CommandOf<"sayToAll">,
): Decision {
  if (!admitted) return refuse("not_admitted");
  return (
    saidAlready(state.messages.common, seatId, lineId) ??
    (admittedCandidate(state, round.roundId)?.seatId === candidateId
      ? accept({ type: "saidToAll", lineId, seatId, candidateId, text })
      : refuse("not_there"))
  );
}

/** The answer to what needs no carrying out: it is there, or nobody may say more. */
function saidAlready(messages: readonly Message[], seatId: string, lineId: string): Decision | null {
  if (messages.some((other) => other.lineId === lineId)) return accept();
  const own = messages.filter((other) => other.seatId === seatId).length;
  return own >= LIMITS.said ? refuse("room_large") : null;
}
