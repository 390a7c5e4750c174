import type { Components, Options } from "react-markdown";
import remarkGfm from "remark-gfm";
import { Wide } from "./Wide.tsx";

const COMPONENTS: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
  pre: ({ children }) => (
    <Wide tag="pre" name="Code">
      {children}
    </Wide>
  ),
  table: ({ children }) => (
    <Wide tag="div" name="Table">
      <table>{children}</table>
    </Wide>
  ),
  // A translator would make other code of it.
  code: ({ className, children }) => (
    <code className={className} translate="no">
      {children}
    </code>
  ),
};

/** Options that all our Markdown shares: no raw HTML, and no picture that would be fetched from elsewhere. */
export const MARKDOWN: Options = {
  remarkPlugins: [remarkGfm],
  components: COMPONENTS,
  disallowedElements: ["img"],
  unwrapDisallowed: true,
};
