// `npm test`: everything from a fresh clone to a verdict. Arguments are passed on to vitest, such as a folder or a name.
import { npm, prepare, run } from "../../server/bin/prepare.mjs";

await prepare();
const { ensureBrowser } = await import("./find-browser.mjs");
ensureBrowser();
npm("Checking types, style and unused code", ["run", "--silent", "check"]);
run("Testing", process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)]);
