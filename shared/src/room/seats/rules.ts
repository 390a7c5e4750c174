import type { z } from "zod";
import type { RoomEvent } from "../event.ts";
import { LIMITS } from "../limits.ts";
import {
  ANYTIME,
  accept,
  BEFORE_END,
  type BearerRule,
  CANDIDATE,
  type Decision,
  HOST,
  refuse,
  type Scene,
  type SeatRule,
  type SeatRules,
} from "../rule.ts";
import { currentRound, type RoomState, roleIn } from "../state.ts";
import { findLink, linkProblem, seatOfLink, seatOfSecret } from "./capabilities.ts";
import type { seatCommands, seatRequests } from "./commands.ts";
import type { Seat } from "./state.ts";

type Command = z.infer<(typeof seatCommands)[number]>;
type Request = z.infer<(typeof seatRequests)[number]>;
type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;
type RequestOf<T extends Request["type"]> = Extract<Request, { type: T }>;

export const seatRules: SeatRules<Command> = {
  admit: { by: HOST, during: BEFORE_END, decide: admit },
  removeSeat: { by: HOST, during: ANYTIME, decide: removeSeat },
  revokeLink: { by: HOST, during: ANYTIME, decide: revokeLink },
  showObservers: {
    by: HOST,
    during: ANYTIME,
    decide: (_scene, { shown }) => accept({ type: "observersShown", shown }),
  },
  raiseHand: { by: CANDIDATE, during: BEFORE_END, decide: raiseHand },
  lowerHand: { by: ["host", "interviewer", "candidate"], during: ANYTIME, decide: lowerHand },
};

export const linkRules: { readonly issueLink: SeatRule<RequestOf<"issueLink">> } = {
  issueLink: { by: HOST, during: ANYTIME, decide: issueLink },
};

export const joinRule: BearerRule<RequestOf<"join">> = {
  by: "bearer",
  /** A seat's own token takes it back, and a link leads to a seat that is somebody's already or to one of one's own. */
  decide(state, secretHash, { name, tokenHash }, { now, newId }) {
    const own = seatOfSecret(state, secretHash);
    if (own) return accept({ type: "seatReclaimed", seatId: own.seatId, tokenHash });
    const link = findLink(state, secretHash);
    if (!link) return refuse("unknown_link");
    const problem = linkProblem(link, now);
    if (problem) return refuse(problem);

    const seat = seatOfLink(state, link.role);
    if (seat) return accept({ type: "seatReclaimed", seatId: seat.seatId, tokenHash });

    if (name === null) return refuse("malformed");
    if (currentRound(state).phase === "ended") return refuse("wrong_phase");
    const seated = Object.values(state.seats).filter((other) => !other.removed);
    if (seated.length >= LIMITS.seats) return refuse("room_full");
    return accept({ type: "seatTaken", seatId: newId("s"), role: link.role, name, linkId: link.linkId, tokenHash });
  },
};

function issueLink({ state }: Scene, { link }: RequestOf<"issueLink">): Decision {
  if (state.links[link.linkId]) return accept();
  const replaced = Object.values(state.links)
    .filter((other) => other.role === link.role && !other.revoked)
    .map((other): RoomEvent => ({ type: "linkRevoked", linkId: other.linkId }));
  return accept(...replaced, { type: "linkIssued", link });
}

function admit({ state }: Scene, { seatId }: CommandOf<"admit">): Decision {
  const seat = state.seats[seatId];
  if (!seat || seat.removed) return refuse("unknown_seat");
  return seat.admitted ? accept() : accept({ type: "seatAdmitted", seatId });
}

/** The link through which a removed person came is revoked with the seat, so that they cannot come in again. */
function removeSeat({ state, seat: host }: Scene, { seatId }: CommandOf<"removeSeat">): Decision {
  const seat = state.seats[seatId];
  if (!seat || seat.removed) return refuse("unknown_seat");
  if (seat.seatId === host.seatId) return refuse("wrong_seat");
  const links = Object.values(state.links)
    .filter((link) => link.role === seat.joinedAs && !link.revoked)
    .map((link): RoomEvent => ({ type: "linkRevoked", linkId: link.linkId }));
  return accept({ type: "seatRemoved", seatId }, ...links);
}

function revokeLink({ state }: Scene, { linkId }: CommandOf<"revokeLink">): Decision {
  const link = state.links[linkId];
  if (!link || link.role === "host") return refuse("unknown_link");
  return link.revoked ? accept() : accept({ type: "linkRevoked", linkId });
}

function raiseHand({ seat }: Scene): Decision {
  return seat.handRaised ? accept() : accept({ type: "handRaised", seatId: seat.seatId });
}

function lowerHand({ state, seat, role }: Scene, { seatId }: CommandOf<"lowerHand">): Decision {
  if (role === "candidate" && seatId !== seat.seatId) return refuse("wrong_seat");
  const raised = state.seats[seatId];
  if (!raised) return refuse("unknown_seat");
  return raised.handRaised ? accept({ type: "handLowered", seatId }) : accept();
}

/** Who sits in the candidate's place of a round, where the host has let them in. */
export function admittedCandidate(state: RoomState, roundId: number): Seat | undefined {
  return Object.values(state.seats).find(
    (seat) => !seat.removed && seat.admitted && roleIn(state, roundId, seat.seatId) === "candidate",
  );
}
