import { useEffect } from "react";
import { FIELD } from "../../browser/field.ts";
import { keysAreOn } from "../../browser/keys.ts";
import { isComposed, keyName } from "../../browser/pressed.ts";
import type { OwnMedia } from "./own-media.ts";

/** After how long a key is held, and no letter of a word, in milliseconds. */
const HELD_MS = 250;

/** While T is held down, a microphone that is off is on. */
export function usePushToTalk(own: OwnMedia | null): void {
  useEffect(() => {
    if (!own) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest(FIELD) !== null;
      if (event.ctrlKey || event.metaKey || event.altKey || isComposed(event) || isTyping || !keysAreOn()) return;
      if (keyName(event) !== "t") return end();
      event.preventDefault();
      timer ??= setTimeout(() => own.talk(true), HELD_MS);
    };
    const end = () => {
      clearTimeout(timer);
      timer = undefined;
      own.talk(false);
    };
    const release = (event: KeyboardEvent) => {
      if (keyName(event) === "t") end();
    };
    window.addEventListener("keydown", begin);
    window.addEventListener("keyup", release);
    // A key that is let go elsewhere tells nothing of it here.
    window.addEventListener("blur", end);
    return () => {
      window.removeEventListener("keydown", begin);
      window.removeEventListener("keyup", release);
      window.removeEventListener("blur", end);
      end();
    };
  }, [own]);
}
