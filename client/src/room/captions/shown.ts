import { useSyncExternalStore } from "react";
import { z } from "zod";
import { KeptValue } from "../../browser/kept.ts";
import { browserStorage } from "../../browser/storage.ts";

export const SIZES = ["small", "medium", "large"] as const;

/** How captions are shown on this device. */
const Shown = z.looseObject({
  isOn: z.boolean(),
  size: z.enum(SIZES),
  isReadOut: z.boolean().describe("Whether a screen reader says them; whoever hears people has no use for that."),
});
type Shown = z.infer<typeof Shown>;

const AT_FIRST: Shown = { isOn: false, size: "medium", isReadOut: false };

const place = () => new KeptValue(browserStorage, "whetstone.captions", Shown);
const listeners = new Set<() => void>();
let shown: Shown | null = null;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

function read(): Shown {
  shown ??= place().read() ?? AT_FIRST;
  return shown;
}

export function showCaptions(change: Partial<Shown>): void {
  shown = { ...read(), ...change };
  place().keep(shown);
  for (const listener of listeners) listener();
}

export const useShown = (): Shown => useSyncExternalStore(subscribe, read);
