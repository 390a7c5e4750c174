import { usual } from "../../vitest.config.ts";

/** Runs `make.kept.ts`, which no other run takes for a test. */
export default {
  ...usual,
  test: { ...usual.test, include: ["tests/kept/make.kept.ts"], testTimeout: 600_000 },
};
