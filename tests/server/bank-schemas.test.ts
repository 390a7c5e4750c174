import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { bankSchemas } from "../../server/src/bank/schemas.ts";

test.each(Object.entries(bankSchemas()))("questions/%s is what `npm run schemas` writes", async (name, schema) => {
  const path = fileURLToPath(new URL(`../../questions/${name}`, import.meta.url));
  expect(await readFile(path, "utf8")).toBe(schema);
});
