import { type Commit, EVENTS_VERSION } from "@whetstone/shared/room/event";
import { commitReader } from "@whetstone/shared/room/upcast";
import type { RoomLog } from "../room/log.ts";
import type { Connection } from "./connection.ts";
import { openDatabase } from "./database.ts";
import type { commits } from "./schema.ts";

/** Opens the log in the file at `path`, making the file and its tables where they are missing. */
export function openSqliteLog(path: string): RoomLog {
  const connection = openDatabase(path);
  const append = appending(connection);
  const read = reading(connection);
  return {
    append: async (batch) => append(batch),
    read,
    close: async () => {
      connection.close();
    },
  };
}

// These statements are on the path of every command, so they are bare: Drizzle's binding costs as much as the insertion itself.

/** Where the chain of a room ends. */
interface End {
  readonly id: number | bigint;
  seq: number;
  lastCommit: number | bigint;
}

/** Rooms whose end is kept in memory; beyond that all are looked up again. */
const ENDS_KEPT = 20_000;

/** Appends a batch in one transaction, or throws and leaves everything as it was. */
function appending(connection: Connection): (batch: readonly Commit[]) => void {
  const find = connection.prepare<[string], End>(
    "SELECT id, seq, last_commit AS lastCommit FROM rooms WHERE room_id = ?",
  );
  const insert = connection.prepare<
    [number | bigint | null, string, number, string, string | null, number, number, string]
  >(
    "INSERT INTO commits (previous, room_id, seq, command_id, seat_id, at, version, events) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const open = connection.prepare<[string, number | bigint]>(
    "INSERT INTO rooms (room_id, seq, last_commit) VALUES (?, 1, ?)",
  );
  const advance = connection.prepare<[number, number | bigint, number | bigint, number | bigint]>(
    "UPDATE rooms SET seq = ?, last_commit = ? WHERE id = ? AND last_commit = ?",
  );
  const ends = new Map<string, End>();

  const append = ({ roomId, seq, commandId, seatId, at, events }: Commit): void => {
    const end = ends.get(roomId) ?? find.get(roomId);
    if ((end?.seq ?? 0) !== seq - 1) throw new Error(`Commit ${seq} of ${roomId} does not follow the last one.`);
    const previous = end?.lastCommit ?? null;
    const commit = insert.run(
      previous,
      roomId,
      seq,
      commandId,
      seatId,
      at,
      EVENTS_VERSION,
      JSON.stringify(events),
    ).lastInsertRowid;
    if (!end) {
      ends.set(roomId, { id: open.run(roomId, commit).lastInsertRowid, seq, lastCommit: commit });
      return;
    }
    // What was kept in memory is checked here: another server may have moved the room on.
    if (advance.run(seq, commit, end.id, end.lastCommit).changes !== 1) {
      throw new Error(`Another server has added to ${roomId}.`);
    }
    end.seq = seq;
    end.lastCommit = commit;
    ends.set(roomId, end);
  };
  const transaction = connection.transaction((batch: readonly Commit[]) => batch.forEach(append));
  return (batch) => {
    if (ends.size > ENDS_KEPT) ends.clear();
    try {
      transaction.immediate(batch);
    } catch (error) {
      ends.clear();
      throw error;
    }
  };
}

type Row = Pick<typeof commits.$inferSelect, "seq" | "at" | "version" | "events"> & {
  command_id: string;
  seat_id: string | null;
};

/** Commits that are parsed in one turn of the event loop, so that a long room keeps no other waiting. */
const PARSED_AT_ONCE = 100;

/** Reads a room's commits along the chain from its last one. */
function reading(connection: Connection): (roomId: string) => Promise<Commit[]> {
  const select = connection.prepare<[string], Row>(`
    WITH RECURSIVE chain (id) AS (
      SELECT last_commit FROM rooms WHERE room_id = ?
      UNION ALL
      SELECT previous FROM chain JOIN commits USING (id) WHERE previous IS NOT NULL
    )
    SELECT seq, command_id, seat_id, at, version, events FROM chain JOIN commits USING (id) ORDER BY seq
  `);
  return async (roomId) => {
    const rows = select.all(roomId);
    const commits: Commit[] = [];
    const readCommit = commitReader();
    for (const [index, { seq, command_id, seat_id, at, version, events }] of rows.entries()) {
      if (index > 0 && index % PARSED_AT_ONCE === 0) await nextTurn();
      commits.push(
        readCommit({ roomId, seq, commandId: command_id, seatId: seat_id, at, version, events: JSON.parse(events) }),
      );
    }
    return commits;
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
