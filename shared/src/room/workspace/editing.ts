import type { SeatRole } from "../seats/commands.ts";

/**
 * Who writes in an ask's document: one rule, for what is decided and for what is shown. Its candidate always does; the panel while the ask is
 * open, unless it is quiet time or the host lets the candidate alone.
 */
export const mayEdit = ({
  role,
  panelEdits,
  isOpen,
  isQuiet,
}: {
  readonly role: SeatRole;
  readonly panelEdits: boolean;
  readonly isOpen: boolean;
  readonly isQuiet: boolean;
}): boolean =>
  role === "candidate" || ((role === "host" || role === "interviewer") && panelEdits && isOpen && !isQuiet);
