import type { View } from "@whetstone/shared/room/view/view";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useBeneath } from "../../browser/beneath.ts";
import { Button } from "../../ui/Button.tsx";
import { Choice } from "../../ui/Choice.tsx";
import { scrollStop } from "../../ui/scroll-stop.ts";
import styles from "./CaptionStrip.module.css";
import { Lines } from "./Lines.tsx";
import { SIZES, showCaptions, useShown } from "./shown.ts";
import { useCaptions } from "./use-captions.ts";

const SIZE_NAMES = { small: "Small", medium: "Medium", large: "Large" } as const;
/** So many lines are read at a glance. */
const AT_A_GLANCE = 3;

/** The last lines above the call, or at the lower edge of the window: it lies over nothing, as every page keeps its place free. */
export default function CaptionStrip({ view }: { view: View }) {
  const { lines } = useCaptions();
  const { size, isReadOut } = useShown();
  const [isWhole, setIsWhole] = useState(false);
  const place = useBeneath<HTMLElement>();
  useKeptHeight(place);
  return (
    <section className={styles.strip} ref={place} data-size={size} data-whole={isWhole} aria-label="Captions">
      <div className={styles.said}>
        {lines.length === 0 ? (
          <p className={styles.nothing}>Nothing has been said yet that anybody captions.</p>
        ) : isWhole ? (
          <Whole count={lines.length} newest={lines.at(-1)?.text ?? ""}>
            <Lines lines={lines} view={view} isReadOut={isReadOut} />
          </Whole>
        ) : (
          <Lines lines={lines.slice(-AT_A_GLANCE)} view={view} isReadOut={isReadOut} />
        )}
        {isWhole && <Settings />}
      </div>
      <div className={styles.actions}>
        <Button
          look="quiet"
          aria-expanded={isWhole}
          aria-label="The last minutes, and how captions are shown"
          title="The last minutes, and how captions are shown"
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? <ChevronDown size={16} aria-hidden /> : <ChevronUp size={16} aria-hidden />}
        </Button>
        <Button
          look="quiet"
          aria-label="Hide captions"
          title="Hide captions"
          onClick={() => showCaptions({ isOn: false })}
        >
          <X size={16} aria-hidden />
        </Button>
      </div>
    </section>
  );
}

interface WholeProps {
  readonly count: number;
  readonly newest: string;
  readonly children: React.ReactNode;
}

/** All lines, at their end as long as one has not scrolled away from it. */
function Whole({ count, newest, children }: WholeProps) {
  const place = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows what is said.
  useEffect(() => {
    const element = place.current;
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [count, newest]);
  return (
    <div
      ref={place}
      className={styles.whole}
      {...scrollStop("The last minutes")}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight > scrollHeight - 20;
      }}
    >
      {children}
    </div>
  );
}

function Settings() {
  const { size, isReadOut } = useShown();
  return (
    <div className={styles.settings}>
      <Choice
        id="caption-size"
        legend="Size"
        options={SIZES}
        names={SIZE_NAMES}
        chosen={size}
        onChoose={(chosen) => showCaptions({ size: chosen })}
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={isReadOut}
          onChange={(event) => showCaptions({ isReadOut: event.target.checked })}
        />
        A screen reader says them
      </label>
      <small>Captions are on this page alone. They are kept nowhere, and gone when you leave it.</small>
    </div>
  );
}

/** Notices stand above it. */
function useKeptHeight(place: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const root = document.documentElement.style;
    const watching = new ResizeObserver(() => root.setProperty("--captions-height", `${element.offsetHeight}px`));
    watching.observe(element);
    return () => {
      watching.disconnect();
      root.removeProperty("--captions-height");
    };
  }, [place]);
}
