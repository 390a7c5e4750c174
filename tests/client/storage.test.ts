import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { KeptList, KeptValue } from "../../client/src/browser/kept.ts";
import { browserStorage, SurvivingStorage, surviving, tabStorage } from "../../client/src/browser/storage.ts";
import { MemoryStorage } from "./fakes.ts";

/** A storage of a given room for values. */
class FullStorage extends MemoryStorage {
  isFull = true;
  override setItem(key: string, value: string): void {
    if (this.isFull) throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    super.setItem(key, value);
  }
}

const forbidden = (): never => {
  throw new DOMException("The operation is insecure.", "SecurityError");
};

describe("a storage that survives", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("is the browser's own where there is one", () => {
    const [local, session] = [new MemoryStorage(), new MemoryStorage()];
    vi.stubGlobal("localStorage", local);
    vi.stubGlobal("sessionStorage", session);
    browserStorage.setItem("key", "shared");
    tabStorage.setItem("key", "of this tab");
    expect([local.getItem("key"), session.getItem("key")]).toEqual(["shared", "of this tab"]);
    expect([browserStorage.getItem("key"), tabStorage.getItem("key")]).toEqual(["shared", "of this tab"]);
    expect(browserStorage.outlivesPage("key")).toBe(true);
    browserStorage.removeItem("key");
    tabStorage.removeItem("key");
    expect([local.length, session.length]).toEqual([0, 0]);
  });

  it("is a memory where the mere mention of one is forbidden", () => {
    const storage = new SurvivingStorage(forbidden);
    expect(storage.getItem("key")).toBeNull();
    storage.setItem("key", "typed");
    expect(storage.getItem("key")).toBe("typed");
    expect(storage.outlivesPage("key")).toBe(false);
    storage.removeItem("key");
    expect(storage.getItem("key")).toBeNull();
  });

  it("remembers what does not fit, over what stood there, until it fits", () => {
    const full = new FullStorage();
    full.isFull = false;
    const storage = surviving(full);
    storage.setItem("key", "older");
    full.isFull = true;
    storage.setItem("key", "newer");
    expect(storage.getItem("key")).toBe("newer");
    expect(storage.outlivesPage("key")).toBe(false);
    full.isFull = false;
    storage.setItem("key", "newest");
    expect(full.getItem("key")).toBe("newest");
    expect(storage.outlivesPage("key")).toBe(true);
  });

  it("remembers that something was removed, where it cannot be", () => {
    const stubborn = new MemoryStorage();
    stubborn.setItem("key", "there");
    stubborn.removeItem = forbidden;
    const storage = surviving(stubborn);
    storage.removeItem("key");
    expect(storage.getItem("key")).toBeNull();
  });
});

const Entry = z.strictObject({ id: z.string(), text: z.string() });
const one = { id: "one", text: "first words" };
const two = { id: "two", text: "second words" };
const foreign = { id: "new", form: 2, parts: [{ words: "words of another version" }, { words: "in two parts" }] };

describe("a list that is kept", () => {
  const open = (storage: Storage) => new KeptList(storage, "list", Entry);
  const stored = (storage: Storage): unknown => JSON.parse(storage.getItem("list") ?? "null");

  it("is read entry by entry", () => {
    const storage = new MemoryStorage();
    storage.setItem("list", JSON.stringify([one, foreign, two]));
    expect(open(storage).list).toEqual([one, two]);
    expect(open(storage).unread).toEqual([{ id: "list/0", text: "words of another version\n\nin two parts" }]);
    expect(stored(storage)).toEqual([one, foreign, two]);
  });

  it("never loses what it cannot read to what is kept later, until it is let go", () => {
    const storage = new MemoryStorage();
    storage.setItem("list", JSON.stringify([one, foreign, 7]));
    const list = open(storage);
    list.keep([two]);
    list.keep([]);
    expect(stored(storage)).toEqual([foreign, 7]);
    open(storage).keep([one]);
    expect(stored(storage)).toEqual([foreign, 7, one]);
    const again = open(storage);
    again.letGo("list/0");
    expect(again.unread).toEqual([{ id: "list/1", text: "7" }]);
    expect(stored(storage)).toEqual([7, one]);
    again.letGo("list/1");
    again.keep([]);
    expect(storage.length).toBe(0);
  });

  it.each([
    ["no JSON", "no JSON", "no JSON"],
    ["an object", '{"text":"words"}', "words"],
    ["a list cut off", '[{"id":"one","text":"first wor', '[{"id":"one","text":"first wor'],
    ["another's text", '"words"', "words"],
  ])("keeps %s in its place as well", (_what, held, text) => {
    const storage = new MemoryStorage();
    storage.setItem("list", held);
    const list = open(storage);
    expect(list.list).toEqual([]);
    expect(list.unread).toEqual([{ id: "list/0", text }]);
    expect(storage.getItem("list")).toBe(held);
    list.keep([one]);
    expect(open(storage).unread).toEqual([{ id: "list/0", text }]);
    expect(open(storage).list).toEqual([one]);
  });

  it("lets go of nothing that another tab has kept since, where there is nothing to let go of", () => {
    const storage = new MemoryStorage();
    storage.setItem("list", JSON.stringify([foreign]));
    const here = open(storage);
    open(storage).keep([one]);
    here.letGo("list/7");
    expect(stored(storage)).toEqual([foreign, one]);
  });

  it("shows the words of what it cannot read, and neither blanks nor names of other things", () => {
    const storage = new MemoryStorage();
    const about = "a_0123456789abcdef";
    const note = {
      about,
      words: ["typed", " \n"],
      level: 9,
      mark: "strength",
      evidence: null,
      more: { words: "below" },
    };
    storage.setItem("list", JSON.stringify([note, { about, words: "  ", level: 9 }]));
    expect(open(storage).unread.map(({ text }) => text)).toEqual([
      "typed\n\nbelow",
      JSON.stringify({ about, words: "  ", level: 9 }),
    ]);
  });

  it("shows what holds no words as it is, and identifiers not at all", () => {
    const storage = new MemoryStorage();
    const rating = { commandId: "c_0123456789abcdef", command: { type: "rate", level: 9 } };
    storage.setItem("list", JSON.stringify([rating]));
    expect(open(storage).unread[0]?.text).toBe(JSON.stringify(rating));
  });

  it("knows whether it will outlive the page", () => {
    const full = new FullStorage();
    const list = open(full);
    list.keep([one]);
    expect(list.outlivesPage).toBe(false);
    full.isFull = false;
    list.keep([one, two]);
    expect(list.outlivesPage).toBe(true);
  });
});

describe("a value that is kept", () => {
  const open = (storage: Storage) => new KeptValue(storage, "value", Entry);

  it("is kept beside what cannot be read, which stays until it is let go", () => {
    const storage = new MemoryStorage();
    storage.setItem("value", JSON.stringify(foreign));
    expect(open(storage).read()).toBeNull();
    open(storage).keep(one);
    open(storage).keep(two);
    expect(open(storage).read()).toEqual(two);
    open(storage).keep(null);
    expect(open(storage).read()).toBeNull();
    expect(open(storage).unread).toEqual([{ id: "value/0", text: "words of another version\n\nin two parts" }]);
    open(storage).keep(one);
    open(storage).letGo("value/0");
    expect(JSON.parse(storage.getItem("value") ?? "")).toEqual(one);
    open(storage).keep(null);
    expect(storage.length).toBe(0);
  });

  it("that is no JSON stays as well, and is shown as it is", () => {
    const storage = new MemoryStorage();
    storage.setItem("value", "no JSON");
    expect(open(storage).read()).toBeNull();
    expect(open(storage).unread).toEqual([{ id: "value/0", text: "no JSON" }]);
    open(storage).keep(one);
    expect(open(storage).unread).toEqual([{ id: "value/0", text: "no JSON" }]);
    expect(open(storage).read()).toEqual(one);
  });

  it("keeps each thing that cannot be read until that one is let go", () => {
    const storage = new MemoryStorage();
    storage.setItem("value", JSON.stringify({ ...one, unread: ["older words", "newer words"] }));
    open(storage).letGo("value/0");
    expect(open(storage).unread).toEqual([{ id: "value/0", text: "newer words" }]);
    open(storage).letGo("value/7");
    expect(open(storage).unread).toHaveLength(1);
    expect(open(storage).read()).toEqual(one);
  });

  it("that became unreadable beside an older one joins it", () => {
    const storage = new MemoryStorage();
    storage.setItem("value", JSON.stringify({ text: "newer words", unread: ["older words"] }));
    open(storage).keep(one);
    expect(open(storage).unread.map(({ text }) => text)).toEqual(["older words", "newer words"]);
    expect(open(storage).read()).toEqual(one);
  });
});
