import { useSyncExternalStore } from "react";
import { browserStorage, type StorageFault, tabStorage } from "./storage.ts";

/** What is wrong with this browser's storages, until whoever reads it has read it once. */

const read = new Set<StorageFault>();
const listeners = new Set<() => void>();

function fault(): StorageFault | null {
  const faults = [browserStorage.fault, tabStorage.fault];
  const worst = faults.find((one) => one === "forbidden") ?? faults.find((one) => one !== null) ?? null;
  return worst === null || read.has(worst) ? null : worst;
}

function subscribe(listener: () => void): () => void {
  const storages = [browserStorage, tabStorage].map((storage) => storage.subscribe(listener));
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    for (const leave of storages) leave();
  };
}

export const useStorageFault = (): StorageFault | null => useSyncExternalStore(subscribe, fault);

/** Says no more of it for as long as this page lives: nothing else can be remembered. */
export function dismissStorageFault(dismissed: StorageFault): void {
  read.add(dismissed);
  for (const listener of listeners) listener();
}
