import { maySend } from "@whetstone/shared/call/rules";
import type { View } from "@whetstone/shared/room/view/view";
import { useEffect, useState } from "react";
import { useBeneath } from "../../browser/beneath.ts";
import { Button } from "../../ui/Button.tsx";
import styles from "./CallArea.module.css";
import { readChosen } from "./chosen.ts";
import { faultOfPage, sentenceOf } from "./faults.ts";
import { InCall } from "./InCall.tsx";
import type { OwnMedia } from "./own-media.ts";
import { Setup } from "./Setup.tsx";
import { useLevels, useOwnMedia } from "./use-call.ts";

interface CallAreaProps {
  readonly view: View;
  readonly onClose: () => void;
}

/** The call at the lower edge of the window: it lies over nothing, as every page keeps its height free. First one's devices, then who is in it. */
export default function CallArea({ view, onClose }: CallAreaProps) {
  const place = useBeneath<HTMLElement>();
  useKeptHeight(place);
  const [hasJoined, setHasJoined] = useState(false);
  const own = useOwnMedia();
  const levels = useLevels();
  useAsBefore(maySend(view) ? own : null);
  const fault = faultOfPage(window);
  return (
    <section className={styles.area} ref={place} aria-label="Call">
      {fault === "unsupported" ? (
        <div className={styles.fault} role="alert">
          <p>{sentenceOf(fault, "camera")}</p>
          <Button onClick={onClose}>Close</Button>
        </div>
      ) : !own || !levels ? (
        <p>One moment…</p>
      ) : hasJoined ? (
        <InCall view={view} own={own} levels={levels} onLeave={onClose} />
      ) : (
        <Setup view={view} own={own} levels={levels} onJoin={() => setHasJoined(true)} onCancel={onClose} />
      )}
    </section>
  );
}

/** Notices stand above it. */
function useKeptHeight(place: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const root = document.documentElement.style;
    const watching = new ResizeObserver(() => root.setProperty("--call-height", `${element.offsetHeight}px`));
    watching.observe(element);
    return () => {
      watching.disconnect();
      root.removeProperty("--call-height");
    };
  }, [place]);
}

/** What was on in the last call on this device is turned on, as somebody has just asked to join this one. */
function useAsBefore(own: OwnMedia | null): void {
  useEffect(() => {
    if (!own) return;
    const { microphone, camera } = readChosen();
    if (microphone) void own.turn("microphone", true);
    if (camera) void own.turn("camera", true);
  }, [own]);
}
