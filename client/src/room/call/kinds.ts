import type { Sending } from "@whetstone/shared/call/wire";

/** What goes between two browsers, in the order in which it stands in what they say to each other. */
export const KINDS = ["microphone", "camera", "screen"] as const;
export type Kind = (typeof KINDS)[number];

/** A track of each kind, where there is one. */
export type Tracks = Readonly<Record<Kind, MediaStreamTrack | null>>;

export const NO_TRACKS: Tracks = { microphone: null, camera: null, screen: null };

/** What a track of a kind is to a browser. */
export const MEDIUM: Readonly<Record<Kind, "audio" | "video">> = {
  microphone: "audio",
  camera: "video",
  screen: "video",
};

/** What is said to the others of what one sends. */
export const sendingOf = (tracks: Tracks): Sending => ({
  microphone: tracks.microphone !== null,
  camera: tracks.camera !== null,
  screen: tracks.screen !== null,
});
