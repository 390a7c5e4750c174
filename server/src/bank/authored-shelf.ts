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

  create(id: string, pack: string, draft: Draft): Answer<Draft, Published> {
    return this.#options.inTurn(async () => {
      if (this.#options.isTaken(id) || this.#records.has(id)) return refusal("name_taken", id);
      return this.#save({ id, pack, revision: 0, archived: false, changedAt: 0, draft, published: null });
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
      if (record.revision !== revision) return refusal("changed_elsewhere");
      const changed = change(record);
      return "reason" in changed ? changed : this.#save(changed);
    });
  }

  async #save(record: AuthoredRecord<Draft, Published>): Promise<AuthoredRecord<Draft, Published>> {
    const saved = { ...record, revision: record.revision + 1, changedAt: this.#options.now() };
    await this.#options.save(saved);
    return saved;
  }
}
