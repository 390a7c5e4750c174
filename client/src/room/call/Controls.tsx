import { Popover } from "@base-ui/react/popover";
import { Mic, MicOff, MonitorUp, PhoneOff, Settings2, Video, VideoOff } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { soundTwice } from "../../browser/calling.ts";
import { useKeys } from "../../browser/keys.ts";
import { announce } from "../../ui/announce.ts";
import { Button } from "../../ui/Button.tsx";
import { KeyList } from "../../ui/KeyList.tsx";
import styles from "./Controls.module.css";
import { DeviceSelect } from "./DeviceSelect.tsx";
import { CALL_KEYS, LISTENERS_KEYS } from "./keys.ts";
import type { OwnMedia } from "./own-media.ts";
import { useLatest } from "./use-call.ts";
import { usePushToTalk } from "./use-push-to-talk.ts";

interface ControlsProps {
  readonly own: OwnMedia;
  /** Whether one is heard and seen, and does not only listen. */
  readonly sends: boolean;
  readonly mayShare: boolean;
  /** Where people stand, to choose. */
  readonly layout: ReactNode;
  readonly onLeave: () => void;
}

/** What one can do in the call, each by a button and by a key. */
export function Controls({ own, sends, mayShare, layout, onLeave }: ControlsProps) {
  const { chosen, open, talks } = useLatest(own);
  const isShared = open.screen !== null;
  const turn = (kind: "microphone" | "camera") => {
    const isOn = !chosen[kind];
    announce(`Your ${kind} is ${isOn ? "on" : "off"}.`);
    void own.turn(kind, isOn);
  };
  const share = () => (isShared ? own.stopSharing() : void own.share());
  const keys = { m: () => turn("microphone"), v: () => turn("camera"), ...(mayShare && { s: share }) };
  const isOn: Readonly<Record<string, boolean>> = { m: chosen.microphone, v: chosen.camera, s: isShared };
  const these = (meant: boolean) => Object.fromEntries(Object.entries(keys).filter(([key]) => isOn[key] === meant));
  // To be off is never too early; to be heard, seen or gone by a letter of a word would be.
  useKeys(sends ? these(true) : {}, { ...(sends && these(false)), l: onLeave });
  usePushToTalk(sends ? own : null);
  return (
    <div className={styles.controls}>
      {sends && (
        <>
          <Toggle
            name="Microphone"
            letter="M"
            isOn={chosen.microphone || talks}
            on={<Mic size={16} aria-hidden />}
            off={<MicOff size={16} aria-hidden />}
            onClick={() => turn("microphone")}
          />
          <Toggle
            name="Camera"
            letter="V"
            isOn={chosen.camera}
            on={<Video size={16} aria-hidden />}
            off={<VideoOff size={16} aria-hidden />}
            onClick={() => turn("camera")}
          />
          {mayShare && (
            <Toggle
              name="Share screen"
              letter="S"
              isOn={isShared}
              on={<MonitorUp size={16} aria-hidden />}
              off={<MonitorUp size={16} aria-hidden />}
              onClick={share}
            />
          )}
        </>
      )}
      <Settings own={own} sends={sends} layout={layout} />
      <Button
        look="danger"
        onClick={onLeave}
        aria-label="Leave the call"
        aria-keyshortcuts="L"
        title="Leave the call (L)"
      >
        <PhoneOff size={16} aria-hidden /> <span className={styles.word}>Leave</span>
      </Button>
    </div>
  );
}

interface ToggleProps {
  readonly name: string;
  readonly letter: string;
  readonly isOn: boolean;
  readonly on: ReactNode;
  readonly off: ReactNode;
  readonly onClick: () => void;
}

function Toggle({ name, letter, isOn, on, off, onClick }: ToggleProps) {
  return (
    <Button
      aria-pressed={isOn}
      aria-label={name}
      aria-keyshortcuts={letter}
      title={`${name}: ${isOn ? "on" : "off"} (${letter})`}
      className={styles.toggle ?? ""}
      onClick={onClick}
    >
      {isOn ? on : off} <kbd aria-hidden>{letter}</kbd>
    </Button>
  );
}

/** Devices in mid-call, one's own picture, and what the keys are. */
function Settings({ own, sends, layout }: Pick<ControlsProps, "own" | "sends" | "layout">) {
  const { chosen } = useLatest(own);
  const trigger: ReactElement<Record<string, unknown>> = <Button aria-label="Devices and keys of the call" />;
  return (
    <Popover.Root>
      <Popover.Trigger render={trigger}>
        <Settings2 size={16} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="end" side="top" className={styles.positioner ?? ""}>
          <Popover.Popup className={styles.settings ?? ""} aria-label="Devices and keys of the call">
            {sends && <DeviceSelect own={own} kind="microphone" />}
            {sends && <DeviceSelect own={own} kind="camera" />}
            <DeviceSelect own={own} kind="speaker" />
            <Button onClick={() => void soundTwice(chosen.speakerId)}>Play a test sound</Button>
            {sends && (
              <label className={styles.check}>
                <input
                  type="checkbox"
                  checked={chosen.showsOwn}
                  onChange={(event) => own.showOwn(event.target.checked)}
                />
                Show my own picture
              </label>
            )}
            {layout}
            <KeyList keys={sends ? CALL_KEYS : LISTENERS_KEYS} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
