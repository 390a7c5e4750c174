/** What single keys do in the call, for whoever is heard and seen in it. */
export const CALL_KEYS: readonly [key: string, meaning: string][] = [
  ["M", "Microphone on, off"],
  ["T", "Held down: speak while the microphone is off"],
  ["V", "Camera on, off"],
  ["S", "Share your screen, stop sharing"],
  ["L", "Leave the call"],
];

/** Those of whoever only listens. */
export const LISTENERS_KEYS = CALL_KEYS.slice(-1);
