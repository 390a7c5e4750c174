/**
 * The browser's storage, and the only file that touches it (a test holds the tree to it). A storage may be full, forbidden down to the
 * mere mention of it, or taken away while a page is open; a tab works all the same, and what cannot be kept is remembered for as long
 * as the page lives.
 */

/** What is used of a storage. */
export type KeyStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Why a storage does not keep what it is given: it is not to be had at all, or has no room left. */
export type StorageFault = "forbidden" | "full";

const QUOTA = /^(QuotaExceededError|NS_ERROR_DOM_QUOTA_REACHED)$/;

/** A storage that never throws. */
export class SurvivingStorage implements KeyStorage {
  readonly #open: () => KeyStorage;
  /** What the browser did not take: values by their keys, and null for what it did not remove. */
  readonly #memory = new Map<string, string | null>();
  readonly #listeners = new Set<() => void>();
  #isForbidden = false;
  #toldFault: StorageFault | null = null;

  /** `open` is called at every use, as a browser may forbid a storage at any time. */
  constructor(open: () => KeyStorage) {
    this.#open = open;
  }

  getItem(key: string): string | null {
    const held = this.#memory.get(key);
    if (held !== undefined) return held;
    try {
      return this.#open().getItem(key);
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  setItem(key: string, value: string): void {
    try {
      this.#open().setItem(key, value);
      this.#memory.delete(key);
      this.#tell();
    } catch (error) {
      this.#memory.set(key, value);
      this.#failed(error);
    }
  }

  removeItem(key: string): void {
    try {
      this.#open().removeItem(key);
      this.#memory.delete(key);
      this.#tell();
    } catch (error) {
      this.#memory.set(key, null);
      this.#failed(error);
    }
  }

  /** Whether something is kept here that a reload would take. */
  get isForgetful(): boolean {
    return [...this.#memory.values()].some((value) => value !== null);
  }

  /** Why things are kept in memory, or null where none is. */
  get fault(): StorageFault | null {
    if (this.#isForbidden) return "forbidden";
    return this.isForgetful ? "full" : null;
  }

  /** Calls whenever the fault may be another, until what is returned is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #failed(error: unknown): void {
    if (!(error instanceof Error && QUOTA.test(error.name))) this.#isForbidden = true;
    this.#tell();
  }

  /** Afterwards, as a page reads its storage in the middle of being rendered. */
  #tell(): void {
    if (this.fault === this.#toldFault) return;
    this.#toldFault = this.fault;
    queueMicrotask(() => {
      for (const listener of this.#listeners) listener();
    });
  }

  /** Whether what is kept under the key will still be there after a reload. */
  outlivesPage(key: string): boolean {
    return (this.#memory.get(key) ?? null) === null;
  }
}

/** Any storage as one that never throws. */
export const surviving = (storage: KeyStorage): SurvivingStorage =>
  storage instanceof SurvivingStorage ? storage : new SurvivingStorage(() => storage);

/** What all tabs of this browser share, until somebody clears it. */
export const browserStorage = new SurvivingStorage(() => localStorage);

/** What belongs to one tab and outlives its reloads. */
export const tabStorage = new SurvivingStorage(() => sessionStorage);
