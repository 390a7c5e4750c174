import type { Fetched } from "./files.ts";

/** How much of a model has come that is on its way just now; null where none is. For `useSyncExternalStore`. */
class ModelLoading {
  readonly #listeners = new Set<() => void>();
  #snapshot: Fetched | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): Fetched | null => this.#snapshot;

  tell(fetched: Fetched | null): void {
    this.#snapshot = fetched;
    for (const listener of this.#listeners) listener();
  }
}

export const modelLoading = new ModelLoading();
