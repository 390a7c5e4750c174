import type { CandidateAsk } from "@whetstone/shared/room/view/asks";
import { useEffect, useRef } from "react";
import { LateMarkdown } from "../../ui/LateMarkdown.tsx";
import { revealName } from "./own-answers.ts";
import styles from "./Revealed.module.css";

/** Hints and follow-ups that were given; one that comes while the page is looked at is scrolled into view. */
export function Revealed({ revealed }: Pick<CandidateAsk, "revealed">) {
  const newest = useRef<HTMLDivElement>(null);
  const seen = useRef(revealed.length);
  useEffect(() => {
    if (revealed.length > seen.current) newest.current?.scrollIntoView({ block: "nearest" });
    seen.current = revealed.length;
  }, [revealed.length]);
  return revealed.map(({ kind, text }, index) => (
    <div key={`${kind}${text}`} ref={index === revealed.length - 1 ? newest : null} className={styles.more}>
      <small>{revealName(kind)}</small>
      <LateMarkdown text={text} />
    </div>
  ));
}
