import { OwnDocument } from "@whetstone/shared/own";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import type { OwnStore } from "../own-store.ts";
import { openDatabase } from "./database.ts";
import { ownDocuments } from "./schema.ts";

/** Opens the users' own questions, kits and packs in the file at `path`. */
export function openSqliteOwn(path: string): OwnStore {
  const database = openDatabase(path);
  const db = drizzle(database);
  return {
    all: async () =>
      db
        .select({ body: ownDocuments.body })
        .from(ownDocuments)
        .orderBy(sql`rowid`)
        .all()
        .map(({ body }) => OwnDocument.parse(JSON.parse(body))),
    save: async (documents) =>
      db.transaction(
        (transaction) => {
          for (const document of documents) {
            transaction
              .insert(ownDocuments)
              .values({ kind: document.kind, id: document.id, body: JSON.stringify(document) })
              .onConflictDoUpdate({ target: [ownDocuments.kind, ownDocuments.id], set: { body: sql`excluded.body` } })
              .run();
          }
        },
        { behavior: "immediate" },
      ),
    close: async () => {
      database.close();
    },
  };
}
