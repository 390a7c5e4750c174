import { join } from "node:path";
import { examineDatabase, wholeRoomIn } from "../sqlite/examine.ts";
import { readSqliteKeys } from "../sqlite/keys.ts";
import { backupsIn } from "./backup.ts";
import { pathIn } from "./directory.ts";

/** What `examine` found, line by line, and whether all is well. */
interface Findings {
  readonly isWell: boolean;
  readonly lines: readonly string[];
}

/**
 * Looks through a data directory: whether the database is whole and every room in it is as it was stored; of a room that is not, which is the
 * newest backup in `backups` that has it whole.
 */
export async function examine(dataDir: string, backups: string): Promise<Findings> {
  const database = pathIn(dataDir, "database");
  const keys = readSqliteKeys(pathIn(dataDir, "roomKeys"));
  const { pages, rooms, commits, unreadable } = await examineDatabase(database, keys).finally(() => keys.close());
  const whole = `${rooms - unreadable.length} of ${rooms} rooms are as they were stored, with ${commits} commits.`;
  if (pages === null && unreadable.length === 0) return { isWell: true, lines: [`${database}: ${whole}`] };
  const lines = [`${database}: ${whole}`];
  if (pages !== null) lines.push(`The file itself is damaged: ${pages}`);
  for (const { roomId, reason } of unreadable)
    lines.push(`${roomId}: ${reason}`, `  ${await goodBackup(backups, roomId)}`);
  lines.push("Keep a copy of the data directory as it is before you restore anything.");
  return { isWell: false, lines };
}

async function goodBackup(directory: string, roomId: string): Promise<string> {
  for (const name of backupsIn(directory).reverse()) {
    const commits = await wholeRoomIn(join(directory, name), roomId);
    if (commits !== null)
      return `The last good backup of it is ${join(directory, name)}, with ${commits} commits of it.`;
  }
  return `No backup in ${directory} has it whole.`;
}
