import { type Refusal, type RefusalReason, refusal } from "../refusal.ts";
import type { RoomLink, Seat, SeatsState } from "./state.ts";

/** What a secret opens, known by its SHA-256: a seat by its own token or by the link that leads back to it, or what a link invites to. */

/** The seat that a secret leads back to, or the link by which its bearer may sit down. */
type Opened = { readonly seat: Seat } | { readonly link: RoomLink };

/**
 * What a secret opens at `now` (milliseconds since 1970), or why it opens nothing (any more). A token that was taken over is dead: the
 * way back to a seat is its link.
 */
export function openedBy(state: SeatsState, hash: string, now: number): Opened | Refusal {
  const seats = Object.values(state.seats).filter(({ removed }) => !removed);
  const own = seats.find(({ tokenHash }) => tokenHash === hash);
  if (own) return { seat: own };
  if (seats.some(({ formerTokenHashes }) => formerTokenHashes.includes(hash))) return refusal("seat_taken_over");
  const link = findLink(state, hash);
  if (!link) return refusal("unknown_link");
  const problem = linkProblem(link, now);
  if (problem) return refusal(problem);
  const seat = seatOfLink(state, link);
  return seat ? { seat } : { link };
}

/** The room's link with that hash, revoked and expired ones included. */
export function findLink({ links }: SeatsState, hash: string): RoomLink | undefined {
  return Object.values(links).find((link) => link.hash === hash);
}

/** Whose place a personal link gave, where somebody has taken it. */
export const seatTakenBy = ({ seats }: SeatsState, { linkId }: RoomLink): Seat | undefined =>
  Object.values(seats).find((seat) => seat.linkId === linkId && !seat.removed);

/** Whether a link is for one person by name, and for no other. */
export const isPersonal = ({ name }: Pick<RoomLink, "name">): boolean => name !== undefined;

/** The seat that a token opens, or why it opens none (any more). */
export function seatOfToken({ seats }: SeatsState, tokenHash: string): string | Refusal {
  for (const seat of Object.values(seats)) {
    if (seat.tokenHash === tokenHash) return seat.removed ? refusal("seat_removed") : seat.seatId;
    if (seat.formerTokenHashes.includes(tokenHash)) return refusal("seat_taken_over");
  }
  return refusal("unknown_link");
}

/** Why a link opens nothing at `now` (milliseconds since 1970), or null when it opens something. */
export function linkProblem(
  { revoked, expiresAt }: { readonly revoked: boolean; readonly expiresAt: number | null },
  now: number,
): Extract<RefusalReason, "link_revoked" | "link_expired"> | null {
  if (revoked) return "link_revoked";
  return expiresAt !== null && expiresAt <= now ? "link_expired" : null;
}

/** The seat that a link leads back to: a personal one to its person's, host's and candidate's to theirs; the others seat many. */
function seatOfLink({ seats }: SeatsState, link: RoomLink): Seat | undefined {
  if (isPersonal(link)) {
    const seat = link.seatId === null ? undefined : seats[link.seatId];
    return seat?.removed ? undefined : seat;
  }
  if (link.role !== "host" && link.role !== "candidate") return undefined;
  return Object.values(seats).find((seat) => seat.joinedAs === link.role && !seat.removed);
}

/** The seats that secrets with these hashes open at `now`, where they are several that are not known yet to be one person's; else none. */
export function seatsHeldApart(state: SeatsState, hashes: readonly string[], now: number): readonly string[] {
  const opened = hashes.map((hash) => openedBy(state, hash, now));
  const seatIds = [...new Set(opened.flatMap((found) => ("seat" in found ? found.seat.seatId : [])))];
  const isKnown = state.heldTogether.some((group) => seatIds.every((seatId) => group.includes(seatId)));
  return seatIds.length < 2 || isKnown ? [] : seatIds;
}
