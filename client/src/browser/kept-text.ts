import { useEffect, useState } from "react";
import { browserStorage, type KeyStorage, surviving } from "./storage.ts";
import { tellUnsaved } from "./unsaved.ts";

/** Texts that are sent as a whole and not as they are typed, kept in this browser until then. */

export const keptText = (storage: KeyStorage, key: string): string => surviving(storage).getItem(key) ?? "";

/** Fields of this page, which show what is kept elsewhere on it. */
const fields = new Set<(key: string, text: string) => void>();

export function keepText(storage: KeyStorage, key: string, text: string): void {
  if (text === "") surviving(storage).removeItem(key);
  else surviving(storage).setItem(key, text);
  for (const field of fields) field(key, text);
}

/** The text that is kept under `key`, which stays the same for as long as the component lives. */
export function useKeptText(key: string): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => keptText(browserStorage, key));
  useEffect(() => {
    const show = (changed: string, next: string) => {
      if (changed === key) setText(next);
    };
    fields.add(show);
    return () => void fields.delete(show);
  }, [key]);
  const write = (next: string) => {
    setText(next);
    keepText(browserStorage, key, next);
  };
  return [text, write];
}

/** A kept text that somebody is to send. While there is one it is on no server, also where its field is closed. */
export function useUnsentText(key: string): readonly [string, (text: string) => void] {
  const [text, keep] = useKeptText(key);
  const isUnsent = text.trim() !== "";
  useEffect(() => tellUnsaved(key, isUnsent), [key, isUnsent]);
  const write = (next: string) => {
    keep(next);
    // Its field may be closed together with sending it.
    tellUnsaved(key, next.trim() !== "");
  };
  return [text, write];
}
