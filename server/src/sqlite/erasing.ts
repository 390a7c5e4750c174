import type { Commit } from "@whetstone/shared/room/event";
import { NewerEvents } from "@whetstone/shared/room/upcast";
import type { RoomKeys } from "../room/keys.ts";
import { DamagedLog, type RoomLog } from "../room/log.ts";
import { newId } from "../room/secrets.ts";
import type { CommitAppender } from "./append/commit-appender.ts";
import type { WriteTurns } from "./append/write-turns.ts";
import { type CommitRow, chainHash } from "./chain.ts";
import type { Connection } from "./connection.ts";
import type { Reading } from "./log-reading.ts";
import { blanked } from "./rows.ts";

interface Parts {
  readonly reader: Reading;
  readonly keys: RoomKeys;
  readonly appender: Pick<CommitAppender, "append" | "forget">;
  readonly turns: WriteTurns;
}

interface Rewritten {
  readonly id: number | bigint;
  readonly events: string;
  readonly hash: Buffer;
}

/**
 * Erases rooms whose log says that they are erased, and those in a database that came back with a backup. A room's commits keep their order;
 * their texts go with the room's key. Only what was stored before there were keys is written anew, without its texts, and chained anew.
 */
export function erasing(
  connection: Connection,
  { reader, keys, appender, turns }: Parts,
): Pick<RoomLog, "erase" | "settleErasures"> {
  const erasedRooms = connection.prepare<[], string>("SELECT room_id FROM rooms WHERE erased = 1").pluck();
  const notBefore = connection
    .prepare<[number, number | bigint], number>("SELECT max(?, at) FROM commits WHERE id = ?")
    .pluck();
  const rewrite = connection.prepare<[string, Buffer, number | bigint]>(
    "UPDATE commits SET events = ?, hash = ? WHERE id = ?",
  );
  const rewriteAll = connection.transaction((rows: readonly Rewritten[]) => {
    for (const { id, events, hash } of rows) rewrite.run(events, hash, id);
  });

  async function takeOut(roomId: string): Promise<void> {
    const rows: Rewritten[] = [];
    let chain: string | null = null;
    for await (const { id, row, hash } of reader.rows(roomId)) {
      const events = row.sealed ? row.events : blanked(row.events);
      if (rows.length === 0 && events === row.events) {
        chain = hash;
        continue;
      }
      chain = chainHash(chain, { ...row, events } satisfies CommitRow);
      rows.push({ id, events, hash: Buffer.from(chain, "hex") });
    }
    if (rows.length === 0) return;
    await turns.do(() => {
      rewriteAll(rows);
      appender.forget(roomId);
      // The database overwrites what is deleted in its pages; here its write-ahead log is cut off too.
      connection.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    });
  }

  async function erase(roomId: string, at: number): Promise<void> {
    try {
      await takeOut(roomId);
    } finally {
      // The last step: where it is not done yet, all of it is done again at the next start.
      keys.destroy(roomId, at);
    }
  }

  /** Of a room that cannot be read the doctor tells; it keeps no other from being erased, nor the server from starting. */
  async function eraseIfReadable(erasing: Promise<void>): Promise<boolean> {
    try {
      await erasing;
      return true;
    } catch (error) {
      if (error instanceof DamagedLog || error instanceof NewerEvents) return false;
      throw error;
    }
  }

  async function settleErasures(now: number): Promise<void> {
    const marked = new Set(erasedRooms.all());
    for (const roomId of marked) if (keys.of(roomId).kind !== "erased") await eraseIfReadable(erase(roomId, now));
    for (const { roomId } of keys.destroyed()) {
      if (marked.has(roomId) || !reader.has(roomId) || !(await eraseIfReadable(takeOut(roomId)))) continue;
      const end = reader.endOf(roomId);
      if (!end) continue;
      const events: Commit["events"] = [{ type: "roomErased", why: "restored" }];
      const at = notBefore.get(now, end.lastCommit) ?? now;
      await appender.append([{ roomId, seq: end.seq + 1, commandId: newId("c"), seatId: null, at, events }]);
    }
  }

  return { erase, settleErasures };
}
