import * as Y from "yjs";
import { fromBase64, toBase64 } from "../../base64.ts";
import { type KeyStorage, type SurvivingStorage, surviving } from "../../browser/storage.ts";

/** What was written in a document and the server has not acknowledged, kept in this browser from the first key on. */
export class Unsent {
  readonly #storage: SurvivingStorage;
  readonly #key: string;
  #updates: readonly Uint8Array[];

  constructor(storage: KeyStorage, key: string) {
    this.#storage = surviving(storage);
    this.#key = key;
    this.#updates = updatesIn(this.#storage.getItem(key));
  }

  get all(): readonly Uint8Array[] {
    return this.#updates;
  }

  get isEmpty(): boolean {
    return this.#updates.length === 0;
  }

  /** Whether it will still be there after a reload. */
  get outlivesPage(): boolean {
    return this.#storage.outlivesPage(this.#key);
  }

  /** The letters in it, piece by piece. */
  get words(): readonly string[] {
    return this.#updates.flatMap((update) =>
      Y.decodeUpdate(update).structs.flatMap((struct) =>
        struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : [],
      ),
    );
  }

  add(update: Uint8Array): void {
    this.#keep([...this.#updates, update]);
  }

  /** As one update, in the place of its parts, all of it or as much from its beginning as `most` bytes hold; null where there is nothing. */
  merged(most: number): Uint8Array | null {
    const [first] = this.#updates;
    if (!first) return null;
    let [count, bytes] = [0, 0];
    for (const { length } of this.#updates) {
      bytes += length;
      if (count > 0 && bytes > most) break;
      count += 1;
    }
    if (count === 1) return first;
    const merged = Y.mergeUpdates(this.#updates.slice(0, count));
    this.#keep([merged, ...this.#updates.slice(count)]);
    return merged;
  }

  letGo(update: Uint8Array): void {
    this.#keep(this.#updates.filter((other) => other !== update));
  }

  replace(update: Uint8Array): void {
    this.#keep([update]);
  }

  clear(): void {
    this.#keep([]);
  }

  #keep(updates: readonly Uint8Array[]): void {
    this.#updates = updates;
    if (updates.length === 0) this.#storage.removeItem(this.#key);
    else this.#storage.setItem(this.#key, updates.map(toBase64).join(" "));
  }
}

function updatesIn(stored: string | null): readonly Uint8Array[] {
  try {
    return (stored ?? "").split(" ").filter(Boolean).map(fromBase64);
  } catch {
    return [];
  }
}
