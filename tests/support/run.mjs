// `npm test`: everything from a fresh clone to a verdict. Arguments are passed on to vitest, such as a folder or a name.
import { prepare, run } from "../../server/bin/prepare.mjs";

prepare();
const { ensureBrowser } = await import("./find-browser.mjs");
ensureBrowser();
run("Checking types, style and unused code", "npm", ["run", "--silent", "check"]);
run("Testing", "npx", ["--no-install", "vitest", "run", ...process.argv.slice(2)]);
