import { maySend } from "@whetstone/shared/call/rules";
import type { View } from "@whetstone/shared/room/view/view";
import { useEffect, useSyncExternalStore } from "react";
import { useBeneath } from "../../browser/beneath.ts";
import { useMedia } from "../../browser/media.ts";
import { Button } from "../../ui/Button.tsx";
import styles from "./CallArea.module.css";
import { readChosen } from "./chosen.ts";
import { faultOfPage, sentenceOf } from "./faults.ts";
import { InCall } from "./InCall.tsx";
import type { OwnMedia } from "./own-media.ts";
import { useOwnWindow } from "./own-window.ts";
import { Setup } from "./Setup.tsx";
import { useLevels, useOwnMedia } from "./use-call.ts";

interface CallAreaProps {
  readonly view: View;
  /** Beyond choosing one's devices; held outside, as one may be out of the call for a while. */
  readonly hasJoined: boolean;
  readonly onJoin: () => void;
  readonly onClose: () => void;
}

/** Where a page has place for people beside it, as a media query: what is left of it is wide enough for three panes. */
const ROOM_BESIDE = "(min-width: 1400px) and (min-height: 600px)";

/**
 * The call at the lower edge of the window, or beside the page: it lies over nothing, as every page keeps its place free. First one's devices, then
 * who is in it.
 */
export default function CallArea({ view, hasJoined, onJoin, onClose }: CallAreaProps) {
  const own = useOwnMedia();
  const hasRoomBeside = useMedia(ROOM_BESIDE);
  const ownWindow = useOwnWindow();
  const isBeside = useIsBeside(own) && hasRoomBeside && hasJoined && ownWindow.opened === null;
  const place = useBeneath<HTMLElement>(!isBeside);
  useKeptPlace(place, isBeside);
  const levels = useLevels();
  useAsBefore(maySend(view) ? own : null);
  const fault = faultOfPage(window);
  return (
    <section className={styles.area} ref={place} aria-label="Call" data-beside={isBeside}>
      {fault === "unsupported" ? (
        <div className={styles.fault} role="alert">
          <p>{sentenceOf(fault, "camera")}</p>
          <Button onClick={onClose}>Close</Button>
        </div>
      ) : !own || !levels ? (
        <p>One moment…</p>
      ) : hasJoined ? (
        <InCall
          view={view}
          own={own}
          levels={levels}
          hasRoomBeside={hasRoomBeside}
          ownWindow={ownWindow}
          onLeave={onClose}
        />
      ) : (
        <Setup view={view} own={own} levels={levels} onJoin={onJoin} onCancel={onClose} />
      )}
    </section>
  );
}

/** What is fixed at the window's edges stands above it, or beside it. */
function useKeptPlace(place: { readonly current: HTMLElement | null }, isBeside: boolean): void {
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const root = document.documentElement.style;
    const keep = () => {
      root.setProperty("--call-height", isBeside ? "0px" : `${element.offsetHeight}px`);
      root.setProperty("--beside", isBeside ? `${element.offsetWidth}px` : "0px");
    };
    const watching = new ResizeObserver(keep);
    watching.observe(element);
    keep();
    return () => {
      watching.disconnect();
      root.removeProperty("--call-height");
      root.removeProperty("--beside");
    };
  }, [place, isBeside]);
}

/** Whether somebody wishes the others beside the page. */
function useIsBeside(own: OwnMedia | null): boolean {
  return useSyncExternalStore(
    (changed) => own?.subscribe(changed) ?? (() => {}),
    () => own?.getSnapshot().chosen.isBeside ?? false,
  );
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
