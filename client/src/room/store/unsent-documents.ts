import { DocumentName, documentKey } from "@whetstone/shared/workspace/name";
import { z } from "zod";
import { KeptValue } from "../../browser/kept.ts";
import type { KeyStorage } from "../../browser/storage.ts";

const Names = z.object({ names: z.array(DocumentName) });

/** Which documents of a seat hold something in this browser that the server has not acknowledged: an earlier page may have left it. */
export class UnsentDocuments {
  readonly #kept: KeptValue<z.infer<typeof Names>>;
  readonly #prefix: string;

  constructor(storage: KeyStorage, roomId: string, seatId: string) {
    this.#prefix = `whetstone.document.${roomId}.${seatId}`;
    this.#kept = new KeptValue(storage, this.#prefix, Names);
  }

  get names(): readonly DocumentName[] {
    return this.#kept.read()?.names ?? [];
  }

  /** Where what is unsent of a document is kept. */
  keyOf(name: DocumentName): string {
    return `${this.#prefix}.${documentKey(name)}`;
  }

  set(name: DocumentName, isUnsent: boolean): void {
    const { names } = this;
    const others = names.filter((other) => documentKey(other) !== documentKey(name));
    if (isUnsent === others.length < names.length) return;
    const left = isUnsent ? [...others, name] : others;
    this.#kept.keep(left.length === 0 ? null : { names: left });
  }
}
