import { useEffect, useRef } from "react";
import { browserStorage } from "./storage.ts";

const OFF = "whetstone.keys-off";

export type Keys = Readonly<Record<string, (() => void) | undefined>>;

export const keysAreOn = (): boolean => browserStorage.getItem(OFF) === null;

/** Single keys can be switched off for those who speak to their computer or whose hand slips (WCAG 2.1.4). */
export function setKeysOn(on: boolean): void {
  if (on) browserStorage.removeItem(OFF);
  else browserStorage.setItem(OFF, "true");
}

/** Calls what a single key stands for, unless somebody is typing or holds a modifier. */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (isTyping(event.target) || !keysAreOn()) return;
      const act = current.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  const fields = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
  return target instanceof HTMLElement && target.closest(fields) !== null;
}
