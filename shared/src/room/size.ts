import type { Command, RequestedCommand } from "./command.ts";
import { type Refusal, refusal } from "./refusal.ts";

/** What a room holds by now, in bytes of its log. */
export interface Held {
  readonly room: number;
  /** What the commands of the seat that asks have taken of it. */
  readonly seat: number;
  /** What a room may hold. */
  readonly most: number;
}

/** Nobody fills a room for the others. */
const SEAT_SHARE = 0.5;

/** What every command is in a full room: a text is refused, and what is short is taken on, so that an interview can be ended and rated. */
const KINDS: { readonly [T in (Command | RequestedCommand)["type"]]: "free" | "short" | "text" } = {
  admit: "short",
  moveToLobby: "short",
  removeSeat: "short",
  makeHost: "short",
  stepBack: "short",
  lockSeat: "short",
  leadHostBack: "free",
  revokeLink: "short",
  showObservers: "short",
  raiseHand: "short",
  lowerHand: "short",
  issueLink: "short",
  invite: "short",
  holdTogether: "short",
  join: "short",
  start: "short",
  pause: "short",
  resume: "short",
  end: "short",
  reopenRoom: "short",
  extendRoom: "short",
  enterPhase: "short",
  arrangePlan: "text",
  assignItem: "short",
  letAsk: "short",
  push: "text",
  closeAsk: "short",
  reopenAsk: "short",
  takeBackAsk: "short",
  extendAsk: "short",
  reveal: "short",
  takeBackReveal: "short",
  writeAnswer: "text",
  rate: "short",
  tick: "short",
  writeNote: "text",
  removeNote: "short",
  writeSummary: "text",
  recommend: "short",
  setConfidence: "short",
  submitScorecard: "short",
  amendScorecard: "short",
  dropAmendment: "short",
  remind: "short",
  recordDecision: "short",
  writeFeedback: "text",
  publishFeedback: "text",
  withdrawFeedback: "short",
  tellHad: "short",
  wish: "short",
  swapDealt: "short",
  ready: "short",
  extendBreath: "short",
  askNext: "text",
  askAgain: "text",
  writeToPeer: "text",
  rateInterviewing: "short",
  letGo: "short",
  sayLine: "text",
  setMeeting: "short",
  sayAside: "text",
  sayToAll: "text",
  letShare: "short",
  turn: "free",
  erase: "free",
  expire: "free",
  keep: "free",
  letEdit: "short",
  mark: "short",
  editDocument: "text",
  foldAnswer: "free",
  keepRun: "text",
  keepCheck: "text",
  beginQuiet: "short",
  endQuiet: "free",
  quietOver: "free",
};

/**
 * Why a room takes no such command any more, or null where it does. Short ones find room for as much again: nobody needs more, and whoever
 * gives them without an end is stopped too.
 */
export function sizeRefusal(type: keyof typeof KINDS, { room, seat, most }: Held): Refusal | null {
  if (KINDS[type] === "free") return null;
  const limit = KINDS[type] === "text" ? most : 2 * most;
  return room >= limit || seat >= limit * SEAT_SHARE ? refusal("room_large") : null;
}
