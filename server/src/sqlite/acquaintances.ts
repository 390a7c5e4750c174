import type { Acquaintances, Met } from "../practice/acquaintances.ts";
import { openDatabase } from "./database.ts";

/** Keeps who knows whom in the database in the file at `path`. Each call is on disk when it returns. */
export function openSqliteAcquaintances(path: string): Acquaintances {
  const connection = openDatabase(path);
  const meet = connection.prepare<[string, string, string, number, number, number]>(
    "INSERT INTO practice_pairs (pair_id, one, two, at, one_waited, two_waited) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const block = connection.prepare<[string, string]>("INSERT OR IGNORE INTO practice_blocks (one, two) VALUES (?, ?)");
  const forget = connection.prepare<[string]>(
    "DELETE FROM practice_pairs WHERE pair_id IN (SELECT value FROM json_each(?))",
  );
  const pairs = connection.prepare<[], Met>(
    "SELECT pair_id AS pairId, one, two, at, one_waited AS oneWaited, two_waited AS twoWaited FROM practice_pairs ORDER BY at, rowid",
  );
  const blocks = connection.prepare<[], { readonly one: string; readonly two: string }>(
    "SELECT one, two FROM practice_blocks",
  );
  return {
    all: () => ({
      pairs: pairs.all(),
      blocks: blocks.all().map(({ one, two }): readonly [string, string] => [one, two]),
    }),
    met: ({ pairId, one, two, at, oneWaited, twoWaited }) => void meet.run(pairId, one, two, at, oneWaited, twoWaited),
    blocked: (one, two) => void block.run(one, two),
    forget: (pairIds) => void forget.run(JSON.stringify(pairIds)),
    close: () => connection.close(),
  };
}
