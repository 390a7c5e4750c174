import type { z } from "zod";
import { type KeyStorage, type SurvivingStorage, surviving } from "./storage.ts";

/**
 * What is kept in the browser's storage, read one entry at a time. Storage is older or newer than the page that reads it, and may have
 * been edited: an entry that this version cannot read stays in its place beside what it can, until a person lets it go.
 */

/** Something kept that this version cannot read, in words to copy. */
export interface Unread {
  readonly id: string;
  readonly text: string;
}

interface Raw {
  readonly id: string;
  readonly value: unknown;
}

/** A list under one key. Read once, when it is opened; everything kept afterwards is kept beside what could not be read. */
export class KeptList<T> {
  readonly #storage: SurvivingStorage;
  readonly #key: string;
  #raw: readonly Raw[];
  #list: readonly T[];

  constructor(storage: KeyStorage, key: string, schema: z.ZodType<T>) {
    this.#storage = surviving(storage);
    this.#key = key;
    const readable: T[] = [];
    const raw: unknown[] = [];
    for (const value of listIn(this.#storage.getItem(key))) {
      const parsed = schema.safeParse(value);
      if (parsed.success) readable.push(parsed.data);
      else raw.push(value);
    }
    this.#list = readable;
    this.#raw = raw.map((value, index) => ({ id: `${key}/${index}`, value }));
  }

  /** What could be read, and what was kept since. */
  get list(): readonly T[] {
    return this.#list;
  }

  get unread(): readonly Unread[] {
    return this.#raw.map(({ id, value }) => ({ id, text: wordsIn(value) }));
  }

  /** Whether the list will still be there after a reload. */
  get outlivesPage(): boolean {
    return this.#storage.outlivesPage(this.#key);
  }

  keep(list: readonly T[]): void {
    this.#list = list;
    const all = [...this.#raw.map(({ value }) => value), ...list];
    if (all.length === 0) this.#storage.removeItem(this.#key);
    else this.#storage.setItem(this.#key, JSON.stringify(all));
  }

  /** Lets go of something that could not be read, by the wish of whoever wrote it. */
  letGo(id: string): void {
    if (!this.#raw.some((raw) => raw.id === id)) return;
    this.#raw = this.#raw.filter((raw) => raw.id !== id);
    this.keep(this.#list);
  }
}

/** The name under which a value's own place keeps what could not be read there. */
const UNREAD = "unread";

/** One value under one key, an object. Reads anew at every use, as several tabs may keep the same thing. */
export class KeptValue<T extends object> {
  readonly #given: KeyStorage;
  readonly #key: string;
  readonly #schema: z.ZodType<T>;

  constructor(storage: KeyStorage, key: string, schema: z.ZodType<T>) {
    this.#given = storage;
    this.#key = key;
    this.#schema = schema;
  }

  get #storage(): SurvivingStorage {
    return surviving(this.#given);
  }

  /** What is kept, or null where there is nothing that can be read. */
  read(): T | null {
    return this.#look().value;
  }

  get unread(): readonly Unread[] {
    return this.#look().raw.map((value, index) => ({ id: `${this.#key}/${index}`, text: wordsIn(value) }));
  }

  /** Keeps a value; null lets go of it, and only of it. */
  keep(value: T | null): void {
    this.#write(value, this.#look().raw);
  }

  letGo(id: string): void {
    const { value, raw } = this.#look();
    this.#write(
      value,
      raw.filter((_, index) => `${this.#key}/${index}` !== id),
    );
  }

  #write(value: T | null, raw: readonly unknown[]): void {
    if (value === null && raw.length === 0) this.#storage.removeItem(this.#key);
    else this.#storage.setItem(this.#key, JSON.stringify(raw.length === 0 ? value : { ...value, [UNREAD]: raw }));
  }

  #look(): { readonly value: T | null; readonly raw: readonly unknown[] } {
    const stored = valueIn(this.#storage.getItem(this.#key));
    if (stored === null) return { value: null, raw: [] };
    const { [UNREAD]: beside, ...rest } = typeof stored === "object" ? (stored as Record<string, unknown>) : {};
    const raw = Array.isArray(beside) ? beside : [];
    const parsed = this.#schema.safeParse(raw.length === 0 ? stored : rest);
    if (parsed.success) return { value: parsed.data, raw };
    if (raw.length === 0) return { value: null, raw: [stored] };
    return { value: null, raw: Object.keys(rest).length === 0 ? raw : [...raw, rest] };
  }
}

/** A stored text as JSON, as itself where it is none, and null where there is nothing. */
function valueIn(stored: string | null): unknown {
  if (stored === null) return null;
  try {
    return JSON.parse(stored);
  } catch {
    return stored;
  }
}

function listIn(stored: string | null): readonly unknown[] {
  const value = valueIn(stored);
  return Array.isArray(value) ? value : value === null ? [] : [value];
}

/** Names under which no version keeps words, and identifiers: a letter or two, then at least twelve figures. */
const NO_WORDS = /^(type|kind|id|.*Ids?|format|mark|sentence)$/;
const IDENTIFIER = /^[a-z]{1,2}[_-][0-9a-z]{12,}$/i;

/** What somebody typed into a value of any form, as far as it can be told; the value itself where it seems to hold no words. */
function wordsIn(value: unknown): string {
  const words = textsIn(value).filter((text) => text.trim() !== "" && !IDENTIFIER.test(text));
  return words.length > 0 ? words.join("\n\n") : JSON.stringify(value);
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return Object.entries(value).flatMap(([name, part]) => (NO_WORDS.test(name) ? [] : textsIn(part)));
}
