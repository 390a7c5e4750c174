import type { OwnDocument } from "@whetstone/shared/own";

/** Keeps what users write for the bank. Asynchronous, so that another database can stand behind it. */
export interface AuthoredStore {
  /** Everything that is kept, in the order in which it was first saved. Throws when a row is not what its schema says. */
  all(): Promise<OwnDocument[]>;
  /** Makes all documents durable, or none; one with the kind and identifier of another replaces it. */
  save(documents: readonly OwnDocument[]): Promise<void>;
  close(): Promise<void>;
}
