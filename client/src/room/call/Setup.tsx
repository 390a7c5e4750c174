import { maySend } from "@whetstone/shared/call/rules";
import type { CallWay } from "@whetstone/shared/call/wire";
import type { View } from "@whetstone/shared/room/view/view";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { soundTwice } from "../../browser/calling.ts";
import { Button } from "../../ui/Button.tsx";
import { useRoomContext } from "../store/context.tsx";
import { DeviceSelect } from "./DeviceSelect.tsx";
import { faultOfPage, sentenceOf } from "./faults.ts";
import type { Levels } from "./levels.ts";
import type { OwnMedia } from "./own-media.ts";
import { Picture } from "./Picture.tsx";
import styles from "./Setup.module.css";
import { useLatest } from "./use-call.ts";

interface SetupProps {
  readonly view: View;
  readonly own: OwnMedia;
  readonly levels: Levels;
  readonly onJoin: () => void;
  readonly onCancel: () => void;
}

/** Before the call: what one is heard and seen by, tried; one joins with either or neither. */
export function Setup({ view, own, levels, onJoin, onCancel }: SetupProps) {
  const { open, chosen, devices, faults } = useLatest(own);
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that led here is gone.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const sends = maySend(view);
  const { call } = useRoomContext().store;
  const way = useSyncExternalStore(call.subscribe, call.getWay).kind;
  // Without https a browser gives nothing to be heard or seen by.
  const fault = faultOfPage(window);
  return (
    <div className={styles.setup}>
      <div className={styles.top}>
        <h2 ref={heading} tabIndex={-1}>
          Before you join
        </h2>
        <div className={styles.join}>
          <Button look="primary" onClick={onJoin}>
            {sends ? joinWords(chosen) : "Join and listen"}
          </Button>
          <Button onClick={onCancel}>Not now</Button>
        </div>
      </div>
      {sends && fault && <p className={`${styles.fault} ${styles.whole}`}>{sentenceOf(fault, "camera")}</p>}
      {sends && (
        <div className={styles.picture} data-on={open.camera !== null}>
          {open.camera ? <Picture track={open.camera} isOwn name="Your own picture" /> : <p>Your camera is off</p>}
        </div>
      )}
      {sends && (
        <div className={styles.devices}>
          {(["microphone", "camera"] as const).map((kind) => (
            <div key={kind} className={styles.device}>
              <label className={styles.switch}>
                <input
                  type="checkbox"
                  checked={chosen[kind]}
                  disabled={fault !== null}
                  onChange={(event) => void own.turn(kind, event.target.checked)}
                />
                {kind === "microphone" ? "Microphone" : "Camera"}
              </label>
              <DeviceSelect own={own} kind={kind} />
              {kind === "microphone" && open.microphone && <Meter track={open.microphone} levels={levels} />}
              {faults[kind] && (
                <p className={styles.fault} role="alert">
                  {sentenceOf(faults[kind], kind)}
                </p>
              )}
            </div>
          ))}
        </div>
      )}
      <div className={styles.devices}>
        {devices.speakers.length > 0 && <DeviceSelect own={own} kind="speaker" />}
        <Button onClick={() => void soundTwice(chosen.speakerId)}>Play a test sound</Button>
        {!sends && <p>{listens(view, way)}</p>}
      </div>
    </div>
  );
}

const joinWords = ({ microphone, camera }: { microphone: boolean; camera: boolean }): string => {
  if (microphone) return camera ? "Join" : "Join without a picture";
  return camera ? "Join without sound of yours" : "Join to listen";
};

/** What whoever only listens hears. */
function listens(view: View, way: CallWay["kind"]): string {
  const isHidden = view.role === "observer" && !view.room.observersShown;
  if (!isHidden) return "You hear and see everybody, and nobody hears or sees you.";
  return way === "direct"
    ? "You hear and see the panel, and they do not hear or see you. You do not hear the candidate, who does not see you in the room."
    : "You hear and see everybody, and nobody hears or sees you. The candidate is not told that you are there.";
}

/** How loud one's own microphone is. */
function Meter({ track, levels }: { track: MediaStreamTrack; levels: Levels }) {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    levels.follow(new Map([["own", track]]));
    const timer = setInterval(() => setLevel(levels.of("own")), 100);
    return () => {
      clearInterval(timer);
      levels.follow(new Map());
    };
  }, [track, levels]);
  // Speech is far from as loud as can be.
  return (
    <meter
      className={styles.meter}
      aria-label="Loudness of your microphone"
      min={0}
      max={1}
      value={Math.min(1, level * 5)}
    />
  );
}
