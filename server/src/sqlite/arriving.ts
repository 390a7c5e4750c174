import { setImmediate as nextTurn } from "node:timers/promises";
import type { Connection } from "./connection.ts";

/** A document as its row in the database. */
export interface DocumentRow {
  readonly kind: string;
  readonly id: string;
  readonly body: string;
}

/** What one transaction holds, so that no interview waits for a large import; one document alone may be longer. */
const ROWS_AT_ONCE = 50;
const LETTERS_AT_ONCE = 256 * 1024;

/** Rows in the slices in which they are stored. */
export function* slicesOf(rows: Iterable<DocumentRow>): Generator<readonly DocumentRow[], void, undefined> {
  let slice: DocumentRow[] = [];
  let letters = 0;
  for (const row of rows) {
    if (slice.length === ROWS_AT_ONCE || (slice.length > 0 && letters + row.body.length > LETTERS_AT_ONCE)) {
      yield slice;
      slice = [];
      letters = 0;
    }
    slice.push(row);
    letters += row.body.length;
  }
  if (slice.length > 0) yield slice;
}

/** Stores in many short transactions what has to be there as a whole or not at all, also where the process is killed between two of them. */
export interface Arriving {
  /** Stores slices, one a turn of the event loop, and makes all of them count at once. Where it throws, none does. */
  takeIn(slices: Iterable<readonly DocumentRow[]>): Promise<void>;
  /** Brings to where it belongs what came in and counts, and drops what does not; one slice a step. Nearly always there is nothing to do. */
  settle(): Generator<void, void, undefined>;
}

/** To be settled before anything is read or written. */
export function arriving(connection: Connection): Arriving {
  const put = connection.prepare<[number, string, string, string]>(
    `INSERT INTO arriving_documents (slice, kind, id, body) VALUES (?, ?, ?, ?)
     ON CONFLICT (slice, kind, id) DO UPDATE SET body = excluded.body`,
  );
  const count = connection.prepare<[number]>("INSERT INTO arrived (documents) VALUES (?)");
  const counts = connection.prepare<[], number>("SELECT count(*) FROM arrived").pluck();
  const nextSlice = connection.prepare<[], number | null>("SELECT min(slice) FROM arriving_documents").pluck();
  const move = connection.prepare<[number]>(
    `INSERT INTO own_documents (kind, id, body)
     SELECT kind, id, body FROM arriving_documents WHERE slice = ? ORDER BY rowid
     ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body`,
  );
  const drop = connection.prepare<[number]>("DELETE FROM arriving_documents WHERE slice = ?");
  const end = connection.prepare<[]>("DELETE FROM arrived");

  const store = connection.transaction((slice: number, rows: readonly DocumentRow[]) => {
    for (const { kind, id, body } of rows) put.run(slice, kind, id, body);
  });
  /** Whether there was a slice left. */
  const step = connection.transaction((): boolean => {
    const slice = nextSlice.get() ?? null;
    if (slice === null) {
      end.run();
      return false;
    }
    if (counts.get() !== 0) move.run(slice);
    drop.run(slice);
    return true;
  });

  return {
    takeIn: async (slices) => {
      let number = 0;
      let documents = 0;
      for (const rows of slices) {
        store.immediate(number, rows);
        number++;
        documents += rows.length;
        await nextTurn();
      }
      count.run(documents);
    },
    settle: function* () {
      if (counts.get() === 0 && (nextSlice.get() ?? null) === null) return;
      while (step.immediate()) yield;
    },
  };
}
