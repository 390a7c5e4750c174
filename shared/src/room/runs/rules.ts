import type { z } from "zod";
import type { Run } from "../../workspace/run.ts";
import { type Asked, writtenIn } from "../asks/rules.ts";
import {
  accept,
  type Decision,
  PANEL,
  RUNNING,
  refuse,
  type Scene,
  SEATED,
  type SeatRules,
  SINCE_START,
} from "../rule.ts";
import { currentRound } from "../state.ts";
import { mayEdit } from "../workspace/editing.ts";
import { receivesWorkspace } from "../workspace/quiet.ts";
import type { runCommands } from "./commands.ts";

type Command = z.infer<(typeof runCommands)[number]>;
type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;

export const runRules: SeatRules<Command> = {
  keepRun: { by: SEATED, during: RUNNING, decide: keepRun },
  // What the panel finds out for itself has time until the scorecards are written.
  keepCheck: { by: PANEL, during: SINCE_START, decide: keepCheck },
};

/** Whoever may write in the sheet may run what stands there. */
function keepRun({ state, round, seat, role }: Scene, { askId, run }: CommandOf<"keepRun">): Decision {
  const asked = writtenIn(state, round, askId);
  if (!asked || (role === "candidate" && asked.ask.candidateId !== seat.seatId)) return refuse("unknown_ask");
  const isOpen = currentRound(state).openAskId === askId;
  const isQuiet = !receivesWorkspace(state, seat.seatId, askId);
  if (!mayEdit({ role, panelEdits: state.panelEdits, isOpen, isQuiet }))
    return refuse(isQuiet ? "quiet_time" : "wrong_phase");
  return kept("runKept", asked, seat.seatId, run, ({ visible }) => visible);
}

function keepCheck({ state, round, seat }: Scene, { askId, run }: CommandOf<"keepCheck">): Decision {
  const asked = writtenIn(state, round, askId);
  return asked ? kept("checkKept", asked, seat.seatId, run, () => true) : refuse("unknown_ask");
}

/** The results are of those tests that the runner was given, or of none; what they are called is the question's to say. */
function kept(
  type: "runKept" | "checkKept",
  { round: { roundId }, ask: { askId, question } }: Asked,
  seatId: string,
  run: Run,
  isGiven: (test: { readonly visible: boolean }) => boolean,
): Decision {
  const given = question.workspace?.language === run.language ? question.workspace.tests.filter(isGiven) : [];
  if (run.tests.length > 0 && run.tests.length !== given.length) return refuse("malformed");
  return accept({ type, roundId, askId, seatId, run });
}
