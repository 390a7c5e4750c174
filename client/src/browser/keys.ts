import { useEffect, useRef } from "react";
import { FIELD } from "./field.ts";
import { isComposed, isPrintable, keyName } from "./pressed.ts";
import { browserStorage } from "./storage.ts";

const OFF = "whetstone.keys-off";

export type Keys = Readonly<Record<string, (() => void) | undefined>>;

export const keysAreOn = (): boolean => browserStorage.getItem(OFF) === null;

/** Single keys can be switched off for those who speak to their computer or whose hand slips (WCAG 2.1.4). */
export function setKeysOn(on: boolean): void {
  if (on) browserStorage.removeItem(OFF);
  else browserStorage.setItem(OFF, "true");
}

/** Nobody types this slowly who writes a word, in milliseconds, and nobody waits so long who means one key. */
const BETWEEN_LETTERS = 250;

/**
 * Calls what a single key stands for, unless somebody is typing, composes text or holds a modifier.
 *
 * What `reaching` holds is seen by somebody else and cannot be unseen, so a letter that only belongs to a word must not do it: it is done once
 * no other letter has followed for a moment, and neither behind one nor inside of a dialog or a drawer.
 */
export function useKeys(keys: Keys, reaching: Keys = {}): void {
  const current = useRef({ keys, reaching });
  current.current = { keys, reaching };
  useEffect(() => {
    let typedAt = Number.NEGATIVE_INFINITY;
    let waiting: { readonly name: string; readonly timer: ReturnType<typeof setTimeout> } | undefined;
    const reach = (name: string, act: () => void) => {
      const timer = setTimeout(() => {
        waiting = undefined;
        typedAt = Number.NEGATIVE_INFINITY;
        act();
      }, BETWEEN_LETTERS);
      waiting = { name, timer };
    };
    const forget = () => {
      clearTimeout(waiting?.timer);
      waiting = undefined;
    };
    const press = (event: KeyboardEvent) => {
      const isComposing = isComposed(event);
      const name = keyName(event);
      // The same key again is an impatient hand, and no word.
      const isAgain = !isComposing && waiting?.name === name;
      const isInWord = event.timeStamp - typedAt < BETWEEN_LETTERS;
      // What another part of the page has taken stands for something, and belongs to no word.
      if (event.defaultPrevented) return;
      if (isPrintable(event) || isComposing) {
        if (!isAgain) forget();
        typedAt = event.timeStamp;
      }
      if (isComposing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (isTyping(event.target) || !keysAreOn()) return;
      const act = current.current.keys[name];
      const reaches = current.current.reaching[name];
      if (!act && !reaches) return;
      event.preventDefault();
      if (act) {
        // A key that is one's own is no part of a word, and what follows it may be meant.
        if (!isInWord) typedAt = Number.NEGATIVE_INFINITY;
        act();
      } else if (reaches && !isInWord && !isInDialog(event.target)) reach(name, reaches);
    };
    window.addEventListener("keydown", press);
    return () => {
      window.removeEventListener("keydown", press);
      forget();
    };
  }, []);
}

const within = (target: EventTarget | null, selector: string): boolean =>
  target instanceof HTMLElement && target.closest(selector) !== null;

const isTyping = (target: EventTarget | null): boolean => within(target, FIELD);

/** Whether a key was pressed in what lies over the page. */
const isInDialog = (target: EventTarget | null): boolean => within(target, "dialog, [role=dialog], [role=alertdialog]");
