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

/** Two short tones, by the speaker of this name where one is given. Where the browser plays nothing before somebody has touched the page, it is silent. */
export async function soundTwice(speakerId: string | null = null): Promise<void> {
  const audio = new AudioContext();
  if (speakerId !== null) await playBy(audio, speakerId);
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

/** Plays by another speaker than the system's, in browsers that let a page choose one and as long as that is there. */
export async function playBy(player: object, speakerId: string): Promise<void> {
  const choose: unknown = Reflect.get(player, "setSinkId");
  if (typeof choose !== "function") return;
  try {
    await choose.call(player, speakerId);
  } catch {
    // It goes on by the one that it had.
  }
}
