import { Suspense, useEffect, useRef, useState } from "react";
import { part } from "../../ui/Part.tsx";
import type { DrawnBoardProps } from "./DrawnBoard.tsx";

const LateDrawn = part<DrawnBoardProps>(async () => (await import("./DrawnBoard.tsx")).DrawnBoard);

/** So far from what is seen a board is fetched already, so that it is there when one comes to it. */
const AHEAD = "400px";

/**
 * What was drawn to a question that is closed. Nothing is fetched of it before somebody comes near to it, and the server holds it open for as
 * long as they stay there.
 */
export function Drawn(props: Omit<DrawnBoardProps, "isNear">) {
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  const wasNear = useRef(false);
  wasNear.current ||= isNear;
  useEffect(() => {
    if (!place.current) return;
    const observer = new IntersectionObserver(
      (entries) => setNear(entries.some(({ isIntersecting }) => isIntersecting)),
      { rootMargin: AHEAD },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place}>
      {wasNear.current && (
        <Suspense fallback={null}>
          <LateDrawn {...props} isNear={isNear} />
        </Suspense>
      )}
    </div>
  );
}
