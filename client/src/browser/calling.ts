import { browserStorage } from "./storage.ts";

/** How a page in another tab says that somebody waits: by its icon, and by a sound where its owner wishes one. */

const SOUND = "whetstone.sound";
const ICON = "/icon.svg";
const CALLING = "/icon-calling.svg";

export const soundIsOn = (): boolean => browserStorage.getItem(SOUND) !== null;
export function setSoundOn(isOn: boolean): void {
  if (isOn) browserStorage.setItem(SOUND, "true");
  else browserStorage.removeItem(SOUND);
}

export function showCalling(isCalling: boolean): void {
  document.querySelector('link[rel="icon"]')?.setAttribute("href", isCalling ? CALLING : ICON);
}

/** In seconds and in hertz. */
const TONES = [
  { at: 0, pitch: 660 },
  { at: 0.18, pitch: 880 },
];
const TONE_LASTS = 0.16;
const LOUDNESS = 0.08;

/** Two short tones. Where the browser plays nothing before somebody has touched the page, it is silent. */
export async function soundTwice(): Promise<void> {
  const audio = new AudioContext();
  const begins = audio.currentTime;
  for (const { at, pitch } of TONES) {
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(LOUDNESS, begins + at);
    loudness.gain.exponentialRampToValueAtTime(0.001, begins + at + TONE_LASTS);
    tone.connect(loudness).connect(audio.destination);
    tone.start(begins + at);
    tone.stop(begins + at + TONE_LASTS);
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await audio.close();
}
