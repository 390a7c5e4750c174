import { useEffect, useState } from "react";

/** What is used of Document Picture-in-Picture (WICG), which not every browser has. */
interface PictureInPicture {
  requestWindow(options: { width: number; height: number }): Promise<Window>;
}

const SIZE = { width: 420, height: 300 };

function pictureInPicture(page: object): PictureInPicture | null {
  const found: unknown = Reflect.get(page, "documentPictureInPicture");
  return found instanceof Object && "requestWindow" in found ? (found as PictureInPicture) : null;
}

export interface OwnWindow {
  readonly isPossible: boolean;
  /** The window, as long as it is open. */
  readonly opened: Window | null;
  /** Opens it; only what somebody just pressed can. */
  readonly open: () => Promise<void>;
  readonly close: () => void;
}

/** A small window above all others, which shows a part of this page with its looks, and takes its keys. */
export function useOwnWindow(): OwnWindow {
  const [opened, setOpened] = useState<Window | null>(null);
  useEffect(() => {
    if (!opened) return;
    const closed = () => setOpened(null);
    opened.addEventListener("pagehide", closed);
    return () => {
      opened.removeEventListener("pagehide", closed);
      opened.close();
    };
  }, [opened]);
  const source = pictureInPicture(window);
  return {
    isPossible: source !== null,
    opened,
    open: async () => {
      try {
        const next = await source?.requestWindow(SIZE);
        if (!next) return;
        dress(next);
        lendKeys(next);
        setOpened(next);
      } catch {
        // The browser opens none just now: people stay where they are.
      }
    },
    close: () => setOpened(null),
  };
}

/** The page's own looks. */
function dress({ document: inner }: Window): void {
  const { lang, dir } = document.documentElement;
  Object.assign(inner.documentElement, { lang, dir });
  inner.title = "Call";
  for (const sheet of document.querySelectorAll("link[rel=stylesheet], style"))
    inner.head.append(sheet.cloneNode(true));
}

/** Keys that are pressed in it stand for what they do on the page. */
function lendKeys(inner: Window): void {
  for (const type of ["keydown", "keyup"] as const) {
    inner.addEventListener(type, (event) => {
      const { key, code, keyCode, shiftKey, ctrlKey, altKey, metaKey, repeat } = event;
      // A button that has the focus takes its own.
      if (key === "Enter" || key === " " || key === "Tab") return;
      const pressed = { key, code, keyCode, shiftKey, ctrlKey, altKey, metaKey, repeat, bubbles: true };
      document.body.dispatchEvent(new KeyboardEvent(type, pressed));
    });
  }
}
