import { compactEntries, isWithin } from "@whetstone/shared/practice/history/compact";
import { mergeEntries } from "@whetstone/shared/practice/history/merge";
import {
  historyOf,
  PRACTICE_FORMAT,
  PRACTICE_VERSION,
  PracticeHistory,
  PracticeRecord,
} from "@whetstone/shared/practice/history/record";
import { KeptList, type Unread } from "./kept.ts";
import { browserStorage, type KeyStorage, type SurvivingStorage, surviving } from "./storage.ts";

/**
 * The history of whoever practises in this browser. Several tabs keep it at once: each writes what it has onto what is there, and puts
 * back what another, which had not seen it yet, wrote over. Where it grows too large the oldest entries are compacted; none goes but by
 * a wipe.
 */

const PRACTICE = "whetstone.practice";

/** How long the whole history may be before its oldest entries are compacted, in characters; browsers give a site some five million. */
export const PRACTICE_MOST = 2_000_000;
/** What is tried in turn where the browser takes no more. */
const TIGHTER = [PRACTICE_MOST / 4, 0];
/** No file of ours is longer, in characters: an export has line ends and indents. */
export const PRACTICE_FILE_MOST = 4 * PRACTICE_MOST;

export interface KeptPractice {
  /** The oldest first. */
  readonly entries: readonly PracticeRecord[];
  /** What this version cannot read; it stays. */
  readonly unread: readonly Unread[];
  /** Whether all of it will still be there after a reload. */
  readonly outlivesPage: boolean;
}

type ImportFault = "too_large" | "no_json" | "other_file" | "newer_version" | "wrong_entry" | "no_room";

export type PracticeImport =
  | { readonly ok: true; readonly added: number; readonly changed: number; readonly sentence: string }
  | { readonly ok: false; readonly reason: ImportFault; readonly sentence: string };

/** What another tab has changed: the key, null where everything went, and what stands under it now. */
export type StorageChange = Pick<StorageEvent, "key" | "newValue">;

/** The history in one storage, as one tab holds it. */
export class PracticeKeeper {
  readonly #storage: SurvivingStorage;
  readonly #listeners = new Set<() => void>();
  /** What was written by this tab, to be put back where another writes over it. */
  #written: readonly PracticeRecord[] = [];
  #read: { readonly text: string | null; readonly kept: KeptPractice } | null = null;

  constructor(storage: KeyStorage) {
    this.#storage = surviving(storage);
  }

  /** What is kept now; the same object for as long as nothing changes. */
  history(): KeptPractice {
    const text = this.#storage.getItem(PRACTICE);
    const outlivesPage = this.#storage.outlivesPage(PRACTICE);
    if (this.#read?.text === text && this.#read.kept.outlivesPage === outlivesPage) return this.#read.kept;
    const { list, unread } = this.#list();
    const kept = { entries: mergeEntries(list, []), unread, outlivesPage };
    this.#read = { text, kept };
    return kept;
  }

  /** Keeps new entries, and new states of ones that are known. */
  record(entries: readonly PracticeRecord[]): void {
    this.#written = mergeEntries(this.#written, entries);
    this.#keep(mergeEntries(this.history().entries, entries));
  }

  /** Lets go of everything, also of what could not be read. */
  wipe(): void {
    this.#written = [];
    this.#storage.removeItem(PRACTICE);
    this.#tell();
  }

  /** The history as a file. What this version cannot read is not in it. */
  export(): string {
    return `${JSON.stringify(historyOf(this.history().entries), null, 1)}\n`;
  }

  /** Takes in all of a file that was exported here or elsewhere, or nothing. */
  import(text: string): PracticeImport {
    const file = readFile(text);
    if (!file.ok) return file;
    const before = new Map(this.history().entries.map((entry) => [entry.entryId, entry]));
    const merged = mergeEntries([...before.values()], file.entries);
    if (!isWithin(compactEntries(merged, PRACTICE_MOST), PRACTICE_MOST)) return refused("no_room");
    const added = merged.filter(({ entryId }) => !before.has(entryId)).length;
    const changed = merged.filter((entry) => before.has(entry.entryId) && before.get(entry.entryId) !== entry).length;
    this.record(file.entries);
    return { ok: true, added, changed, sentence: importedSentence(added, changed) };
  }

  /** Another tab has written: what it knows is taken in, and what it did not know is put back. A wipe there is a wipe here. */
  heed({ key, newValue }: StorageChange): void {
    if (key !== null && key !== PRACTICE) return;
    if (newValue === null) {
      this.wipe();
      return;
    }
    const now = new Map(this.history().entries.map((entry) => [entry.entryId, entry]));
    const theirs = new KeptList(holding(newValue), PRACTICE, PracticeRecord).list;
    const lost = [...this.#written, ...theirs].filter(
      ({ entryId, changedAt }) => (now.get(entryId)?.changedAt ?? -1) < changedAt,
    );
    if (lost.length > 0) this.#keep(mergeEntries([...now.values()], lost));
    else this.#tell();
  }

  /** Calls whenever the history may have changed, until what is returned is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #list(): KeptList<PracticeRecord> {
    return new KeptList(this.#storage, PRACTICE, PracticeRecord);
  }

  #keep(entries: readonly PracticeRecord[]): void {
    const kept = this.#list();
    const whole = compactEntries(entries, PRACTICE_MOST);
    kept.keep(whole);
    for (const most of TIGHTER) {
      if (kept.outlivesPage) break;
      kept.keep(compactEntries(whole, most));
    }
    // Nothing is gained by compacting what the browser does not take at all.
    if (!kept.outlivesPage) kept.keep(whole);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** A storage that holds one text and takes no other. */
const holding = (text: string): KeyStorage => ({ getItem: () => text, setItem: () => {}, removeItem: () => {} });

type FileRead =
  | { readonly ok: true; readonly entries: readonly PracticeRecord[] }
  | Extract<PracticeImport, { ok: false }>;

function readFile(text: string): FileRead {
  if (text.length > PRACTICE_FILE_MOST) return refused("too_large");
  const file = jsonIn(text);
  if (file === undefined) return refused("no_json");
  if (isDeeper(file, DEEPEST)) return refused("other_file");
  if (typeof file !== "object" || file === null || !("format" in file) || file.format !== PRACTICE_FORMAT) {
    return refused("other_file");
  }
  if ("version" in file && typeof file.version === "number" && file.version > PRACTICE_VERSION) {
    return refused("newer_version");
  }
  const parsed = PracticeHistory.safeParse(file);
  if (parsed.success) return { ok: true, entries: parsed.data.entries };
  const path = parsed.error.issues[0]?.path ?? [];
  const [list, index, ...field] = path;
  const isInEntry = list === "entries" && typeof index === "number";
  return refused("wrong_entry", isInEntry ? placeOf(index, field) : `“${path.join(".")}”`);
}

/** No file of ours is nested deeper, and what is much deeper could be neither compared nor kept. */
const DEEPEST = 20;

const isDeeper = (value: unknown, most: number): boolean =>
  typeof value === "object" &&
  value !== null &&
  (most === 0 || Object.values(value).some((part) => isDeeper(part, most - 1)));

/** What a text says as JSON; undefined where it is none. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const placeOf = (index: number, field: readonly PropertyKey[]): string =>
  field.length === 0 ? `entry ${index + 1}` : `“${field.join(".")}” of entry ${index + 1}`;

const FAULTS: Record<ImportFault, (place: string) => string> = {
  too_large: () => "This file is larger than any history of practice.",
  no_json: () => "This file is no JSON, or it was cut off. Take the one that Export saved.",
  other_file: () => "This is no history of practice. Take the file that Export saved.",
  newer_version: () =>
    "This file was saved by a newer version of this page. Reload the page, or update the server it comes from.",
  wrong_entry: (place) => `This file cannot be read: ${place} is not as it should be.`,
  no_room: () => "This history and the one in this browser are too large together.",
};

const refused = (reason: ImportFault, place = ""): Extract<PracticeImport, { ok: false }> => ({
  ok: false,
  reason,
  sentence: `${FAULTS[reason](place)} Nothing was imported.`,
});

function importedSentence(added: number, changed: number): string {
  if (added === 0 && changed === 0) return "Everything in this file was here already.";
  const parts = [
    added > 0 && (added === 1 ? "1 entry is new" : `${added} entries are new`),
    changed > 0 && (changed === 1 ? "1 entry was brought up to date" : `${changed} entries were brought up to date`),
  ];
  return `Imported: ${parts.filter(Boolean).join(", ")}.`;
}

// This browser's own

const keeper = new PracticeKeeper(browserStorage);
let isListening = false;

/** From the first use on, as a tab that never practises has nothing to put back. */
function listening(): PracticeKeeper {
  if (!isListening) {
    isListening = true;
    window.addEventListener("storage", (change) => keeper.heed(change));
  }
  return keeper;
}

export const practiceHistory = (): KeptPractice => listening().history();
export const recordPractice = (entries: readonly PracticeRecord[]): void => listening().record(entries);
export const wipePractice = (): void => listening().wipe();
export const exportPractice = (): string => listening().export();
export const importPractice = (text: string): PracticeImport => listening().import(text);
export const subscribePractice = (listener: () => void): (() => void) => listening().subscribe(listener);
