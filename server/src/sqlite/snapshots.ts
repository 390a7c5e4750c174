import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { Assembly, piecesOf } from "../room/pieces.ts";
import { slices } from "../room/slices.ts";
import type { Snapshot, Snapshots } from "../room/snapshots.ts";
import { Connection } from "./connection.ts";

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
 * code has made is not used.
 */
export function openSqliteSnapshots(path: string, madeBy: string): Snapshots {
  const connection = openOrMakeAnew(path);
  const findHeader = connection.prepare<[string], Header>(
    "SELECT run, made, pieces, hash FROM headers WHERE room_id = ?",
  );
  const findPiece = connection
    .prepare<[string, number, number], string>("SELECT body FROM pieces WHERE room_id = ? AND run = ? AND place = ?")
    .pluck();
  const addPiece = connection.prepare<[string, number, number, string]>(
    "INSERT INTO pieces (room_id, run, place, body) VALUES (?, ?, ?, ?)",
  );
  const setHeader = connection.prepare<[string, number, string, number, string]>(
    "INSERT OR REPLACE INTO headers (room_id, run, made, pieces, hash) VALUES (?, ?, ?, ?, ?)",
  );
  const dropSome = connection.prepare<[string, number, string, number]>(
    "DELETE FROM pieces WHERE room_id = ? AND run <> ? AND place IN (SELECT place FROM pieces WHERE room_id = ? AND run <> ? LIMIT 16)",
  );
  const addPieces = connection.transaction((roomId: string, run: number, first: number, bodies: readonly string[]) => {
    for (const [index, body] of bodies.entries()) addPiece.run(roomId, run, first + index, body);
  });
  let isOpen = true;

  async function read(roomId: string): Promise<Snapshot | null> {
    const header = findHeader.get(roomId);
    if (header?.made !== madeBy) return null;
    const pause = slices();
    const assembly = new Assembly();
    const hash = createHash("sha256");
    for (let place = 0; place < header.pieces; place++) {
      const body = isOpen ? findPiece.get(roomId, header.run, place) : undefined;
      if (body === undefined) return null;
      hash.update(body);
      assembly.add(body);
      await pause();
    }
    return hash.digest("hex") === header.hash ? (assembly.value as Snapshot) : null;
  }

  async function write(roomId: string, snapshot: Snapshot): Promise<void> {
    const pause = slices();
    const run = (findHeader.get(roomId)?.run ?? 0) + 1;
    await dropAllBut(roomId, run - 1, pause);
    const hash = createHash("sha256");
    let waiting: string[] = [];
    let pieces = 0;
    let length = 0;
    const flush = (): void => {
      addPieces(roomId, run, pieces - waiting.length, waiting);
      waiting = [];
    };
    for (const body of piecesOf(snapshot)) {
      hash.update(body);
      length += body.length;
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

  const close = async (): Promise<void> => {
    isOpen = false;
    connection.close();
  };
  return { read, write, close };
}

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
    connection.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = OFF;
      CREATE TABLE IF NOT EXISTS headers (
        room_id TEXT PRIMARY KEY, run INTEGER NOT NULL, made TEXT NOT NULL, pieces INTEGER NOT NULL, hash TEXT NOT NULL
      ) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS pieces (
        room_id TEXT NOT NULL, run INTEGER NOT NULL, place INTEGER NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (room_id, run, place)
      ) WITHOUT ROWID;
    `);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
