import { setImmediate as nextTurn } from "node:timers/promises";
import { AuthoredDocument } from "@whetstone/shared/authored";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { type AuthoredStore, NotSaved } from "../bank/authored-store.ts";
import { arriving, type DocumentRow, slicesOf } from "./arriving.ts";
import { openDatabase } from "./database.ts";
import { ownDocuments } from "./schema.ts";

/**
 * Opens the users' own questions, kits and packs in the file at `path`. What fits into one slice is saved in one transaction; more comes in
 * slice by slice, so that no interview waits for it, and counts at once.
 */
export function openSqliteAuthored(path: string): AuthoredStore {
  const connection = openDatabase(path);
  const db = drizzle(connection);
  const select = db.select().from(ownDocuments).orderBy(sql`rowid`).prepare();
  const put = db
    .insert(ownDocuments)
    .values({ kind: sql.placeholder("kind"), id: sql.placeholder("id"), body: sql.placeholder("body") })
    .onConflictDoUpdate({ target: [ownDocuments.kind, ownDocuments.id], set: { body: sql`excluded.body` } })
    .prepare();
  const { takeIn, settle } = arriving(connection);

  async function settleInTurns(): Promise<void> {
    for (const _ of settle()) await nextTurn();
  }

  function putAll(rows: readonly DocumentRow[]): void {
    for (const row of rows) put.run({ ...row });
  }

  async function save(documents: readonly AuthoredDocument[]): Promise<void> {
    // Where that failed after the last save, it has to be done before anything newer is stored.
    await settleInTurns();
    const slices = slicesOf(rowsOf(documents));
    const first = slices.next().value ?? [];
    if (first.length === documents.length) {
      return db.transaction(() => putAll(first), { behavior: "immediate" });
    }
    await takeIn(chained(first, slices));
    // It is saved. What cannot be brought to its place now is before the next save, or when the server starts again.
    await settleInTurns().catch(() => undefined);
  }

  return {
    all: async () => {
      for (const _ of settle());
      return select.all().map(documentOf);
    },
    save: async (documents) => {
      try {
        await save(documents);
      } catch (error) {
        throw new NotSaved("What was written for the bank could not be saved.", { cause: error });
      }
    },
    close: async () => {
      connection.close();
    },
  };
}

function* rowsOf(documents: readonly AuthoredDocument[]): Generator<DocumentRow, void, undefined> {
  for (const document of documents) yield { kind: document.kind, id: document.id, body: JSON.stringify(document) };
}

function* chained<T>(first: T, rest: Iterable<T>): Generator<T, void, undefined> {
  yield first;
  yield* rest;
}

/** Throws with the document's name and its first fault where the row does not hold what its schema says. */
function documentOf({ kind, id, body }: typeof ownDocuments.$inferSelect): AuthoredDocument {
  const parsed = AuthoredDocument.safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  const [fault] = parsed.error.issues;
  throw new Error(`${kind} ${id}: ${fault?.path.join(".") ?? ""}: ${fault?.message ?? "not readable"}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
