import { type ComponentProps, useRef } from "react";
import { useArrival } from "./arrival.ts";

interface PageHeadingProps extends Omit<ComponentProps<"h1">, "ref" | "tabIndex"> {
  /** What tells the page from the one before, where its heading stays. */
  readonly page?: string;
  /** It stands there until the page has come, and is gone in a moment. */
  readonly passing?: boolean;
}

/** The one heading of a page that is above all others. Whoever comes from another page is led to it. */
export function PageHeading({ page = "", passing = false, ...rest }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useArrival(heading, passing ? null : page);
  return <h1 {...rest} ref={heading} tabIndex={-1} />;
}
