import { mergeConfig } from "vitest/config";
import whetstone from "../../vitest.config.ts";

/** Runs `make.kept.ts`, which no other run takes for a test. */
export default {
  ...mergeConfig(whetstone, {}),
  test: { ...whetstone.test, include: ["tests/kept/make.kept.ts"], testTimeout: 600_000 },
};
