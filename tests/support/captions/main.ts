import "../../../client/src/browser/schemas.ts";
import { modelLoading } from "../../../client/src/room/captions/recognisers/model/loading.ts";
import { modelRecogniser } from "../../../client/src/room/captions/recognisers/model/model-recogniser.ts";

/** A page with the recogniser that captions by a model, and what it gave. A test plays sounds to it. */

interface Captions {
  readonly said: { readonly text: string; readonly isFinal: boolean }[];
  readonly failed: string[];
  /** How much had come, each time it was told. */
  readonly loaded: number[];
  isAvailable(language: string): Promise<string>;
  start(language: string): void;
  stop(): void;
  /** Plays a tone to the microphone. */
  play(hertz: number, seconds: number): Promise<void>;
  unplug(): void;
}

declare global {
  interface Window {
    readonly captions: Captions;
  }
}

const audio = new AudioContext();
const microphone = audio.createMediaStreamDestination();
const [track] = microphone.stream.getAudioTracks();
if (!track) throw new Error("There is no microphone.");

const said: Captions["said"] = [];
const failed: string[] = [];
const loaded: number[] = [];
modelLoading.subscribe(() => {
  const fetched = modelLoading.getSnapshot();
  if (fetched) loaded.push(fetched.bytes / fetched.of);
});

let end = () => {};
const captions: Captions = {
  said,
  failed,
  loaded,
  isAvailable: (language) => modelRecogniser.isAvailable(language),
  start: (language) => {
    end = modelRecogniser.start(
      track,
      language,
      (one) => said.push(one),
      (fault) => failed.push(fault),
    );
  },
  stop: () => end(),
  play: async (hertz, seconds) => {
    const tone = new OscillatorNode(audio, { frequency: hertz });
    const quiet = new GainNode(audio, { gain: 0.2 });
    tone.connect(quiet).connect(microphone);
    tone.start();
    tone.stop(audio.currentTime + seconds);
    await new Promise((resolve) => {
      tone.onended = resolve;
    });
  },
  unplug: () => {
    track.stop();
    track.dispatchEvent(new Event("ended"));
  },
};
Object.assign(window, { captions });
