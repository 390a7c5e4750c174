import styles from "./LengthNote.module.css";
import { roomLeft, tooLong } from "./length.ts";

interface LengthNoteProps {
  readonly id?: string;
  readonly text: string;
  readonly most: number;
  /** What becomes of a text that is too long. */
  readonly consequence: string;
}

/** Beneath a field: how much still fits, once that is little, and by how much its text is too long. Nothing is ever cut. */
export function LengthNote({ id, text, most, consequence }: LengthNoteProps) {
  const over = tooLong(text, most);
  const words = over === undefined ? roomLeft(text, most) : `${over} ${consequence}`;
  return (
    <small
      id={id}
      className={styles.note}
      role={over === undefined ? undefined : "status"}
      data-over={over !== undefined}
    >
      {words}
    </small>
  );
}

/** Said where a text is sent as a whole. */
export const SHORTEN = "Nothing of it is cut off. Shorten it to go on.";
