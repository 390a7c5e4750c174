import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { BROWSER_ARGUMENTS } from "../support/find-browser.mjs";

/** The features that arguments switch off: of several such lists Chromium takes the last. */
const switchedOff = (text: string): string[] =>
  [...text.matchAll(/--disable-features=([\w,]+)/g)].at(-1)?.[1]?.split(",") ?? [];

test("the browser of the tests has everything switched off that Playwright switches off", async () => {
  // It is no browser, so Playwright says with what it started it.
  const started = await chromium.launch({ executablePath: process.execPath, args: [] }).catch(String);
  const byPlaywright = switchedOff(String(started));
  expect(byPlaywright.length).toBeGreaterThan(0);
  expect(switchedOff(BROWSER_ARGUMENTS.join(" "))).toEqual(expect.arrayContaining(byPlaywright));
});
