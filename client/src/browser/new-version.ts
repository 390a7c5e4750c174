import { useSyncExternalStore } from "react";
import { browserStorage, tabStorage } from "./storage.ts";
import { isTextStanding } from "./typed.ts";

/**
 * Whether the server has another version of this page by now. Found out by a socket that was refused, or by a part of the page that is
 * gone. A page says so, and is reloaded when its reader wants to; by itself only where it could not go on, and where nothing is lost by it.
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

// Builds

/** A build is known by its first script, whose name is a hash that all other files go into. */
const FIRST_SCRIPT = /<script[^>]*\ssrc="([^"]*\/assets\/[^"]+\.js)"/;

/** The build that this page is of; null where it was not built. */
export const shownBuild = (): string | null =>
  document.querySelector<HTMLScriptElement>('script[type="module"][src*="/assets/"]')?.getAttribute("src") ?? null;

/** The build that the server has now, empty where that is not to be told; null where the server does not answer. */
export async function servedBuild(): Promise<string | null> {
  try {
    const answer = await fetch("/", { cache: "no-store" });
    if (answer.status >= 500) return null;
    return answer.ok ? (FIRST_SCRIPT.exec(await answer.text())?.[1] ?? "") : "";
  } catch {
    return null;
  }
}

const RELOADED = "whetstone.reloaded";

/**
 * Loads the page anew for a build that it is not of, and says whether it does: once for each build, as far as this browser can remember
 * that, and not while words stand in the page that are kept nowhere else.
 */
export function reloadOnce(build: string): boolean {
  if (build === "" || build === shownBuild() || tabStorage.getItem(RELOADED) === build) return false;
  if (isTextStanding() || browserStorage.isForgetful || tabStorage.isForgetful) return false;
  tabStorage.setItem(RELOADED, build);
  if (!tabStorage.outlivesPage(RELOADED)) return false;
  window.location.reload();
  return true;
}
