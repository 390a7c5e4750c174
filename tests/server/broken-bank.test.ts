import { spawnSync } from "node:child_process";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/server.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const QUESTION = "questions/deep-learning/neural-network-basics/shallow-or-deep.yaml";

/** Starts the built server over a copy of the bank in which one question was changed. */
async function startWith(change: (question: string) => string) {
  const folder = await temporaryFolder();
  await cp(join(ROOT, "server", "dist"), join(folder, "server", "dist"), { recursive: true });
  await cp(join(ROOT, "questions"), join(folder, "questions"), { recursive: true });
  await writeFile(join(folder, "server", "package.json"), '{"type":"module"}');
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const question = await readFile(join(folder, QUESTION), "utf8");
  await writeFile(join(folder, QUESTION), change(question));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "server", "dist", "main.js")], {
    env: { ...process.env, PORT: "0", DATA_DIR: join(folder, "data") },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test.each([
  ["a field that is wrong", (text: string) => text.replace("level: advanced", "level: hard"), /:6: level: /],
  ["a file that is no YAML", () => "id: shallow-or-deep\nprompt: [\n", /:\d+: /],
])("the start stops at %s, and says file, line and field", async (_fault, change, place) => {
  const { status, stdout, stderr } = await startWith(change);
  expect(status).toBe(1);
  expect(stdout).not.toContain("ready");
  expect(stderr).toContain(QUESTION);
  expect(stderr).toMatch(place);
  expect(stderr).not.toMatch(/^\s+at /m);
});
