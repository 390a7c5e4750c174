import { expect, test } from "vitest";
import type { Chosen } from "../../client/src/room/call/chosen.ts";
import { faultOfPage, sentenceOf } from "../../client/src/room/call/faults.ts";
import { OwnMedia } from "../../client/src/room/call/own-media.ts";

/** One's own microphone, camera and screen: what is opened, what is let go, and what is kept for the next time. */

class Track extends EventTarget {
  enabled = true;
  isStopped = false;
  readonly kind: string;

  constructor(kind: string) {
    super();
    this.kind = kind;
  }

  stop(): void {
    this.isStopped = true;
  }
}

const CHOSEN: Chosen = {
  ...{
    microphone: true,
    camera: true,
    microphoneId: null,
    cameraId: null,
    speakerId: null,
    showsOwn: true,
    isBeside: false,
  },
};

function opened({ chosen = CHOSEN, give }: { chosen?: Chosen; give?: (wanted: string) => Promise<void> } = {}) {
  const tracks: Track[] = [];
  const asked: string[] = [];
  const kept: Chosen[] = [];
  const getUserMedia = async (constraints?: MediaStreamConstraints) => {
    const wanted = JSON.stringify(constraints);
    asked.push(wanted);
    await give?.(wanted);
    const track = new Track(constraints?.audio ? "audio" : "video");
    tracks.push(track);
    return { getTracks: () => [track] } as unknown as MediaStream;
  };
  const source = Object.assign(new EventTarget(), { getUserMedia, enumerateDevices: async () => [] });
  const own = new OwnMedia({ source, chosen, keep: (next) => kept.push(next) });
  return { own, tracks, asked, kept };
}

test("nothing is opened before somebody asks for it", async () => {
  const { own, asked } = opened();
  expect([asked, own.getSnapshot().sent.microphone]).toEqual([[], null]);
  await own.turn("microphone", true);
  expect(asked).toHaveLength(1);
});

test("a microphone that is off sends nothing and stays open; a camera that is off is let go", async () => {
  const { own, tracks, asked } = opened();
  await own.turn("microphone", true);
  await own.turn("camera", true);
  await own.turn("microphone", false);
  await own.turn("camera", false);
  const [microphone, camera] = tracks;
  expect([microphone?.enabled, microphone?.isStopped, camera?.isStopped]).toEqual([false, false, true]);
  expect(own.getSnapshot().sent).toEqual({ microphone: null, camera: null, screen: null });
  own.talk(true);
  expect([microphone?.enabled, own.getSnapshot().sent.microphone]).toEqual([true, microphone]);
  own.talk(false);
  await own.turn("microphone", true);
  expect(asked).toHaveLength(2);
});

test("another device takes the place of the one that is open, which is let go, and is kept", async () => {
  const { own, tracks, asked, kept } = opened();
  await own.turn("microphone", true);
  await own.choose("microphone", "headset");
  expect(asked.at(-1)).toContain("headset");
  expect(tracks.map(({ isStopped }) => isStopped)).toEqual([true, false]);
  expect(kept.at(-1)?.microphoneId).toBe("headset");
});

test("a device that was chosen once and is gone is replaced by any other", async () => {
  const { own, asked } = opened({
    chosen: { ...CHOSEN, cameraId: "gone" },
    give: async (wanted) => {
      if (wanted.includes("gone")) throw new DOMException("no", "OverconstrainedError");
    },
  });
  await own.turn("camera", true);
  expect(asked).toHaveLength(2);
  expect([own.getSnapshot().sent.camera !== null, own.getSnapshot().faults.camera]).toEqual([true, null]);
});

test("what comes after it was turned off is let go", async () => {
  let give = () => {};
  const { own, tracks } = opened({
    give: () =>
      new Promise((resolve) => {
        give = resolve;
      }),
  });
  const turned = own.turn("camera", true);
  await own.turn("camera", false);
  give();
  await turned;
  expect([tracks[0]?.isStopped, own.getSnapshot().sent.camera]).toEqual([true, null]);
});

test("what a browser refuses, or what is pulled out, is off, and each is said with what to do", async () => {
  for (const [name, fault] of [
    ["NotAllowedError", "denied"],
    ["NotFoundError", "missing"],
    ["NotReadableError", "busy"],
  ] as const) {
    const { own } = opened({ give: () => Promise.reject(new DOMException("no", name)) });
    await own.turn("microphone", true);
    expect(own.getSnapshot()).toMatchObject({ faults: { microphone: fault }, chosen: { microphone: false } });
    expect(sentenceOf(fault, "microphone")).toMatch(/microphone.*\. \S|, \S/);
  }
  const { own, tracks } = opened();
  await own.turn("camera", true);
  tracks[0]?.dispatchEvent(new Event("ended"));
  expect(own.getSnapshot()).toMatchObject({ faults: { camera: "pulled_out" }, sent: { camera: null } });
});

test("all is let go where one leaves, also what comes later", async () => {
  const { own, tracks } = opened();
  await own.turn("microphone", true);
  const late = own.turn("camera", true);
  own.close();
  await late;
  expect(tracks.map(({ isStopped }) => isStopped)).toEqual([true, true]);
});

test("a page without https, and a browser without calls, are told apart", async () => {
  expect(faultOfPage({ isSecureContext: true, RTCPeerConnection: {} })).toBeNull();
  expect(faultOfPage({ isSecureContext: false, RTCPeerConnection: {} })).toBe("insecure");
  expect(faultOfPage({ isSecureContext: true })).toBe("unsupported");
  const own = new OwnMedia({ source: undefined, chosen: CHOSEN, keep: () => {} });
  await own.turn("microphone", true);
  expect(own.getSnapshot().faults.microphone).toBe("insecure");
});
