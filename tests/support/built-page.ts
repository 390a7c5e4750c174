import { existsSync } from "node:fs";
import { copyFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, loadConfigFromFile, type PluginOption } from "vite";
import { CLIENT_DIST } from "./browser.ts";

const CONFIG = fileURLToPath(new URL("../../client/vite.config.ts", import.meta.url));

const COMPRESSES = "whetstone-compressed";
const compresses = (plugin: PluginOption): boolean =>
  typeof plugin === "object" && plugin !== null && "name" in plugin && plugin.name === COMPRESSES;

/**
 * Builds the page in a folder as the client is built. What the client has too, which its name tells, comes compressed as it is there: to
 * compress an interpreter anew takes ten seconds.
 */
export async function buildPage(root: string, outDir: string): Promise<void> {
  const loaded = await loadConfigFromFile({ command: "build", mode: "production" }, CONFIG);
  const plugins = loaded?.config.plugins ?? [];
  if (!loaded || !plugins.some(compresses)) throw new Error(`${CONFIG} has nothing that is called ${COMPRESSES}.`);
  await build({
    ...loaded.config,
    root,
    configFile: false,
    publicDir: false,
    logLevel: "error",
    plugins: plugins.filter((plugin) => !compresses(plugin)),
    build: { ...loaded.config.build, outDir, emptyOutDir: true },
  });
  for (const name of await readdir(join(outDir, "assets"))) {
    for (const compressed of [`${name}.br`, `${name}.gz`]) {
      const there = join(CLIENT_DIST, "assets", compressed);
      if (existsSync(there)) await copyFile(there, join(outDir, "assets", compressed));
    }
  }
}
