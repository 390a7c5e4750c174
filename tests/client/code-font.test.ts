import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

const SOURCES = join(import.meta.dirname, "..", "..", "client", "src");

it("code is drawn sign by sign wherever it stands, so that <= is read as it was written", async () => {
  const names = await readdir(SOURCES, { recursive: true });
  const sheets = await Promise.all(
    names.filter((name) => name.endsWith(".css")).map((name) => readFile(join(SOURCES, name), "utf8")),
  );
  const uses = sheets.flatMap((sheet) =>
    [...sheet.matchAll(/var\(--font-code\);\n(.*)/g)].map(([, next = ""]) => next.trim()),
  );
  expect(uses.length).toBeGreaterThan(5);
  // The shorthand sets ligatures back, so each use has to say it after.
  expect(new Set(uses)).toEqual(new Set(["font-variant-ligatures: none;"]));
});
