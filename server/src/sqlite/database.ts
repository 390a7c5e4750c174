import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { PAGES_AT_MOST } from "./checkpoints.ts";
import { Connection } from "./connection.ts";

const MIGRATIONS = fileURLToPath(new URL("../../migrations", import.meta.url));

/** A newer version of the server has brought the database to a form that this one does not know, and must not write into. */
export class NewerDatabase extends Error {}

/** The database could not be brought to this version's form, and is as it was. */
export class MigrationFailed extends Error {}

/**
 * Opens the database in the file at `path`, making the file and its tables where they are missing. Throws `NewerDatabase` or
 * `MigrationFailed` where it has not the form of this version, and the driver's own error where the file cannot be used.
 */
export function openDatabase(path: string): Connection {
  mkdirSync(dirname(path), { recursive: true });
  const connection = new Connection(path);
  try {
    makeDurable(connection);
    refuseNewer(connection);
    bringUpToDate(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
  return connection;
}

/** Throws `NewerDatabase` where the database has had a migration that this version has not. */
export function refuseNewer(connection: Connection): void {
  const known = Math.max(
    ...readMigrationFiles({ migrationsFolder: MIGRATIONS }).map(({ folderMillis }) => folderMillis),
  );
  const isThere = connection
    .prepare<[], number>("SELECT count(*) FROM sqlite_schema WHERE name = '__drizzle_migrations'")
    .pluck();
  if (isThere.get() === 0) return;
  const newest = connection
    .prepare<[], number | null>("SELECT max(created_at) FROM __drizzle_migrations")
    .pluck()
    .get();
  if (Number(newest ?? 0) > known) throw new NewerDatabase("The database is of a newer version.");
}

function bringUpToDate(connection: Connection): void {
  try {
    migrate(drizzle(connection), { migrationsFolder: MIGRATIONS });
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    const message = cause instanceof Error ? cause.message : "a migration failed";
    // SQLite ends a transaction by itself where the disk is full; what is thrown then is that there is none left to roll back.
    if (message.includes("no transaction is active")) {
      throw Object.assign(new Error("the disk is full"), { code: "SQLITE_FULL" });
    }
    throw new MigrationFailed(message, { cause: error });
  }
}

/** What was written is on disk when its transaction returns, and what was deleted is overwritten. better-sqlite3 reopens a WAL database at NORMAL, so this is set each time. */
function makeDurable(connection: Connection): void {
  connection.exec(
    `PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = ${PAGES_AT_MOST}`,
  );
  const journal = connection.prepare<[], string>("PRAGMA journal_mode").pluck().get();
  const synchronous = connection.prepare<[], number>("PRAGMA synchronous").pluck().get();
  if (journal !== "wal" || synchronous !== 2) {
    throw new Error(`The database is not durable: journal_mode ${journal}, synchronous ${synchronous}.`);
  }
}
