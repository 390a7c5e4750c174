import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const TESTS = ["tests/**/*.test.{ts,tsx}"];

/** Files that need a process of their own: they count steps of code that nobody has run yet, or put something else in a module's place. */
const ALONE = [
  "server/import-beside",
  "server/exchange/growth",
  "server/export/growth",
  "server/search-growth",
  "server/finalising",
  "domain/growth",
  "browser/upgrade",
].map((name) => `tests/${name}.test.ts`);

/** How every run resolves this repository's own packages, and how long it waits. */
export const usual = {
  resolve: { conditions: ["whetstone-source"] },
  ssr: { resolve: { conditions: ["whetstone-source"] } },
  test: {
    // Generous, because a slow machine is no failure: a test fails by what it sees.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
  },
};

/** Files that take about 40 seconds and more, the longest first, and those that compute between those that wait. */
const LONG = [
  "browser/run/python",
  "server/kills",
  "browser/call",
  "server/kept",
  "browser/peers-three",
  "browser/networks",
  "browser/call-six",
  "browser/run/room",
  "browser/caption-model",
  "browser/accessibility",
  "server/proxies",
  "browser/old-page",
  "server/reconnects",
  "server/starting",
  "browser/aside",
  "browser/workspace/quiet",
  "browser/call-screens",
  "browser/interview",
  "browser/saved",
  "browser/workspace/board-networks",
  "browser/workspace/board-fit",
  "browser/coming-back",
  "browser/run/isolation",
  "browser/accessibility-site",
  "server/practice",
  "server/expressions",
  "server/secrecy",
  "browser/rubric-fit",
  "browser/run/javascript",
  "browser/workspace/board-quiet",
  "browser/peers-hands",
  "browser/widths-peers",
  "browser/unsaved-forms",
  "browser/widths",
  "browser/workspace/drawn",
  "browser/accessibility-late",
];

/**
 * Begins with what has processes of its own, as a worker lives on only while the next file is one that shares it, and goes on with what
 * takes longest, so that it is not left for one worker while the others have nothing to do.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification) => {
      if (project.name === "alone") return -1;
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
    // One more than there are processors, as much of a test's time is waiting: for a line that is cut, for a clock, for a browser.
    maxWorkers: availableParallelism() + 1,
    maxConcurrency: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      // No file keeps anything in a module, so those of one worker share what they import, which takes seconds.
      { extends: true, test: { name: "together", include: TESTS, exclude: ALONE, isolate: false } },
      { extends: true, test: { name: "alone", include: ALONE } },
    ],
  },
});
