import type { z } from "zod";
import type { RoomEvent } from "../event.ts";
import { type PeersState, peerOrder } from "../peers/state.ts";
import {
  ANYTIME,
  accept,
  BEFORE_END,
  type BearerRule,
  type Context,
  type Decision,
  HOST,
  refuse,
  type Scene,
  type SeatRule,
  type SeatRules,
  type ServerRule,
} from "../rule.ts";
import { currentRound, type RoomState, roleIn, scores } from "../state.ts";
import { isPersonal, openedBy, seatsHeldApart, seatTakenBy } from "./capabilities.ts";
import type { Link, SeatRole, seatCommands, seatRequests } from "./commands.ts";
import { type SharedPlace, takenPlaces } from "./places.ts";
import type { RoomLink, Seat } from "./state.ts";

type Command = z.infer<(typeof seatCommands)[number]>;
type Request = z.infer<(typeof seatRequests)[number]>;
type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;
type RequestOf<T extends Request["type"]> = Extract<Request, { type: T }>;

/** Whoever cannot simply say something: a captioner asks by it that people speak more slowly, or one at a time. */
const HAND_RAISERS = ["candidate", "captioner"] as const satisfies readonly SeatRole[];

export const seatRules: SeatRules<Command> = {
  admit: { by: HOST, during: BEFORE_END, decide: admit },
  moveToLobby: { by: HOST, during: BEFORE_END, decide: moveToLobby },
  removeSeat: { by: HOST, during: ANYTIME, decide: removeSeat },
  makeHost: { by: HOST, during: ANYTIME, decide: makeHost },
  stepBack: { by: HOST, during: ANYTIME, decide: stepBack },
  lockSeat: { by: HOST, during: ANYTIME, decide: lockSeat },
  revokeLink: { by: HOST, during: ANYTIME, decide: revokeLink },
  showObservers: {
    by: HOST,
    during: ANYTIME,
    decide: (_scene, { shown }) => accept({ type: "observersShown", shown }),
  },
  raiseHand: { by: HAND_RAISERS, during: BEFORE_END, decide: raiseHand },
  lowerHand: { by: ["host", "interviewer", ...HAND_RAISERS], during: ANYTIME, decide: lowerHand },
};

export const linkRules: { readonly [T in "issueLink" | "invite"]: SeatRule<RequestOf<T>> } = {
  issueLink: { by: HOST, during: ANYTIME, decide: issueLink },
  invite: { by: HOST, during: BEFORE_END, decide: invite },
};

export const joinRule: BearerRule<RequestOf<"join">> = {
  by: "bearer",
  /** A seat's own token takes it back, and a link leads to a seat that is somebody's already or to one of one's own. */
  decide(state, secretHash, join, context) {
    const opened = openedBy(state, secretHash, context.now);
    if ("reason" in opened) return { refusal: opened };
    if ("link" in opened && state.peers) return joinPeers(state, state.peers, opened.link, join, context);
    if ("seat" in opened) {
      return mayTake(opened.seat, secretHash, join) ? comeBack(state, opened.seat, join) : refuse("seat_locked");
    }
    return sitDown(state, opened.link, join, context);
  },
};

/** A seat that is locked opens where it is open already: to its own token, and to the browser that has it. */
const mayTake = ({ locked, tokenHash, holder }: Seat, secretHash: string, join: RequestOf<"join">): boolean =>
  !locked || secretHash === tokenHash || (holder !== null && holder === join.holder);

/** Seats that were taken before there were personal links, by one for several, get theirs as soon as they can. */
function comeBack(state: RoomState, seat: Seat, { tokenHash, holder, wayBack }: RequestOf<"join">): Decision {
  const { seatId, joinedAs: role, name } = seat;
  const isOneOfSeveral = role === "interviewer" || role === "observer" || role === "captioner";
  const hasOwn = Object.values(state.links).some((link) => link.seatId === seatId && !link.revoked);
  return accept({
    type: "seatReclaimed",
    seatId,
    tokenHash,
    ...(holder && { holder }),
    ...(wayBack && isOneOfSeveral && !hasOwn && { wayBack: { ...wayBack, role, name, expiresAt: null } }),
  });
}

/** Whoever runs the server leads a host back who has lost their way: to the seat that opened the room, which leads it again. */
export const leadBackRule: ServerRule<RequestOf<"leadHostBack">> = {
  by: "server",
  decide(state, { link }) {
    if (state.peers) return refuse("wrong_seat");
    if (state.links[link.linkId]) return accept();
    const { roundId } = currentRound(state);
    const opener = Object.values(state.seats).find(({ joinedAs, removed }) => joinedAs === "host" && !removed);
    if (!opener) return refuse("unknown_seat");
    const { seatId, locked } = opener;
    const before = Object.values(state.links).filter(({ role }) => role === "host");
    return accept(
      ...revoking(before),
      { type: "linkIssued", link },
      ...(locked ? [{ type: "seatLockSet", seatId, locked: false } as const] : []),
      ...(roleIn(state, roundId, seatId) === "host" ? [] : [{ type: "hostMade", roundId, seatId } as const]),
    );
  },
};

/** Whoever brings the secrets of several seats holds them all. */
export const holdingRule: BearerRule<RequestOf<"holdTogether">> = {
  by: "bearer",
  decide(state, _secretHash, { secretHashes }, { now }) {
    const seatIds = seatsHeldApart(state, secretHashes, now);
    return seatIds.length === 0 ? accept() : accept({ type: "seatsHeldTogether", seatIds: [...seatIds] });
  },
};

/** Who comes by a link for several interviewers waits until the host lets them in; one that carries a name is the host's word. */
function sitDown(
  state: RoomState,
  link: RoomLink,
  { name, tokenHash, holder, wayBack }: RequestOf<"join">,
  { now, newId }: Context,
): Decision {
  if (name === null) return refuse("malformed");
  if (currentRound(state).phase === "ended") return refuse("wrong_phase");
  const kind = placeOf(link);
  const taken = kind && takenPlaces(state, kind, now);
  if (taken) return refuse("room_full", taken);
  const { linkId, role } = link;
  const isForSeveral = kind !== null;
  return accept({
    type: "seatTaken",
    seatId: newId("s"),
    role,
    name,
    linkId,
    tokenHash,
    admitted: role === "observer" || (role === "interviewer" && isPersonal(link)),
    ...(holder && { holder }),
    ...(wayBack && isForSeveral && { wayBack: { ...wayBack, role, name, expiresAt: null } }),
  });
}

/** A link among peers is for one person, who comes back by it in the browser in which they took their place, and elsewhere by their way back. */
function joinPeers(
  state: RoomState,
  { people }: PeersState,
  link: RoomLink,
  join: RequestOf<"join">,
  { newId }: Context,
): Decision {
  const taken = seatTakenBy(state, link);
  if (taken) {
    return join.holder !== undefined && join.holder === taken.holder
      ? comeBack(state, taken, join)
      : refuse("place_taken");
  }
  const { name, tokenHash, holder, wayBack } = join;
  if (name === null) return refuse("malformed");
  if (peerOrder(state.seats).length >= people) return refuse("room_full", `${people} people`);
  const { linkId, role } = link;
  return accept({
    type: "seatTaken",
    seatId: newId("s"),
    role,
    name,
    linkId,
    tokenHash,
    admitted: true,
    ...(holder && { holder }),
    ...(wayBack && { wayBack: { ...wayBack, role, name, expiresAt: null } }),
  });
}

/** The kind of place that a link for several gives; null where the link is one person's, who has a place already. */
function placeOf(link: RoomLink): SharedPlace | null {
  if (isPersonal(link)) return null;
  switch (link.role) {
    case "interviewer":
      return "waiting";
    case "observer":
    case "captioner":
      return link.role;
    case "host":
    case "candidate":
      return null;
    default:
      return link.role satisfies never;
  }
}

/** A new link takes the place of the one before: of the personal one that it replaces, else of the one for its whole kind of seat. */
function issueLink({ state, seat }: Scene, { link }: RequestOf<"issueLink">, { now }: Context): Decision {
  if (state.links[link.linkId]) return accept();
  // It leads to the seat that opened the room, and so to nobody else's.
  if (link.role === "host" && seat.joinedAs !== "host") return refuse("wrong_seat");
  if (link.replaces !== undefined) return renewPersonal(state, link, link.replaces, now);
  const replaced = Object.values(state.links).filter((other) => other.role === link.role && !isPersonal(other));
  return accept(...revoking(replaced), { type: "linkIssued", link });
}

function renewPersonal(state: RoomState, link: Link, replaces: string, now: number): Decision {
  const before = state.links[replaces];
  if (!before || before.name === undefined || before.replaced) return refuse("unknown_link");
  if (before.seatId !== null && state.seats[before.seatId]?.removed !== false) return refuse("unknown_link");
  const { role, name } = before;
  // One that still works holds its place already.
  const taken = before.seatId === null && role === "interviewer" && before.revoked && takenPlaces(state, role, now);
  if (taken) return refuse("room_full", taken);
  return accept(...revoking([before]), { type: "linkIssued", link: { ...link, role, name } });
}

/** A link for each interviewer, by name. */
function invite({ state }: Scene, { links }: RequestOf<"invite">, { now }: Context): Decision {
  const fresh = links.filter(({ linkId }) => !state.links[linkId]);
  const taken = takenPlaces(state, "interviewer", now, fresh.length);
  if (fresh.length > 0 && taken) return refuse("room_full", taken);
  return accept(...fresh.map((link): RoomEvent => ({ type: "linkIssued", link })));
}

const revoking = (links: readonly RoomLink[]): RoomEvent[] =>
  links.filter(({ revoked }) => !revoked).map(({ linkId }) => ({ type: "linkRevoked", linkId }));

/** Whoever comes back from the lobby finds the clock where it was when they left. */
function admit({ state, round }: Scene, { seatId }: CommandOf<"admit">, { now }: Context): Decision {
  const seat = state.seats[seatId];
  if (!seat || seat.removed) return refuse("unknown_seat");
  if (seat.admitted) return accept();
  const taken = seat.joinedAs === "interviewer" && takenPlaces(state, "interviewer", now);
  if (taken) return refuse("room_full", taken);
  const { roundId, phase, clock } = round;
  const isPausedForThem = phase === "paused" && clock.pauses.at(-1)?.from === seat.movedOut?.at;
  return accept(
    { type: "seatAdmitted", seatId },
    ...(isPausedForThem ? [{ type: "roomResumed", roundId } as const] : []),
  );
}

/** The candidate waits outside for a while. Their minutes are not spent on it: the clock stands until they are let in again. */
function moveToLobby({ state, round, seat: host }: Scene, { seatId }: CommandOf<"moveToLobby">): Decision {
  const seat = state.seats[seatId];
  if (!seat || seat.removed) return refuse("unknown_seat");
  const { roundId, phase } = round;
  if (roleIn(state, roundId, seatId) !== "candidate") return refuse("wrong_seat");
  if (!seat.admitted) return accept();
  return accept(
    { type: "seatMovedToLobby", seatId: host.seatId, candidateId: seatId },
    ...(phase === "live" ? [{ type: "roomPaused", roundId } as const] : []),
  );
}

/** The links through which a removed person can come in are revoked with the seat: their own, and the one for several by which they came. */
function removeSeat({ state, seat: host }: Scene, { seatId }: CommandOf<"removeSeat">): Decision {
  const seat = state.seats[seatId];
  if (!seat || seat.removed) return refuse("unknown_seat");
  // Nobody takes the room from whoever opened it.
  if (seat.seatId === host.seatId || seat.joinedAs === "host") return refuse("wrong_seat");
  const cameBy = state.links[seat.linkId];
  const links = Object.values(state.links).filter((link) =>
    isPersonal(link) ? link.seatId === seatId : link.role === seat.joinedAs && !(cameBy && isPersonal(cameBy)),
  );
  return accept({ type: "seatRemoved", seatId }, ...revoking(links));
}

/** An interviewer leads the room from here on, with whoever does already. */
function makeHost({ state, round }: Scene, { seatId }: CommandOf<"makeHost">): Decision {
  const seat = state.seats[seatId];
  if (!seat || seat.removed) return refuse("unknown_seat");
  if (!seat.admitted) return refuse("not_admitted");
  const { roundId } = round;
  switch (roleIn(state, roundId, seatId)) {
    case "host":
      return accept();
    case "interviewer":
      return accept({ type: "hostMade", roundId, seatId });
    default:
      return refuse("wrong_seat");
  }
}

/** A host becomes an interviewer, where somebody else leads the room. */
function stepBack({ state, round, seat }: Scene): Decision {
  const { roundId } = round;
  const others = Object.values(state.seats).filter(
    ({ seatId, removed }) => !removed && seatId !== seat.seatId && roleIn(state, roundId, seatId) === "host",
  );
  return others.length > 0 ? accept({ type: "hostSteppedBack", roundId, seatId: seat.seatId }) : refuse("last_host");
}

function lockSeat({ state }: Scene, { seatId, locked }: CommandOf<"lockSeat">): Decision {
  const seat = state.seats[seatId];
  if (!seat || seat.removed) return refuse("unknown_seat");
  return seat.locked === locked ? accept() : accept({ type: "seatLockSet", seatId, locked });
}

function revokeLink({ state }: Scene, { linkId }: CommandOf<"revokeLink">): Decision {
  const link = state.links[linkId];
  if (!link || link.role === "host") return refuse("unknown_link");
  return accept(...revoking([link]));
}

function raiseHand({ seat }: Scene): Decision {
  return seat.handRaised ? accept() : accept({ type: "handRaised", seatId: seat.seatId });
}

function lowerHand({ state, seat, role }: Scene, { seatId }: CommandOf<"lowerHand">): Decision {
  if (!scores(role) && seatId !== seat.seatId) return refuse("wrong_seat");
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
