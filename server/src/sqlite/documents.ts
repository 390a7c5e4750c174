import {
  DamagedDocument,
  type DocumentPlace,
  type DocumentState,
  type DocumentStore,
  type DocumentUpdate,
  type HistoryPiece,
  type MostAtOnce,
  type StoredDocument,
} from "../room/documents/store.ts";
import { KeyMissing, keyTo, type RoomKeys } from "../room/keys.ts";
import type { Connection } from "./connection.ts";
import { openDatabase } from "./database.ts";
import type { LogOptions } from "./log.ts";
import { columnsOf } from "./log-reading.ts";
import { seal, unsealBytes } from "./seal.ts";
import { WriteTurns } from "./write-turns.ts";

type RowId = number | bigint;

interface DocumentRow {
  readonly id: RowId;
  readonly folded: number;
  readonly stateSeq: number;
  readonly state: Buffer | null;
  readonly owners: string | null;
}

interface UpdateRow {
  readonly seq: number;
  readonly at: number;
  readonly seatId: string | null;
  readonly sealed: Buffer;
}

/** Documents whose row is kept in memory; beyond that all are looked up again. */
const IDS_KEPT = 20_000;

/** In how many bits of its place the number of an update stands, see `documentUpdates` in `schema.ts`. */
const SEQ_BITS = 24;
const MOST_UPDATES = 2 ** SEQ_BITS - 1;

/** As SQL, whether an update is one of a document, behind one of its numbers. */
const behindIn = (document: string, seq: string): string =>
  `place > (${document} << ${SEQ_BITS}) + ${seq} AND place <= (${document} << ${SEQ_BITS}) + ${MOST_UPDATES}`;

const keyOfPlace = ({ roomId, name }: DocumentPlace): string => `${roomId} ${name}`;

/** Where an update is sealed for, and a state. */
const placeOfUpdate = ({ roomId, name }: DocumentPlace, seq: number): string => `${roomId} ${name} ${seq}`;
const placeOfState = ({ roomId, name }: DocumentPlace, seq: number): string => `${roomId} ${name} state ${seq}`;

/** Reads documents as they are stored. `keys` are those under which they are sealed. */
function readingDocuments(connection: Connection, keys: Pick<RoomKeys, "of">) {
  const find = connection.prepare<[string, string], DocumentRow>(
    "SELECT id, folded, state_seq AS stateSeq, state, owners FROM documents WHERE room_id = ? AND name = ?",
  );
  // Backups of earlier versions, which are read as they are, have no places.
  const [isBehind, order] = columnsOf(connection)("document_updates", "place")
    ? [behindIn("@document", "@after"), "place"]
    : ["document = @document AND seq > @after", "seq"];
  const behind = connection.prepare<{ readonly document: RowId; readonly after: number }, UpdateRow>(
    `SELECT seq, at, seat_id AS seatId, sealed FROM document_updates WHERE ${isBehind} ORDER BY ${order}`,
  );
  const lastBehind = connection
    .prepare<{ readonly document: RowId; readonly after: number }, number>(
      `SELECT seq FROM document_updates WHERE ${isBehind} ORDER BY ${order} DESC LIMIT 1`,
    )
    .pluck();
  const lastOf = (document: RowId): number => lastBehind.get({ document, after: 0 }) ?? 0;

  function updatesBehind(
    place: DocumentPlace,
    id: RowId,
    after: number,
    most: MostAtOnce = { updates: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
  ): readonly DocumentUpdate[] {
    const key = keyTo(keys, place.roomId);
    const updates: DocumentUpdate[] = [];
    let bytes = 0;
    for (const { sealed, ...row } of behind.iterate({ document: id, after })) {
      bytes += sealed.length;
      if (updates.length > 0 && (updates.length >= most.updates || bytes > most.bytes)) break;
      const next = after + updates.length + 1;
      if (row.seq !== next) throw new DamagedDocument(place, next);
      updates.push({ ...row, update: unsealed(key, place, row.seq, sealed) });
    }
    return updates;
  }

  /** A state that cannot be read costs time and nothing else. */
  function stateIn(place: DocumentPlace, { state, stateSeq, owners }: DocumentRow): DocumentState | null {
    if (!state || !owners) return null;
    try {
      const update = unsealBytes(keyTo(keys, place.roomId), placeOfState(place, stateSeq), state);
      return { seq: stateSeq, update, owners: JSON.parse(owners) };
    } catch {
      return null;
    }
  }

  return {
    find,
    lastOf,
    read: (place: DocumentPlace): StoredDocument | null => {
      const row = find.get(place.roomId, place.name);
      if (!row) return null;
      const state = stateIn(place, row);
      return { state, updates: updatesBehind(place, row.id, state?.seq ?? 0), folded: row.folded };
    },
    history: (place: DocumentPlace): readonly DocumentUpdate[] => {
      const row = find.get(place.roomId, place.name);
      return row ? updatesBehind(place, row.id, 0) : [];
    },
    piece: (place: DocumentPlace, after: number, most: MostAtOnce): HistoryPiece => {
      const row = find.get(place.roomId, place.name);
      if (!row) return { updates: [], count: 0 };
      return { updates: updatesBehind(place, row.id, after, most), count: lastOf(row.id) };
    },
  };
}

/** Why a room's documents cannot be read, or null where they can. Databases of before there were documents hold none. */
export function documentsExaminer(
  connection: Connection,
  keys: Pick<RoomKeys, "of">,
): (roomId: string) => string | null {
  const tables = connection
    .prepare<[], number>("SELECT count(*) FROM sqlite_schema WHERE name = 'document_updates'")
    .pluck();
  if (tables.get() === 0) return () => null;
  const names = connection.prepare<[string], string>("SELECT name FROM documents WHERE room_id = ?").pluck();
  const { history } = readingDocuments(connection, keys);
  return (roomId) => {
    if (keys.of(roomId).kind === "erased") return null;
    try {
      for (const name of names.all(roomId)) history({ roomId, name });
      return null;
    } catch (error) {
      if (error instanceof DamagedDocument || error instanceof KeyMissing) return error.message;
      throw error;
    }
  };
}

/**
 * Opens the documents in the file of the log at `path`. `keys` are those under which they are sealed; whoever opened them closes them.
 */
export function openSqliteDocuments(
  path: string,
  keys: RoomKeys,
  { onAppended = () => {}, turns = new WriteTurns() }: Pick<LogOptions, "onAppended" | "turns"> = {},
): DocumentStore {
  const connection = openDatabase(path);
  const { find, lastOf, read, history, piece } = readingDocuments(connection, keys);
  const setState = connection.prepare<[number, Buffer, string, string, string]>(
    "UPDATE documents SET state_seq = ?, state = ?, owners = ? WHERE room_id = ? AND name = ?",
  );
  const setFolded = connection.prepare<[number, string, string]>(
    "UPDATE documents SET folded = ? WHERE room_id = ? AND name = ?",
  );
  const unfolded = connection.prepare<[], DocumentPlace>(
    `SELECT room_id AS roomId, name FROM documents
     WHERE name LIKE '%/text' AND EXISTS (SELECT 1 FROM document_updates WHERE ${behindIn("documents.id", "documents.folded")}) ORDER BY id`,
  );
  const sizes = connection.prepare<[string], { readonly seatId: string | null; readonly bytes: number }>(
    `SELECT seat_id AS seatId, sum(length(sealed)) AS bytes FROM documents
     JOIN document_updates ON ${behindIn("documents.id", "0")} WHERE room_id = ? GROUP BY seat_id`,
  );
  /** What only saves time, by what it is of. It is written with what must be on disk anyway: alone, it would cost the disk as much. */
  const beside = new Map<string, () => void>();
  const writeBeside = () => {
    for (const write of beside.values()) write();
    beside.clear();
  };
  const writeBesideAlone = connection.transaction(writeBeside);
  return {
    read: async (place) => read(place),
    history: async (place) => history(place),
    piece: async (place, after, most) => piece(place, after, most),
    append: appending(connection, { find, lastOf }, keys, { writeBeside, onAppended, turns }),
    keepState: async (place, { seq, update, owners }) => {
      const sealed = seal(keyTo(keys, place.roomId), placeOfState(place, seq), update);
      const owning = JSON.stringify(owners);
      beside.set(`state ${keyOfPlace(place)}`, () => setState.run(seq, sealed, owning, place.roomId, place.name));
    },
    keepFolded: async (place, seq) => {
      beside.set(`folded ${keyOfPlace(place)}`, () => setFolded.run(seq, place.roomId, place.name));
    },
    unfolded: async () => unfolded.all().filter(({ roomId }) => keys.of(roomId).kind === "key"),
    sizesIn: async (roomId) => new Map(sizes.all(roomId).map(({ seatId, bytes }) => [seatId, bytes])),
    close: () => {
      try {
        if (beside.size > 0) writeBesideAlone.immediate();
      } catch {
        // Only time is lost with it.
      }
      connection.close();
    },
  };
}

function unsealed(key: Buffer, place: DocumentPlace, seq: number, sealed: Buffer): Buffer {
  try {
    return unsealBytes(key, placeOfUpdate(place, seq), sealed);
  } catch (error) {
    throw new DamagedDocument(place, seq, error);
  }
}

// As on the path of commands, these statements are bare.
function appending(
  connection: Connection,
  { find, lastOf }: Pick<ReturnType<typeof readingDocuments>, "find" | "lastOf">,
  keys: RoomKeys,
  {
    writeBeside,
    onAppended,
    turns,
  }: Required<Pick<LogOptions, "onAppended" | "turns">> & { readonly writeBeside: () => void },
): DocumentStore["append"] {
  const add = connection.prepare<[string, string]>("INSERT INTO documents (room_id, name) VALUES (?, ?)");
  const insert = connection.prepare<[RowId, number, number, string | null, Buffer]>(
    `INSERT INTO document_updates (place, at, seat_id, sealed) VALUES ((? << ${SEQ_BITS}) | ?, ?, ?, ?)`,
  );
  /** By place: the document's row and its last update. */
  const ends = new Map<string, { readonly id: RowId; readonly seq: number }>();

  function endOf({ roomId, name }: DocumentPlace) {
    const row = find.get(roomId, name);
    return row ? { id: row.id, seq: lastOf(row.id) } : { id: add.run(roomId, name).lastInsertRowid, seq: 0 };
  }

  const appendAll = connection.transaction((updates: Parameters<DocumentStore["append"]>[0]) => {
    for (const update of updates) {
      const { roomId, name, seq, at, seatId } = update;
      const place = keyOfPlace(update);
      const end = ends.get(place) ?? endOf(update);
      if (end.seq !== seq - 1 || seq > MOST_UPDATES)
        throw new Error(`Update ${seq} of ${name} in ${roomId} does not follow the last one.`);
      insert.run(end.id, seq, at, seatId, seal(keyTo(keys, roomId), placeOfUpdate(update, seq), update.update));
      ends.set(place, { id: end.id, seq });
    }
    writeBeside();
  });

  return async (updates) => {
    if (ends.size > IDS_KEPT) ends.clear();
    try {
      await turns.do(() => appendAll.immediate(updates));
    } catch (error) {
      ends.clear();
      throw error;
    }
    onAppended(updates.length);
  };
}
