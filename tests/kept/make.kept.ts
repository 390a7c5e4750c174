import { readdirSync, readFileSync } from "node:fs";
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { KEY_HEADER } from "../../server/src/http/principal.ts";
import { Connection } from "../../server/src/sqlite/connection.ts";
import { CLIENT_DIST } from "../support/browser.ts";
import { keysBeside } from "../support/log.ts";
import { Clock, startServer } from "../support/server.ts";
import { json, PARTS } from "./ask.ts";
import { livedThrough } from "./history.ts";
import {
  databaseOf,
  folderOf,
  type Kept,
  type KeptBank,
  keptVersions,
  missingIn,
  openKept,
  pageOf,
  readKept,
} from "./kept.ts";
import { keptBank, Shelf } from "./shelf.ts";

/**
 * `WHETSTONE_KEEP=<version> npm run keep` keeps the data and the answers of the server as it is. Where that version's data is kept
 * already it stays untouched, and the answers alone are written anew: for a change that is meant, to be read as a difference before
 * it is committed.
 */
test("keeps the data and the answers of a version", async () => {
  const version = Number(process.env.WHETSTONE_KEEP);
  expect(version, "The version to keep is a number from 1.").toBeGreaterThan(0);
  const folder = folderOf(version);
  if (!keptVersions().includes(version)) await keepData(folder);
  const kept = readKept(folder);
  const server = await openKept(folder);
  await rm(join(folder, "expected"), { recursive: true, force: true });
  for (const [part, ask] of Object.entries(PARTS)) {
    for (const [name, text] of await ask(server, kept)) await write(join(folder, "expected", part, name), text);
  }
});

const KEEP_DAYS = 365;
const HOST_KEY = "the-key-of-the-kept-server";

async function keepData(folder: string): Promise<void> {
  const clock = new Clock();
  const bank = keptBank();
  const server = await startServer({ bank, hostKey: HOST_KEY, now: clock.now, config: { keepDays: KEEP_DAYS } });
  const key = { [KEY_HEADER]: HOST_KEY };
  const shelf = new Shelf(server, key, clock);
  const rooms = await livedThrough(server, key, clock, shelf);
  clock.advance(3 * 60_000 + 7);
  const kept: Kept = { askedAt: clock.now(), hostKey: HOST_KEY, keepDays: KEEP_DAYS, rooms, imports: shelf.imports };
  const live = await PARTS.views(server, kept);
  await server.close();

  shrink(server.dataFile);
  expect(await missingIn([server.dataFile]), "The history leaves something out.").toEqual([]);
  await mkdir(folder, { recursive: true });
  shrink(keysBeside(server.dataFile));
  await copyFile(server.dataFile, databaseOf(folder));
  await copyFile(keysBeside(server.dataFile), keysBeside(databaseOf(folder)));
  await write(join(folder, "kept.json"), json(kept));
  const { packs, questions, kits, sources } = bank;
  const files: KeptBank = {
    packs: [...packs.values()],
    questions: [...questions.values()],
    kits: [...kits.values()],
    sources: [...sources].map(([pack, lists]) => ({ pack, sources: lists })),
  };
  await write(join(folder, "bank.json"), json(files));
  await writeFile(pageOf(folder), zippedPage());
  // What was seen before the server stopped is what its log gives.
  expect(await PARTS.views(await openKept(folder), kept)).toEqual(live);
}

/** The page as it is built, without fonts and pictures. */
function zippedPage(): Uint8Array {
  const names = readdirSync(CLIENT_DIST, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(html|js|css)$/.test(name),
  );
  const files = names.map((name) => [name.replaceAll(sep, "/"), readFileSync(join(CLIENT_DIST, name))] as const);
  return zipSync(Object.fromEntries(files), { level: 9, mtime: new Date("2026-01-01") });
}

/** One file without gaps, as a server leaves it that was stopped. */
function shrink(file: string): void {
  const database = new Connection(file);
  database.exec("VACUUM");
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
