import { memo, Suspense } from "react";
import ReactMarkdown from "react-markdown";
import styles from "./Markdown.module.css";
import { MARKDOWN } from "./markdown-options.tsx";
import { part } from "./Part.tsx";

/** Maths that cannot be typeset is shown as it was written, in the middle of whatever is going on. */
const MathMarkdown = part(
  async () => (await import("./MathMarkdown.tsx")).default,
  ({ text }: { text: string }) => <ReactMarkdown {...MARKDOWN}>{text}</ReactMarkdown>,
  { hasStandIn: true },
);

/** Markdown with code and maths; the typesetting of maths is loaded only for a text that has some. */
export const Markdown = memo(function Markdown({ text, inline = false }: { text: string; inline?: boolean }) {
  const plain = <ReactMarkdown {...MARKDOWN}>{text}</ReactMarkdown>;
  return (
    <div className={`${styles.markdown} ${inline ? styles.inline : ""}`}>
      {text.includes("$") ? (
        <Suspense fallback={plain}>
          <MathMarkdown text={text} />
        </Suspense>
      ) : (
        plain
      )}
    </div>
  );
});
