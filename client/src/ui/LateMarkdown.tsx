import { Suspense } from "react";
import styles from "./Markdown.module.css";
import { part } from "./Part.tsx";

interface LateMarkdownProps {
  readonly text: string;
  readonly inline?: boolean;
}

const AsWritten = ({ text }: LateMarkdownProps) => (
  <div className={`${styles.markdown} ${styles.asWritten}`}>
    <p>{text}</p>
  </div>
);

const Markdown = part<LateMarkdownProps>(async () => (await import("./Markdown.tsx")).Markdown, AsWritten, {
  hasStandIn: true,
});

/** Markdown on a page that is there before it has any: until what sets it has come, it stands as it was written. */
export const LateMarkdown = (props: LateMarkdownProps) => (
  <Suspense fallback={<AsWritten {...props} />}>
    <Markdown {...props} />
  </Suspense>
);

/** Fetches what sets Markdown, so that it is there when the first text comes. */
export const prefetchMarkdown = Markdown.prefetch;
