import { useSyncExternalStore } from "react";
import { modelLoading } from "../recognisers/model/loading.ts";
import { showCaptions, useShown } from "../shown.ts";
import styles from "./CaptionSettings.module.css";
import type { CaptioningFault, OwnCaptions } from "./own-captions.ts";

/** In the languages that are spoken by most of those who are interviewed; the page's own comes first where it is another. */
const LANGUAGES = [
  "en-US",
  "en-GB",
  "de-DE",
  "fr-FR",
  "es-ES",
  "pt-BR",
  "it-IT",
  "nl-NL",
  "pl-PL",
  "tr-TR",
  "uk-UA",
  "ru-RU",
  "ar-SA",
  "he-IL",
  "hi-IN",
  "id-ID",
  "vi-VN",
  "th-TH",
  "ja-JP",
  "ko-KR",
  "zh-CN",
  "zh-TW",
];

/** What somebody chooses about captions in the call: to read them, and to have what they say captioned. */
export function CaptionSettings({ captioning }: { captioning: OwnCaptions | null }) {
  const { isOn } = useShown();
  return (
    <fieldset className={styles.captions}>
      <legend>Captions</legend>
      <label className={styles.check}>
        <input type="checkbox" checked={isOn} onChange={(event) => showCaptions({ isOn: event.target.checked })} />
        Show captions
      </label>
      {captioning && <Own captioning={captioning} />}
    </fieldset>
  );
}

function Own({ captioning: { isOn, language, fault, turn, speak } }: { captioning: OwnCaptions }) {
  const languages = [...new Set([language, ...LANGUAGES])];
  return (
    <>
      <label className={styles.check}>
        <input type="checkbox" checked={isOn} onChange={(event) => turn(event.target.checked)} />
        Caption what I say
      </label>
      <small>
        On this device, while your microphone is on: those who hear you can read it too. It is kept nowhere, and no
        sound is sent anywhere for it.
      </small>
      <label className={styles.language}>
        I speak
        <select value={language} onChange={(event) => speak(event.target.value)}>
          {languages.map((code) => (
            <option key={code} value={code}>
              {nameOf(code)}
            </option>
          ))}
        </select>
      </label>
      <Loading />
      {fault && (
        <p className={styles.fault} role="alert">
          {FAULTS[fault]}
        </p>
      )}
    </>
  );
}

/** How much of a speech model has come, while one is on its way. */
function Loading() {
  const fetched = useSyncExternalStore(modelLoading.subscribe, modelLoading.getSnapshot);
  if (!fetched) return null;
  const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000);
  return (
    <small>
      Loading the speech model: {megabytes(fetched.bytes)} of {megabytes(fetched.of)} MB
    </small>
  );
}

const FAULTS: Readonly<Record<CaptioningFault, string>> = {
  unavailable:
    "This browser cannot turn speech in that language into text on this device, and what you say is sent to nobody else for it. Ask the host for somebody who types captions.",
  no_model: "This server has no speech model. Ask whoever runs it, or the host for somebody who types captions.",
  cannot_load: "What turns speech into text could not be loaded. Switch it on again to try once more.",
  too_slow: "This device is too slow to follow what you say. Captions come late.",
  not_allowed: "This browser did not allow your speech to be turned into text.",
  stopped: "Your speech is not turned into text any more. Switch it on again to go on.",
};

function nameOf(code: string): string {
  try {
    return new Intl.DisplayNames([code, "en"], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
