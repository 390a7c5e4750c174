import type { ReactNode } from "react";
import type { Components, Options } from "react-markdown";
import remarkGfm from "remark-gfm";
import styles from "./Markdown.module.css";
import { Wide } from "./Wide.tsx";

/** A text has no headings of the page that it stands on, whose order they would break; they look like some. */
const heading =
  (level: number) =>
  ({ children }: { readonly children?: ReactNode }) => (
    <p className={styles.heading} data-level={level}>
      {children}
    </p>
  );

const COMPONENTS: Components = {
  h1: heading(1),
  h2: heading(2),
  h3: heading(3),
  h4: heading(4),
  h5: heading(5),
  h6: heading(6),
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
