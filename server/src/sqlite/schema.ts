import { sql } from "drizzle-orm";
import { blob, index, integer, primaryKey, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";

/**
 * A commit is a row at the end of one table, and each room knows its last one. An index over rooms and sequence numbers would
 * touch a page of its own for every room that writes; so a batch of commits from a hundred rooms dirties a dozen pages
 * instead of hundreds, and a room is read back along `previous`.
 */
export const commits = sqliteTable("commits", {
  id: integer("id").primaryKey(),
  previous: integer("previous"),
  roomId: text("room_id").notNull(),
  seq: integer("seq").notNull(),
  commandId: text("command_id").notNull(),
  seatId: text("seat_id"),
  at: integer("at").notNull(),
  /** The version of the events' form. Rows from before it was written down are of the first. */
  version: integer("version").notNull().default(1),
  /** As JSON, with nothing in the place of each text where those are sealed. */
  events: text("events").notNull(),
  /** Where the room's chain of hashes has come to with this commit, see `chain.ts`. Rows from before there was one have none. */
  hash: blob("hash", { mode: "buffer" }),
  /** The texts of the events, under the room's key. Rows from before there were keys hold theirs in the events. */
  sealed: blob("sealed", { mode: "buffer" }),
});

/** `seq` and `lastCommit` are the room's newest commit; a commit is appended only behind the one it was decided on. */
export const rooms = sqliteTable("rooms", {
  id: integer("id").primaryKey(),
  roomId: text("room_id").notNull().unique(),
  seq: integer("seq").notNull(),
  lastCommit: integer("last_commit").notNull(),
  /** Whether the texts were erased. */
  erased: integer("erased", { mode: "boolean" }).notNull().default(false),
  /** When they are by themselves, in milliseconds since 1970, and the setting that this follows from, in days. */
  keptUntil: integer("kept_until"),
  keptDays: integer("kept_days"),
});

/** Who read or took what when: looks at a room, which its log does not hold as they change nothing. `at` is in milliseconds since 1970. */
export const accesses = sqliteTable(
  "accesses",
  {
    id: integer("id").primaryKey(),
    roomId: text("room_id").notNull(),
    at: integer("at").notNull(),
    seatId: text("seat_id").notNull(),
    what: text("what").notNull(),
    /** Of an export. */
    format: text("format"),
  },
  (table) => [index("accesses_of_room").on(table.roomId)],
);

/**
 * The documents of asks. `state` is one update that holds all up to the one of `stateSeq`, sealed, and `owners` whose writing stands in it
 * under which number; both only save time, and may be missing. `folded` is up to where the log has it as the answer.
 */
export const documents = sqliteTable(
  "documents",
  {
    id: integer("id").primaryKey(),
    roomId: text("room_id").notNull(),
    name: text("name").notNull(),
    folded: integer("folded").notNull().default(0),
    stateSeq: integer("state_seq").notNull().default(0),
    state: blob("state", { mode: "buffer" }),
    owners: text("owners"),
  },
  (table) => [unique("document_of_room").on(table.roomId, table.name)],
);

/**
 * What was written in documents, in order and for ever, sealed under the room's key. `place` is the document's number, and in its last
 * 24 bits that of the update, so that a document's updates stand together and are found by whole numbers alone: were they found by two
 * columns, each key of anybody would read whatever large updates stand on the way to its place.
 */
export const documentUpdates = sqliteTable("document_updates", {
  place: integer("place").primaryKey(),
  document: integer("document").generatedAlwaysAs(sql`place >> 24`, { mode: "virtual" }),
  seq: integer("seq").generatedAlwaysAs(sql`place & 16777215`, { mode: "virtual" }),
  at: integer("at").notNull(),
  seatId: text("seat_id"),
  sealed: blob("sealed", { mode: "buffer" }).notNull(),
});

/** The SHA-256 of every secret by which somebody may come into a room, so that a made-up one is found out before any room is read. */
export const secrets = sqliteTable("secrets", {
  hash: text("hash").primaryKey(),
  roomId: text("room_id").notNull(),
});

/** Who found each other in the queue for partners, by the names of their browsers, for as long as they count as having met. */
export const practicePairs = sqliteTable("practice_pairs", {
  pairId: text("pair_id").primaryKey(),
  one: text("one").notNull(),
  two: text("two").notNull(),
  at: integer("at").notNull(),
  /** For how long each had waited, in milliseconds. */
  oneWaited: integer("one_waited").notNull(),
  twoWaited: integer("two_waited").notNull(),
});

/** Who never meets in that queue, whoever of the two wanted it. */
export const practiceBlocks = sqliteTable(
  "practice_blocks",
  { one: text("one").notNull(), two: text("two").notNull() },
  (table) => [primaryKey({ columns: [table.one, table.two] })],
);

/** Questions, kits and packs of the users' own, each as JSON under the schema of its kind. */
export const ownDocuments = sqliteTable(
  "own_documents",
  { kind: text("kind").notNull(), id: text("id").notNull(), body: text("body").notNull() },
  (table) => [primaryKey({ columns: [table.kind, table.id] })],
);

/** What is on its way into the table above where that takes more than one short transaction, slice by slice; see `arriving.ts`. */
export const arrivingDocuments = sqliteTable(
  "arriving_documents",
  {
    slice: integer("slice").notNull(),
    kind: text("kind").notNull(),
    id: text("id").notNull(),
    body: text("body").notNull(),
  },
  (table) => [primaryKey({ columns: [table.slice, table.kind, table.id] })],
);

/** Holds a row where what stands in `arriving_documents` counts, and none where it is left of a save that did not come to its end. */
export const arrived = sqliteTable("arrived", { documents: integer("documents").notNull() });
