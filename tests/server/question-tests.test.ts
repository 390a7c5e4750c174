import { fileURLToPath } from "node:url";
import type { AskedWorkspace } from "@whetstone/shared/workspace/workspace";
import { loadPyodide, type PyodideAPI } from "pyodide";
import { beforeAll, describe, expect, test } from "vitest";
import { describeProblem, loadBank } from "../../server/src/bank/load.ts";
import { SOLUTIONS } from "../support/solutions.ts";

/** The tests that questions of the bank carry, run in Python on answers: a right one passes all, and each usual mistake is caught. */

let python: PyodideAPI;
const workspaces = new Map<string, AskedWorkspace>();

beforeAll(async () => {
  const loaded = await loadBank(fileURLToPath(new URL("../../questions", import.meta.url)));
  if ("problems" in loaded) throw new Error(loaded.problems.map(describeProblem).join("\n"));
  for (const { id, workspace } of loaded.bank.questions.values()) if (workspace) workspaces.set(id, workspace);
  python = await loadPyodide();
});

/** The names of the tests that an answer fails, each run behind it in a namespace of its own. */
function failedBy(id: string, answer: string): string[] {
  const workspace = workspaces.get(id);
  if (!workspace) throw new Error(`${id} has no workspace.`);
  for (const { name, text } of workspace.files) python.FS.writeFile(name, text);
  return workspace.tests.flatMap(({ name, code }) => {
    const globals = python.toPy({});
    try {
      python.runPython(answer, { globals });
      python.runPython(code, { globals });
      return [];
    } catch (error) {
      if (!(error instanceof python.ffi.PythonError)) throw error;
      return [name];
    } finally {
      globals.destroy();
    }
  });
}

test("every question of the bank that has tests has answers to try them on", () => {
  expect([...workspaces.keys()].sort()).toEqual(Object.keys(SOLUTIONS).sort());
  for (const [id, { tests }] of workspaces) {
    const visible = tests.filter((one) => one.visible).length;
    expect([visible, tests.length - visible].join(), id).toMatch(/^[23],[3-6]$/);
  }
});

describe.each(Object.entries(SOLUTIONS))("the tests of %s", (id, { right, wrong }) => {
  test("are passed by a right answer, and not by what the editor holds at first", () => {
    expect(failedBy(id, right)).toEqual([]);
    expect(failedBy(id, workspaces.get(id)?.starter ?? "")).not.toEqual([]);
  });

  test.each(wrong)("catch an answer that $mistake", ({ answer, caughtBy }) => {
    expect(failedBy(id, answer)).toEqual(caughtBy);
  });

  test("are each failed by some answer", () => {
    const caught = new Set(
      [workspaces.get(id)?.starter ?? "", ...wrong.map(({ answer }) => answer)].flatMap((answer) =>
        failedBy(id, answer),
      ),
    );
    expect([...caught].sort()).toEqual(
      workspaces
        .get(id)
        ?.tests.map(({ name }) => name)
        .sort(),
    );
  });
});
