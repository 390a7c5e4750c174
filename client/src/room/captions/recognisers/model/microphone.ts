import worklet from "./microphone-worklet.ts?worker&url";

/** Gives what a microphone hears, piece by piece, with its rate; what it resolves to ends that. The microphone itself stays as it is. */
export async function listenTo(
  track: MediaStreamTrack,
  onSamples: (samples: Float32Array, rate: number) => void,
): Promise<() => void> {
  const audio = new AudioContext();
  const close = () => void audio.close().catch(() => {});
  try {
    await audio.audioWorklet.addModule(worklet);
    if (audio.state === "suspended") await audio.resume();
    const source = audio.createMediaStreamSource(new MediaStream([track]));
    const node = new AudioWorkletNode(audio, "microphone", { channelCount: 1, channelCountMode: "explicit" });
    node.port.onmessage = ({ data }) => {
      if (data instanceof Float32Array) onSamples(data, audio.sampleRate);
    };
    // It gives out silence, without which a browser would not ask it for anything.
    source.connect(node).connect(audio.destination);
    return () => {
      node.port.onmessage = null;
      source.disconnect();
      node.disconnect();
      close();
    };
  } catch (error) {
    close();
    throw error;
  }
}
