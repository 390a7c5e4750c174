import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { scrollStop } from "./scroll-stop.ts";

interface WideProps {
  readonly tag: "div" | "pre" | "span";
  /** What is in it, as it is called where one stops at it. */
  readonly name: string;
  readonly className?: string | undefined;
  readonly children?: ReactNode;
}

/** What may be wider than its page, such as code: it scrolls sideways, and is a stop of the keyboard while it does. */
export function Wide({ tag: Tag, name, className, children }: WideProps) {
  const place = useRef<HTMLElement | null>(null);
  const [isCut, setCut] = useState(false);
  const measure = useCallback(() => {
    const { current } = place;
    if (current) setCut(current.scrollWidth > current.clientWidth + 1);
  }, []);
  useLayoutEffect(measure);
  useEffect(() => {
    if (!place.current) return;
    const observer = new ResizeObserver(measure);
    observer.observe(place.current);
    // A face that comes late is wider or narrower than the one in its place.
    document.fonts.addEventListener("loadingdone", measure);
    return () => {
      observer.disconnect();
      document.fonts.removeEventListener("loadingdone", measure);
    };
  }, [measure]);
  return (
    <Tag
      ref={(element: HTMLElement | null) => {
        place.current = element;
      }}
      className={className}
      data-wide
      {...(isCut && scrollStop(name))}
    >
      {children}
    </Tag>
  );
}
