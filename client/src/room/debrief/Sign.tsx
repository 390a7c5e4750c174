import type { RaterSign } from "../../ui/signs.ts";
import styles from "./Sign.module.css";

/** A rater's initials in a circle, as they stand on the scales too. The name stands beside it. */
export function Sign({ sign }: { sign: RaterSign }) {
  return (
    <span className={styles.sign} data-own={sign.own} data-long={sign.mark.length > 2} aria-hidden>
      {sign.mark}
    </span>
  );
}

/** A rater's name, whatever its script's direction. */
export function Name({ sign }: { sign: Pick<RaterSign, "name" | "own"> }) {
  return (
    <>
      <bdi>{sign.name}</bdi>
      {sign.own && <span className={styles.you}> (you)</span>}
    </>
  );
}
