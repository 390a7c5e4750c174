// `npm test`: everything from a fresh clone to a verdict. `npm test -- quick` is for every save: the types, the domain and the client, from
// the sources as they are. All other arguments are passed on to vitest, such as a folder or a name.
import { npm, prepare, run } from "../../server/bin/prepare.mjs";

const QUICK = ["tests/domain", "tests/client"];

const given = process.argv.slice(2);
if (given[0] === "quick") {
  await prepare({ build: false });
  npm("Checking types", ["run", "--silent", "types"]);
  test([...QUICK, ...given.slice(1)]);
} else {
  await prepare();
  const { ensureBrowser } = await import("./find-browser.mjs");
  ensureBrowser();
  const { ensureOffice } = await import("./find-office.mjs");
  ensureOffice();
  const { ensureProgram, TURN_SERVER } = await import("./programs.mjs");
  ensureProgram(TURN_SERVER);
  npm("Checking types, style and unused code", ["run", "--silent", "check"]);
  test(given);
}

function test(args) {
  run("Testing", process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...args]);
}
