import { DocumentName, documentKey } from "@whetstone/shared/workspace/name";
import { z } from "zod";
import { KeptList } from "../../browser/kept.ts";
import type { KeyStorage } from "../../browser/storage.ts";

/** Which documents of a seat hold something in this browser that the server has not acknowledged: an earlier page may have left it. */
export class UnsentDocuments {
  readonly #kept: KeptList<DocumentName>;
  readonly #prefix: string;

  constructor(storage: KeyStorage, roomId: string, seatId: string) {
    this.#prefix = `whetstone.document.${roomId}.${seatId}`;
    this.#kept = new KeptList(storage, `${this.#prefix}.names`, z.strictObject(DocumentName.shape));
  }

  get names(): readonly DocumentName[] {
    return this.#kept.list;
  }

  /** Where what is unsent of a document is kept. */
  keyOf(name: DocumentName): string {
    return `${this.#prefix}.${documentKey(name)}`;
  }

  set(name: DocumentName, isUnsent: boolean): void {
    const others = this.#kept.list.filter((other) => documentKey(other) !== documentKey(name));
    if (isUnsent === others.length < this.#kept.list.length) return;
    this.#kept.keep(isUnsent ? [...others, name] : others);
  }
}
