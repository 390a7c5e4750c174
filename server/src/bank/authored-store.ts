import type { AuthoredDocument } from "@whetstone/shared/authored";

/** Nothing of what was to be saved is, as on a full disk; it may be saved a moment later. */
export class NotSaved extends Error {}

/** Keeps what users write for the bank. Asynchronous, so that another database can stand behind it. */
export interface AuthoredStore {
  /** Everything that is kept, in the order in which it was first saved. Throws when a row is not what its schema says. */
  all(): Promise<AuthoredDocument[]>;
  /**
   * Makes all documents durable, or none and throws `NotSaved`; one with the kind and identifier of another replaces it. To be called when
   * the one before is done. Of very many, no more than a few are stored in one turn of the event loop.
   */
  save(documents: readonly AuthoredDocument[]): Promise<void>;
  close(): Promise<void>;
}
