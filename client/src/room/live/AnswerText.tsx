import { useEffect, useLayoutEffect, useRef } from "react";
import { scrollStop } from "../../ui/scroll-stop.ts";
import styles from "./WorkPane.module.css";

/** How near its end a text counts as read to the end, in CSS pixels: a line and a half. */
const NEAR_END = 32;

/** What the candidate writes, as it is written: while its end is in view it stays in view, and whoever scrolled up stays where they read. */
export function AnswerText({ text }: { text: string }) {
  const pane = useRef<HTMLPreElement>(null);
  const follows = useRef(true);
  const keepEnd = () => {
    if (follows.current && pane.current) pane.current.scrollTop = pane.current.scrollHeight;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the text that moves the end
  useLayoutEffect(keepEnd, [text]);
  useEffect(() => {
    if (!pane.current) return;
    // A pane that becomes smaller scrolls nothing by itself, and hides the end.
    const observer = new ResizeObserver(() => {
      if (follows.current && pane.current) pane.current.scrollTop = pane.current.scrollHeight;
    });
    observer.observe(pane.current);
    return () => observer.disconnect();
  }, []);
  return (
    <pre
      ref={pane}
      className={styles.answer}
      data-testid="answer"
      {...scrollStop("The answer as it is written")}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
      }}
    >
      {text || <em>Nothing is written yet.</em>}
    </pre>
  );
}
