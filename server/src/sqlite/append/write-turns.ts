/**
 * Who writes in the database: one at a time. SQLite keeps it so too, but lets the others sleep until the first has done, and with whoever
 * sleeps in the server's own thread everybody waits.
 */
export class WriteTurns {
  /** Until somebody has written; null while nobody does. */
  #writing: Promise<void> | null = null;

  /** Calls `write` when nobody else writes, at once where that is so. */
  async do<T>(write: () => T | Promise<T>): Promise<T> {
    while (this.#writing) await this.#writing;
    const written = write();
    if (written instanceof Promise) {
      const free = () => {
        this.#writing = null;
      };
      this.#writing = written.then(free, free);
    }
    return written;
  }
}
