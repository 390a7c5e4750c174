import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Library } from "./bank/library.ts";
import { describeProblem, loadBank } from "./bank/load.ts";
import { openSearch } from "./bank/search.ts";
import { readConfig } from "./config.ts";
import { createApp } from "./http/app.ts";
import { openSqliteAuthored } from "./sqlite/authored.ts";
import { openSqliteLog } from "./sqlite/log.ts";
import { openSqliteSnapshots } from "./sqlite/snapshots.ts";

/** The code that makes a room's state from its events, as it is built: what other code has made of them is not gone on from. */
const ROOM_CODE = dirname(fileURLToPath(import.meta.resolve("@whetstone/shared/room/state")));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const read = readConfig(process.env, join(ROOT, ".data"));
if ("problems" in read) giveUp("The configuration is wrong.", read.problems);
const { config } = read;

const loaded = await loadBank(join(ROOT, "questions"));
if ("problems" in loaded) giveUp("The question bank is wrong.", loaded.problems.map(describeProblem));
const { bank } = loaded;

const hostKey = config.hostKey === "generate" ? keptKey("host-key", 18) : config.hostKey;
const serverKey = Buffer.from(keptKey("server-key", 32), "base64url");
const dataFile = join(config.dataDir, "whetstone.sqlite");
const library = await Library.open({
  bank,
  store: openSqliteAuthored(dataFile),
  search: openSearch(),
  now: Date.now,
}).catch((error: unknown) =>
  giveUp("The questions and kits that were written here cannot be read.", [
    error instanceof Error ? error.message : String(error),
    `Put a backup in the place of ${dataFile}, or mend its table own_documents.`,
  ]),
);
const app = await createApp({
  config,
  hostKey,
  serverKey,
  library,
  log: openSqliteLog(dataFile),
  snapshots: openSqliteSnapshots(join(config.dataDir, "snapshots.sqlite"), fingerprintOf(ROOM_CODE)),
  exportsDirectory: join(config.dataDir, "exports"),
  clientDirectory: join(ROOT, "client", "dist"),
  now: Date.now,
});

try {
  await app.listen({ host: config.host, port: config.port });
} catch (error) {
  await app.close();
  giveUp(`Cannot listen on ${config.host}:${config.port}.`, [
    error instanceof Error ? error.message : String(error),
    "Choose another port with PORT=3001 npm start.",
  ]);
}

const address = app.server.address();
const port = typeof address === "object" && address !== null ? address.port : config.port;
const url = config.publicUrl ?? `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`;
console.log(`Whetstone is ready: ${url}${hostKey === null ? "/" : `/#key=${hostKey}`}`);
console.log(`${bank.questions.size} questions, ${bank.kits.size} kits. Data in ${config.dataDir}. Stop with Ctrl+C.`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, async () => {
    await app.close();
    process.exit(0);
  });
}

/** A SHA-256 over the names and contents of a folder's files. */
function fingerprintOf(folder: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    const path = join(folder, name);
    if (name.endsWith(".js")) hash.update(`${name}\0`).update(readFileSync(path));
  }
  return hash.digest("hex");
}

/** A key that is made once and kept beside the data, readable by its owner only; so many random bytes as base64url. */
function keptKey(name: string, bytes: number): string {
  const path = join(config.dataDir, name);
  const kept = existsSync(path) ? readFileSync(path, "utf8").trim() : "";
  if (kept !== "") return kept;
  mkdirSync(config.dataDir, { recursive: true });
  const key = randomBytes(bytes).toString("base64url");
  // Under its name only once it is whole, as half a key would be a weak one.
  writeFileSync(`${path}.new`, `${key}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
  return key;
}

function giveUp(message: string, details: readonly string[]): never {
  console.error([message, ...details.map((detail) => `  ${detail}`)].join("\n"));
  process.exit(1);
}
