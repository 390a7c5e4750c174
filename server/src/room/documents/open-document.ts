import { textOf } from "@whetstone/shared/workspace/document";
import { type DocumentPart, documentNamed } from "@whetstone/shared/workspace/name";
import { PART_RULES } from "@whetstone/shared/workspace/rules";
import { admitted, type UpdateFault } from "@whetstone/shared/workspace/update";
import * as Y from "yjs";
import type { DocumentPlace, DocumentState, StoredDocument } from "./store.ts";

/** The number under which the server itself writes in documents; those of pages are random. */
const SERVER_CLIENT = 1;

/** A document as this process holds it: what it has come to with all that was accepted, which may be ahead of the disk. */
export class OpenDocument {
  readonly place: DocumentPlace;
  /** Which of an ask's documents it is. */
  readonly part: DocumentPart;
  readonly yjs: Y.Doc;
  readonly #owners: Map<number, string | null>;
  /** The updates that came of what is being changed just now. */
  #made: Uint8Array[] = [];
  /** The last update that was accepted, and the last one that is on disk. */
  seq: number;
  savedSeq: number;
  /** The last one that its kept state holds, and the last one that the room's log has as the answer. */
  stateSeq: number;
  folded: number;
  /** It is held by nobody any more, and what it came to is not to be gone on from. */
  isAstray = false;

  constructor(place: DocumentPlace, stored: StoredDocument | null) {
    this.place = place;
    this.part = documentNamed(place.name).part;
    this.yjs = new Y.Doc();
    this.yjs.clientID = SERVER_CLIENT;
    this.#owners = new Map(stored?.state?.owners);
    if (stored?.state) Y.applyUpdate(this.yjs, stored.state.update);
    for (const { update, seatId } of stored?.updates ?? []) {
      for (const client of Y.parseUpdateMeta(update).to.keys()) {
        if (!this.#owners.has(client)) this.#owners.set(client, seatId);
      }
      Y.applyUpdate(this.yjs, update);
    }
    // One listener for good: whoever listens and leaves at each key leaves garbage behind that is only collected with all of the heap.
    this.yjs.on("update", (update: Uint8Array) => this.#made.push(update));
    this.stateSeq = stored?.state?.seq ?? 0;
    this.seq = this.stateSeq + (stored?.updates.length ?? 0);
    this.savedSeq = this.seq;
    this.folded = stored?.folded ?? 0;
  }

  /** What is written in it; a board has no such text. */
  get text(): string {
    return textOf(this.yjs).toString();
  }

  get state(): DocumentState {
    return { seq: this.seq, update: Y.encodeStateAsUpdate(this.yjs), owners: [...this.#owners] };
  }

  /**
   * Takes an update in and gives what of it is new, null where nothing is; or says why it cannot be taken. Where it is touched then, the
   * document is to be opened anew.
   */
  take(
    update: Uint8Array,
    seatId: string,
  ): { readonly fresh: Uint8Array | null } | { readonly fault: UpdateFault; readonly isTouched: boolean } {
    const ownerOf = (client: number) => (client === SERVER_CLIENT ? null : this.#owners.get(client));
    let taken: ReturnType<typeof admitted> | undefined;
    const fresh = this.write((document) => {
      taken = admitted(update, { document, ownerOf, seatId, rules: PART_RULES[this.part] });
    });
    if (!taken || "fault" in taken) return taken ?? { fault: "garbage", isTouched: true };
    for (const client of taken.clients) this.#owners.set(client, seatId);
    return { fresh };
  }

  /** Lets the document be changed, and gives the update that comes of it; null where nothing does. */
  write(change: (document: Y.Doc) => void): Uint8Array | null {
    this.#made = [];
    const transactions = this.yjs._transactionCleanups;
    change(this.yjs);
    // Yjs lets go of this list, and with it of what it holds. Once the list is old, the collector of young garbage keeps all that hangs on it,
    // the next list included: at each of its pauses all keys since the last.
    transactions.length = 0;
    const made = this.#made;
    this.#made = [];
    const [first, ...others] = made;
    if (!first) return null;
    return others.length === 0 ? first : Y.mergeUpdates(made);
  }

  /** What somebody lacks who has what the vector says. Throws where it is none. */
  since(vector: Uint8Array): { readonly update: Uint8Array; readonly vector: Uint8Array } {
    return { update: Y.encodeStateAsUpdate(this.yjs, vector), vector: Y.encodeStateVector(this.yjs) };
  }
}
