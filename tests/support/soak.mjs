// @ts-check
// `npm run test:soak -- 6`: interviews come and go for so many minutes, six where none are given; then what the server holds is printed.
import { prepare, run } from "../../server/bin/prepare.mjs";

const [minutes = "6"] = process.argv.slice(2);
if (!(Number(minutes) > 0)) throw new Error("How many minutes is a number.");
await prepare();
process.env.WHETSTONE_SOAK_MINUTES = minutes;
run("Soaking", process.execPath, ["node_modules/vitest/vitest.mjs", "run", "tests/server/soak.test.ts"]);
