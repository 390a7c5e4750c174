/**
 * What is committed stands in the write-ahead log until a checkpoint brings it into the database. SQLite makes one at the end of the commit
 * that finds the log long, and whoever waits for that commit waits for hundreds of pages on their way to the disk. Here a thread makes it beside the commits
 * (https://sqlite.org/wal.html#avoiding_excessively_large_wal_files); only where none does in time is the log so long that a commit makes it after all.
 */

/** Pages in the write-ahead log from which on SQLite makes the checkpoint itself. */
export const PAGES_AT_MOST = 16_000;

/** After so many pages, as far as they can be told, a checkpoint is made. */
const PAGES_BETWEEN = 3_000;

export class Checkpoints {
  readonly #make: () => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #pages = 0;
  #isMaking = false;

  /** `make` makes a checkpoint beside everything else; where it cannot, it rejects. */
  constructor(make: () => Promise<void>, onError: (error: unknown) => void) {
    this.#make = make;
    this.#onError = onError;
  }

  /** To be told of each append, with how many rows it brought: each touches a page of its own, and all together one. Never throws. */
  readonly appended = (rows: number): void => {
    this.#pages += rows + 1;
    if (this.#pages < PAGES_BETWEEN || this.#isMaking) return;
    this.#pages = 0;
    this.#isMaking = true;
    void this.#make()
      .catch(this.#onError)
      .finally(() => {
        this.#isMaking = false;
      });
  };
}
