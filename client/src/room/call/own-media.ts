import type { Chosen } from "./chosen.ts";
import { type Fault, faultOfDevice } from "./faults.ts";
import { type Kind, NO_TRACKS, type Tracks } from "./kinds.ts";

/** What can be chosen from, as far as the browser tells. */
interface Devices {
  readonly microphones: readonly MediaDeviceInfo[];
  readonly cameras: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
}

export interface OwnSnapshot {
  /** What is open: a microphone that is off stays open, so that it is on again at once. */
  readonly open: Tracks;
  /** What is sent. */
  readonly sent: Tracks;
  readonly devices: Devices;
  readonly faults: Readonly<Record<Kind, Fault | null>>;
  readonly chosen: Chosen;
  /** The microphone is on for as long as a key is held. */
  readonly talks: boolean;
}

/** What is used of a browser's `navigator.mediaDevices`. */
type MediaSource = Pick<MediaDevices, "addEventListener" | "enumerateDevices" | "removeEventListener"> &
  Partial<Pick<MediaDevices, "getDisplayMedia" | "getUserMedia">>;

interface OwnMediaOptions {
  /** Undefined where a browser gives none, as to a page without https. */
  readonly source: MediaSource | undefined;
  readonly chosen: Chosen;
  readonly keep: (chosen: Chosen) => void;
}

const NO_DEVICES: Devices = { microphones: [], cameras: [], speakers: [] };
const NO_FAULTS = { microphone: null, camera: null, screen: null };

/** One's own microphone, camera and screen. Nothing is opened before somebody asks for it, and nothing stays open that is not used. */
export class OwnMedia {
  readonly #options: OwnMediaOptions;
  readonly #listeners = new Set<() => void>();
  /** Counts what was asked for of each kind: what comes after something else was asked for is let go. */
  readonly #asked: Record<Kind, number> = { microphone: 0, camera: 0, screen: 0 };
  #isClosed = false;
  #snapshot: OwnSnapshot;

  constructor(options: OwnMediaOptions) {
    this.#options = options;
    const { chosen } = options;
    this.#snapshot = {
      ...{ open: NO_TRACKS, sent: NO_TRACKS, devices: NO_DEVICES, faults: NO_FAULTS, talks: false },
      // What was on before is not on before somebody wishes that.
      chosen: { ...chosen, microphone: false, camera: false },
    };
    options.source?.addEventListener("devicechange", this.#look);
    void this.#look();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): OwnSnapshot => this.#snapshot;

  /** Turns a microphone or a camera on or off. */
  async turn(kind: "microphone" | "camera", isOn: boolean): Promise<void> {
    this.#choose({ [kind]: isOn });
    if (!isOn) {
      // A camera that is off has no light.
      if (kind === "camera") this.#stop(kind);
      else this.#update({});
      return;
    }
    if (this.#snapshot.open[kind]) this.#update({});
    else await this.#open(kind);
  }

  /** Takes another device, at once where one of its kind is open. */
  async choose(kind: "microphone" | "camera", deviceId: string): Promise<void> {
    this.#choose(kind === "microphone" ? { microphoneId: deviceId } : { cameraId: deviceId });
    if (this.#snapshot.open[kind]) await this.#open(kind);
  }

  chooseSpeaker(deviceId: string): void {
    this.#choose({ speakerId: deviceId });
  }

  showOwn(showsOwn: boolean): void {
    this.#choose({ showsOwn });
  }

  /** Shows people beside the page where it is wide enough, or below. */
  showBeside(isBeside: boolean): void {
    this.#choose({ isBeside });
  }

  /** Is heard for as long as a key is held, with a microphone that is open and off. */
  talk(talks: boolean): void {
    if (this.#snapshot.talks !== talks) this.#update({ talks });
  }

  async share(): Promise<void> {
    const { source } = this.#options;
    await this.#take("screen", async () => source?.getDisplayMedia?.({ video: true, audio: false }));
  }

  stopSharing(): void {
    this.#stop("screen");
  }

  /** Lets go of everything, and takes no more. */
  close(): void {
    this.#isClosed = true;
    this.#options.source?.removeEventListener("devicechange", this.#look);
    for (const track of Object.values(this.#snapshot.open)) track?.stop();
    this.#snapshot = { ...this.#snapshot, open: NO_TRACKS, sent: NO_TRACKS };
  }

  #open(kind: "microphone" | "camera"): Promise<void> {
    const { chosen } = this.#snapshot;
    const deviceId = kind === "microphone" ? chosen.microphoneId : chosen.cameraId;
    const ask = (id: string | null) =>
      this.#options.source?.getUserMedia?.(
        kind === "microphone" ? { audio: { ...HEARD, ...exactly(id) } } : { video: { ...SEEN, ...exactly(id) } },
      );
    return this.#take(kind, async () => {
      try {
        return await ask(deviceId);
      } catch (error) {
        // The one that was chosen once is not there any more.
        if (deviceId !== null && faultOfDevice(error) === "missing") return ask(null);
        throw error;
      }
    });
  }

  async #take(kind: Kind, ask: () => Promise<MediaStream | undefined>): Promise<void> {
    this.#asked[kind] += 1;
    const asked = this.#asked[kind];
    const isStale = () => this.#isClosed || this.#asked[kind] !== asked;
    try {
      const stream = await ask();
      const track = stream?.getTracks()[0];
      if (isStale()) {
        for (const each of stream?.getTracks() ?? []) each.stop();
        return;
      }
      if (!track) this.#fail(kind, "insecure");
      else this.#put(kind, track);
      await this.#look();
    } catch (error) {
      if (isStale()) return;
      const fault = faultOfDevice(error);
      this.#fail(kind, kind === "screen" && fault === "denied" ? "dismissed" : fault);
    }
  }

  #put(kind: Kind, track: MediaStreamTrack): void {
    this.#snapshot.open[kind]?.stop();
    track.addEventListener("ended", () => {
      if (this.#isClosed || this.#snapshot.open[kind] !== track) return;
      // Sharing a screen is ended by the browser's own button too.
      if (kind === "screen") this.#stop(kind);
      else this.#fail(kind, "pulled_out");
    });
    this.#update({
      open: { ...this.#snapshot.open, [kind]: track },
      faults: { ...this.#snapshot.faults, [kind]: null },
    });
  }

  #fail(kind: Kind, fault: Fault): void {
    this.#stop(kind);
    if (kind !== "screen") this.#choose({ [kind]: false });
    this.#update({ faults: { ...this.#snapshot.faults, [kind]: fault } });
  }

  #stop(kind: Kind): void {
    this.#asked[kind] += 1;
    this.#snapshot.open[kind]?.stop();
    const faults = { ...this.#snapshot.faults, [kind]: null };
    this.#update({ open: { ...this.#snapshot.open, [kind]: null }, faults });
  }

  #choose(change: Partial<Chosen>): void {
    const chosen = { ...this.#snapshot.chosen, ...change };
    this.#options.keep(chosen);
    this.#update({ chosen });
  }

  readonly #look = async (): Promise<void> => {
    const all = (await this.#options.source?.enumerateDevices().catch(() => [])) ?? [];
    const of = (kind: MediaDeviceKind) => all.filter((device) => device.kind === kind && device.deviceId !== "");
    this.#update({
      devices: { microphones: of("audioinput"), cameras: of("videoinput"), speakers: of("audiooutput") },
    });
  };

  #update(change: Partial<OwnSnapshot>): void {
    if (this.#isClosed) return;
    const next = { ...this.#snapshot, ...change };
    const isHeard = next.chosen.microphone || next.talks;
    const { microphone, camera, screen } = next.open;
    // Whoever is off is not heard, whatever else fails.
    if (microphone) microphone.enabled = isHeard;
    const sent = { microphone: isHeard ? microphone : null, camera, screen };
    const isSame = sent.microphone === next.sent.microphone && sent.camera === next.sent.camera;
    this.#snapshot = { ...next, sent: isSame && sent.screen === next.sent.screen ? next.sent : sent };
    for (const listener of this.#listeners) listener();
  }
}

const HEARD = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const SEEN = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 24 } };
const exactly = (deviceId: string | null) => (deviceId === null ? {} : { deviceId: { exact: deviceId } });
