import { tabStorage } from "./storage.ts";

/**
 * Where one of the files is lost that a page begins with, nothing of it runs but this, which comes by itself: it has the page loaded anew
 * a few times, and then says what happened. Nobody can have typed anything by then.
 */

const RELOADED = "whetstone.begun-again";
/** How long is waited before the page is loaded anew, in milliseconds. */
const PAUSES_MS = [500, 2_000, 5_000];

let hasBegun = false;

/** All files that the page begins with are there. */
export function pageHasBegun(): void {
  hasBegun = true;
  tabStorage.removeItem(RELOADED);
}

/** Looks whether the page has begun once its files have come or were lost. */
export function watchBeginning(): void {
  if (document.readyState === "complete") lookAgain();
  else window.addEventListener("load", lookAgain, { once: true });
}

function lookAgain(): void {
  if (hasBegun) return;
  const times = Number(tabStorage.getItem(RELOADED) ?? 0);
  const pauseMs = PAUSES_MS[times];
  tabStorage.setItem(RELOADED, String(times + 1));
  // Where this tab remembers nothing, it would be loaded anew for ever.
  if (pauseMs === undefined || !tabStorage.outlivesPage(RELOADED)) sayLost();
  else setTimeout(() => window.location.reload(), pauseMs);
}

function sayLost(): void {
  tabStorage.removeItem(RELOADED);
  const main = document.createElement("main");
  main.style.cssText =
    "font: 1.1rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1.25rem";
  const heading = document.createElement("h1");
  heading.style.fontSize = "1.4rem";
  heading.textContent = "This page did not come whole";
  const text = document.createElement("p");
  text.textContent = "A part of it was lost on its way, several times. Check your network, and load it again.";
  const again = document.createElement("button");
  again.type = "button";
  again.style.font = "inherit";
  again.textContent = "Load it again";
  again.addEventListener("click", () => window.location.reload());
  main.append(heading, text, again);
  document.body.replaceChildren(main);
}
