import type { SeatRole } from "../seats/commands.ts";

/**
 * Who writes in an ask's document: one rule, for what is decided and for what is shown. Its candidate always does; the panel while the ask is
 * open, unless the host lets the candidate alone.
 */
export const mayEdit = ({
  role,
  panelEdits,
  isOpen,
}: {
  readonly role: SeatRole;
  readonly panelEdits: boolean;
  readonly isOpen: boolean;
}): boolean => role === "candidate" || ((role === "host" || role === "interviewer") && panelEdits && isOpen);
