import type { AnyCommand } from "../command.ts";
import type { RefusalReason } from "../refusal.ts";
import type { Seat } from "../seats/state.ts";
import { currentRound, type RoomState } from "../state.ts";
import { peerCommands } from "./commands.ts";
import { haveAllLetGo, peerOrder, rolesIn, roundsAmong } from "./state.ts";

/** How the commands of every room hold among peers, where nobody is anybody's host. */

/** What belongs to a panel: who is let in, its scorecards' ends and decisions, and when a round begins and ends. */
const OF_PANELS: ReadonlySet<AnyCommand["type"]> = new Set<AnyCommand["type"]>([
  ...(["admit", "moveToLobby", "sayAside", "sayToAll"] as const),
  ...(["removeSeat", "revokeLink", "showObservers", "invite", "makeHost", "stepBack", "lockSeat"] as const),
  ...([
    "start",
    "end",
    "reopenRoom",
    "arrangePlan",
    "assignItem",
    "letAsk",
    "letEdit",
    "letShare",
    "mark",
    "enterPhase",
  ] as const),
  ...([
    "writeSummary",
    "recommend",
    "setConfidence",
    "submitScorecard",
    "amendScorecard",
    "dropAmendment",
    "remind",
  ] as const),
  ...(["recordDecision", "writeFeedback", "publishFeedback", "withdrawFeedback"] as const),
]);

/** What everybody who takes part may do, whoever asks just now. */
const OF_EVERYBODY: ReadonlySet<AnyCommand["type"]> = new Set<AnyCommand["type"]>([
  ...(["pause", "resume", "erase", "setMeeting"] as const),
]);

const OF_SCORECARDS: ReadonlySet<AnyCommand["type"]> = new Set<AnyCommand["type"]>([
  ...(["rate", "tick", "writeNote", "removeNote"] as const),
]);

const OF_PEERS: ReadonlySet<string> = new Set(peerCommands.map(({ shape }) => shape.type.value));
const isOfPeers = (type: string): boolean => OF_PEERS.has(type);

export const isForEveryPeer = (state: RoomState, type: AnyCommand["type"]): boolean =>
  state.peers !== null && OF_EVERYBODY.has(type);

/** Why peers may not do what a panel may, or null where they may. */
export function peerRefusal(state: RoomState, seat: Seat, command: AnyCommand): RefusalReason | null {
  const { peers } = state;
  if (!peers) return isOfPeers(command.type) ? "wrong_seat" : null;
  if (OF_PANELS.has(command.type)) return "wrong_seat";
  if (OF_SCORECARDS.has(command.type)) return peers.letGo[seat.seatId] === undefined ? null : "scorecard_locked";
  switch (command.type) {
    // Only who opened the room renews links: their own, and that of somebody who has not come yet.
    case "issueLink":
      return seat.joinedAs === "host" && (command.link.role === "host" || command.link.replaces !== undefined)
        ? null
        : "wrong_seat";
    // What was not dealt would be had by one and not by the other.
    case "push":
      return command.source.kind === "bank" ? "unknown_plan_item" : null;
    // The later rounds are as long as the first one was.
    case "extendRoom":
      return currentRound(state).roundId === 1 ? null : "wrong_phase";
    case "erase":
      return mayErase(state, seat) ? null : "wrong_phase";
    default:
      return null;
  }
}

/** Whether a question was dealt to a round in which the seat asks. */
export function asksAmongPeers({ peers, seats }: RoomState, seatId: string, questionId: string): boolean {
  const seat = seats[seatId];
  if (!seat || seat.removed) return false;
  const order = peerOrder(seats);
  return (peers?.dealt ?? []).some(
    (plan, index) =>
      rolesIn(order, index + 1)[seatId] === "host" && plan.some((item) => item.questionId === questionId),
  );
}

/** Nobody takes from another what they have not seen yet: a room that was begun is erased when it is over and all have let go. */
function mayErase({ peers, rounds, ...state }: RoomState, seat: Seat): boolean {
  if (!peers) return true;
  const { phase, roundId } = currentRound({ rounds });
  if (roundId === 1 && phase === "lobby") return seat.joinedAs === "host";
  return phase === "ended" && roundId >= roundsAmong(peers) && (peers.people === 1 || haveAllLetGo(peers, state.seats));
}
