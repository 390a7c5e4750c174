import { fileURLToPath } from "node:url";
import { mergeConfig } from "vitest/config";
import { usual } from "../../vitest.config.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The tests of the server's core that need no process, thread or file beside them. */
const CORE = ["room", "links", "not-yet-durable", "clock-set-back", "lengths-of-frames", "permissions"];

const ALL = [
  "tests/domain/**/*.test.ts",
  "tests/client/**/*.test.ts",
  ...CORE.map((name) => `tests/server/${name}.test.ts`),
];
const { MUTANTS_TESTS } = process.env;

/**
 * For `npm run test:mutants`. The mutants stand in a copy of the tree whose `node_modules` is the tree's own, so a package of this
 * repository has to be told to be the copy's. A mutant is switched on inside one process, and each is met by every test that reaches it:
 * only tests that are quick and stay in their process take part. `MUTANTS_TESTS`, a list with commas, chooses among them.
 */
export default mergeConfig(usual, {
  root: ROOT,
  resolve: { alias: [{ find: /^@whetstone\/shared\/(.*)$/, replacement: `${ROOT}shared/src/$1.ts` }] },
  test: { isolate: false, env: { WHETSTONE_RUNS_MOST: "30" }, include: MUTANTS_TESTS?.split(",") ?? ALL },
});
