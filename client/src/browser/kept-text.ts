import { useState } from "react";
import { browserStorage, type KeyStorage, surviving } from "./storage.ts";

/** Texts that are sent as a whole and not as they are typed, kept in this browser until then. */

export const keptText = (storage: KeyStorage, key: string): string => surviving(storage).getItem(key) ?? "";

export function keepText(storage: KeyStorage, key: string, text: string): void {
  if (text === "") surviving(storage).removeItem(key);
  else surviving(storage).setItem(key, text);
}

/** The text that is kept under `key`, which stays the same for as long as the component lives. */
export function useKeptText(key: string): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => keptText(browserStorage, key));
  const write = (next: string) => {
    setText(next);
    keepText(browserStorage, key, next);
  };
  return [text, write];
}
