import { afterAll, expect, test } from "vitest";
import { asCorrected, asGivenBy, PARTS } from "../kept/ask.ts";
import { asKept, asWrittenBy } from "../kept/before.ts";
import { databaseOf, expectedOf, folderOf, keptVersions, missingIn, openKept, readKept, rowsOf } from "../kept/kept.ts";
import { LastingPool } from "../support/server.ts";

/** In milliseconds; everybody asks for everything, and each PDF and workbook is made in a thread. */
const PATIENCE = 600_000;

/** Whoever makes pages and workbooks for one version's server goes on with the next one's, and knows how by then. */
const pool = new LastingPool();
afterAll(() => pool.end());

test.each(keptVersions())(
  "the data of version %i gives everybody the same as then, and stays as it is",
  async (version) => {
    const folder = folderOf(version);
    const before = await rowsOf(databaseOf(folder));
    const server = await openKept(folder, pool);
    for (const [part, ask] of Object.entries(PARTS)) {
      const answers = await ask(server, readKept(folder));
      const given = (file: string) => asGivenBy(version, asWrittenBy(version, file, answers.get(file) ?? ""));
      const expected = expectedOf(folder, part);
      expect.soft([...answers.keys()].sort(), part).toEqual([...expected.keys()]);
      const changed = [...expected]
        .map(([file, text]) => [file, asKept(version, file, asCorrected(version, part, text))] as const)
        .filter(([file, text]) => given(file) !== text);
      for (const [file, text] of changed.slice(0, 3)) expect.soft(given(file), `${part}/${file}`).toBe(text);
      expect
        .soft(
          changed.map(([file]) => file),
          part,
        )
        .toEqual([]);
    }
    await server.close();
    expect(await rowsOf(server.dataFile, before)).toEqual(before);
  },
  PATIENCE,
);

test("what is kept holds every type of event and every kind of what users write", async () => {
  expect(
    await missingIn(keptVersions().map((version) => databaseOf(folderOf(version)))),
    "Keep the data of a new version: WHETSTONE_KEEP=<version> npm run keep",
  ).toEqual([]);
});
