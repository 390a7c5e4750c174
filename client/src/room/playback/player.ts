import { useEffect, useState } from "react";

/** How fast a playback goes, beside its own speed. */
export const SPEEDS = [1, 2, 4, 8, 16] as const;
export type Speed = (typeof SPEEDS)[number];

/** So much passes at most between two looks, in milliseconds: a page that nobody sees does not play on. */
const LONGEST_FRAME_MS = 250;

export interface Player {
  /** Where it stands, in milliseconds since the playback began. */
  readonly shown: number;
  readonly isPlaying: boolean;
  readonly speed: Speed;
  readonly goTo: (shown: number) => void;
  readonly toggle: () => void;
  readonly setSpeed: (speed: Speed) => void;
}

/** Plays from `begin` to `totalMs`, at the browser's frames. Whoever plays on at the end begins anew. */
export function usePlayer(totalMs: number, begin: number): Player {
  const [shown, setShown] = useState(begin);
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);
  useEffect(() => {
    if (!isPlaying) return;
    let last = performance.now();
    const look = () => {
      const now = performance.now();
      const passed = Math.min(now - last, LONGEST_FRAME_MS) * speed;
      last = now;
      setShown((before) => Math.min(totalMs, before + passed));
      frame = requestAnimationFrame(look);
    };
    let frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [isPlaying, speed, totalMs]);
  const isOver = shown >= totalMs;
  useEffect(() => {
    if (isOver) setPlaying(false);
  }, [isOver]);
  return {
    shown,
    isPlaying,
    speed,
    setSpeed,
    goTo: (to) => setShown(Math.min(totalMs, Math.max(0, to))),
    toggle: () => {
      if (!isPlaying && isOver) setShown(0);
      setPlaying(!isPlaying);
    },
  };
}
