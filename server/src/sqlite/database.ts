import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";

const MIGRATIONS = fileURLToPath(new URL("../../migrations", import.meta.url));

/** Opens the database in the file at `path`, making the file and its tables where they are missing. */
export function openDatabase(path: string): Database.Database {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  makeDurable(database);
  migrate(drizzle(database), { migrationsFolder: MIGRATIONS });
  return database;
}

/** What was written is on disk when its transaction returns. better-sqlite3 reopens a WAL database at NORMAL, so this is set each time. */
function makeDurable(database: Database.Database): void {
  database.pragma("busy_timeout = 5000");
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  const journal = database.pragma("journal_mode", { simple: true });
  const synchronous = database.pragma("synchronous", { simple: true });
  if (journal !== "wal" || synchronous !== 2) {
    throw new Error(`The database is not durable: journal_mode ${journal}, synchronous ${synchronous}.`);
  }
}
