import { NewerEvents } from "@whetstone/shared/room/upcast";
import { DamagedLog } from "../room/log.ts";
import { Connection } from "./connection.ts";
import { reading } from "./log-reading.ts";

/** A room that cannot be read, and why. */
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
 * Reads a database from end to end and writes nothing, also while a server uses it: its pages, and every commit of every room along
 * the chain of hashes. Throws where the file is no database, or not one of this version.
 */
export async function examineDatabase(path: string): Promise<Examination> {
  const connection = new Connection(path, { readonly: true, fileMustExist: true });
  try {
    const pages = connection.prepare<[], string>("PRAGMA integrity_check(1)").pluck().get() ?? "nothing can be read";
    const roomIds = connection.prepare<[], string>("SELECT room_id FROM rooms ORDER BY id").pluck().all();
    const { read } = reading(connection, null);
    const unreadable: Unreadable[] = [];
    let commits = 0;
    for (const roomId of roomIds) {
      try {
        for await (const _ of read(roomId)) commits += 1;
      } catch (error) {
        if (!(error instanceof DamagedLog || error instanceof NewerEvents)) throw error;
        unreadable.push({ roomId, reason: error.message });
      }
    }
    return { pages: pages === "ok" ? null : pages, rooms: roomIds.length, commits, unreadable };
  } finally {
    connection.close();
  }
}

/** How many commits of a room a database holds, each as it was stored; null where it does not, or not whole. */
export async function wholeRoomIn(path: string, roomId: string): Promise<number | null> {
  try {
    const connection = new Connection(path, { readonly: true, fileMustExist: true });
    try {
      let commits = 0;
      for await (const _ of reading(connection, null).read(roomId)) commits += 1;
      return commits > 0 ? commits : null;
    } finally {
      connection.close();
    }
  } catch {
    return null;
  }
}
