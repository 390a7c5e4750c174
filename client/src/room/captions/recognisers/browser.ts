import type { Recogniser, RecogniserFault } from "../recogniser.ts";

/** What is used of a browser's speech recognition (Web Speech API); no browser's types know of what keeps it on the device. */
interface Recognition {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  processLocally: boolean;
  onresult: ((event: RecognitionResults) => void) | null;
  onerror: ((event: { readonly error: string }) => void) | null;
  onend: (() => void) | null;
  start(track: MediaStreamTrack): void;
  abort(): void;
}
interface RecognitionResults {
  readonly resultIndex: number;
  readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }> & { readonly isFinal: boolean }>;
}
interface RecognitionClass {
  new (): Recognition;
  available?(options: { readonly langs: readonly string[]; readonly processLocally: true }): Promise<string>;
}

/** Under this name alone: one of a browser's maker may send sound away. */
const recognition = (): RecognitionClass | undefined =>
  (globalThis as { readonly SpeechRecognition?: RecognitionClass }).SpeechRecognition;

/** Errors after which it can simply begin again. */
const PASSING: ReadonlySet<string> = new Set(["no-speech", "aborted"]);
/** So many beginnings without a word in a row, and it is given up. */
const MOST_IN_VAIN = 20;

/** The browser's own recognition, where it works on this device. One that would send what is said to its maker is never used. */
export const browserRecogniser: Recogniser = {
  name: "This browser",
  async isAvailable(language) {
    const found = recognition();
    if (!found?.available) return "unavailable";
    const state = await found.available({ langs: [language], processLocally: true }).catch(() => "unavailable");
    // What would have to come from the browser's maker first is not fetched from here.
    return state === "available" ? "available" : "unavailable";
  },
  start(track, language, heard, failed) {
    const found = recognition();
    let isOver = false;
    let inVain = 0;
    const fail = (fault: RecogniserFault) => {
      if (isOver) return;
      isOver = true;
      failed(fault);
    };
    if (!found?.available) {
      fail("cannot_load");
      return () => {};
    }
    const listening = new found();
    Object.assign(listening, { lang: language, continuous: true, interimResults: true, processLocally: true });
    listening.onresult = ({ resultIndex, results }) => {
      inVain = 0;
      for (const result of Array.from(results).slice(resultIndex)) {
        if (!isOver) heard({ text: result[0]?.transcript ?? "", isFinal: result.isFinal });
      }
    };
    listening.onerror = ({ error }) => {
      if (!PASSING.has(error))
        fail(error === "not-allowed" || error === "service-not-allowed" ? "not_allowed" : "stopped");
    };
    const begin = () => {
      try {
        listening.start(track);
      } catch {
        fail("stopped");
      }
    };
    // It ends by itself after a silence.
    listening.onend = () => {
      if (isOver) return;
      inVain += 1;
      if (inVain > MOST_IN_VAIN) fail("stopped");
      else begin();
    };
    begin();
    return () => {
      isOver = true;
      listening.abort();
    };
  },
};
