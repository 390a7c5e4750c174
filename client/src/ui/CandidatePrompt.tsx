import type { ReactNode } from "react";
import styles from "./CandidatePrompt.module.css";

/** A question as it stands on the candidate's page, there and wherever it is looked at beforehand. */
export function CandidatePrompt({ number, children }: { readonly number: number; readonly children: ReactNode }) {
  return (
    <>
      <p className={styles.number}>Question {number}</p>
      <div className={styles.prompt}>{children}</div>
    </>
  );
}
