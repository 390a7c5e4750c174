import "katex/dist/katex.min.css";
import ReactMarkdown, { type Components } from "react-markdown";
import rehypeKatex, { type Options } from "rehype-katex";
import remarkMath from "remark-math";
import { MARKDOWN } from "./markdown-options.tsx";
import { Wide } from "./Wide.tsx";

/** Maths is somebody's text: it may neither cover the page, nor lead elsewhere, nor keep the browser busy. */
const LIMITS: Options = {
  // In em; the widest that a formula of the bank asks for is far below.
  maxSize: 10,
  maxExpand: 200,
  trust: false,
  // What LaTeX would not take is typeset all the same, and no browser's console is filled with it.
  strict: false,
};

/** A translator would tear formulas apart. */
const COMPONENTS: Components = {
  ...MARKDOWN.components,
  span: ({ node, ...span }) =>
    span.className === "katex-display" ? (
      <Wide tag="span" name="Formula" className={span.className}>
        {span.children}
      </Wide>
    ) : (
      <span {...span} translate={span.className === "katex" ? "no" : undefined} />
    ),
};

export default function MathMarkdown({ text }: { text: string }) {
  return (
    <ReactMarkdown
      {...MARKDOWN}
      components={COMPONENTS}
      remarkPlugins={[...(MARKDOWN.remarkPlugins ?? []), remarkMath]}
      rehypePlugins={[[rehypeKatex, LIMITS]]}
    >
      {text}
    </ReactMarkdown>
  );
}
