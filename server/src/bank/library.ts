import {
  type AuthoredDocument,
  type AuthoredKit,
  type AuthoredPack,
  type AuthoredQuestion,
  draftOfKit,
  draftOfQuestion,
  type KitDraft,
  kitOfDraft,
  type QuestionDraft,
  questionOfDraft,
} from "@whetstone/shared/authored";
import {
  type AskedQuestion,
  type Bank,
  type BankQuestion,
  COMMUNICATION,
  freezeQuestion,
  type Kit,
  type Pack,
  type Question,
} from "@whetstone/shared/bank";
import type {
  BankEntry,
  CoverageResponse,
  KitEntry,
  KitSummary,
  SearchRequest,
  SearchResponse,
} from "@whetstone/shared/bank-wire";
import type { Audience, Dealable } from "@whetstone/shared/practice/deal";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import { AuthoredShelf } from "./authored-shelf.ts";
import type { AuthoredStore } from "./authored-store.ts";
import { coverageOf } from "./coverage.ts";
import { freeCopyId, sectionNames } from "./names.ts";
import { type BankSearch, type Searchable, summaryOf } from "./search.ts";

/** The pack that questions go into which users write here. */
export const OUR_PACK: AuthoredPack = {
  id: "our-questions",
  title: "Our questions",
  description: "Questions that were written on this server.",
  topics: [],
  communication: COMMUNICATION,
};

export interface LibraryOptions {
  /** The packs in files; they never change while the server runs. */
  readonly bank: Bank;
  readonly store: AuthoredStore;
  readonly search: BankSearch;
  readonly now: () => number;
}

/**
 * The bank as the server has it: the packs in files, and what users wrote or imported, which is kept in the database. Rooms take
 * frozen copies from it, so that no change here alters what was asked.
 */
export class Library {
  readonly #options: LibraryOptions;
  readonly #authoredQuestions = new Map<string, AuthoredQuestion>();
  readonly #authoredKits = new Map<string, AuthoredKit>();
  readonly #authoredPacks = new Map<string, AuthoredPack>([[OUR_PACK.id, OUR_PACK]]);
  readonly #topicNames = new Map<string, string>();
  #last: Promise<unknown> = Promise.resolve();

  readonly authoredQuestions: AuthoredShelf<QuestionDraft, Question>;
  readonly authoredKits: AuthoredShelf<KitDraft, Kit>;

  private constructor(options: LibraryOptions) {
    this.#options = options;
    const { bank, now } = options;
    for (const { topics } of bank.packs.values()) for (const { id, name } of topics) this.#topicNames.set(id, name);
    const inTurn = <T>(work: () => Promise<T>) => this.inTurn(work);
    this.authoredQuestions = new AuthoredShelf(this.#authoredQuestions, {
      now,
      inTurn,
      isTaken: (id) => bank.questions.has(id),
      whole: (id, draft) => {
        const made = questionOfDraft(id, draft);
        return "question" in made ? made.question : null;
      },
      save: (record) => this.keep([{ kind: "question", ...record }]),
      unknown: () => refusal("unknown_question"),
    });
    this.authoredKits = new AuthoredShelf(this.#authoredKits, {
      now,
      inTurn,
      isTaken: (id) => bank.kits.has(id),
      whole: (id, draft) => {
        const made = kitOfDraft(id, draft);
        return "kit" in made && made.kit.questions.every(({ question }) => this.entry(question)) ? made.kit : null;
      },
      save: (record) => this.keep([{ kind: "kit", ...record }]),
      unknown: () => refusal("unknown_kit"),
    });
  }

  /** Reads what users wrote, and indexes everything for search. */
  static async open(options: LibraryOptions): Promise<Library> {
    const library = new Library(options);
    for (const document of await options.store.all()) library.#hold(document);
    options.search.putAll(library.#searchables());
    return library;
  }

  /** What an ask of that question holds, as it is now. */
  readonly question = (id: string): AskedQuestion | undefined => {
    const question = this.#published(id);
    return question && freezeQuestion(question, this.#packOf(question));
  };

  /** What can be dealt to people who practise: a kit's questions, or all; undefined where there is no such kit for them. */
  readonly dealable = (kitId: string | null, audience: Audience): readonly Dealable[] | undefined => {
    const { kits, questions } = this.#options.bank;
    const isForThem = (id: string) => audience === "house" || questions.has(id);
    if (kitId !== null) {
      const kit = audience === "house" ? this.kit(kitId) : kits.get(kitId);
      return kit?.questions.flatMap(({ question }) => (isForThem(question) ? this.#dealable(question) : []));
    }
    return [...questions.keys(), ...this.#authoredQuestions.keys()].flatMap((id) =>
      isForThem(id) ? this.#dealable(id) : [],
    );
  };

  /** The topics that the bank itself has, without those of questions that were written here. */
  topicsForStrangers(): readonly { readonly id: string; readonly name: string }[] {
    const topics = [...this.#options.bank.questions.values()].map(({ topic }) => topic);
    return [...new Set(topics)].map((id) => ({ id, name: this.#topicNames.get(id) ?? id }));
  }

  #dealable(questionId: string): Dealable[] {
    const question = this.#published(questionId);
    if (!question || this.#authoredQuestions.get(questionId)?.archived) return [];
    return [{ questionId, topic: question.topic, level: question.level }];
  }

  kit(id: string): Kit | undefined {
    return this.#options.bank.kits.get(id) ?? this.#authoredKits.get(id)?.published ?? undefined;
  }

  kits(): KitSummary[] {
    const own = [...this.#authoredKits.values()].flatMap(({ archived, published }) =>
      published && !archived ? published : [],
    );
    const summary = (isAuthored: boolean) => (kit: Kit) => {
      const { id, title, role, description, minutes } = kit;
      return { id, title, role, description, minutes, own: isAuthored, questionCount: kit.questions.length };
    };
    return [...[...this.#options.bank.kits.values()].map(summary(false)), ...own.map(summary(true))];
  }

  kitEntry(id: string): KitEntry | undefined {
    const kit = this.kit(id);
    if (!kit) return undefined;
    const own = this.#authoredKits.get(id);
    const summaries = kit.questions.flatMap(({ question }) => {
      const entry = this.entry(question);
      return entry ? [[question, summaryOf(entry)] as const] : [];
    });
    return { ...kit, own: own !== undefined, archived: own?.archived ?? false, titles: Object.fromEntries(summaries) };
  }

  /** A question that can be asked, with all that the panel may see of it. */
  entry(id: string): BankEntry | undefined {
    const question = this.#published(id);
    if (!question) return undefined;
    const { pack: packId, ...fields } = question;
    const pack = this.#packOf(question);
    const own = this.#authoredQuestions.get(id);
    return {
      ...fields,
      pack: packId,
      packTitle: pack.title,
      topicName: this.topicName(question.topic),
      own: own !== undefined,
      archived: own?.archived ?? false,
      communication: pack.communication,
    };
  }

  search(request: SearchRequest): SearchResponse {
    return this.#options.search.search(request, { sections: sectionNames(this.#options.bank.sources.values()) });
  }

  coverage(): CoverageResponse {
    return coverageOf(
      this.#options.bank,
      [...this.#searchables()].map(({ entry }) => entry),
    );
  }

  /** The packs in files. */
  get files(): Bank {
    return this.#options.bank;
  }

  authoredPack(id: string): AuthoredPack | undefined {
    return this.#authoredPacks.get(id);
  }

  readonly authoredPacks = (): Iterable<AuthoredPack> => this.#authoredPacks.values();

  /** A draft that is a copy of a question, and an identifier that is free for it. */
  copyOfQuestion(id: string): { id: string; draft: QuestionDraft } | Refusal {
    const question = this.#published(id);
    if (!question) return refusal("unknown_question");
    const { pack: _, ...fields } = question;
    return { id: freeCopyId(id, (other) => this.#isQuestion(other)), draft: draftOfQuestion(fields) };
  }

  copyOfKit(id: string): { id: string; draft: KitDraft } | Refusal {
    const kit = this.kit(id);
    if (!kit) return refusal("unknown_kit");
    const isKit = (other: string) => this.#options.bank.kits.has(other) || this.#authoredKits.has(other);
    return { id: freeCopyId(id, isKit), draft: { ...draftOfKit(kit), title: `${kit.title} (copy)` } };
  }

  /** Carries out `work` when all that was asked for before is done, so that nothing comes between its look and its change. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /**
   * Makes documents durable, all or none, and then visible: all of them at once, and a little later to whoever searches. Called in turn, and
   * however many they are, few are stored or indexed in one turn of the event loop.
   */
  async keep(documents: readonly AuthoredDocument[]): Promise<void> {
    await this.#options.store.save(documents);
    for (const document of documents) this.#hold(document);
    await this.#options.search.change(this.#changed(documents));
  }

  async close(): Promise<void> {
    await this.#last;
    this.#options.search.close();
    await this.#options.store.close();
  }

  #hold(document: AuthoredDocument): void {
    switch (document.kind) {
      case "question": {
        const { kind: _, ...question } = document;
        this.#authoredQuestions.set(question.id, question);
        break;
      }
      case "kit": {
        const { kind: _, ...kit } = document;
        this.#authoredKits.set(kit.id, kit);
        break;
      }
      case "pack": {
        const { kind: _, ...pack } = document;
        this.#authoredPacks.set(pack.id, pack);
        for (const { id, name } of pack.topics) this.#topicNames.set(id, name);
        break;
      }
      default:
        document satisfies never;
    }
  }

  *#changed(documents: readonly AuthoredDocument[]): Iterable<[string, Searchable | null]> {
    for (const { kind, id } of documents) if (kind === "question") yield [id, this.#searchable(id) ?? null];
  }

  *#searchables(): Iterable<Searchable> {
    const { packs, questions } = this.#options.bank;
    const order = [...packs.values()].flatMap((pack) => pack.topics.map(({ id }) => `${pack.id}/${id}`));
    const place = ({ pack, topic }: BankQuestion) => order.indexOf(`${pack}/${topic}`);
    const inFiles = [...questions.values()].sort((a, b) => place(a) - place(b)).map(({ id }) => id);
    for (const id of [...inFiles, ...this.#authoredQuestions.keys()]) {
      const searchable = this.#searchable(id);
      if (searchable) yield searchable;
    }
  }

  #searchable(id: string): Searchable | undefined {
    const entry = this.entry(id);
    if (!entry || entry.archived) return undefined;
    const sections = new Set(entry.covers.flatMap((item) => [item.slice(0, 1), item.slice(0, item.indexOf("."))]));
    return { entry, sections: [...sections] };
  }

  #published(id: string): (Question & { readonly pack: string }) | undefined {
    const inFiles = this.#options.bank.questions.get(id);
    if (inFiles) return inFiles;
    const own = this.#authoredQuestions.get(id);
    return own?.published ? { ...own.published, pack: own.pack } : undefined;
  }

  #isQuestion(id: string): boolean {
    return this.#options.bank.questions.has(id) || this.#authoredQuestions.has(id);
  }

  /** A question's pack, with a name for its topic. */
  #packOf({ pack, topic }: { readonly pack: string; readonly topic: string }): Pack {
    const inFiles = this.#options.bank.packs.get(pack);
    if (inFiles) return inFiles;
    const own = this.#authoredPacks.get(pack) ?? OUR_PACK;
    return { ...own, topics: [{ id: topic, name: this.topicName(topic) }] };
  }

  /** A topic's name as a pack gives it, or made from its identifier. */
  topicName(topic: string): string {
    const words = topic.replaceAll("-", " ");
    return this.#topicNames.get(topic) ?? words.charAt(0).toUpperCase() + words.slice(1);
  }
}
