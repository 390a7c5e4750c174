import { z } from "zod";
import { KeptValue } from "../../browser/kept.ts";
import type { KeyStorage } from "../../browser/storage.ts";

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
export class KeptDraftPlace<Draft> extends KeptValue<KeptDraft<Draft>> {
  /** `kind` and `id` name the place: two drafts never share one. */
  constructor(storage: KeyStorage, kind: "question" | "kit", id: string, draft: z.ZodType<Draft>) {
    // What was sent only serves to know it again, so one of another form takes nothing from the rest.
    const sent = z.array(z.unknown()).transform((list) => list.flatMap((value) => draft.safeParse(value).data ?? []));
    super(storage, `whetstone.draft.${kind}.${id}`, z.object({ revision: z.int().nullable(), draft, sent }));
  }

  /** Whether anything is kept here, be it readable or not. */
  get isKept(): boolean {
    return this.read() !== null || this.unread.length > 0;
  }

  /** Lets go of a draft that is on the server's disk; what another tab has kept here since then stays. */
  letGoOf(acknowledged: Draft): void {
    const kept = this.read();
    if (kept && isSame(kept.draft, acknowledged)) this.keep(null);
  }
}

/** Whether two drafts say the same. Both come from one schema, so their fields stand in one order. */
export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The names of the fields in which two drafts differ. */
export function differingFields<Draft extends object>(one: Draft, other: Draft): string[] {
  const [ones, others] = [
    new Map<string, unknown>(Object.entries(one)),
    new Map<string, unknown>(Object.entries(other)),
  ];
  // Either may have a field that the other has not.
  return [...new Set([...ones.keys(), ...others.keys()])].filter((name) => !isSame(ones.get(name), others.get(name)));
}
