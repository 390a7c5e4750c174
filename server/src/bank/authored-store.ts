import type { AuthoredDocument } from "@whetstone/shared/authored";

/** Keeps what users write for the bank. Asynchronous, so that another database can stand behind it. */
export interface AuthoredStore {
  /** Everything that is kept, in the order in which it was first saved. Throws when a row is not what its schema says. */
  all(): Promise<AuthoredDocument[]>;
  /** Makes all documents durable, or none; one with the kind and identifier of another replaces it. */
  save(documents: readonly AuthoredDocument[]): Promise<void>;
  close(): Promise<void>;
}
