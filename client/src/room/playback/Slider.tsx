import type { KeyboardEvent } from "react";
import styles from "./Slider.module.css";
import type { Scene } from "./scene.ts";

interface SliderProps {
  readonly scene: Scene;
  readonly shown: number;
  /** Where it stands, in words. */
  readonly said: string;
  readonly onGo: (shown: number) => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onToggle: () => void;
}

/** How far the keys that turn pages go, in milliseconds of the playback. */
const PAGE_MS = 10_000;

/** The whole of a playback as one line, on which one goes to and fro; what happened beside the writing is marked on it. */
export function Slider({ scene, shown, said, onGo, onStep, onToggle }: SliderProps) {
  const { totalMs } = scene.timeline;
  const most = Math.max(1, Math.ceil(totalMs));
  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    if (act === "toggle") onToggle();
    else if (typeof act === "object") onGo(shown + act.by);
    else onStep(act);
  };
  return (
    <div className={styles.slider}>
      <input
        type="range"
        aria-label="Moment of the answer"
        aria-valuetext={said}
        min={0}
        max={most}
        step={1}
        value={Math.round(shown)}
        onChange={({ target }) => onGo(target.valueAsNumber)}
        onKeyDown={pressed}
      />
      <div className={styles.ticks} aria-hidden>
        {scene.ticks.map(({ shown: place, label, kind, atMs }) => (
          <i key={`${kind} ${atMs}`} title={label} data-kind={kind} style={{ "--place": `${(place / most) * 100}%` }} />
        ))}
      </div>
    </div>
  );
}

/** What a key does on the line: from one moment to the next, a page, or to play and pause. The ends are the browser's own keys. */
const KEYS: Readonly<Record<string, 1 | -1 | "toggle" | { readonly by: number }>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: { by: PAGE_MS },
  PageDown: { by: -PAGE_MS },
  " ": "toggle",
};
