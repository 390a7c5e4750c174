import { randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import type { KeyOf, RoomKeys } from "../room/keys.ts";
import { Connection } from "./connection.ts";

interface Row {
  readonly key: Buffer | null;
  readonly erasedAt: number | null;
}

/** How many rooms' keys are kept in memory; beyond that all are looked up again. */
const KNOWN = 20_000;

/**
 * Keeps the rooms' keys in a database of their own in the file at `path`. With `copyPath` a second one is kept there, always in the same state:
 * whichever of the two is missing is made from the other. `onError` is told where the copy cannot be written; it is brought up to date
 * as soon as it can be.
 */
export function openSqliteKeys(
  path: string,
  copyPath: string | null = null,
  onError: (error: unknown) => void = () => undefined,
): RoomKeys {
  const store = new KeyFile(path);
  let copy: KeyFile | null = null;
  let isBehind = copyPath !== null;

  /** Brings the copy to the state of the store. */
  function follow(): void {
    if (copyPath === null) return;
    try {
      copy ??= new KeyFile(copyPath);
      store.takeFrom(copy);
      copy.takeFrom(store);
      isBehind = false;
    } catch (error) {
      isBehind = true;
      copy?.close();
      copy = null;
      onError(error);
    }
  }

  /** Writes to both; the copy is told again what it could not be told. */
  function both(write: (file: KeyFile) => void): void {
    write(store);
    if (copyPath === null) return;
    if (isBehind || !copy) {
      follow();
      return;
    }
    try {
      write(copy);
    } catch (error) {
      isBehind = true;
      onError(error);
    }
  }

  /** Rooms are asked for again and again. */
  const known = new Map<string, KeyOf>();
  function of(roomId: string): KeyOf {
    const kept = known.get(roomId);
    if (kept) return kept;
    const found = store.of(roomId);
    if (known.size >= KNOWN) known.clear();
    if (found.kind !== "none") known.set(roomId, found);
    return found;
  }

  follow();
  return {
    of,
    make(roomIds) {
      const keys = roomIds
        .filter((roomId) => of(roomId).kind === "none")
        .map((roomId) => ({ roomId, key: randomBytes(32) }));
      if (keys.length > 0) both((file) => file.add(keys));
    },
    destroy(roomId, at) {
      const found = of(roomId);
      if (found.kind === "erased") return;
      known.delete(roomId);
      both((file) => file.destroy([{ roomId, at }]));
      if (found.kind === "key") found.key.fill(0);
    },
    destroyed: () => store.destroyed(),
    isEmpty: () => store.isEmpty(),
    close() {
      store.close();
      copy?.close();
    },
  };
}

/** Reads the keys in the file at `path`, and writes nothing; where there is no such file nothing is known of any room. */
export function readSqliteKeys(path: string): Pick<RoomKeys, "of" | "close"> {
  if (!existsSync(path)) return { of: () => ({ kind: "none" }), close: () => undefined };
  const file = new KeyFile(path, { readonly: true, fileMustExist: true });
  return { of: (roomId) => file.of(roomId), close: () => file.close() };
}

/** Copies the keys in the file at `from` into a new file at `to`; they are in both in the same state when it returns. */
export function copyKeys(from: string, to: string): void {
  const source = new KeyFile(from, { readonly: true, fileMustExist: true });
  try {
    const target = new KeyFile(to);
    try {
      target.takeFrom(source);
    } finally {
      target.close();
    }
  } finally {
    source.close();
  }
}

/** SQLite gives the files beside it the same permissions. */
function makeForOwnerOnly(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, "a", 0o600));
}

/** One database of keys. A key that is destroyed leaves a row that says when, and nothing of itself. */
class KeyFile {
  readonly #connection: Connection;
  readonly #find;
  readonly #insert;
  readonly #erase;
  readonly #keys;
  readonly #erased;
  readonly #any;

  constructor(path: string, options: { readonly?: boolean; fileMustExist?: boolean } = {}) {
    if (!options.readonly) makeForOwnerOnly(path);
    this.#connection = new Connection(path, options);
    try {
      if (!options.readonly) {
        // What is deleted is overwritten, in the database at once and in its write-ahead log when that is cut off.
        this.#connection.exec(`
          PRAGMA busy_timeout = 5000;
          PRAGMA journal_mode = WAL;
          PRAGMA synchronous = FULL;
          PRAGMA secure_delete = ON;
          CREATE TABLE IF NOT EXISTS keys (room_id TEXT PRIMARY KEY, key BLOB, erased_at INTEGER) WITHOUT ROWID;
        `);
      }
      const prepare = this.#connection.prepare.bind(this.#connection);
      this.#find = prepare<[string], Row>("SELECT key, erased_at AS erasedAt FROM keys WHERE room_id = ?");
      this.#keys = prepare<[], { roomId: string; key: Buffer }>(
        "SELECT room_id AS roomId, key FROM keys WHERE erased_at IS NULL",
      );
      this.#erased = prepare<[], { roomId: string; at: number }>(
        "SELECT room_id AS roomId, erased_at AS at FROM keys WHERE erased_at IS NOT NULL",
      );
      this.#any = prepare<[], number>("SELECT 1 FROM keys LIMIT 1").pluck();
      this.#insert = options.readonly
        ? null
        : prepare<[string, Buffer]>("INSERT OR IGNORE INTO keys (room_id, key) VALUES (?, ?)");
      this.#erase = options.readonly
        ? null
        : prepare<[string, number]>(
            "INSERT INTO keys (room_id, key, erased_at) VALUES (?, NULL, ?) ON CONFLICT DO UPDATE SET key = NULL, erased_at = excluded.erased_at WHERE erased_at IS NULL",
          );
    } catch (error) {
      this.#connection.close();
      throw error;
    }
  }

  of(roomId: string): KeyOf {
    const row = this.#find.get(roomId);
    if (!row) return { kind: "none" };
    if (row.key) return { kind: "key", key: row.key };
    return { kind: "erased", at: row.erasedAt ?? 0 };
  }

  add(keys: readonly { readonly roomId: string; readonly key: Buffer }[]): void {
    this.#connection.transaction(() => {
      for (const { roomId, key } of keys) this.#insert?.run(roomId, key);
    })();
  }

  destroy(rooms: readonly { readonly roomId: string; readonly at: number }[]): void {
    this.#connection.transaction(() => {
      for (const { roomId, at } of rooms) this.#erase?.run(roomId, at);
    })();
    this.#connection.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  isEmpty(): boolean {
    return this.#any.get() === undefined;
  }

  destroyed(): readonly { readonly roomId: string; readonly at: number }[] {
    return this.#erased.all();
  }

  /** What the other has and this one lacks; a key that either has destroyed is destroyed. */
  takeFrom(other: KeyFile): void {
    this.add(other.#keys.all());
    const fresh = other.destroyed().filter(({ roomId }) => this.of(roomId).kind !== "erased");
    if (fresh.length > 0) this.destroy(fresh);
  }

  close(): void {
    this.#connection.close();
  }
}
