import { useEffect, useSyncExternalStore } from "react";

/** What was written on this page and is on no server yet, by the place that it is for. Whoever leaves the page is asked because of it. */

let places: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();
/** What brings the texts of a place to the server, as far as that can be done now. */
const savers = new Map<string, () => Promise<unknown>>();

export function tellUnsaved(place: string, isUnsaved: boolean): void {
  if (places.has(place) === isUnsaved) return;
  places = new Set(isUnsaved ? [...places, place] : [...places].filter((other) => other !== place));
  for (const listener of listeners) listener();
}

/** Forgets what was told of a room whose page is left. It stays kept, and is told again when the page is back. */
export function forgetUnsaved(roomId: string): void {
  for (const place of places) if (place.includes(`.${roomId}`)) tellUnsaved(place, false);
}

export const unsavedPlaces = (): ReadonlySet<string> => places;

function followUnsaved(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useUnsavedPlaces = (): ReadonlySet<string> => useSyncExternalStore(followUnsaved, unsavedPlaces);

/** Says of a text whether it is unsaved, for as long as the component shows it. */
export function useTellUnsaved(place: string, isUnsaved: boolean): void {
  useEffect(() => tellUnsaved(place, isUnsaved), [place, isUnsaved]);
  useEffect(() => () => tellUnsaved(place, false), [place]);
}

/** Names what saves a place when the page is left by a link of its own. Gives what takes that back. */
export function savesBy(place: string, save: () => Promise<unknown>): () => void {
  savers.set(place, save);
  return () => {
    if (savers.get(place) === save) savers.delete(place);
  };
}

/** How long whoever leaves waits for what can be saved, in milliseconds. */
const PATIENCE_MS = 1_500;

/** Saves what can be saved, and says whether something is left that is not. */
export async function isLeftUnsaved(): Promise<boolean> {
  const saving = [...places].flatMap((place) => savers.get(place)?.() ?? []);
  if (saving.length > 0) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([Promise.allSettled(saving), patience]);
    clearTimeout(timer);
  }
  return places.size > 0;
}
