import { AuthoredDocument } from "@whetstone/shared/authored";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { type AuthoredStore, NotSaved } from "../bank/authored-store.ts";
import { openDatabase } from "./database.ts";
import { ownDocuments } from "./schema.ts";

/** Opens the users' own questions, kits and packs in the file at `path`. */
export function openSqliteAuthored(path: string): AuthoredStore {
  const connection = openDatabase(path);
  const db = drizzle(connection);
  const select = db.select().from(ownDocuments).orderBy(sql`rowid`).prepare();
  const put = db
    .insert(ownDocuments)
    .values({ kind: sql.placeholder("kind"), id: sql.placeholder("id"), body: sql.placeholder("body") })
    .onConflictDoUpdate({ target: [ownDocuments.kind, ownDocuments.id], set: { body: sql`excluded.body` } })
    .prepare();
  return {
    all: async () => select.all().map(documentOf),
    save: async (documents) => {
      try {
        db.transaction(
          () => {
            for (const document of documents) {
              put.run({ kind: document.kind, id: document.id, body: JSON.stringify(document) });
            }
          },
          { behavior: "immediate" },
        );
      } catch (error) {
        throw new NotSaved("What was written for the bank could not be saved.", { cause: error });
      }
    },
    close: async () => {
      connection.close();
    },
  };
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
