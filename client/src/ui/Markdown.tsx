import { memo, Suspense } from "react";
import ReactMarkdown, { type Components, type Options } from "react-markdown";
import remarkGfm from "remark-gfm";
import styles from "./Markdown.module.css";
import { part } from "./Part.tsx";

/** Maths that cannot be typeset is shown as it was written, in the middle of whatever is going on. */
const MathMarkdown = part(
  async () => (await import("./MathMarkdown.tsx")).default,
  ({ text }: { text: string }) => <ReactMarkdown {...MARKDOWN}>{text}</ReactMarkdown>,
);

const COMPONENTS: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
};

/** Options that all our Markdown shares: no raw HTML, and no picture that would be fetched from elsewhere. */
export const MARKDOWN: Options = {
  remarkPlugins: [remarkGfm],
  components: COMPONENTS,
  disallowedElements: ["img"],
  unwrapDisallowed: true,
};

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
