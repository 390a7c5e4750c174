import { close, fdatasync, fsync, open } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";

const [opened, dataSynced, synced] = [promisify(open), promisify(fdatasync), promisify(fsync)];

interface WriteAheadLog {
  /** Brings to the disk what was committed before, with no turn of the event loop waiting for it. Rejects where the disk does not take it. */
  readonly flush: () => Promise<void>;
  readonly close: () => void;
}

/**
 * The write-ahead log of the SQLite database at `path`, which holds what is committed until a checkpoint moves it, and a checkpoint brings it
 * to the disk before (https://sqlite.org/wal.html). The file stays the same for as long as the database is open, and SQLite takes its locks
 * on other files, so that this one may be opened and closed beside it.
 */
export function writeAheadLog(path: string): WriteAheadLog {
  let file: Promise<number> | null = null;
  async function begin(): Promise<number> {
    const [log, folder] = [await opened(`${path}-wal`, "r+"), await opened(dirname(path), "r").catch(() => null)];
    // That the file is there has to be on the disk as well; where folders cannot be opened, their entries need no flush.
    if (folder !== null) await synced(folder).finally(() => close(folder));
    return log;
  }
  return {
    flush: async () => {
      file ??= begin();
      try {
        await dataSynced(await file);
      } catch (error) {
        file = null;
        throw error;
      }
    },
    close: () => {
      void file?.then((log) => close(log)).catch(() => undefined);
      file = null;
    },
  };
}
