import { tabSeat } from "../../../../browser/remembered.ts";
import type { Recogniser } from "../../recogniser.ts";
import { Captioning } from "./captioning.ts";
import { type Choice, choiceOf } from "./choice.ts";
import { modelsThere } from "./files.ts";
import { isKept } from "./lending.ts";

/**
 * Captions by a speech model that this browser computes, with files from the room's own server. Nothing is fetched before it is started,
 * and no sound leaves the device.
 */
export const modelRecogniser: Recogniser = {
  name: "A speech model on this device",

  isAvailable: async (language) => {
    const choice = await choiceHere(language).catch(() => null);
    if (!choice) return "unavailable";
    return isKept(choice) ? "available" : "downloadable";
  },

  start: (track, language, heard, failed) => {
    const captioning = new Captioning({ track, heard, failed });
    const begin = async () => {
      const token = tokenHere();
      const choice = token === null ? null : await choiceHere(language);
      if (captioning.isEnded) return;
      if (token === null || choice === null) {
        captioning.end();
        return failed("no_model");
      }
      await captioning.begin(choice, token);
    };
    begin().catch((error: unknown) => {
      if (captioning.isEnded) return;
      console.warn("The speech model could not be loaded:", error);
      captioning.end();
      failed("cannot_load");
    });
    return () => captioning.end();
  },
};

/** What this device would use; null where the server has no model for the language. */
async function choiceHere(language: string): Promise<Choice | null> {
  const token = tokenHere();
  if (token === null || !("AudioWorkletNode" in window) || !("WebAssembly" in window)) return null;
  return choiceOf(await modelsThere(token), language, await hasGpu());
}

/** The token of the seat whose room's page this is. */
function tokenHere(): string | null {
  const [, roomId] = /^\/room\/([^/]+)/.exec(location.pathname) ?? [];
  return roomId === undefined ? null : (tabSeat(roomId)?.token ?? null);
}

/** What is used of WebGPU, where a browser has it. */
interface Gpu {
  requestAdapter(): Promise<{ readonly info?: { readonly isFallbackAdapter?: boolean } } | null>;
}

/** Whether there is a graphics card to compute with, and not just a program that does as if. */
async function hasGpu(): Promise<boolean> {
  const { gpu } = navigator as Navigator & { readonly gpu?: Gpu };
  const adapter = (await gpu?.requestAdapter().catch(() => null)) ?? null;
  return adapter !== null && adapter.info?.isFallbackAdapter !== true;
}
