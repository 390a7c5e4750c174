import { z } from "zod";
import { KeptValue } from "../../browser/kept.ts";
import { browserStorage } from "../../browser/storage.ts";

/** How somebody joins calls on this device. */
const Chosen = z.looseObject({
  microphone: z.boolean().describe("Whether it was on."),
  camera: z.boolean(),
  microphoneId: z.string().nullable(),
  cameraId: z.string().nullable(),
  speakerId: z.string().nullable(),
  showsOwn: z.boolean().describe("Whether one sees one's own picture."),
  isBeside: z.boolean().describe("Whether people stand beside the page where it is wide enough, and not below."),
});
export type Chosen = z.infer<typeof Chosen>;

const NOTHING: Chosen = {
  ...{ microphone: false, camera: false, microphoneId: null, cameraId: null, speakerId: null },
  ...{ showsOwn: true, isBeside: false },
};

const place = () => new KeptValue(browserStorage, "whetstone.call", Chosen);

export const readChosen = (): Chosen => place().read() ?? NOTHING;
export const keepChosen = (chosen: Chosen): void => place().keep(chosen);
