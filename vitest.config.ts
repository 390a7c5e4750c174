import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["whetstone-source"] },
  ssr: { resolve: { conditions: ["whetstone-source"] } },
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    // Generous, because a slow machine is no failure: a test fails by what it sees.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
