import type { SeatRole } from "../seats/commands.ts";

/** Who may ask a question: one rule, for what is decided and for what is shown. */

export interface Asker {
  readonly seatId: string;
  /** What the seat is in the round. */
  readonly role: SeatRole | null;
  /** Whether the host lets interviewers ask whatever they choose. */
  readonly interviewersAsk: boolean;
}

/**
 * A host may ask everything; an interviewer what is assigned to them and, where the host lets interviewers ask, everything else too. An
 * assignment gives a right and takes none away. `assignedTo` is a seat, or undefined for what is assigned to nobody.
 */
export function mayAsk({ seatId, role, interviewersAsk }: Asker, assignedTo: string | undefined): boolean {
  return role === "host" || (role === "interviewer" && (interviewersAsk || assignedTo === seatId));
}
