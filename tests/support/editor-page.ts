import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import { build } from "vite";
import { type Site, startSite } from "./browser.ts";

/** The editor as it is built for people, on a page of its own that no client holds, under the policy of the real server. */

const ROOT = fileURLToPath(new URL("editor", import.meta.url));
const CONFIG = fileURLToPath(new URL("../../client/vite.config.ts", import.meta.url));

export async function startEditorPage(): Promise<Site & { readonly directory: string }> {
  const folder = await mkdtemp(join(tmpdir(), "whetstone-editor-"));
  const directory = join(folder, "dist");
  await build({
    root: ROOT,
    configFile: CONFIG,
    publicDir: false,
    logLevel: "error",
    build: { outDir: directory, emptyOutDir: true },
  });
  const site = await startSite({ built: directory });
  return {
    url: site.url,
    directory,
    close: async () => {
      await site.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What the page is asked for: a language, a text, and how its sides are. */
export type Asked = Readonly<
  Partial<Record<"language" | "text" | "right" | "most" | "height" | "column" | "follows", string>>
>;

export async function openEditors(page: Page, site: Site, asked: Asked = {}): Promise<void> {
  await page.goto(`${site.url}/?${new URLSearchParams(asked)}`);
  await left(page).waitFor();
  await right(page).waitFor();
}

export const left = (page: Page): Locator => page.getByRole("textbox", { name: "Your answer" });
export const right = (page: Page): Locator => page.getByRole("textbox", { name: "Maya's answer" });

/** What stands in a side's document. */
export const textIn = (page: Page, side: "left" | "right" = "left"): Promise<string> =>
  page.evaluate((of) => window.workspaces[of].doc.getText("text").toString(), side);

/** Waits until a side's document holds this text. */
export async function textBecomes(page: Page, text: string, side: "left" | "right" = "left"): Promise<void> {
  await page.waitForFunction(
    ([of, expected]) => window.workspaces[of as "left" | "right"].doc.getText("text").toString() === expected,
    [side, text] as const,
  );
}
