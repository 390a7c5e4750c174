import { z } from "zod";

/**
 * What was written and not acknowledged yet, kept in this browser until it is: it outlives a reload and a lost network. `revision` is
 * the one that it was written on, or null where the server has nothing yet; `sent` are the drafts that may have reached the server.
 */
export interface KeptDraft<Draft> {
  readonly revision: number | null;
  readonly draft: Draft;
  readonly sent: readonly Draft[];
}

/** One place in a browser's storage, for one draft. */
export class KeptDraftPlace<Draft> {
  readonly #storage: Storage;
  readonly #key: string;
  readonly #schema: z.ZodType<KeptDraft<Draft>>;

  /** `kind` and `id` name the place: two drafts never share one. */
  constructor(storage: Storage, kind: "question" | "kit", id: string, draft: z.ZodType<Draft>) {
    this.#storage = storage;
    this.#key = `whetstone.draft.${kind}.${id}`;
    this.#schema = z.object({ revision: z.int().nullable(), draft, sent: z.array(draft) });
  }

  /** What is kept, or null where there is nothing or it has another form (an older version's, or somebody's edit). */
  read(): KeptDraft<Draft> | null {
    try {
      const parsed = this.#schema.safeParse(JSON.parse(this.#storage.getItem(this.#key) ?? "null"));
      return parsed.success ? parsed.data : null;
    } catch {
      return null;
    }
  }

  keep(kept: KeptDraft<Draft>): void {
    try {
      this.#storage.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // A full or forbidden storage must not stop the writing: the draft is still on the page, and shown as unsaved.
    }
  }

  /** Lets go of a draft that is on the server's disk; what another tab has kept here since then stays. */
  letGo(acknowledged: Draft): void {
    const kept = this.read();
    if (kept && !isSame(kept.draft, acknowledged)) return;
    try {
      this.#storage.removeItem(this.#key);
    } catch {
      // Where storage is forbidden nothing was kept.
    }
  }
}

/** Whether two drafts say the same. Both come from one schema, so their fields stand in one order. */
export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The names of the fields in which two drafts differ. */
export function differingFields<Draft extends object>(one: Draft, other: Draft): string[] {
  const fields = new Map(Object.entries(other));
  return Object.entries(one).flatMap(([name, value]) => (isSame(value, fields.get(name)) ? [] : [name]));
}
