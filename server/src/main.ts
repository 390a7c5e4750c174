import { fileURLToPath } from "node:url";
import { readConfig } from "./config.ts";
import { pathIn } from "./data/directory.ts";
import { type StartFault, startFaultOf } from "./start-faults.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const read = readConfig(process.env, `${ROOT}.data`);
if ("problems" in read) giveUp("The configuration is wrong.", read.problems);
const { dataDir } = read.config;
try {
  // Loaded here, so that what cannot be loaded is told in a sentence too.
  const { start } = await import("./start.ts");
  await start(read.config, ROOT);
} catch (error) {
  const fault: StartFault = startFaultOf(error, { dataDir, database: pathIn(dataDir, "database") });
  giveUp(fault.message, fault.advice);
}

function giveUp(message: string, details: readonly string[]): never {
  console.error([message, ...details.map((detail) => `  ${detail}`)].join("\n"));
  process.exit(1);
}
