// `npm run bank:check`: prints what is wrong with the bank, by file and line, and how much it holds.
// Arguments: a folder of packs, if not the repository's; `--json` for `{"problems": [...], "figures": {...}}` alone.
// Exit code 1 if anything is wrong, 2 if the arguments are.
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkBank, describeFigures } from "../dist/bank/check.js";
import { describeProblem } from "../dist/bank/load.js";

const { directory, json } = readArguments();
const { problems, figures } = await checkBank(directory, new Date().toISOString().slice(0, 7));
if (json) {
  console.log(JSON.stringify({ problems, figures }, null, 2));
} else {
  for (const problem of problems) console.log(describeProblem(problem));
  console.log(figures ? describeFigures(figures) : "The bank does not load. The rest is checked once it does.");
}
process.exitCode = problems.length > 0 ? 1 : 0;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({ options: { json: { type: "boolean" } }, allowPositionals: true });
    const [directory = fileURLToPath(new URL("../../questions", import.meta.url)), ...more] = positionals;
    if (more.length > 0) throw new Error(`Only one folder can be checked at a time, not ${positionals.join(" and ")}.`);
    if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`${directory} is no folder.`);
    return { directory, json: values.json === true };
  } catch (error) {
    console.error(`${error.message}\nUsage: npm run bank:check -- [folder] [--json]`);
    process.exit(2);
  }
}
