import type { PanelPerson } from "@whetstone/shared/room/view/people";
import { initials, ROLE_NAMES } from "../../words.ts";
import styles from "./Presence.module.css";

/** A person as two letters; filled for the candidate, faint while away. */
export function Avatar({ person, present }: { person: PanelPerson; present: boolean }) {
  return (
    <span
      className={styles.avatar}
      data-role={person.role}
      data-present={present}
      data-initials={initials(person.name)}
      aria-hidden
    />
  );
}

export function personStatus({ role, admitted, handRaised, locked, movedOut }: PanelPerson, present: boolean): string {
  return [
    ROLE_NAMES[role],
    movedOut ? "in the lobby" : !admitted ? "waiting to be admitted" : present ? "here" : "away",
    handRaised && "hand raised",
    locked && "locked to their browser",
  ]
    .filter(Boolean)
    .join(", ");
}
