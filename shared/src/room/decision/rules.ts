import type { z } from "zod";
import { LIMITS } from "../limits.ts";
import { accept, type Decision, HOST, refuse, type Scene, type SeatRules } from "../rule.ts";
import { debriefIsOpen } from "../scorecard/blindness.ts";
import type { decisionCommands } from "./commands.ts";

type Command = z.infer<(typeof decisionCommands)[number]>;

export const decisionRules: SeatRules<Command> = {
  recordDecision: { by: HOST, during: ["ended"], decide: recordDecision },
};

function recordDecision({ state, round, seat: { seatId } }: Scene, { outcome, rationale }: Command): Decision {
  if (!debriefIsOpen(state, round, seatId)) return refuse("still_blind");
  if (round.decisions.length >= LIMITS.decisions) return refuse("too_many");
  const last = round.decisions.at(-1);
  if (last?.outcome === outcome && last.rationale === rationale) return accept();
  return accept({ type: "decisionRecorded", roundId: round.roundId, seatId, outcome, rationale });
}
