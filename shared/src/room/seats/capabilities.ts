import { type Refusal, type RefusalReason, refusal } from "../refusal.ts";
import type { SeatRole } from "./commands.ts";
import type { RoomLink, Seat, SeatsState } from "./state.ts";

/** What a secret opens, known by its SHA-256: a seat by its own token, or what a link invites to. */

/** The room's link with that hash, revoked and expired ones included. */
export function findLink({ links }: SeatsState, hash: string): RoomLink | undefined {
  return Object.values(links).find((link) => link.hash === hash);
}

/**
 * The seat whose own token has that hash, or had it: a seat's token is also its holder's way back from elsewhere, and takes
 * the seat back after it was opened there. It dies with the seat.
 */
export function seatOfSecret({ seats }: SeatsState, hash: string): Seat | undefined {
  return Object.values(seats).find(
    (seat) => !seat.removed && (seat.tokenHash === hash || seat.formerTokenHashes.includes(hash)),
  );
}

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

/** The seat that a link leads back to: host and candidate are one person each, the other links seat many. */
export function seatOfLink({ seats }: SeatsState, role: SeatRole): Seat | undefined {
  if (role !== "host" && role !== "candidate") return undefined;
  return Object.values(seats).find((seat) => seat.joinedAs === role && !seat.removed);
}
