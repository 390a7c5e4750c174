import type { z } from "zod";
import { accept, type Context, type Decision, HOST, refuse, type SeatRule, type ServerRule } from "../rule.ts";
import { currentRound, type RoomState } from "../state.ts";
import type { keepingRequests } from "./commands.ts";
import { keptUntil } from "./state.ts";

type Command = z.infer<(typeof keepingRequests)[number]>;
type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;

export const keepingRules: { readonly [T in Command["type"]]: SeatRule<CommandOf<T>> | ServerRule<CommandOf<T>> } = {
  // A room that runs is ended first: nobody's words go while they write them.
  erase: { by: HOST, during: ["lobby", "ended"], decide: () => accept({ type: "roomErased", why: "asked" }) },
  expire: { by: "server", decide: expire },
  keep: { by: "server", decide: keep },
};

function expire({ keeping }: RoomState, _command: CommandOf<"expire">, { now }: Context): Decision {
  const isDue = keeping.keptUntil !== null && keeping.keptUntil <= now;
  return isDue ? accept({ type: "roomErased", why: "age" }) : refuse("still_kept");
}

function keep(state: RoomState, { days }: CommandOf<"keep">, { now }: Context): Decision {
  const { endedAt } = currentRound(state).clock;
  const before = state.keeping.keptUntil;
  const until = days === null ? null : keptUntil({ endedAt, before }, days, now);
  return until === before ? accept() : accept({ type: "keptUntilSet", until, days });
}
