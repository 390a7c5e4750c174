import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { keyTo, type RoomKeys } from "../room/keys.ts";
import { Assembly, piecesOf } from "../room/pieces.ts";
import { slices } from "../room/slices.ts";
import type { Snapshot, Snapshots } from "../room/snapshots.ts";
import { Connection } from "./connection.ts";
import { seal, unseal } from "./seal.ts";

/** What a snapshot takes at the most, in characters: one that is larger saves nothing, as where much of a room is kept in many versions. */
const LARGEST = 128 * 1024 * 1024;
/** Pieces that are written at once, before the event loop may turn. */
const PIECES_AT_ONCE = 16;

interface Header {
  readonly run: number;
  readonly made: string;
  readonly pieces: number;
  readonly hash: string;
}

/**
 * Keeps snapshots in a database of their own in the file at `path`, which may be deleted at any time and is no part of a backup. It is
 * not made durable: what a crash leaves of it is found out by its hash. `madeBy` names the code that makes states from events; what other
 * code has made is not used. Every piece is sealed under its room's key.
 */
export function openSqliteSnapshots(path: string, madeBy: string, keys: Pick<RoomKeys, "of">): Snapshots {
  const connection = openOrMakeAnew(path);
  const findHeader = connection.prepare<[string], Header>(
    "SELECT run, made, pieces, hash FROM headers WHERE room_id = ?",
  );
  const findPiece = connection
    .prepare<[string, number, number], Buffer>("SELECT body FROM pieces WHERE room_id = ? AND run = ? AND place = ?")
    .pluck();
  const addPiece = connection.prepare<[string, number, number, Buffer]>(
    "INSERT INTO pieces (room_id, run, place, body) VALUES (?, ?, ?, ?)",
  );
  const setHeader = connection.prepare<[string, number, string, number, string]>(
    "INSERT OR REPLACE INTO headers (room_id, run, made, pieces, hash) VALUES (?, ?, ?, ?, ?)",
  );
  const dropHeader = connection.prepare<[string]>("DELETE FROM headers WHERE room_id = ?");
  const dropSome = connection.prepare<[string, number, string, number]>(
    "DELETE FROM pieces WHERE room_id = ? AND run <> ? AND place IN (SELECT place FROM pieces WHERE room_id = ? AND run <> ? LIMIT 16)",
  );
  const addPieces = connection.transaction((roomId: string, run: number, first: number, bodies: readonly Buffer[]) => {
    for (const [index, body] of bodies.entries()) addPiece.run(roomId, run, first + index, body);
  });
  let isOpen = true;

  async function read(roomId: string): Promise<Snapshot | null> {
    const header = findHeader.get(roomId);
    if (header?.made !== madeBy || keys.of(roomId).kind !== "key") return null;
    const key = keyTo(keys, roomId);
    const pause = slices();
    const assembly = new Assembly();
    const hash = createHash("sha256");
    for (let place = 0; place < header.pieces; place++) {
      const body = isOpen ? findPiece.get(roomId, header.run, place) : undefined;
      if (body === undefined) return null;
      hash.update(body);
      assembly.add(unseal(key, placeOf(roomId, place), body));
      await pause();
    }
    return hash.digest("hex") === header.hash ? (assembly.value as Snapshot) : null;
  }

  async function write(roomId: string, snapshot: Snapshot): Promise<void> {
    const found = keys.of(roomId);
    if (found.kind !== "key") return;
    const pause = slices();
    const run = (findHeader.get(roomId)?.run ?? 0) + 1;
    await dropAllBut(roomId, run - 1, pause);
    const hash = createHash("sha256");
    let waiting: Buffer[] = [];
    let pieces = 0;
    let length = 0;
    const flush = (): void => {
      addPieces(roomId, run, pieces - waiting.length, waiting);
      waiting = [];
    };
    for (const piece of piecesOf(snapshot)) {
      // Erased meanwhile.
      if (keys.of(roomId).kind !== "key") return;
      const body = seal(found.key, placeOf(roomId, pieces), piece);
      hash.update(body);
      length += piece.length;
      pieces += 1;
      waiting.push(body);
      if (waiting.length >= PIECES_AT_ONCE) flush();
      await pause();
      if (!isOpen || length > LARGEST) return;
    }
    if (!isOpen) return;
    flush();
    setHeader.run(roomId, run, madeBy, pieces, hash.digest("hex"));
    await dropAllBut(roomId, run, pause);
  }

  async function dropAllBut(roomId: string, run: number, pause: () => Promise<void> | null): Promise<void> {
    while (isOpen && dropSome.run(roomId, run, roomId, run).changes > 0) await pause();
  }

  async function drop(roomId: string): Promise<void> {
    dropHeader.run(roomId);
    await dropAllBut(roomId, NO_RUN, slices());
  }

  const close = async (): Promise<void> => {
    isOpen = false;
    connection.close();
  };
  return { read, write, drop, close };
}

/** Runs are counted from 1. */
const NO_RUN = 0;

/** Where a piece is sealed for. */
const placeOf = (roomId: string, place: number): string => `${roomId} piece ${place}`;

/** The form of the file; one of another form holds pieces that are not sealed. */
const FORM = 1;

/** A file that is no such database is made anew: it is only a cache. */
function openOrMakeAnew(path: string): Connection {
  try {
    return prepared(new Connection(path));
  } catch {
    for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(`${path}${suffix}`, { force: true });
    return prepared(new Connection(path));
  }
}

function prepared(connection: Connection): Connection {
  try {
    const tables = connection.prepare<[], number>("SELECT count(*) FROM sqlite_schema").pluck().get();
    const form = connection.prepare<[], number>("PRAGMA user_version").pluck().get();
    if (tables !== 0 && form !== FORM) throw new Error("The snapshots are of another form.");
    connection.exec(`
      PRAGMA secure_delete = ON;
      PRAGMA user_version = ${FORM};
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = OFF;
      CREATE TABLE IF NOT EXISTS headers (
        room_id TEXT PRIMARY KEY, run INTEGER NOT NULL, made TEXT NOT NULL, pieces INTEGER NOT NULL, hash TEXT NOT NULL
      ) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS pieces (
        room_id TEXT NOT NULL, run INTEGER NOT NULL, place INTEGER NOT NULL, body BLOB NOT NULL,
        PRIMARY KEY (room_id, run, place)
      ) WITHOUT ROWID;
    `);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
