import { isDeepStrictEqual } from "node:util";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";

/** A question or a kit of the users' own: as it is written, and as it was published last. */
export interface AuthoredRecord<Draft, Published> {
  readonly id: string;
  readonly pack: string;
  readonly revision: number;
  readonly archived: boolean;
  readonly changedAt: number;
  readonly draft: Draft;
  readonly published: Published | null;
}

export interface ShelfOptions<Draft, Published> {
  readonly now: () => number;
  /** Carries out one piece of work after the other, whoever asks. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Whether the bank has something of this kind under that identifier already. */
  readonly isTaken: (id: string) => boolean;
  /** What a draft makes once it is whole, or null. */
  readonly whole: (id: string, draft: Draft) => Published | null;
  /** Makes a record durable, and then visible. */
  readonly save: (record: AuthoredRecord<Draft, Published>) => Promise<void>;
  readonly unknown: () => Refusal;
}

type Answer<Draft, Published> = Promise<AuthoredRecord<Draft, Published> | Refusal>;

/**
 * The life of what users write, the same for questions and kits: it begins as a draft, every change makes a new revision, it is
 * published when it is whole, and it is archived but never deleted. Changes come one after the other, each on the newest revision.
 */
export class AuthoredShelf<Draft, Published> {
  readonly #options: ShelfOptions<Draft, Published>;
  readonly #records: ReadonlyMap<string, AuthoredRecord<Draft, Published>>;
  /** By the commandIds since the start, what was begun. */
  readonly #begun = new Map<string, string>();

  /** `records` are the ones that `save` makes visible. */
  constructor(records: ReadonlyMap<string, AuthoredRecord<Draft, Published>>, options: ShelfOptions<Draft, Published>) {
    this.#records = records;
    this.#options = options;
  }

  /** All, in the order in which they were begun. */
  all(): AuthoredRecord<Draft, Published>[] {
    return [...this.#records.values()];
  }

  find(id: string): AuthoredRecord<Draft, Published> | undefined {
    return this.#records.get(id);
  }

  get(id: string): AuthoredRecord<Draft, Published> | Refusal {
    return this.find(id) ?? this.#options.unknown();
  }

  /**
   * Begins one from what `make` gives when its turn has come. Asked for again under the same commandId, it is the one that was begun.
   */
  begin(
    pack: string,
    make: () => { readonly id: string; readonly draft: Draft } | Refusal,
    commandId: string | undefined,
  ): Answer<Draft, Published> {
    return this.#options.inTurn(async () => {
      const before = commandId === undefined ? undefined : this.#begun.get(commandId);
      if (before !== undefined) return this.get(before);
      const first = make();
      if ("reason" in first) return first;
      const { id, draft } = first;
      if (this.#options.isTaken(id) || this.#records.has(id)) return refusal("name_taken", id);
      const begun = { id, pack, revision: 0, archived: false, changedAt: 0, draft, published: null };
      const saved = await this.#save(begun);
      if (commandId !== undefined) this.#begun.set(commandId, id);
      return saved;
    });
  }

  change(id: string, revision: number, draft: Draft): Answer<Draft, Published> {
    return this.#at(id, revision, (record) => ({ ...record, draft }));
  }

  publish(id: string, revision: number): Answer<Draft, Published> {
    return this.#at(id, revision, (record) => {
      const published = this.#options.whole(id, record.draft);
      return published === null ? refusal("not_whole") : { ...record, published };
    });
  }

  archive(id: string, revision: number, archived: boolean): Answer<Draft, Published> {
    return this.#at(id, revision, (record) => ({ ...record, archived }));
  }

  #at(
    id: string,
    revision: number,
    change: (record: AuthoredRecord<Draft, Published>) => AuthoredRecord<Draft, Published> | Refusal,
  ): Answer<Draft, Published> {
    return this.#options.inTurn(async () => {
      const record = this.#records.get(id);
      if (!record) return this.#options.unknown();
      const isRepeated = record.revision === revision + 1;
      if (record.revision !== revision && !isRepeated) return refusal("changed_elsewhere");
      const changed = change(record);
      if ("reason" in changed) return isRepeated ? refusal("changed_elsewhere") : changed;
      // A change that is sent again finds what it asks for; any other one comes too late.
      if (isRepeated) return isDeepStrictEqual(changed, record) ? record : refusal("changed_elsewhere");
      return this.#save(changed);
    });
  }

  async #save(record: AuthoredRecord<Draft, Published>): Promise<AuthoredRecord<Draft, Published>> {
    // The newest change stays the newest where the clock was set back.
    let changedAt = this.#options.now();
    for (const other of this.#records.values()) changedAt = Math.max(changedAt, other.changedAt + 1);
    const saved = { ...record, revision: record.revision + 1, changedAt };
    await this.#options.save(saved);
    return saved;
  }
}
