import { PracticeHistory } from "@whetstone/shared/practice/history/record";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  exportPractice,
  importPractice,
  PRACTICE_FILE_MOST,
  PRACTICE_MOST,
  PracticeKeeper,
  practiceHistory,
  recordPractice,
  type StorageChange,
  subscribePractice,
  wipePractice,
} from "../../client/src/browser/practice-history.ts";
import { practiced, rated } from "../support/practice.ts";
import { MemoryStorage } from "./fakes.ts";

/** The history of practice in a browser whose storage is full, forbidden, foreign, or shared by several tabs. */

const KEY = "whetstone.practice";
const [one, two, three] = ["e_1", "e_2", "e_3"].map((id, day) => practiced(id, { at: day })) as [
  ReturnType<typeof practiced>,
  ReturnType<typeof practiced>,
  ReturnType<typeof practiced>,
];

/** A storage with room for so many characters in each value. */
class NarrowStorage extends MemoryStorage {
  room = Number.POSITIVE_INFINITY;
  override setItem(key: string, value: string): void {
    if (value.length > this.room) throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    super.setItem(key, value);
  }
}

const fileOf = (...entries: unknown[]): string => JSON.stringify({ format: "whetstone-practice", version: 1, entries });

describe("what is recorded", () => {
  it("is there after a reload, each entry once and in its newest state", () => {
    const storage = new MemoryStorage();
    const keeper = new PracticeKeeper(storage);
    keeper.record([two]);
    keeper.record([one]);
    const newer = { ...two, changedAt: two.changedAt + 1, ratings: rated(4, 4) };
    keeper.record([newer]);
    keeper.record([two]);
    expect(new PracticeKeeper(storage).history()).toEqual({ entries: [one, newer], unread: [], outlivesPage: true });
  });

  it("is the same object until something changes, and then tells whoever listens", () => {
    const keeper = new PracticeKeeper(new MemoryStorage());
    const heard = vi.fn();
    const stop = keeper.subscribe(heard);
    const empty = keeper.history();
    expect(keeper.history()).toBe(empty);
    keeper.record([one]);
    expect(heard).toHaveBeenCalledOnce();
    expect(keeper.history()).not.toBe(empty);
    keeper.wipe();
    expect(heard).toHaveBeenCalledTimes(2);
    stop();
    keeper.record([one]);
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it("lives as long as the page where storage is forbidden, and says so", () => {
    const forbidden = (): never => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
    const keeper = new PracticeKeeper({ getItem: forbidden, setItem: forbidden, removeItem: forbidden });
    keeper.record([one]);
    keeper.record([two]);
    expect(keeper.history()).toEqual({ entries: [one, two], unread: [], outlivesPage: false });
    keeper.wipe();
    expect(keeper.history().entries).toEqual([]);
  });

  it("that does not fit is compacted as far as it must be, and kept whole for the page where that does not help", () => {
    const storage = new NarrowStorage();
    const keeper = new PracticeKeeper(storage);
    const long = practiced("e_0", { missed: Array(20).fill("x".repeat(4_000)) });
    storage.room = 10_000;
    keeper.record([long, one]);
    expect(keeper.history().outlivesPage).toBe(true);
    const kept = new PracticeKeeper(storage).history().entries;
    expect(kept.map(({ entryId, compacted }) => [entryId, compacted])).toEqual([
      ["e_1", true],
      ["e_0", true],
    ]);
    storage.room = 10;
    keeper.record([two]);
    expect(keeper.history()).toMatchObject({ outlivesPage: false });
    expect(keeper.history().entries).toHaveLength(3);
    expect(keeper.history().entries).toContainEqual(two);
  });

  it("is bounded: the oldest entries lose their details, none goes, and the newest stay whole", () => {
    const storage = new MemoryStorage();
    const keeper = new PracticeKeeper(storage);
    const many = [...Array(60).keys()].map((day) =>
      practiced(`e_${day}`, { at: day, missed: Array(10).fill("x".repeat(4_000)) }),
    );
    keeper.record(many);
    const { entries, outlivesPage } = keeper.history();
    expect(outlivesPage).toBe(true);
    expect(entries).toHaveLength(60);
    expect(storage.getItem(KEY)?.length).toBeLessThanOrEqual(PRACTICE_MOST + 2);
    const compacted = entries.filter((entry) => entry.compacted).map(({ at }) => at);
    expect(compacted).toEqual([...Array(compacted.length).keys()]);
    expect(compacted.length).toBeGreaterThan(5);
    expect(compacted.length).toBeLessThan(20);
  });

  it.each([
    ["no JSON", "{cut off"],
    ["another's value", '"words"'],
    ["an entry of a newer version", JSON.stringify([{ entryId: "e_9", kind: "taught" }])],
  ])("stands beside %s, which stays as it was", (_what, foreign) => {
    const storage = new MemoryStorage();
    storage.setItem(KEY, foreign);
    const keeper = new PracticeKeeper(storage);
    const { unread } = keeper.history();
    expect(unread).toHaveLength(1);
    keeper.record([one]);
    keeper.record([two]);
    expect(new PracticeKeeper(storage).history()).toEqual({ entries: [one, two], unread, outlivesPage: true });
    keeper.wipe();
    expect(storage.length).toBe(0);
  });
});

/** One tab of several: it reads what another wrote only once it is told of it, as tabs of one browser may. */
class Tab {
  readonly keeper: PracticeKeeper;
  #seen: string | null = null;
  #untold: StorageChange[] = [];
  readonly #others: Tab[];

  constructor(all: Tab[]) {
    this.#others = all;
    all.push(this);
    this.keeper = new PracticeKeeper({
      getItem: () => this.#seen,
      setItem: (key, newValue) => this.#write({ key, newValue }),
      removeItem: (key) => this.#write({ key, newValue: null }),
    });
  }

  get ids(): string[] {
    return this.keeper.history().entries.map(({ entryId }) => entryId);
  }

  /** Hears of everything that the others have written until now; says whether there was anything. */
  hear(): boolean {
    const changes = this.#untold;
    this.#untold = [];
    for (const change of changes) {
      this.#seen = change.newValue;
      this.keeper.heed(change);
    }
    return changes.length > 0;
  }

  #write(change: StorageChange): void {
    if (this.#seen === change.newValue) return;
    this.#seen = change.newValue;
    for (const other of this.#others) if (other !== this) other.#untold.push(change);
  }
}

/** All tabs hear of each other until none has anything new to say. */
function settle(tabs: readonly Tab[]): void {
  for (let round = 0; tabs.map((tab) => tab.hear()).some(Boolean); round++) {
    if (round > 10) throw new Error("The tabs answer each other without end.");
  }
}

describe("several tabs", () => {
  it("that write at once lose nothing of each other's", () => {
    const tabs: Tab[] = [];
    const [first, second] = [new Tab(tabs), new Tab(tabs)];
    first.keeper.record([one]);
    second.keeper.record([two]);
    expect([first.ids, second.ids]).toEqual([["e_1"], ["e_2"]]);
    settle(tabs);
    expect([first.ids, second.ids]).toEqual([
      ["e_1", "e_2"],
      ["e_1", "e_2"],
    ]);
  });

  it("see a newer state from another tab, and do not bring the older back", () => {
    const tabs: Tab[] = [];
    const [first, second] = [new Tab(tabs), new Tab(tabs)];
    first.keeper.record([one]);
    settle(tabs);
    const newer = { ...one, changedAt: 5, ratings: rated(4) };
    second.keeper.record([newer]);
    settle(tabs);
    expect(first.keeper.history().entries).toEqual([newer]);
    expect(second.keeper.history().entries).toEqual([newer]);
  });

  it("put back what foreign content took the place of, and leave that there", () => {
    const storage = new MemoryStorage();
    const keeper = new PracticeKeeper(storage);
    keeper.record([one]);
    storage.setItem(KEY, '"foreign words"');
    keeper.heed({ key: KEY, newValue: '"foreign words"' });
    expect(keeper.history()).toMatchObject({ entries: [one], unread: [{ text: "foreign words" }] });
  });

  it.each([KEY, null])("are all wiped by one, told by the key %s", (key) => {
    const storage = new MemoryStorage();
    const keeper = new PracticeKeeper(storage);
    keeper.record([one]);
    const heard = vi.fn();
    keeper.subscribe(heard);
    keeper.heed({ key: "another key", newValue: null });
    expect(keeper.history().entries).toEqual([one]);
    storage.removeItem(KEY);
    keeper.heed({ key, newValue: null });
    expect(heard).toHaveBeenCalled();
    keeper.record([two]);
    keeper.heed({ key: KEY, newValue: storage.getItem(KEY) });
    expect(keeper.history().entries).toEqual([two]);
  });

  it("of which one could not keep its entries still shows what another kept", () => {
    const storage = new NarrowStorage();
    storage.room = 10;
    const keeper = new PracticeKeeper(storage);
    keeper.record([one]);
    storage.room = Number.POSITIVE_INFINITY;
    const other = new PracticeKeeper(storage);
    other.record([two]);
    keeper.heed({ key: KEY, newValue: storage.getItem(KEY) });
    expect(keeper.history()).toEqual({ entries: [one, two], unread: [], outlivesPage: true });
    expect(new PracticeKeeper(storage).history().entries).toEqual([one, two]);
  });
});

describe("a file", () => {
  it("of one browser is the same history in another, and changes nothing the second time", () => {
    const [here, there] = [new PracticeKeeper(new MemoryStorage()), new PracticeKeeper(new MemoryStorage())];
    here.record([one, two]);
    there.record([{ ...two, changedAt: 9, ratings: rated(1) }, three]);
    const file = here.export();
    expect(PracticeHistory.parse(JSON.parse(file)).entries).toEqual([one, two]);
    expect(there.import(file)).toMatchObject({ ok: true, added: 1, changed: 0, sentence: "Imported: 1 entry is new." });
    expect(there.import(file)).toMatchObject({ added: 0, changed: 0 });
    expect(here.import(there.export())).toMatchObject({
      added: 1,
      changed: 1,
      sentence: "Imported: 1 entry is new, 1 entry was brought up to date.",
    });
    expect(here.export()).toBe(there.export());
  });

  const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  it.each([
    ["too_large", "x".repeat(PRACTICE_FILE_MOST + 1)],
    ["no_json", fileOf(one).slice(0, -3)],
    ["no_json", ""],
    ["other_file", "[]"],
    ["other_file", "null"],
    ["other_file", JSON.stringify({ format: "whetstone-room", version: 1, entries: [] })],
    ["other_file", fileOf({ ...one, extra: "DEEP" }).replace('"DEEP"', deep)],
    ["newer_version", JSON.stringify({ format: "whetstone-practice", version: 2, items: [] })],
    ["wrong_entry", JSON.stringify({ format: "whetstone-practice", version: 1 })],
    ["wrong_entry", fileOf(one, { ...two, at: -1 })],
    ["wrong_entry", fileOf(one, 7)],
    ["wrong_entry", fileOf({ ...one, ratings: [{ criterionId: "c1", name: "Substance", level: 5 }] })],
  ])("that is refused as %s leaves everything as it was", (reason, text) => {
    const storage = new MemoryStorage();
    const keeper = new PracticeKeeper(storage);
    keeper.record([three]);
    const before = storage.getItem(KEY);
    const result = keeper.import(text);
    expect(result).toMatchObject({ ok: false, reason, sentence: expect.stringMatching(/ Nothing was imported\.$/) });
    expect(storage.getItem(KEY)).toBe(before);
  });

  it("that is wrong is told by the entry and its field", () => {
    const keeper = new PracticeKeeper(new MemoryStorage());
    expect(keeper.import(fileOf(one, { ...two, topic: 7 })).sentence).toContain("“topic” of entry 2");
    expect(keeper.import(fileOf(one, { ...two, ratings: [{ ...rated(1)[0], level: 9 }] })).sentence).toContain(
      "“ratings.0.level” of entry 2",
    );
    expect(keeper.import(fileOf(one, 7)).sentence).toContain("entry 2 is not");
  });

  it("that does not fit beside what is here is refused whole", () => {
    const keeper = new PracticeKeeper(new MemoryStorage());
    keeper.record([three]);
    const title = "x".repeat(200);
    const many = [...Array(5_000).keys()].map((id) => practiced(`m_${id}`, { title, missed: [], heard: [] }));
    expect(keeper.import(fileOf(...many))).toMatchObject({ ok: false, reason: "no_room" });
    expect(keeper.history().entries).toEqual([three]);
  });
});

describe("this browser's own", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("is kept in the storage that its tabs share, and heeds what they do", () => {
    const storage = new MemoryStorage();
    const listeners: ((change: StorageChange) => void)[] = [];
    vi.stubGlobal("localStorage", storage);
    vi.stubGlobal("window", {
      addEventListener: (event: string, listener: (change: StorageChange) => void) => {
        if (event === "storage") listeners.push(listener);
      },
    });
    const heard = vi.fn();
    const stop = subscribePractice(heard);
    recordPractice([one]);
    expect(importPractice(fileOf(two))).toMatchObject({ ok: true });
    expect(practiceHistory().entries).toEqual([one, two]);
    expect(JSON.parse(storage.getItem(KEY) ?? "")).toEqual([one, two]);
    expect(JSON.parse(exportPractice())).toMatchObject({ entries: [{ entryId: "e_1" }, { entryId: "e_2" }] });
    expect(listeners).toHaveLength(1);
    storage.setItem(KEY, JSON.stringify([three]));
    listeners[0]?.({ key: KEY, newValue: storage.getItem(KEY) });
    expect(practiceHistory().entries).toEqual([one, two, three]);
    expect(heard).toHaveBeenCalledTimes(3);
    wipePractice();
    expect(storage.length).toBe(0);
    stop();
  });
});
