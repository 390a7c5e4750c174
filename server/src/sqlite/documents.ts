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
import { placeOfUpdate, UpdateAppender } from "./append/update-appender.ts";
import { MOST_UPDATES, SEQ_BITS } from "./append/updates.ts";
import { type Writing, writingBy } from "./append/writing.ts";
import type { Connection } from "./connection.ts";
import { openDatabase } from "./database.ts";
import { columnsOf } from "./log-reading.ts";
import { seal, unsealBytes } from "./seal.ts";

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

/** As SQL, whether an update is one of a document, behind one of its numbers. */
const behindIn = (document: string, seq: string): string =>
  `place > (${document} << ${SEQ_BITS}) + ${seq} AND place <= (${document} << ${SEQ_BITS}) + ${MOST_UPDATES}`;

/** Where a state is sealed for. */
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
export function openSqliteDocuments(path: string, keys: RoomKeys, given: Partial<Writing> = {}): DocumentStore {
  const writing = writingBy(given);
  const connection = openDatabase(path);
  const { find, lastOf, read, history, piece } = readingDocuments(connection, keys);
  const endOf = ({ roomId, name }: DocumentPlace) => {
    const row = find.get(roomId, name);
    return row ? { id: row.id, seq: lastOf(row.id) } : null;
  };
  const appender = new UpdateAppender({ connection, keys, endOf, ...writing });
  const unfolded = connection.prepare<[], DocumentPlace>(
    `SELECT room_id AS roomId, name FROM documents
     WHERE name LIKE '%/text' AND EXISTS (SELECT 1 FROM document_updates WHERE ${behindIn("documents.id", "documents.folded")}) ORDER BY id`,
  );
  const sizes = connection.prepare<[string], { readonly seatId: string | null; readonly bytes: number }>(
    `SELECT seat_id AS seatId, sum(length(sealed)) AS bytes FROM documents
     JOIN document_updates ON ${behindIn("documents.id", "0")} WHERE room_id = ? GROUP BY seat_id`,
  );
  return {
    read: async (place) => read(place),
    history: async (place) => history(place),
    piece: async (place, after, most) => piece(place, after, most),
    append: async (updates) => {
      await appender.append(updates);
      writing.onAppended(updates.length);
    },
    keepState: async ({ roomId, name }, { seq, update, owners }) => {
      const sealed = seal(keyTo(keys, roomId), placeOfState({ roomId, name }, seq), update);
      appender.keep({ kind: "state", roomId, name, seq, sealed, owners: JSON.stringify(owners) });
    },
    keepFolded: async ({ roomId, name }, seq) => appender.keep({ kind: "folded", roomId, name, seq }),
    unfolded: async () => unfolded.all().filter(({ roomId }) => keys.of(roomId).kind === "key"),
    sizesIn: async (roomId) => new Map(sizes.all(roomId).map(({ seatId, bytes }) => [seatId, bytes])),
    close: () => {
      try {
        appender.close();
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
