import { useSyncExternalStore } from "react";

/**
 * Whether the server has another version of this page by now. Found out by a socket that was refused, or by a part of the page that is
 * gone. Nothing is done about it but to say so: a page is reloaded when its reader wants to.
 */

let isThere = false;
const listeners = new Set<() => void>();

export function announceNewVersion(): void {
  isThere = true;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useNewVersion = (): boolean => useSyncExternalStore(subscribe, () => isThere);
