import { Connection } from "./connection.ts";

/** For how long it is tried to find a moment in which nobody writes, and for how long the others have theirs before each try, in milliseconds. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 1;

/** What SQLite says of a checkpoint: 1 where not all that stands in the write-ahead log by now is in the database. */
interface Checkpoint {
  readonly busy: number;
}

const never = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/**
 * Brings what stands in the write-ahead log of the database at `path` into the database while others write. The log begins anew only where all
 * of it was brought over, so what is written meanwhile is brought after, and nobody writes for that instant. It waits for nobody: it is tried
 * again where somebody writes just then, and what somebody still reads in the log is left to the next checkpoint.
 */
export default (path: string): void => {
  const connection = new Connection(path, { fileMustExist: true });
  try {
    connection.exec("PRAGMA busy_timeout = 0; PRAGMA synchronous = FULL");
    const nearlyAll = connection.prepare<[], Checkpoint>("PRAGMA wal_checkpoint(PASSIVE)");
    const all = connection.prepare<[], Checkpoint>("PRAGMA wal_checkpoint(FULL)");
    nearlyAll.get();
    const until = performance.now() + PATIENCE_MS;
    while (all.get()?.busy === 1 && performance.now() < until) Atomics.wait(never, 0, 0, PAUSE_MS);
  } finally {
    connection.close();
  }
};
