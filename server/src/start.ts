import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Bank } from "@whetstone/shared/bank";
import { Library } from "./bank/library.ts";
import { describeProblem, loadBank } from "./bank/load.ts";
import { openSearch } from "./bank/search.ts";
import type { Config } from "./config.ts";
import { backupDirectory } from "./data/backup.ts";
import type makeBackup from "./data/backup-thread.ts";
import { pathIn } from "./data/directory.ts";
import { fingerprintOf } from "./data/fingerprint.ts";
import { keptKey } from "./data/kept-key.ts";
import { ScheduledBackups } from "./data/scheduled-backups.ts";
import { createApp } from "./http/app.ts";
import { openSqliteAccesses } from "./sqlite/accesses.ts";
import { openSqliteAcquaintances } from "./sqlite/acquaintances.ts";
import { AppendThread } from "./sqlite/append/beside.ts";
import { WriteTurns } from "./sqlite/append/write-turns.ts";
import type { Writing } from "./sqlite/append/writing.ts";
import { openSqliteAuthored } from "./sqlite/authored.ts";
import type makeCheckpoint from "./sqlite/checkpoint-thread.ts";
import { Checkpoints } from "./sqlite/checkpoints.ts";
import { MigrationFailed, NewerDatabase } from "./sqlite/database.ts";
import { openSqliteDocuments } from "./sqlite/documents.ts";
import { openSqliteKeys } from "./sqlite/keys.ts";
import { type Lock, Locked, takeLock } from "./sqlite/lock.ts";
import { NoKeys, openSqliteLog } from "./sqlite/log.ts";
import { openSqliteSnapshots } from "./sqlite/snapshots.ts";
import { StartFault } from "./start-faults.ts";
import { Pool, WorkLost } from "./threads/pool.ts";
import { WORK } from "./threads/work.ts";

/** The code that makes a room's state from its events, as it is built: what other code has made of them is not gone on from. */
const ROOM_CODE = dirname(fileURLToPath(import.meta.resolve("@whetstone/shared/room/state")));

/**
 * Starts the server in the project at `root`, says so, and stops it with the process's signals. Throws what keeps it from starting, a
 * `StartFault` where it can say what to do; `startFaultOf` says it of the rest.
 */
export async function start(config: Config, root: string): Promise<void> {
  const bank = await bankIn(join(root, "questions"));
  // Before anything in the directory is read or written, as another process may be using it.
  const lock = lockOf(config.dataDir);
  const hostKey = config.hostKey === "generate" ? keptKey(pathIn(config.dataDir, "hostKey"), 18) : config.hostKey;
  const serverKey = Buffer.from(keptKey(pathIn(config.dataDir, "serverKey"), 32), "base64url");
  const dataFile = pathIn(config.dataDir, "database");
  const pool = new Pool();
  const checkpoints = checkpointsIn(pool, dataFile);
  const writing = {
    onAppended: checkpoints.appended,
    turns: new WriteTurns(),
    beside: new AppendThread(dataFile),
  };
  const { store, log, keys } = opened(config, dataFile, writing);
  const library = await Library.open({ bank, store, search: openSearch(), now: Date.now }).catch((error: unknown) => {
    if (isOfDatabase(error)) throw error;
    throw new StartFault("The questions and kits that were written here cannot be read.", [
      error instanceof Error ? error.message : String(error),
      `Put a backup in the place of ${dataFile}, or mend its table own_documents.`,
    ]);
  });
  const app = await createApp({
    config,
    pool,
    hostKey,
    serverKey,
    library,
    log,
    keys,
    documents: openSqliteDocuments(dataFile, keys, writing),
    accesses: openSqliteAccesses(dataFile),
    openAcquaintances: () => openSqliteAcquaintances(dataFile),
    snapshots: openSqliteSnapshots(pathIn(config.dataDir, "snapshots"), fingerprintOf(ROOM_CODE), keys),
    exportsDirectory: pathIn(config.dataDir, "exports"),
    pythonDirectory: pathIn(config.dataDir, "python"),
    captionModelsDirectory: pathIn(config.dataDir, "captionModels"),
    clientDirectory: join(root, "client", "dist"),
    now: Date.now,
    steady: () => performance.now(),
  });

  let stopBackups = () => {};
  // Before it listens: whoever reads that it is ready may stop it in the same moment.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, async () => {
      stopBackups();
      await app.close();
      lock.release();
      process.exit(0);
    });
  }

  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await app.close();
    throw cannotListen(config, error);
  }
  stopBackups = keepBackups(config, pool, (error) => app.log.error(error, "a backup could not be made"));
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : config.port;
  const url = config.publicUrl ?? `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`;
  console.log(`Whetstone is ready: ${url}${hostKey === null ? "/" : `/#key=${hostKey}`}`);
  console.log(`${bank.questions.size} questions, ${bank.kits.size} kits. Data in ${config.dataDir}. Stop with Ctrl+C.`);
}

async function bankIn(directory: string): Promise<Bank> {
  const loaded = await loadBank(directory).catch((error: unknown) => {
    throw new StartFault(`The question bank in ${directory} cannot be read.`, [
      error instanceof Error ? error.message : String(error),
    ]);
  });
  if ("bank" in loaded) return loaded.bank;
  throw new StartFault("The question bank is wrong.", loaded.problems.map(describeProblem));
}

/** The data directory for this process alone. */
function lockOf(dataDir: string): Lock {
  try {
    return takeLock(pathIn(dataDir, "lock"), pathIn(dataDir, "holder"), Date.now());
  } catch (error) {
    if (!(error instanceof Locked)) throw error;
    const { holder } = error;
    const who = holder ? `: process ${holder.pid} on ${holder.host}, since ${holder.since}` : "";
    throw new StartFault(`Another server is using ${dataDir}${who}.`, [
      "Stop that one first, or give this one a directory of its own with DATA_DIR.",
    ]);
  }
}

/** Both that the database holds, with the rooms' keys, or the sentence that says why they cannot be opened. */
function opened({ dataDir, keysCopy }: Config, dataFile: string, writing: Partial<Writing>) {
  if (statSync(dataFile, { throwIfNoEntry: false })?.isDirectory()) {
    throw new StartFault(`${dataFile} is a directory, where the database should be.`, [
      "Move it away and start again.",
    ]);
  }
  try {
    const keys = openSqliteKeys(pathIn(dataDir, "roomKeys"), keysCopy, (error) =>
      console.error(
        `The copy of the keys in ${keysCopy} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      ),
    );
    return { store: openSqliteAuthored(dataFile), log: openSqliteLog(dataFile, keys, writing), keys };
  } catch (error) {
    if (error instanceof NoKeys) {
      throw new StartFault(`The keys to the rooms in ${dataFile} are missing.`, [
        `Put the file ${pathIn(dataDir, "roomKeys")} back, or set KEYS_COPY to the place where a copy of it is kept.`,
        "Without it nobody can read what is written in those rooms; nothing is lost as long as there is one.",
      ]);
    }
    if (error instanceof NewerDatabase) {
      throw new StartFault(`A newer version of the server has written ${dataFile}.`, [
        "Update this server, or start from a backup that was made before that update.",
      ]);
    }
    if (error instanceof MigrationFailed && !isOfDatabase(error)) {
      throw new StartFault(`${dataFile} cannot be brought to the form of this version: ${error.message}.`, [
        "Nothing was changed in it. Start the version from before, and keep a backup before trying again.",
      ]);
    }
    throw error;
  }
}

/** Makes checkpoints in the pool. One that cannot be made costs time at most, and the next one makes up for it. */
function checkpointsIn(pool: Pool, dataFile: string): Checkpoints {
  return new Checkpoints(
    () => pool.run<typeof makeCheckpoint>(WORK.checkpoint, dataFile, { asker: "the server" }),
    (error) => {
      if (error instanceof WorkLost && error.reason === "stopping") return;
      console.error(`A checkpoint could not be made: ${error instanceof Error ? error.message : String(error)}`);
    },
  );
}

/** Whether the database's file or its disk is at fault, and not what is written in it. */
function isOfDatabase(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && /^SQLITE_(?!ERROR|CONSTRAINT|MISMATCH)/.test(String(cause.code))) return true;
  }
  return false;
}

const MINUTE_MS = 60_000;

/** Makes backups as they are configured; gives what ends that. */
function keepBackups({ dataDir, backups }: Config, pool: Pool, onError: (error: unknown) => void): () => void {
  const { everyHours, kept, directory } = backups;
  if (everyHours === null) return () => undefined;
  const scheduled = new ScheduledBackups({
    directory: backupDirectory(dataDir, directory),
    every: everyHours * 60 * MINUTE_MS,
    kept,
    make: (file) => pool.run<typeof makeBackup>(WORK.backup, { dataDir, file }, { asker: "the server" }),
    now: Date.now,
    onError,
  });
  void scheduled.look();
  const timer = setInterval(() => void scheduled.look(), MINUTE_MS);
  return () => clearInterval(timer);
}

function cannotListen({ host, port }: Config, error: unknown): StartFault {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = error instanceof Error ? error.message : String(error);
  const isHost = /^(EADDRNOTAVAIL|ENOTFOUND|EAI_|EINVAL)/.test(code);
  return new StartFault(`Cannot listen on ${host}:${port}.`, [
    reason,
    isHost
      ? "Set HOST to an address of this machine, such as 127.0.0.1 or 0.0.0.0."
      : "Choose another port with PORT=3001 npm start.",
  ]);
}
