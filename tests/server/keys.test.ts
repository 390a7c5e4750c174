import { copyFile, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { keyTo, type RoomKeys } from "../../server/src/room/keys.ts";
import { openSqliteKeys } from "../../server/src/sqlite/keys.ts";
import { seal, unseal } from "../../server/src/sqlite/seal.ts";
import { temporaryFolder } from "../support/server.ts";

/** The rooms' keys: there is never more of them than the newest state, in two places where one is named for it. */

const ROOMS = ["r_000000000001", "r_000000000002", "r_000000000003"] as const;
const [ONE, TWO, THREE] = ROOMS;

function opened(path: string, copy: string | null = null, errors: unknown[] = []): RoomKeys {
  const keys = openSqliteKeys(path, copy, (error) => errors.push(error));
  onTestFinished(() => keys.close());
  return keys;
}

async function places() {
  const folder = await temporaryFolder();
  return { folder, path: join(folder, "keys.sqlite"), copy: join(folder, "elsewhere", "keys.sqlite") };
}

const bytesOf = (keys: RoomKeys, roomId: string): Buffer => Buffer.from(keyTo(keys, roomId));

describe("rooms' keys", () => {
  test("are another one for each room, and stay the same", async () => {
    const { path } = await places();
    const keys = opened(path);
    expect(keys.isEmpty()).toBe(true);
    for (const file of [path, `${path}-wal`]) expect((await stat(file)).mode & 0o777).toBe(0o600);
    keys.make([ONE, TWO, ONE]);
    const [one, two] = [bytesOf(keys, ONE), bytesOf(keys, TWO)];
    expect([one.length, one.equals(two)]).toEqual([32, false]);
    keys.make([ONE, TWO, THREE]);
    expect(bytesOf(keys, ONE)).toEqual(one);
    expect(bytesOf(opened(path), ONE)).toEqual(one);
    expect(() => keyTo(keys, "r_000000000009")).toThrow(/is missing/);
  });

  test("that are destroyed are in no file any more, and are never made again", async () => {
    const { path } = await places();
    const keys = opened(path);
    keys.make(ROOMS);
    const [one, two] = [bytesOf(keys, ONE), bytesOf(keys, TWO)];
    keys.destroy(ONE, 17);
    keys.destroy(ONE, 18);
    keys.make([ONE]);
    expect(keys.of(ONE)).toEqual({ kind: "erased", at: 17 });
    expect(keys.destroyed()).toEqual([{ roomId: ONE, at: 17 }]);
    keys.close();
    const files = Buffer.concat(
      await Promise.all([readFile(path), readFile(`${path}-wal`).catch(() => Buffer.alloc(0))]),
    );
    expect([files.includes(one), files.includes(two)]).toEqual([false, true]);
  });
});

describe("a copy of the keys", () => {
  test("is in the same state at every moment, and each is made from the other", async () => {
    const { path, copy } = await places();
    const keys = opened(path, copy);
    keys.make([ONE, TWO]);
    keys.destroy(TWO, 5);
    const one = bytesOf(keys, ONE);
    const beside = opened(copy);
    expect([bytesOf(beside, ONE), beside.of(TWO)]).toEqual([one, { kind: "erased", at: 5 }]);
    beside.close();
    keys.close();
    await rm(path);
    await rm(`${path}-wal`, { force: true });
    await rm(`${path}-shm`, { force: true });
    const again = opened(path, copy);
    expect([bytesOf(again, ONE), again.of(TWO)]).toEqual([one, { kind: "erased", at: 5 }]);
  });

  test("of an older state brings no key back that was destroyed", async () => {
    const { path, copy, folder } = await places();
    const keys = opened(path, copy);
    keys.make([ONE]);
    keys.close();
    await copyFile(copy, join(folder, "older.sqlite"));
    const later = opened(path, copy);
    later.destroy(ONE, 7);
    later.close();
    await copyFile(join(folder, "older.sqlite"), copy);
    const again = opened(path, copy);
    expect(again.of(ONE)).toEqual({ kind: "erased", at: 7 });
    again.close();
    expect(opened(copy).of(ONE)).toEqual({ kind: "erased", at: 7 });
  });

  test("that cannot be written stops nothing, is told of, and is brought up to date as soon as it can be", async () => {
    const { path, copy, folder } = await places();
    const errors: unknown[] = [];
    // A file stands where its folder should be.
    await writeFile(join(folder, "elsewhere"), "in the way");
    const keys = opened(path, copy, errors);
    keys.make([ONE]);
    keys.destroy(ONE, 3);
    expect(errors.length).toBeGreaterThan(0);
    await rm(join(folder, "elsewhere"));
    keys.make([TWO]);
    const beside = opened(copy);
    expect([bytesOf(beside, TWO), beside.of(ONE)]).toEqual([bytesOf(keys, TWO), { kind: "erased", at: 3 }]);
  });
});

describe("what is sealed", () => {
  const key = Buffer.alloc(32, "a key");

  test("opens under its key and for its place alone, and whole", () => {
    const sealed = seal(key, "here", "Zoë 🙂");
    expect(sealed.includes("Zo")).toBe(false);
    expect(unseal(key, "here", sealed)).toBe("Zoë 🙂");
    expect(() => unseal(Buffer.alloc(32, "another"), "here", sealed)).toThrow();
    expect(() => unseal(key, "there", sealed)).toThrow();
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8((changed.readUInt8(at) + 1) % 256, at);
      expect(() => unseal(key, "here", changed), `byte ${at}`).toThrow();
    }
    expect(() => unseal(key, "here", sealed.subarray(0, 20))).toThrow();
  });

  test("is sealed under another nonce each time", () => {
    const nonces = new Set(Array.from({ length: 2_000 }, () => seal(key, "here", "").toString("hex", 0, 12)));
    expect(nonces.size).toBe(2_000);
  });
});
