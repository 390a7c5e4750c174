import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const commits = sqliteTable(
  "commits",
  {
    roomId: text("room_id").notNull(),
    seq: integer("seq").notNull(),
    commandId: text("command_id").notNull(),
    seatId: text("seat_id"),
    at: integer("at").notNull(),
    events: text("events").notNull(),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.seq] })],
);
