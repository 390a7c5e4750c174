import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const CORE = ["tests/domain/**/*.test.ts", "tests/client/**/*.test.ts"];

/** How every run resolves this repository's own packages, and how long it waits. */
export const usual = {
  resolve: { conditions: ["whetstone-source"] },
  ssr: { resolve: { conditions: ["whetstone-source"] } },
  test: {
    // Generous, because a slow machine is no failure: a test fails by what it sees.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
};

/** Files that take about a minute and more, the longest first. */
const LONG = [
  "server/kills",
  "browser/interview",
  "browser/accessibility",
  "browser/old-page",
  "server/kept",
  "browser/authoring",
  "browser/bank",
  "server/starting",
  "server/secrecy",
  "server/durability",
  "server/soak",
];

/** Begins with what takes longest, so that it is not left for one worker while the others have nothing to do. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return found === -1 ? LONG.length : found;
    };
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  ...usual,
  test: {
    ...usual.test,
    // Much of a test's time is waiting for a browser, a disk or another process.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    projects: [
      // Nothing here keeps anything in a module, so the files of one worker share what they import: that was half of the time.
      { extends: true, test: { name: "core", include: CORE, isolate: false } },
      { extends: true, test: { name: "whole", include: ["tests/**/*.test.{ts,tsx}"], exclude: CORE } },
    ],
  },
});
