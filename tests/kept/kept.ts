import { existsSync, readdirSync, readFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { AuthoredDocument } from "@whetstone/shared/authored";
import { type Bank, Kit, Pack, Question, Sources } from "@whetstone/shared/bank";
import { RoomEvent } from "@whetstone/shared/room/event";
import { z } from "zod";
import { Connection } from "../../server/src/sqlite/connection.ts";
import type { Pool } from "../../server/src/threads/pool.ts";
import { Clock, startServer, type TestServer, temporaryFolder } from "../support/server.ts";

/**
 * Data as an earlier version of the server left it, a numbered folder for each, with what that server gave to everybody who asked.
 * Its database is never written again; `make.kept.ts` beside this makes it.
 */

const HERE = fileURLToPath(new URL(".", import.meta.url));

/** Somebody's secret in a room: a seat's token, now or before, or that of a link. */
const Holder = z.strictObject({ name: z.string(), secret: z.string() });
export type Holder = z.infer<typeof Holder>;

const KeptRoom = z.strictObject({ name: z.string(), roomId: z.string(), holders: z.array(Holder) });
export type KeptRoom = z.infer<typeof KeptRoom>;

const Import = z.strictObject({
  pack: z.strictObject({ id: z.string(), title: z.string() }),
  files: z.array(z.strictObject({ name: z.string(), text: z.string() })),
});
export type Import = z.infer<typeof Import>;

/** What a later server needs to be asked the same again. */
export const Kept = z.strictObject({
  askedAt: z.number().describe("The server's time at which everybody asks, in milliseconds since 1970."),
  hostKey: z.string(),
  keepDays: z.int().optional().describe("For how many days its rooms are kept."),
  rooms: z.array(KeptRoom),
  imports: z.array(Import).describe("What was imported, in this order."),
});
export type Kept = z.infer<typeof Kept>;

/** The packs in files, which no database holds. */
export const KeptBank = z.strictObject({
  packs: z.array(Pack),
  questions: z.array(Question.extend({ pack: z.string() })),
  kits: z.array(Kit),
  sources: z.array(z.strictObject({ pack: z.string(), sources: Sources })),
});
export type KeptBank = z.infer<typeof KeptBank>;

/** By file, what was answered. */
export type Answers = ReadonlyMap<string, string>;

export const folderOf = (version: number): string => join(HERE, String(version));
export const pageOf = (folder: string): string => join(folder, "page.zip");
export const databaseOf = (folder: string): string => join(folder, "whetstone.sqlite");

/** The versions of which data is kept, ascending. */
export const keptVersions = (): number[] =>
  readdirSync(HERE)
    .map(Number)
    .filter((version) => Number.isInteger(version) && existsSync(databaseOf(folderOf(version))))
    .sort((a, b) => a - b);

/** The versions whose page is kept as it was built, each with its archive: its scripts, its styles and its one document. */
export const keptPages = (): (readonly [version: number, archive: string])[] =>
  keptVersions()
    .map((version) => [version, pageOf(folderOf(version))] as const)
    .filter(([, archive]) => existsSync(archive));

export const readKept = (folder: string): Kept => Kept.parse(readJson(join(folder, "kept.json")));

function bankOfKept({ packs, questions, kits, sources }: KeptBank): Bank {
  const byId = <T extends { readonly id: string }>(items: readonly T[]) =>
    new Map(items.map((item) => [item.id, item]));
  return {
    packs: byId(packs),
    questions: byId(questions),
    kits: byId(kits),
    sources: new Map(sources.map(({ pack, sources: lists }) => [pack, lists])),
  };
}

/** A server of today over a copy of the data, at the moment of asking; with a pool of its own where none is given. */
export function openKept(folder: string, pool?: Pool): Promise<TestServer> {
  const { hostKey, askedAt, keepDays = null } = readKept(folder);
  const bank = bankOfKept(KeptBank.parse(readJson(join(folder, "bank.json"))));
  const now = new Clock(askedAt).now;
  return startServer({ bank, hostKey, now, config: { keepDays }, database: databaseOf(folder), ...(pool && { pool }) });
}

/** What an earlier server answered in one part of the asking. */
export function expectedOf(folder: string, part: string): Answers {
  const root = join(folder, "expected", part);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [relative(root, path).replaceAll(sep, "/"), readFileSync(path, "utf8")]));
}

type Rows = Readonly<Record<string, readonly unknown[]>>;

/** A table that is its own index has its order, and no other. */
const orderOf = (table: string): string => (table === "document_updates" ? "document, seq" : "rowid");

/** Every row of a database that nobody has open, by table; with `before`, only the tables and columns that it has, as later servers may add some. */
export async function rowsOf(file: string, before?: Rows): Promise<Rows> {
  // Opening leaves files beside it.
  const copy = join(await temporaryFolder(), "copy.sqlite");
  await copyFile(file, copy);
  const database = new Connection(copy);
  try {
    const tables = z
      .array(z.object({ name: z.string() }))
      .parse(database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all());
    const rows = tables.map(
      ({ name }) => [name, database.prepare(`SELECT * FROM "${name}" ORDER BY ${orderOf(name)}`).all()] as const,
    );
    return before ? narrowed(Object.fromEntries(rows), before) : Object.fromEntries(rows);
  } finally {
    database.close();
  }
}

/** What may grow: the list of migrations, and that of who read what. */
const GROWING: ReadonlySet<string> = new Set(["__drizzle_migrations", "accesses"]);

function narrowed(rows: Rows, before: Rows): Rows {
  const tables = Object.entries(before).map(([table, rowsBefore]) => {
    const columns = Object.keys(Object(rowsBefore[0]));
    const known = (rows[table] ?? []).map((row) =>
      Object.fromEntries(Object.entries(Object(row)).filter(([column]) => columns.includes(column))),
    );
    return [table, GROWING.has(table) ? known.slice(0, rowsBefore.length) : known] as const;
  });
  return Object.fromEntries(tables);
}

/** How often each type of event stands in a database's log. */
async function eventCounts(file: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const stored = z.array(z.object({ events: z.string() })).parse((await rowsOf(file)).commits);
  const events = stored.flatMap((commit) => z.array(z.object({ type: z.string() })).parse(JSON.parse(commit.events)));
  for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

/** What databases should hold together and do not: types of events, and kinds of what users write. */
export async function missingIn(files: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const file of files) {
    for (const type of (await eventCounts(file)).keys()) found.add(type);
    for (const { kind } of z.array(z.object({ kind: z.string() })).parse((await rowsOf(file)).own_documents))
      found.add(kind);
  }
  return [
    ...RoomEvent.options.map((option) => option.shape.type.value),
    ...AuthoredDocument.options.map((option) => option.shape.kind.value),
  ].filter((name) => !found.has(name));
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
