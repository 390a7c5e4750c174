import type { DocumentPlace, DocumentStore, DocumentUpdate } from "./store.ts";

interface Entry {
  readonly update: DocumentPlace & DocumentUpdate;
  readonly answer: (isStored: boolean) => void;
}

/** Stores updates of documents: at once where no append is under way, else together with all others that come meanwhile. */
export class UpdateQueue {
  readonly #store: Pick<DocumentStore, "append">;
  readonly #onAppended: (stored: number, faults: readonly unknown[]) => void;
  #waiting: Entry[] = [];
  #appending: Promise<void> | null = null;

  /** `onAppended` is told of every append: how many updates are stored, and why others are not. */
  constructor(store: Pick<DocumentStore, "append">, onAppended: (stored: number, faults: readonly unknown[]) => void) {
    this.#store = store;
    this.#onAppended = onAppended;
  }

  /** Fulfils with whether it is stored. Updates of one document are answered in their order. */
  add(update: DocumentPlace & DocumentUpdate): Promise<boolean> {
    const answered = new Promise<boolean>((answer) => {
      this.#waiting.push({ update, answer });
    });
    this.#appending ??= this.#appendAll();
    return answered;
  }

  /** Waits until everything that was taken in is answered. */
  async settle(): Promise<void> {
    while (this.#appending) await this.#appending;
  }

  async #appendAll(): Promise<void> {
    do {
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#append(batch);
    } while (this.#waiting.length > 0);
    this.#appending = null;
  }

  /** Where a batch fails it is tried document by document, so that only those are refused that cannot be saved. */
  async #append(batch: readonly Entry[]): Promise<void> {
    const faults: unknown[] = [];
    let stored = 0;
    const parts: (readonly Entry[])[] = [batch];
    for (const part of parts) {
      try {
        await this.#store.append(part.map(({ update }) => update));
        stored += part.length;
        for (const { answer } of part) answer(true);
      } catch (error) {
        faults.push(error);
        const names = new Set(part.map(nameOf));
        if (names.size > 1) for (const name of names) parts.push(part.filter((entry) => nameOf(entry) === name));
        else for (const { answer } of part) answer(false);
      }
    }
    this.#onAppended(stored, faults);
  }
}

const nameOf = ({ update }: Entry): string => `${update.roomId} ${update.name}`;
