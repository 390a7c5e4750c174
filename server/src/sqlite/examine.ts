import { NewerEvents } from "@whetstone/shared/room/upcast";
import { KeyMissing, type RoomKeys } from "../room/keys.ts";
import { DamagedLog } from "../room/log.ts";
import { Connection } from "./connection.ts";
import { documentsExaminer } from "./documents.ts";
import { reading } from "./log-reading.ts";

/** A room that cannot be read, or not to its end, and why. */
interface Unreadable {
  readonly roomId: string;
  readonly reason: string;
}

/** What was found in a database. */
interface Examination {
  /** What SQLite says of its pages where they are not whole. */
  readonly pages: string | null;
  readonly rooms: number;
  readonly commits: number;
  readonly unreadable: readonly Unreadable[];
}

/**
 * Reads a database from end to end and writes nothing, also while a server uses it: its pages, every commit of every room along
 * the chain of hashes, whether there are any that the chain does not lead to, and whether `keys` open what is sealed. Throws where the file
 * is no database, or not one of this version.
 */
export async function examineDatabase(path: string, keys: Pick<RoomKeys, "of">): Promise<Examination> {
  const connection = new Connection(path, { readonly: true, fileMustExist: true });
  try {
    const pages = connection.prepare<[], string>("PRAGMA integrity_check(1)").pluck().get() ?? "nothing can be read";
    const roomIds = connection.prepare<[], string>("SELECT room_id FROM rooms ORDER BY id").pluck().all();
    const { read } = reading(connection, keys);
    const whyNot = documentsExaminer(connection, keys);
    const unreadable: Unreadable[] = [];
    // Of a file that is damaged itself there is no counting.
    const astray = pages === "ok" ? commitsAstray(connection) : new Map<string, string>();
    let commits = 0;
    for (const roomId of roomIds) {
      let reason = astray.get(roomId);
      try {
        for await (const _ of read(roomId)) commits += 1;
        reason ??= whyNot(roomId) ?? undefined;
      } catch (error) {
        if (!(error instanceof DamagedLog || error instanceof NewerEvents || error instanceof KeyMissing)) throw error;
        reason = error.message;
      }
      if (reason !== undefined) unreadable.push({ roomId, reason });
      astray.delete(roomId);
    }
    for (const [roomId, reason] of astray) unreadable.push({ roomId, reason });
    return { pages: pages === "ok" ? null : pages, rooms: roomIds.length + astray.size, commits, unreadable };
  } finally {
    connection.close();
  }
}

interface Astray {
  readonly roomId: string;
  readonly held: number;
  /** The number of the room's last commit; null where nothing says which is. */
  readonly end: number | null;
}

/**
 * Why rooms have commits that their last one does not lead back to, in one pass over all commits: a room whose end was set back to an
 * earlier commit is whole along its hashes, and so is one that was written on from there.
 */
function commitsAstray(connection: Connection): Map<string, string> {
  const rows = connection
    .prepare<[], Astray>(
      `SELECT commits.room_id AS roomId, count(*) AS held, rooms.seq AS end
       FROM commits LEFT JOIN rooms ON rooms.room_id = commits.room_id
       GROUP BY commits.room_id HAVING rooms.seq IS NULL OR held > rooms.seq`,
    )
    .all();
  return new Map(rows.map((row) => [row.roomId, sentenceOf(row)]));
}

const sentenceOf = ({ roomId, held, end }: Astray): string =>
  end === null
    ? `Which commit of ${roomId} is its last is gone; ${held} are there.`
    : `${held - end} commits of ${roomId} are not led to by commit ${end}, which is marked as its last.`;

/** How many commits of a room a database holds, each as it was stored; null where it does not, or not whole. */
export async function wholeRoomIn(path: string, roomId: string): Promise<number | null> {
  try {
    const connection = new Connection(path, { readonly: true, fileMustExist: true });
    try {
      const held = connection.prepare<[string], number>("SELECT count(*) FROM commits WHERE room_id = ?").pluck();
      let commits = 0;
      for await (const _ of reading(connection, null).read(roomId)) commits += 1;
      return commits > 0 && commits === held.get(roomId) ? commits : null;
    } finally {
      connection.close();
    }
  } catch {
    return null;
  }
}
