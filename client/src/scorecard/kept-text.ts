import { useState } from "react";

/** Texts that are sent as a whole and not as they are typed, kept in this browser until then. */

export function keptText(storage: Storage, key: string): string {
  try {
    return storage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

export function keepText(storage: Storage, key: string, text: string): void {
  try {
    if (text === "") storage.removeItem(key);
    else storage.setItem(key, text);
  } catch {
    // A full or forbidden storage must not stop the typing: the text is still on the page.
  }
}

/** The text that is kept under `key`, which stays the same for as long as the component lives. */
export function useKeptText(key: string): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => keptText(localStorage, key));
  const write = (next: string) => {
    setText(next);
    keepText(localStorage, key, next);
  };
  return [text, write];
}
