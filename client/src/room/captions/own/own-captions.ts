import { CAPTION_LIMITS } from "@whetstone/shared/captions/wire";
import { useEffect, useRef, useState } from "react";
import { newId } from "../../../browser/ids.ts";
import { useRoomContext } from "../../store/context.tsx";
import { pieces } from "../lines.ts";
import type { Recogniser, RecogniserFault } from "../recogniser.ts";
import { browserRecogniser } from "../recognisers/browser.ts";
import { modelRecogniser } from "../recognisers/model/model-recogniser.ts";

/** What can turn speech into text on this device, the first that can is taken. */
const RECOGNISERS: readonly Recogniser[] = [browserRecogniser, modelRecogniser];

/** Why nothing is captioned; `unavailable` before it was tried. */
export type CaptioningFault = RecogniserFault | "unavailable";

export interface OwnCaptions {
  readonly isOn: boolean;
  readonly language: string;
  readonly fault: CaptioningFault | null;
  readonly turn: (isOn: boolean) => void;
  readonly speak: (language: string) => void;
}

/** The first that can do it, or null. */
async function findRecogniser(language: string): Promise<Recogniser | null> {
  for (const recogniser of RECOGNISERS)
    if ((await recogniser.isAvailable(language)) !== "unavailable") return recogniser;
  return null;
}

/**
 * Captions what is said into a microphone, on this device and from when somebody switches it on to when they leave. `track` is null while nothing is
 * sent of the microphone: then nothing is heard by what captions it either.
 */
export function useOwnCaptions(seatId: string, track: MediaStreamTrack | null): OwnCaptions {
  const { captions } = useRoomContext().store;
  const [isOn, setIsOn] = useState(false);
  const [language, setLanguage] = useState(() => navigator.language);
  const [fault, setFault] = useState<CaptioningFault | null>(null);
  const latest = useRef(captions);
  latest.current = captions;
  useEffect(() => {
    if (!isOn || !track) return;
    let stop: (() => void) | null = null;
    let isGone = false;
    let lineId = newId("t");
    const say = (text: string, isFinal: boolean) => latest.current.say({ lineId, text, isFinal }, seatId);
    const heard = ({ text, isFinal }: { readonly text: string; readonly isFinal: boolean }) => {
      if (isGone) return;
      // What is still being said may be more than a line; its end is what was said last.
      if (!isFinal) return say(text.trim().slice(-CAPTION_LIMITS.text), false);
      const [first = "", ...more] = pieces(text);
      say(first, true);
      for (const piece of more) {
        lineId = newId("t");
        say(piece, true);
      }
      lineId = newId("t");
    };
    const failed = (why: CaptioningFault) => {
      if (isGone) return;
      setFault(why);
      // One that is slow goes on.
      if (why !== "too_slow") setIsOn(false);
    };
    findRecogniser(language).then(
      (found) => {
        if (isGone) return;
        if (found) stop = found.start(track, language, heard, failed);
        else failed("unavailable");
      },
      () => failed("cannot_load"),
    );
    return () => {
      isGone = true;
      stop?.();
    };
  }, [isOn, track, language, seatId]);
  const begin = (change: () => void) => {
    setFault(null);
    change();
  };
  return {
    ...{ isOn, language, fault },
    turn: (on) => begin(() => setIsOn(on)),
    speak: (next) => begin(() => setLanguage(next)),
  };
}
