import type { z } from "zod";
import { spliceBetween } from "../../text.ts";
import { LATE_ANSWER_MS, writtenIn } from "../asks/rules.ts";
import { LIMITS } from "../limits.ts";
import {
  accept,
  BEFORE_END,
  CANDIDATE,
  type Context,
  type Decision,
  EITHER_SIDE,
  HOST,
  RUNNING,
  refuse,
  type Scene,
  SEATED,
  type SeatRules,
  type ServerRule,
  SINCE_START,
} from "../rule.ts";
import { currentRound, type RoomState, roundOfAsk } from "../state.ts";
import type { workspaceCommands, workspaceRequests } from "./commands.ts";
import { mayEdit } from "./editing.ts";
import { isAway } from "./marks.ts";
import { quietEnded, quietEndsAt, quietOf, receivesWorkspace } from "./quiet.ts";

type Command = z.infer<(typeof workspaceCommands)[number]>;
type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;
type Request = z.infer<(typeof workspaceRequests)[number]>;
type RequestOf<T extends Request["type"]> = Extract<Request, { type: T }>;

export const workspaceRules: SeatRules<Command | RequestOf<"editDocument">> = {
  letEdit: {
    by: HOST,
    during: BEFORE_END,
    decide: ({ state }, { panel }) => (state.panelEdits === panel ? accept() : accept({ type: "editingLet", panel })),
  },
  mark: { by: CANDIDATE, during: SINCE_START, decide: mark },
  // What is written is stored beside the log, so nothing follows in it.
  editDocument: { by: SEATED, during: SINCE_START, decide: editDocument },
  beginQuiet: { by: EITHER_SIDE, during: ["live"], decide: beginQuiet },
  endQuiet: {
    by: EITHER_SIDE,
    during: RUNNING,
    decide: ({ state }, { askId }) => {
      const quiet = quietOf(state);
      return quiet?.askId === askId ? accept(quietEnded(state, quiet)) : accept();
    },
  },
};

export const quietOverRule: ServerRule<RequestOf<"quietOver">> = {
  by: "server",
  decide: (state, _command, { now }) => {
    const [quiet, due] = [quietOf(state), quietEndsAt(state)];
    return quiet === null || due === null || due > now ? accept() : accept(quietEnded(state, quiet));
  },
};

export const foldingRule: ServerRule<RequestOf<"foldAnswer">> = { by: "server", decide: foldAnswer };

/**
 * Whether a seat may write in an ask's document. What its candidate wrote before the ask closed is never lost: it is taken while the room runs
 * and for a while after. The panel writes in what is open.
 */
function editDocument(
  { state, round, seat, role }: Scene,
  { askId }: RequestOf<"editDocument">,
  { now }: Context,
): Decision {
  const { endedAt } = round.clock;
  const asked = writtenIn(state, round, askId);
  if (!asked) return refuse("unknown_ask");
  if (role === "candidate") {
    if (asked.ask.candidateId !== seat.seatId) return refuse("unknown_ask");
    const isKnown = seat.admitted || seat.movedOut !== null;
    return isKnown && (endedAt === null || now - endedAt <= LATE_ANSWER_MS) ? accept() : refuse("wrong_phase");
  }
  const { panelEdits } = state;
  const isQuiet = !receivesWorkspace(state, seat.seatId, askId);
  if (mayEdit({ role, panelEdits, isOpen: currentRound(state).openAskId === askId, isQuiet })) return accept();
  if (isQuiet) return refuse("quiet_time");
  return panelEdits
    ? refuse("wrong_phase", "The question is closed, and its sheet with it.")
    : refuse("wrong_seat", "The host lets the candidate alone write here.");
}

/** While quiet time is under way another one does not begin: who asked for it has it. */
function beginQuiet({ state, round }: Scene, { askId, minutes }: CommandOf<"beginQuiet">): Decision {
  const ask = round.asks.find((other) => other.askId === askId);
  if (!ask) return refuse("unknown_ask");
  const { roundId, openAskId } = currentRound(state);
  if (openAskId !== askId) return refuse("wrong_phase", "The question is closed.");
  if (state.seats[ask.candidateId]?.removed !== false) return refuse("nobody_admitted");
  if (quietOf(state)) return accept();
  return accept({ type: "quietBegan", roundId, askId, candidateId: ask.candidateId, minutes });
}

/**
 * Notes what the candidate's page tells of them, where the room says so. What adds nothing is taken and forgotten: pages come back, and time
 * goes on while they are away. In a pause everybody may go where they like.
 */
function mark(
  { state, round, seat }: Scene,
  { askId, mark: told, ageMs }: CommandOf<"mark">,
  { now }: Context,
): Decision {
  if (!state.marks) return refuse("wrong_seat", "This room notes neither pastes nor who leaves the page.");
  const asked = writtenIn(state, round, askId);
  if (!asked || asked.ask.candidateId !== seat.seatId) return refuse("unknown_ask");
  const { marks } = asked.ask;
  const at = Math.max(state.openedAt, now - ageMs);
  const { endedAt } = round.clock;
  const isOver = endedAt !== null && at > endedAt;
  const isKnown = told.kind !== "pasted" && isAway(marks) === (told.kind === "left");
  const isFree = told.kind === "left" && round.phase === "paused";
  if (isOver || isKnown || isFree || marks.length >= LIMITS.marks) return accept();
  return accept({ type: "marked", roundId: asked.round.roundId, askId, at, mark: told });
}

/**
 * The answer becomes what the document says. One that the document does not hold yet stays until it does. In quiet time it waits, but for
 * what a page without an editor has put into the log itself, and there the two are brought together as ever.
 */
function foldAnswer(state: RoomState, { askId, text, onto }: RequestOf<"foldAnswer">): Decision {
  const round = roundOfAsk(state, askId);
  const asked = round && writtenIn(state, round, askId);
  if (!asked) return refuse("unknown_ask");
  const { answer, aheadOf, candidateId } = asked.ask;
  if (aheadOf === null && quietOf(state)?.candidateId === candidateId) return refuse("quiet_time");
  if (answer !== onto) return refuse("changed_elsewhere");
  if (answer === text && aheadOf === null) return accept();
  return accept({ type: "answerFolded", roundId: asked.round.roundId, askId, edit: spliceBetween(answer, text) });
}
