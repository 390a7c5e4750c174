import { Access } from "@whetstone/shared/room/keeping/access";
import type { Accesses } from "../room/accesses.ts";
import { openDatabase } from "./database.ts";

interface Row {
  readonly at: number;
  readonly seatId: string;
  readonly what: string;
  readonly format: string | null;
}

/** Notes accesses in the database in the file at `path`. */
export function openSqliteAccesses(path: string): Accesses {
  const connection = openDatabase(path);
  const add = connection.prepare<[string, number, string, string, string | null]>(
    "INSERT INTO accesses (room_id, at, seat_id, what, format) VALUES (?, ?, ?, ?, ?)",
  );
  const find = connection.prepare<[string], Row>(
    "SELECT at, seat_id AS seatId, what, format FROM accesses WHERE room_id = ? ORDER BY id",
  );
  return {
    add: (roomId, access) => {
      add.run(roomId, access.at, access.seatId, access.what, access.what === "exported" ? access.format : null);
    },
    of: (roomId) =>
      find.all(roomId).map(({ format, ...row }) => Access.parse(format === null ? row : { ...row, format })),
    close: () => {
      connection.close();
    },
  };
}
