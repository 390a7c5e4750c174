import type { Refusal } from "@whetstone/shared/room/refusal";
import { z } from "zod";
import { KeptList, type Unread } from "../../browser/kept.ts";
import type { KeyStorage } from "../../browser/storage.ts";
import { type Entry, keyOf, writtenIn } from "./outbox.ts";

/** A command that the server refused; a text in it is kept until its writer lets it go. */
const RefusedCommand = z.object({ id: z.string(), sentence: z.string(), text: z.string().nullable() });
export type RefusedCommand = z.infer<typeof RefusedCommand>;

/** Said of what was kept here by another version of this page, which this one cannot send. */
const UNREAD_SENTENCE =
  "Another version of this page kept this here, and this one cannot send it. Copy what you still need to where it belongs, then dismiss it.";

export const asRefused = ({ id, text }: Unread): RefusedCommand => ({ id, sentence: UNREAD_SENTENCE, text });

/** What the server refused to one seat, and where that is kept over a reload. */
export class RefusedCommands {
  #list: readonly RefusedCommand[] = [];
  /** By what it would have overwritten, the command that was refused last. */
  readonly #last = new Map<string, string>();
  #kept: KeptList<RefusedCommand> | null = null;
  readonly #mayKeep: () => boolean;

  /** `mayKeep` says whether what is kept is this tab's to change. */
  constructor(mayKeep: () => boolean) {
    this.#mayKeep = mayKeep;
  }

  /** What was refused, and what was kept here and cannot be read any more. */
  get list(): readonly RefusedCommand[] {
    return [...(this.#kept?.unread.map(asRefused) ?? []), ...this.#list];
  }

  /** Takes up what the last page of the seat left under this key. */
  restore(storage: KeyStorage, key: string): void {
    this.#kept = new KeptList(storage, key, RefusedCommand);
    this.#list = this.#kept.list;
  }

  /** Of a text that is refused again and again, only the last state stays. */
  add({ command, commandId }: Pick<Entry, "command" | "commandId">, { sentence }: Refusal): void {
    const overwrites = keyOf(command);
    const before = overwrites === null ? undefined : this.#last.get(overwrites);
    if (overwrites !== null) this.#last.set(overwrites, commandId);
    const text = writtenIn(command).trim();
    const refused = { id: commandId, sentence, text: text === "" ? null : text };
    this.#set([...this.#list.filter(({ id }) => id !== before), refused]);
  }

  dismiss(id: string): void {
    this.#kept?.letGo(id);
    this.#set(this.#list.filter((refused) => refused.id !== id));
  }

  /** The room has gone on from what it said no in. What was only clicked is over with it; a text stays. */
  roomWentOn(): void {
    if (this.#list.some(({ text }) => text === null)) this.#set(this.#list.filter(({ text }) => text !== null));
  }

  #set(list: readonly RefusedCommand[]): void {
    this.#list = list;
    // Only a text is worth keeping; a click can be made again.
    if (this.#mayKeep()) this.#kept?.keep(list.filter(({ text }) => text !== null));
  }
}
