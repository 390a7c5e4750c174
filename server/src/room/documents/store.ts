/** Names a document of a room: `name` is its `documentKey`. */
export interface DocumentPlace {
  readonly roomId: string;
  readonly name: string;
}

/** One stored update of a document. `seq` counts from 1 without gaps; `at` is in milliseconds since 1970; the server itself has no seat. */
export interface DocumentUpdate {
  readonly seq: number;
  readonly at: number;
  readonly seatId: string | null;
  /** In Yjs' format, version 1. */
  readonly update: Uint8Array;
}

/** Under which number of Yjs' who writes; null is the server. */
type Owners = readonly (readonly [client: number, seatId: string | null])[];

/** A document up to one of its updates, so that those need not be read one by one. It only saves time. */
export interface DocumentState {
  readonly seq: number;
  readonly update: Uint8Array;
  readonly owners: Owners;
}

export interface StoredDocument {
  readonly state: DocumentState | null;
  /** Those behind the state, or all, in order. */
  readonly updates: readonly DocumentUpdate[];
  /** Up to where the room's log has it as the answer; 0 where nothing was written there yet. */
  readonly folded: number;
}

/** How much of a history is read at once; of what is more than that, its first update all the same. */
export interface MostAtOnce {
  readonly updates: number;
  readonly bytes: number;
}

/** A piece of a document's history. */
export interface HistoryPiece {
  readonly updates: readonly DocumentUpdate[];
  /** How many updates the document has in all. */
  readonly count: number;
}

/** What documents of a room take, in bytes, by the seats that wrote in them. */
type DocumentSizes = ReadonlyMap<string | null, number>;

/** The documents of all rooms, beside their log. What was appended stays for ever, whatever states are kept of it. */
export interface DocumentStore {
  /** Null where there is no such document. Throws `DamagedDocument` where what is stored is not what was. */
  read(place: DocumentPlace): Promise<StoredDocument | null>;
  /** Makes all of the updates durable, or none: when the promise fulfils they are on disk. Rejects where one does not follow its document's last. */
  append(updates: readonly (DocumentPlace & DocumentUpdate)[]): Promise<void>;
  /** A document's updates from the first one on, whatever states are kept. */
  history(place: DocumentPlace): Promise<readonly DocumentUpdate[]>;
  /** The updates behind the first `after`, as many as are within `most`. */
  piece(place: DocumentPlace, after: number, most: MostAtOnce): Promise<HistoryPiece>;
  /** It is on disk with the next append at the latest, or when the store is closed. */
  keepState(place: DocumentPlace, state: DocumentState): Promise<void>;
  /** As `keepState`. */
  keepFolded(place: DocumentPlace, seq: number): Promise<void>;
  /** Texts of which the log does not have all; what is drawn is never put there. */
  unfolded(): Promise<readonly DocumentPlace[]>;
  sizesIn(roomId: string): Promise<DocumentSizes>;
  close(): void;
}

/** What is stored of a document is not what was stored. Nothing is made of it. */
export class DamagedDocument extends Error {
  constructor({ roomId, name }: DocumentPlace, seq: number, cause?: unknown) {
    super(`Update ${seq} of ${name} in ${roomId} is not as it was stored.`, { cause });
  }
}
