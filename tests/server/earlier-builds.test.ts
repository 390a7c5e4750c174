import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { describe, expect, test } from "vitest";
import { startServer, temporaryFolder } from "../support/server.ts";

/** The files of earlier builds, which the pages that are still open may ask for. */

const CONFIG = fileURLToPath(new URL("../../client/vite.config.ts", import.meta.url));

/** A small page that is built as the client is. */
async function smallPage() {
  const root = await temporaryFolder();
  await writeFile(join(root, "index.html"), '<!doctype html><script type="module" src="/main.js"></script>');
  await writeFile(join(root, "same.js"), 'export default "the same in every build";');
  const main = 'import("./same.js").then(({ default: same }) => document.body.append(same));';
  const namesIn = async (folder: string) => (await readdir(join(root, folder)).catch(() => [])).sort();
  return {
    directory: join(root, "dist"),
    earlier: join(root, "earlier"),
    namesIn,
    /** Builds the page with other words in it, and gives the files that this build has made. */
    build: async (words: string): Promise<string[]> => {
      const long = JSON.stringify(`${words}, `.repeat(100));
      await writeFile(join(root, "main.js"), `${main} document.body.append(${long});`);
      await build({ root, configFile: CONFIG, logLevel: "error" });
      return namesIn("dist/assets");
    },
    /** Lets what stands there have been replaced so many days before. */
    age: async (days: number): Promise<void> => {
      for (const name of await namesIn("earlier")) {
        const at = new Date(Date.parse(name.replace(/T(\d\d)-(\d\d)-/, "T$1:$2:")) - days * 86_400_000);
        await rename(join(root, "earlier", name), join(root, "earlier", at.toISOString().replaceAll(":", "-")));
      }
    },
  };
}

const statusOf = async (url: string, name: string) => (await fetch(`${url}/assets/${name}`)).status;

describe("the files of earlier builds", () => {
  test("are served to open pages for a week, each kept once, and no longer", async () => {
    const page = await smallPage();
    const first = await page.build("first");
    const second = await page.build("second");
    const gone = first.filter((name) => !second.includes(name));
    expect(gone.length).toBeGreaterThan(0);
    expect(second.length).toBeGreaterThan(gone.length);
    const [folder = ""] = await page.namesIn("earlier");
    expect(await page.namesIn(`earlier/${folder}/assets`)).toEqual(gone);

    const { url } = await startServer({ clientDirectory: page.directory });
    for (const name of gone.filter((one) => one.endsWith(".js"))) {
      const answer = await fetch(`${url}/assets/${name}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-encoding")).toBe("gzip");
      expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect(await answer.text()).toBe(await readFile(join(page.earlier, folder, "assets", name), "utf8"));
    }
    expect(await (await fetch(url)).text()).toContain(second.find((name) => /^index-.*\.js$/.test(name)));

    await page.age(6);
    await page.build("third");
    expect(await page.namesIn("earlier")).toHaveLength(2);
    await page.age(2);
    await page.build("fourth");
    expect(await page.namesIn("earlier")).toHaveLength(2);
    const later = await startServer({ clientDirectory: page.directory });
    const scripts = (names: readonly string[]) => names.filter((name) => /^index-.*\.js$/.test(name));
    for (const name of scripts(gone)) expect(await statusOf(later.url, name)).toBe(404);
    for (const name of scripts(second)) expect(await statusOf(later.url, name)).toBe(200);
  });

  test("are those of five builds at most, and none where nothing changed", async () => {
    const page = await smallPage();
    await page.build("the same");
    await page.build("the same");
    expect(await page.namesIn("earlier")).toEqual([]);
    const builds: string[][] = [];
    for (const words of ["one", "two", "three", "four", "five", "six", "seven"]) builds.push(await page.build(words));
    expect(await page.namesIn("earlier")).toHaveLength(5);
    const { url } = await startServer({ clientDirectory: page.directory });
    const statuses = builds.map((names) => statusOf(url, names.find((name) => /^index-.*\.js$/.test(name)) ?? ""));
    expect(await Promise.all(statuses)).toEqual([404, 200, 200, 200, 200, 200, 200]);
  });

  test("are not there under the names of their folders, and a build needs none", async () => {
    const page = await smallPage();
    await mkdir(join(page.earlier, "no-date"), { recursive: true });
    const first = await page.build("first");
    await page.build("second");
    const [folder = ""] = await page.namesIn("earlier");
    const { url } = await startServer({ clientDirectory: page.directory });
    const script = first.find((name) => /^index-.*\.js$/.test(name)) ?? "";
    expect(await (await fetch(`${url}/earlier/${folder}/assets/${script}`)).text()).toContain("<!doctype html>");
    expect(await page.namesIn("earlier")).toEqual([folder]);
  });
});
