import { Field, fieldStyles } from "../../ui/Field.tsx";
import type { OwnMedia } from "./own-media.ts";
import { useLatest } from "./use-call.ts";

type Choosable = "microphone" | "camera" | "speaker";

const LABELS: Readonly<Record<Choosable, string>> = {
  microphone: "Which microphone",
  camera: "Which camera",
  speaker: "Which speaker",
};

/** The devices of a kind to choose from; nothing where the browser does not tell of them yet. */
export function DeviceSelect({ own, kind }: { own: OwnMedia; kind: Choosable }) {
  const { devices, chosen, open } = useLatest(own);
  const all = { microphone: devices.microphones, camera: devices.cameras, speaker: devices.speakers }[kind];
  if (all.length === 0) return null;
  const current = {
    microphone: open.microphone?.getSettings().deviceId ?? chosen.microphoneId,
    camera: open.camera?.getSettings().deviceId ?? chosen.cameraId,
    speaker: chosen.speakerId,
  }[kind];
  const choose = (deviceId: string) =>
    kind === "speaker" ? own.chooseSpeaker(deviceId) : void own.choose(kind, deviceId);
  return (
    <Field label={LABELS[kind]}>
      <select
        aria-label={LABELS[kind]}
        className={fieldStyles.input}
        value={all.some(({ deviceId }) => deviceId === current) ? (current ?? "") : all[0]?.deviceId}
        onChange={(event) => choose(event.target.value)}
      >
        {all.map(({ deviceId, label }, index) => (
          <option key={deviceId} value={deviceId}>
            {label === "" ? `${index + 1}` : label}
          </option>
        ))}
      </select>
    </Field>
  );
}
