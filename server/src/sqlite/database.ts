import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { Connection } from "./connection.ts";

const MIGRATIONS = fileURLToPath(new URL("../../migrations", import.meta.url));

/** Opens the database in the file at `path`, making the file and its tables where they are missing. */
export function openDatabase(path: string): Connection {
  mkdirSync(dirname(path), { recursive: true });
  const connection = new Connection(path);
  makeDurable(connection);
  migrate(drizzle(connection), { migrationsFolder: MIGRATIONS });
  return connection;
}

/** What was written is on disk when its transaction returns. better-sqlite3 reopens a WAL database at NORMAL, so this is set each time. */
function makeDurable(connection: Connection): void {
  connection.exec("PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  const journal = connection.prepare<[], string>("PRAGMA journal_mode").pluck().get();
  const synchronous = connection.prepare<[], number>("PRAGMA synchronous").pluck().get();
  if (journal !== "wal" || synchronous !== 2) {
    throw new Error(`The database is not durable: journal_mode ${journal}, synchronous ${synchronous}.`);
  }
}
