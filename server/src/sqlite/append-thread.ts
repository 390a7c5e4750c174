import { appendingRows, type Unwritten } from "./append.ts";
import { type Answer, KEY_BYTES, type Task } from "./append-beside.ts";
import { openDatabase } from "./database.ts";

let appending: ReturnType<typeof appendingRows> | null = null;

/** Appends a batch to the log of the one database that it is asked for. Nothing is thrown but where that cannot be opened. */
export default ({ path, commits, keys }: Task): Answer => {
  appending ??= appendingRows(openDatabase(path));
  const batch: readonly Omit<Unwritten, "key">[] = JSON.parse(commits);
  try {
    return { written: JSON.stringify(appending(batch.map((one, index) => ({ ...one, key: keyAt(keys, index) })))) };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    return { message: error instanceof Error ? error.message : String(error), code };
  }
};

/** A key that is nothing but zeros is none. */
function keyAt(keys: Uint8Array, index: number): Buffer | null {
  const key = Buffer.from(keys.buffer, keys.byteOffset + index * KEY_BYTES, KEY_BYTES);
  return key.some((byte) => byte !== 0) ? key : null;
}
