/** Why somebody's words are not captioned any more, or not as soon as they are said. */
export type RecogniserFault = "no_model" | "cannot_load" | "too_slow" | "not_allowed" | "stopped";

/** What turns the sound of one microphone into text on this device. */
export interface Recogniser {
  readonly name: string;
  isAvailable(language: string): Promise<"available" | "downloadable" | "unavailable">;
  /** Begins to listen; what it returns ends that. `language` is as pages name theirs, such as `en` or `pt-BR`. */
  start(
    track: MediaStreamTrack,
    language: string,
    heard: (said: { text: string; isFinal: boolean }) => void,
    failed: (fault: RecogniserFault) => void,
  ): () => void;
}
