import { defineConfig } from "vitest/config";

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

export default defineConfig({
  ...usual,
  test: {
    ...usual.test,
    // Much of a test's time is waiting for a browser, a disk or another process.
    maxWorkers: "100%",
    projects: [
      // Nothing here keeps anything in a module, so the files of one worker share what they import: that was half of the time.
      { extends: true, test: { name: "core", include: CORE, isolate: false } },
      { extends: true, test: { name: "whole", include: ["tests/**/*.test.{ts,tsx}"], exclude: CORE } },
    ],
  },
});
