import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import type { Unread } from "../../browser/kept.ts";
import { isTemporary, RequestRefused } from "../../refusals.ts";
import { isSame, type KeptDraftPlace } from "./kept-draft.ts";

/** What the saver needs to know of a question or a kit of the user's own. */
export interface Authored {
  readonly id: string;
  readonly revision: number;
  readonly archived: boolean;
  readonly draft: object;
  readonly published: object | null;
}

export type DraftAction = "publish" | "archive" | "restore";

/** The server's side. Each call answers with the newest record, or throws `RequestRefused`. */
export interface DraftServer<Record extends Authored> {
  load(id: string): Promise<Record>;
  create(id: string, draft: Record["draft"], leaving: boolean): Promise<Record>;
  save(id: string, revision: number, draft: Record["draft"], leaving: boolean): Promise<Record>;
  act(id: string, revision: number, action: DraftAction): Promise<Record>;
}

type Saving =
  | { readonly kind: "saved" }
  | { readonly kind: "waiting" }
  | { readonly kind: "saving" }
  | { readonly kind: "failed"; readonly refusal: Refusal };

export interface DraftSnapshot<Record extends Authored> {
  /** As the server has it; null until it has it. */
  readonly own: Record | null;
  readonly draft: Record["draft"];
  readonly saving: Saving;
  /** Somebody else's newer version, until one of both is chosen. Nothing is saved meanwhile. */
  readonly theirs: Record | null;
  /** The version that was not chosen. It can be taken back until it is let go. */
  readonly aside: Record["draft"] | null;
  /** Why the last action was refused. */
  readonly actionRefused: Refusal | null;
  /** What is kept in this browser of this draft and cannot be read by this version of the page. */
  readonly unread: readonly Unread[];
}

export interface DraftSaverOptions<Record extends Authored> {
  readonly id: string;
  /** What the server has, or null for one that begins. */
  readonly own: Record | null;
  /** What one that begins starts from. */
  readonly blank: Record["draft"];
  readonly server: DraftServer<Record>;
  readonly place: KeptDraftPlace<Record["draft"]>;
}

/** How long a pause in typing is waited for, and how long before a failed save is tried again, in milliseconds. */
const PAUSE_MS = 800;
const RETRY_MS = 4_000;

/**
 * One draft that saves itself, one request at a time. What is not acknowledged is kept in this browser. Knows nothing of React.
 */
export class DraftSaver<Record extends Authored> {
  readonly #options: DraftSaverOptions<Record>;
  readonly #listeners = new Set<() => void>();
  #snapshot: DraftSnapshot<Record>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #left = false;
  #action: DraftAction | null = null;
  /** Drafts that may have reached the server although no answer came. */
  #sent: readonly Record["draft"][];

  constructor(options: DraftSaverOptions<Record>) {
    this.#options = options;
    const { own, blank, place } = options;
    const kept = place.read();
    const base = own?.draft ?? blank;
    const unsaved = kept !== null && !isSame(kept.draft, base);
    if (kept && !unsaved) place.letGoOf(kept.draft);
    const isOurs =
      own === null || kept?.revision === own.revision || kept?.sent.some((sent) => isSame(sent, own.draft));
    this.#sent = kept?.sent ?? [];
    this.#snapshot = {
      own,
      draft: unsaved ? kept.draft : base,
      saving: { kind: unsaved ? "waiting" : "saved" },
      // What was written on an older revision must not overwrite what came after it unseen.
      theirs: unsaved && !isOurs ? own : null,
      aside: null,
      actionRefused: null,
      unread: place.unread,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): DraftSnapshot<Record> => this.#snapshot;

  /** Changes the draft, keeps it in this browser at once, and saves it after a pause. */
  readonly edit = (draft: Record["draft"]): void => {
    const { saving } = this.#snapshot;
    this.#keep(draft);
    this.#update({ draft, saving: saving.kind === "saved" ? { kind: "waiting" } : saving });
    this.#schedule(PAUSE_MS);
  };

  /** Saves what is unsaved without waiting for more; `leaving` where the page may be gone before the answer. */
  readonly flush = (leaving = false): void => {
    clearTimeout(this.#timer);
    void this.#pump(leaving);
  };

  /** Saves at once, and waits until that is done or has failed. */
  readonly saved = (): Promise<void> => {
    this.flush();
    const isDone = () => this.#snapshot.saving.kind === "saved" || this.#snapshot.saving.kind === "failed";
    if (isDone()) return Promise.resolve();
    return new Promise((resolve) => {
      const forget = this.subscribe(() => {
        if (!isDone()) return;
        forget();
        resolve();
      });
    });
  };

  /** Publishes, archives or restores the newest draft, once it is saved. */
  readonly act = (action: DraftAction): void => {
    this.#action = action;
    this.#update({ actionRefused: null });
    this.flush();
  };

  /** Of two versions, chooses the other one; one's own is set aside. */
  readonly takeTheirs = (): void => {
    const { theirs, draft } = this.#snapshot;
    if (!theirs) return;
    this.#options.place.letGoOf(draft);
    this.#update({ own: theirs, draft: theirs.draft, aside: draft, theirs: null, saving: { kind: "saved" } });
  };

  /** Of two versions, chooses one's own; the other one is set aside. */
  readonly keepMine = (): void => {
    const { theirs, draft } = this.#snapshot;
    if (!theirs) return;
    this.#update({ own: theirs, aside: theirs.draft, theirs: null, saving: { kind: "waiting" } });
    this.#keep(draft);
    this.flush();
  };

  /** Changes what is set aside for what is on the page. */
  readonly swapAside = (): void => {
    const { aside, draft } = this.#snapshot;
    if (!aside) return;
    this.#update({ aside: draft });
    this.edit(aside);
  };

  readonly letUnreadGo = (id: string): void => {
    this.#options.place.letGo(id);
    this.#update({ unread: this.#options.place.unread });
  };

  readonly letAsideGo = (): void => this.#update({ aside: null });

  /** Begins or goes on saving, when the page is opened. */
  readonly enter = (): void => {
    this.#left = false;
    if (this.#unsaved) this.#schedule(0);
  };

  /** Saves a last time, when the page is left. What cannot be saved stays kept in this browser. */
  readonly leave = (): void => {
    this.flush(true);
    this.#left = true;
  };

  get #unsaved(): boolean {
    const { own, draft } = this.#snapshot;
    return !isSame(draft, own?.draft ?? this.#options.blank);
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#left) this.#timer = setTimeout(() => void this.#pump(false), ms);
  }

  async #pump(leaving: boolean): Promise<void> {
    const { theirs, own, draft } = this.#snapshot;
    if (this.#busy || theirs) return;
    const action = this.#action;
    if (this.#unsaved || (action !== null && own === null)) return this.#inTurn(() => this.#save(leaving));
    if (action !== null && own !== null) return this.#inTurn(() => this.#carryOut(action, own));
    this.#options.place.letGoOf(draft);
    this.#update({ saving: { kind: "saved" } });
  }

  /** Runs one request, then whatever became due meanwhile. */
  async #inTurn(request: () => Promise<boolean>): Promise<void> {
    this.#busy = true;
    const goesOn = await request();
    this.#busy = false;
    if (!goesOn) return;
    if (this.#action !== null || !this.#unsaved) return this.#pump(false);
    this.#update({ saving: { kind: "waiting" } });
    this.#schedule(PAUSE_MS);
  }

  async #save(leaving: boolean): Promise<boolean> {
    const { own, draft } = this.#snapshot;
    const { server, id } = this.#options;
    this.#sent = [...this.#sent.slice(-2), draft];
    this.#keep(draft);
    this.#update({ saving: { kind: "saving" } });
    try {
      const saved = await (own
        ? server.save(id, own.revision, draft, leaving)
        : server.create(id, draft, leaving).catch((error: unknown) => this.#foundMade(error)));
      return this.#accept(saved);
    } catch (error) {
      return this.#fail(refusalOf(error));
    }
  }

  /** Goes on from what the server has, if it is what was sent from here; else somebody else has changed it. */
  #accept(newest: Record): boolean {
    if (!this.#sent.some((sent) => isSame(sent, newest.draft))) {
      this.#action = null;
      this.#update({ theirs: newest, saving: { kind: "waiting" } });
      return false;
    }
    this.#sent = [];
    this.#update({ own: newest });
    const { draft } = this.#snapshot;
    if (isSame(draft, newest.draft)) this.#options.place.letGoOf(draft);
    else this.#keep(draft);
    return true;
  }

  /** What was made by a request whose answer never came. */
  #foundMade(error: unknown): Promise<Record> {
    if (refusalOf(error).reason === "name_taken") return this.#options.server.load(this.#options.id);
    throw error;
  }

  async #fail(refused: Refusal): Promise<boolean> {
    if (refused.reason === "changed_elsewhere") return this.#compare();
    this.#action = null;
    this.#update({ saving: { kind: "failed", refusal: refused } });
    if (isTemporary(refused.reason)) this.#schedule(RETRY_MS);
    return false;
  }

  /** Looks at what the server has instead: it may be what was sent, by a request whose answer never came. */
  async #compare(): Promise<boolean> {
    try {
      return this.#accept(await this.#options.server.load(this.#options.id));
    } catch (error) {
      return this.#fail(refusalOf(error));
    }
  }

  async #carryOut(action: DraftAction, { id, revision, draft }: Authored): Promise<boolean> {
    this.#action = null;
    try {
      this.#update({ own: await this.#options.server.act(id, revision, action) });
      return true;
    } catch (error) {
      const refused = refusalOf(error);
      if (refused.reason !== "changed_elsewhere") {
        this.#update({ actionRefused: refused });
        return true;
      }
      this.#sent = [draft];
      const goesOn = await this.#compare();
      if (goesOn) this.#action = action;
      return goesOn;
    }
  }

  #keep(draft: Record["draft"]): void {
    this.#options.place.keep({ revision: this.#snapshot.own?.revision ?? null, draft, sent: this.#sent });
  }

  #update(change: Partial<DraftSnapshot<Record>>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** An answer that cannot be read is the server's failure too. */
const refusalOf = (error: unknown): Refusal =>
  error instanceof RequestRefused ? error.refusal : refusal("server_failed");
