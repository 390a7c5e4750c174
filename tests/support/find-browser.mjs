// @ts-check
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { foldersOfPrograms, installDebians, isDebian } from "./debian.mjs";

/** Finds the Chromium that the browser tests drive, or gets one. Used by the tests and by `npm test`. */

const PACKAGES = ["chromium", "fonts-noto-core", "fonts-noto-cjk", "fonts-noto-color-emoji"];
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

/**
 * What Playwright switches off, which has to be said again beside our own, as only the last such list counts.
 * `tests/browser/arguments.test.ts` tells when Playwright's has grown.
 */
const OFF_BY_PLAYWRIGHT = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "TcpPortRandomizationWin",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
  "msForceBrowserSignIn",
  "msEdgeUpdateLaunchServicesPreferredVersion",
];

/** The list that drops from the address bar, which is a page of its own in every window: nobody sees it here, and it takes a second each. */
const OFF_BY_US = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"];

/** What the tests start Chromium with: it asks nothing of the network by itself, and root can run it. */
export const BROWSER_ARGUMENTS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--disable-features=${[...OFF_BY_PLAYWRIGHT, ...OFF_BY_US].join(",")}`,
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/** The executable's path: `CHROMIUM_PATH`, an installed Chromium, or Playwright's own; null when there is none. */
export function findBrowser() {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return existsSync(CHROMIUM_PATH) ? CHROMIUM_PATH : null;
  return [...usualPlaces(), chromium.executablePath()].find((path) => path !== "" && existsSync(path)) ?? null;
}

/** The same, getting a browser first where there is none. Throws, and says what to run, when none can be had. */
export function ensureBrowser() {
  const found = findBrowser();
  if (found !== null) return found;
  if (process.env.CHROMIUM_PATH)
    throw new Error(`CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which is not there.`);
  for (const get of [downloadPlaywrights, () => installDebians("Chromium", PACKAGES)]) {
    get();
    const got = findBrowser();
    if (got !== null) return got;
  }
  const command = isDebian() ? `sudo apt-get install -y ${PACKAGES.join(" ")}` : "npx playwright-core install chromium";
  const sentence = `The browser tests need Chromium. Run this, then try again:\n  ${command}`;
  console.error(sentence);
  throw new Error(sentence);
}

function usualPlaces() {
  const { PROGRAMFILES, LOCALAPPDATA } = process.env;
  switch (process.platform) {
    case "darwin":
      return ["Chromium", "Google Chrome", "Microsoft Edge"].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case "win32":
      return [PROGRAMFILES, process.env["PROGRAMFILES(X86)"], LOCALAPPDATA].flatMap((folder) =>
        folder === undefined
          ? []
          : [
              "Chromium/Application/chrome.exe",
              "Google/Chrome/Application/chrome.exe",
              "Microsoft/Edge/Application/msedge.exe",
            ].map((path) => join(folder, path)),
      );
    default:
      return NAMES.flatMap((name) => foldersOfPrograms().map((folder) => join(folder, name)));
  }
}

function downloadPlaywrights() {
  const cli = join(dirname(fileURLToPath(import.meta.resolve("playwright-core/package.json"))), "cli.js");
  console.log("No Chromium was found. Downloading Playwright's.");
  spawnSync(process.execPath, [cli, "install", "chromium"], { stdio: "inherit" });
}
