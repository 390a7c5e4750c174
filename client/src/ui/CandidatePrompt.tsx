import type { ReactNode, RefObject } from "react";
import styles from "./CandidatePrompt.module.css";

interface CandidatePromptProps {
  readonly number: number;
  /** On the candidate's own page its number is the heading of the page. */
  readonly heading?: RefObject<HTMLHeadingElement | null>;
  readonly children: ReactNode;
}

/** A question as it stands on the candidate's page, there and wherever it is looked at beforehand. */
export function CandidatePrompt({ number, heading, children }: CandidatePromptProps) {
  return (
    <>
      {heading ? (
        <h1 ref={heading} className={styles.number} tabIndex={-1}>
          Question {number}
        </h1>
      ) : (
        <p className={styles.number}>Question {number}</p>
      )}
      <div className={styles.prompt}>{children}</div>
    </>
  );
}
