import type { Company, LookResponse } from "../../links-wire.ts";
import { type Refusal, refusal } from "../refusal.ts";
import { isPersonal, linkProblem, openedBy, seatTakenBy } from "../seats/capabilities.ts";
import type { Seat } from "../seats/state.ts";
import { currentRound, isErased, type RoomState, roleIn } from "../state.ts";
import { keptUntil } from "./kept-until.ts";
import { noted } from "./noted.ts";
import { company, companyWithObservers } from "./people.ts";

/** What a link shows before one sits down. */
export type LinkLook = Omit<LookResponse, "roomId">;

/** Whoever opened the room, as long as they lead it, else who does. */
function hostOf(state: RoomState): Seat | undefined {
  const { roundId } = currentRound(state);
  const hosts = Object.values(state.seats).filter(
    ({ seatId, removed }) => !removed && roleIn(state, roundId, seatId) === "host",
  );
  const opener = Object.values(state.seats).find(({ joinedAs }) => joinedAs === "host");
  // Among peers everybody leads in turn.
  return state.peers || hosts.length === 0 || hosts.some((seat) => seat === opener) ? opener : hosts[0];
}

/** What whoever brings a secret, known by its SHA-256, sees before they sit down; `now` in milliseconds since 1970, `holder` the browser that they use, as far as it says so. */
export function linkLook(state: RoomState, secretHash: string, now: number, holder?: string): LinkLook | Refusal {
  if (isErased(state)) return refusal("room_erased");
  const opened = openedBy(state, secretHash, now);
  if ("reason" in opened) return opened;
  const round = currentRound(state);
  const about = {
    title: state.title,
    hostName: hostOf(state)?.name ?? "",
    ended: round.phase === "ended",
    ...keptUntil(state),
    ...(state.peers && { people: state.peers.people }),
  };
  if ("seat" in opened) {
    const { seatId, joinedAs, name } = opened.seat;
    return { ...about, role: roleIn(state, round.roundId, seatId) ?? joinedAs, name, seated: true };
  }
  const taken = state.peers ? seatTakenBy(state, opened.link) : undefined;
  if (taken) {
    if (holder === undefined || taken.holder !== holder) return refusal("place_taken");
    return { ...about, role: taken.joinedAs, name: taken.name, seated: true };
  }
  const { role, name } = opened.link;
  return {
    ...about,
    role,
    name: name ?? (role === "candidate" ? state.candidateName : null),
    seated: false,
    ...(role === "candidate" && !state.peers && { company: companyToCome(state, now) }),
  };
}

/**
 * Whom the candidate will meet: those whom their page will name, and who can still come by a link of their own. Names that somebody typed who
 * was not let in are not among them.
 */
function companyToCome(state: RoomState, now: number): Company {
  const { observersShown, links } = state;
  const here = observersShown ? companyWithObservers(state) : company(state);
  const awaited = Object.values(links).flatMap((link) =>
    isPersonal(link) && link.role === "interviewer" && link.seatId === null && linkProblem(link, now) === null
      ? (link.name ?? [])
      : [],
  );
  return {
    people: [
      ...here.map(({ name, role }) => ({ name, role, here: true })),
      ...awaited.map((name) => ({ name, role: "interviewer" as const, here: false })),
    ],
    observersShown,
    ...noted(state),
  };
}
