import { copyFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Connection } from "../../server/src/sqlite/connection.ts";
import { documentsExaminer, openSqliteDocuments } from "../../server/src/sqlite/documents.ts";
import { databaseOf, folderOf } from "../kept/kept.ts";
import { keysBeside, openKeys, openLog } from "../support/log.ts";
import { temporaryFolder } from "../support/server.ts";

const roomId = "r_000000000001";
const place = { roomId, name: "a_000000000001/text" };
const written = (seq: number) => ({ ...place, seq, at: seq, seatId: null, update: new Uint8Array([seq]) });
const state = { seq: 2, update: new Uint8Array([1, 2]), owners: [[7, "s_000000000001"]] as const };

/** The documents of a database with one room, opened as often as it is called. */
async function documentsOnDisk() {
  const dataFile = join(await temporaryFolder(), "whetstone.sqlite");
  const log = openLog(dataFile);
  const events = [{ type: "roomPaused", roundId: 1 }] as const;
  await log.append([{ roomId, seq: 1, commandId: "c_000000000001", seatId: null, at: 1, events: [...events] }]);
  await log.close();
  const keys = openKeys(dataFile);
  onTestFinished(() => keys.close());
  return () => openSqliteDocuments(dataFile, keys);
}

test("what saves a document time is on disk with the next append, whatever becomes of the process then", async () => {
  const open = await documentsOnDisk();
  const documents = open();
  onTestFinished(() => documents.close());
  await documents.append([written(1), written(2)]);
  await documents.keepState(place, state);
  await documents.keepFolded(place, 2);
  await documents.append([written(3)]);
  // As another process finds it that starts after this one was killed.
  const others = open();
  onTestFinished(() => others.close());
  const found = await others.read(place);
  expect(found?.state?.seq).toBe(2);
  expect(found?.state?.owners).toEqual(state.owners);
  expect(found?.updates.map(({ seq }) => seq)).toEqual([3]);
  expect(found?.folded).toBe(2);
  expect(await others.unfolded()).toEqual([place]);
});

test("what saves a document time is on disk when the documents are closed, and everything written is without it", async () => {
  const open = await documentsOnDisk();
  const documents = open();
  await documents.append([written(1), written(2)]);
  const before = open();
  expect((await before.read(place))?.updates.map(({ seq }) => seq)).toEqual([1, 2]);
  before.close();
  await documents.keepState(place, state);
  await documents.keepFolded(place, 2);
  documents.close();
  const after = open();
  onTestFinished(() => after.close());
  expect((await after.read(place))?.state?.seq).toBe(2);
  expect(await after.unfolded()).toEqual([]);
  expect((await after.history(place)).map(({ seq }) => seq)).toEqual([1, 2]);
});

test("documents that stand beside each other have each its own updates, and those of a room are counted by seat", async () => {
  const open = await documentsOnDisk();
  const documents = open();
  onTestFinished(() => documents.close());
  const names = ["a_000000000001/text", "a_000000000001/board", "a_000000000002/text"];
  for (const [index, name] of names.entries()) {
    const updates = Array.from({ length: index + 2 }, (_, at) => ({ ...written(at + 1), name, seatId: `s_${at % 2}` }));
    await documents.append(updates.slice(0, 1));
    await documents.append(updates.slice(1));
  }
  for (const [index, name] of names.entries()) {
    const history = await documents.history({ roomId, name });
    expect(history.map(({ seq }) => seq)).toEqual(Array.from({ length: index + 2 }, (_, at) => at + 1));
    const piece = await documents.piece({ roomId, name }, 1, { updates: 1, bytes: 1_000 });
    expect(piece.updates.map(({ seq }) => seq)).toEqual([2]);
    expect(piece.count).toBe(index + 2);
  }
  await documents.keepFolded(place, 2);
  await documents.append([{ ...written(5), name: "a_000000000002/text" }]);
  expect(await documents.unfolded()).toEqual([{ roomId, name: "a_000000000002/text" }]);
  const [one, other] = ["s_0", "s_1"].map((seatId) => documents.sizesIn(roomId).then((sizes) => sizes.get(seatId)));
  // Five updates of one seat and four of the other, each as long as any.
  expect(((await one) ?? 0) * 4).toBe(((await other) ?? 0) * 5);
  expect((await documents.sizesIn("r_000000000002")).size).toBe(0);
  await expect(documents.append([{ ...written(9), name: "a_000000000002/text" }])).rejects.toThrow("does not follow");
});

test("documents of a version without places are examined as they are, and whole when they have been given them", async () => {
  const dataFile = join(await temporaryFolder(), "whetstone.sqlite");
  await copyFile(databaseOf(folderOf(9)), dataFile);
  await copyFile(join(dirname(databaseOf(folderOf(9))), "keys.sqlite"), keysBeside(dataFile));
  const keys = openKeys(dataFile);
  onTestFinished(() => keys.close());
  const connection = new Connection(dataFile);
  const stored = connection
    .prepare<[], { roomId: string; name: string; count: number }>(
      `SELECT room_id AS roomId, name, count(*) AS count FROM documents
       JOIN document_updates ON document = documents.id GROUP BY documents.id`,
    )
    .all();
  const whyUnreadable = documentsExaminer(connection, keys);
  for (const { roomId: of } of stored) expect(whyUnreadable(of)).toBeNull();
  connection.close();
  const documents = openSqliteDocuments(dataFile, keys);
  onTestFinished(() => documents.close());
  const readable = stored.filter(({ roomId: of }) => keys.of(of).kind === "key");
  expect(readable.length).toBeGreaterThan(1);
  for (const { count, ...of } of readable) expect(await documents.history(of)).toHaveLength(count);
});
