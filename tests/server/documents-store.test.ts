import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openSqliteDocuments } from "../../server/src/sqlite/documents.ts";
import { openKeys, openLog } from "../support/log.ts";
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
