import { describe, expect, test } from "vitest";
import { asCorrected, asGivenBy, PARTS } from "../kept/ask.ts";
import { asKept, asWrittenBy } from "../kept/before.ts";
import { databaseOf, expectedOf, folderOf, keptVersions, missingIn, openKept, readKept, rowsOf } from "../kept/kept.ts";

/** In milliseconds; everybody asks for everything, and each PDF and workbook is made in a thread. */
const PATIENCE = 600_000;

describe.each(keptVersions())("the data of version %i", (version) => {
  const folder = folderOf(version);

  test.each(Object.entries(PARTS))(
    "gives everybody the same %s as then, and stays as it is",
    async (part, ask) => {
      const before = await rowsOf(databaseOf(folder));
      const server = await openKept(folder);
      const answers = await ask(server, readKept(folder));
      const given = (file: string) => asGivenBy(version, asWrittenBy(version, file, answers.get(file) ?? ""));
      const expected = expectedOf(folder, part);
      expect([...answers.keys()].sort()).toEqual([...expected.keys()]);
      const changed = [...expected]
        .map(([file, text]) => [file, asKept(version, file, asCorrected(version, part, text))] as const)
        .filter(([file, text]) => given(file) !== text);
      for (const [file, text] of changed.slice(0, 3)) expect.soft(given(file), file).toBe(text);
      expect(changed.map(([file]) => file)).toEqual([]);
      await server.close();
      expect(await rowsOf(server.dataFile, before)).toEqual(before);
    },
    PATIENCE,
  );
});

test("what is kept holds every type of event and every kind of what users write", async () => {
  expect(
    await missingIn(keptVersions().map((version) => databaseOf(folderOf(version)))),
    "Keep the data of a new version: WHETSTONE_KEEP=<version> npm run keep",
  ).toEqual([]);
});
