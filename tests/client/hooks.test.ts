import type { View } from "@whetstone/shared/room/view/view";
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { useKeptText } from "../../client/src/browser/kept-text.ts";
import { type Keys, keysAreOn, setKeysOn, useKeys } from "../../client/src/browser/keys.ts";
import { useMedia } from "../../client/src/browser/media.ts";
import { askedBefore } from "../../client/src/browser/remembered.ts";
import { useRememberAsked } from "../../client/src/room/store/asked.ts";
import { livePanelRoom } from "../support/domain.ts";
import { MemoryStorage } from "./fakes.ts";
import { runHook, stubPage } from "./hooks.ts";

let local: MemoryStorage;
beforeEach(() => {
  local = new MemoryStorage();
  vi.stubGlobal("localStorage", local);
  stubPage();
});
afterEach(() => vi.unstubAllGlobals());

/** Presses a key; whether it was taken for a command, so that the browser does nothing else with it. */
function press(key: string, how: Partial<KeyboardEvent> = {}): boolean {
  const event = new Event("keydown", { cancelable: true });
  for (const [name, value] of Object.entries({ key, ...how })) Object.defineProperty(event, name, { value });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}

describe("single keys", () => {
  const pressed: string[] = [];
  const doing = (...names: string[]): Keys =>
    Object.fromEntries(names.map((name) => [name, () => void pressed.push(name)]));
  beforeEach(() => {
    pressed.length = 0;
  });

  it("do what they stand for, with Shift or Caps Lock as well, and the browser nothing", () => {
    runHook(useKeys, doing("a", "ArrowDown"));
    expect([press("a"), press("A"), press("ArrowDown")]).toEqual([true, true, true]);
    expect(pressed).toEqual(["a", "a", "ArrowDown"]);
  });

  it("that stand for nothing are the browser's", () => {
    runHook(useKeys, { ...doing("a"), b: undefined });
    expect([press("b"), press("c"), press("Enter")]).toEqual([false, false, false]);
    expect(pressed).toEqual([]);
  });

  it.each([
    ["Control", { ctrlKey: true }],
    ["the command key", { metaKey: true }],
    ["Alt", { altKey: true }],
    ["a finger that stays on it", { repeat: true }],
  ])("with %s are the browser's", (_with, how) => {
    runHook(useKeys, doing("a"));
    expect(press("a", how)).toBe(false);
    expect(pressed).toEqual([]);
  });

  it("that a part of the page has used already do nothing more", () => {
    window.addEventListener("keydown", (event) => event.preventDefault());
    runHook(useKeys, doing("a"));
    press("a");
    expect(pressed).toEqual([]);
  });

  it("are text where somebody types, and keys on everything else that has the focus", () => {
    class Element extends HTMLElement {
      constructor(readonly isField: boolean) {
        super();
      }
      override closest(selector: string): null {
        if (selector === "") throw new SyntaxError("An empty selector is none.");
        return (this.isField ? this : null) as null;
      }
    }
    runHook(useKeys, doing("a"));
    expect(press("a", { target: new Element(true) })).toBe(false);
    expect(pressed).toEqual([]);
    expect(press("a", { target: new Element(false) })).toBe(true);
    expect(pressed).toEqual(["a"]);
  });

  it("are on until somebody switches them off, and stay off in this browser until they are switched on", () => {
    runHook(useKeys, doing("a"));
    expect(keysAreOn()).toBe(true);
    setKeysOn(false);
    expect(keysAreOn()).toBe(false);
    expect(local.getItem("whetstone.keys-off")).toBe("true");
    expect(press("a")).toBe(false);
    setKeysOn(true);
    expect([keysAreOn(), press("a"), local.length]).toEqual([true, true, 0]);
  });

  it("follow what the page shows, and end with it", () => {
    const { run, leave } = runHook(useKeys, doing("a"));
    run(doing("b"));
    press("a");
    press("b");
    expect(pressed).toEqual(["b"]);
    leave();
    expect(press("b")).toBe(false);
    expect(pressed).toEqual(["b"]);
  });
});

describe("keys that reach somebody else", () => {
  const pressed: string[] = [];
  const doing = (...names: string[]): Keys =>
    Object.fromEntries(names.map((name) => [name, () => void pressed.push(name)]));
  let at = 0;
  /** A key that many milliseconds after the one before. */
  const later = (ms: number, key: string, how: Partial<KeyboardEvent> = {}) => {
    at += ms;
    vi.advanceTimersByTime(ms);
    press(key, { timeStamp: at, ...how });
  };
  beforeEach(() => {
    pressed.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => void vi.useRealTimers());
  const settled = () => {
    vi.advanceTimersByTime(1_000);
    at += 1_000;
    return pressed.splice(0);
  };

  it("are done a moment later, each by itself", () => {
    runHook(() => useKeys(doing("1"), doing("a", "h")), undefined);
    later(1_000, "a");
    expect(pressed).toEqual([]);
    expect(settled()).toEqual(["a"]);
    later(0, "h");
    expect(settled()).toEqual(["h"]);
  });

  it("are not, in a word that is typed beside the field, whatever its first letter and its last", () => {
    runHook(() => useKeys(doing("1"), doing("a", "h", "f", "p")), undefined);
    for (const letter of "happy path, half of a proof") later(120, letter);
    expect(settled()).toEqual([]);
    for (const letter of "ha") later(240, letter);
    expect(settled()).toEqual([]);
  });

  it("are done at once after keys that are one's own, and own keys are at once", () => {
    runHook(() => useKeys(doing("1", "j"), doing("a")), undefined);
    later(1_000, "1");
    later(100, "j");
    later(100, "1");
    expect(pressed.splice(0)).toEqual(["1", "j", "1"]);
    later(100, "a");
    expect(settled()).toEqual(["a"]);
  });

  it("are not inside of a dialog, nor behind what was typed in a field that lost the focus", () => {
    class Inside extends HTMLElement {
      constructor(readonly what: string) {
        super();
      }
      override closest(selector: string): null {
        return (selector.includes(this.what) ? this : null) as null;
      }
    }
    runHook(() => useKeys({}, doing("a")), undefined);
    later(1_000, "a", { target: new Inside("[role=dialog]") });
    expect(settled()).toEqual([]);
    later(1_000, "x", { target: new Inside("textarea") });
    later(100, "a");
    expect(settled()).toEqual([]);
  });

  it("are not while text is composed, and not once the page is left", () => {
    const { leave } = runHook(() => useKeys(doing("1"), doing("a")), undefined);
    later(1_000, "a", { isComposing: true });
    later(1_000, "1", { keyCode: 229 });
    expect(settled()).toEqual([]);
    later(0, "a");
    leave();
    expect(settled()).toEqual([]);
  });
});

it("a media query is followed for as long as somebody wants to know", () => {
  const listeners = new Set<() => void>();
  const media = {
    matches: false,
    addEventListener: (event: string, listener: () => void) => event === "change" && listeners.add(listener),
    removeEventListener: (event: string, listener: () => void) => event === "change" && listeners.delete(listener),
  };
  const asked = new Set<string>();
  window.matchMedia = (query) => {
    asked.add(query);
    return media as unknown as MediaQueryList;
  };
  const become = (matches: boolean) =>
    act(() => {
      media.matches = matches;
      for (const listener of listeners) listener();
    });
  const { latest, leave } = runHook(useMedia, "(width < 40rem)");
  expect(latest()).toBe(false);
  become(true);
  expect(latest()).toBe(true);
  become(false);
  expect(latest()).toBe(false);
  expect([...asked]).toEqual(["(width < 40rem)"]);
  leave();
  expect(listeners.size).toBe(0);
});

describe("a part of the page that has a file of its own", () => {
  const cause = new TypeError("Failed to fetch dynamically imported module: http://whetstone.test/assets/Part-0.js");

  /** Modules of a page that has just been loaded: they know of no new version yet. */
  async function newPage() {
    vi.resetModules();
    const { announceNewVersion, useNewVersion } = await import("../../client/src/browser/new-version.ts");
    const { fetching, PartMissing } = await import("../../client/src/browser/parts.ts");
    const shows = () => runHook(useNewVersion, undefined);
    return { announceNewVersion, shows, fetching, PartMissing };
  }

  const FILE = "/assets/Part-0.js";
  const PAGE = '<script type="module" crossorigin src="/assets/index-1.js"></script>';

  /** Why a part is missing where the server answers so for its page and for the part's file, and what was said of it. */
  async function missing(page: () => Promise<Response>, file: () => Promise<Response> = page) {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const asked: unknown[] = [];
    vi.stubGlobal("fetch", (address: unknown, { cache }: RequestInit) => {
      asked.push([address, cache]);
      return address === "/" ? page() : file();
    });
    Object.assign(document, { querySelector: () => ({ getAttribute: () => "/assets/index-1.js" }) });
    const { shows, fetching, PartMissing } = await newPage();
    const failing = vi.fn(() => Promise.reject(cause));
    const failure = fetching(failing)().catch((reason: unknown) => reason);
    await act(() => vi.runAllTimersAsync());
    const error = await failure;
    if (!(error instanceof PartMissing)) throw new Error("The part was not missing.");
    expect(error.cause).toBe(cause);
    // An answer from the browser's cache would say nothing about the server.
    expect(asked).toContainEqual(["/", "no-store"]);
    for (const one of asked)
      expect([
        ["/", "no-store"],
        [FILE, "no-store"],
      ]).toContainEqual(one);
    return {
      absence: error.absence,
      sentence: error.message,
      newVersion: shows().latest(),
      tries: failing.mock.calls.length,
    };
  }

  const answer =
    (status: number, text = "") =>
    () =>
      Promise.resolve(new Response(text, { status }));

  it("is the part, where it can be fetched", async () => {
    const { fetching, shows } = await newPage();
    expect(await fetching(() => Promise.resolve("the part"))()).toBe("the part");
    expect(shows().latest()).toBe(false);
  });

  const GONE = { absence: "gone", sentence: "A part of this page is gone.", newVersion: true, tries: 1 };
  const LOST = { absence: "lost", sentence: "A part of this page was lost on its way.", newVersion: false, tries: 4 };
  const OUT_OF_REACH = {
    absence: "unreachable",
    sentence: "A part of this page could not be fetched.",
    newVersion: false,
    tries: 4,
  };

  it.each([404, 410])("is gone where the server has this page and not the file (%s)", async (status) => {
    expect(await missing(answer(200, PAGE), answer(status))).toEqual(GONE);
  });

  it("is gone where the server has another page", async () => {
    expect(await missing(answer(200, PAGE.replace("index-1", "index-2")), answer(404))).toEqual(GONE);
  });

  it.each([200, 429, 499])("is lost where the server has both, or does not tell (%s)", async (status) => {
    expect(await missing(answer(status, PAGE), answer(status))).toEqual(LOST);
  });

  it.each([500, 502, 503])("is only out of reach where the server or a proxy fails (%s)", async (status) => {
    expect(await missing(answer(status))).toEqual(OUT_OF_REACH);
  });

  it("is only out of reach where nobody answers", async () => {
    expect(await missing(() => Promise.reject(new TypeError("Failed to fetch")))).toEqual(OUT_OF_REACH);
  });

  it("is fetched at the second try where the first was lost", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    vi.stubGlobal("fetch", answer(200, PAGE));
    Object.assign(document, { querySelector: () => null });
    const { fetching, shows } = await newPage();
    const part = fetching(vi.fn(() => Promise.resolve("the part")).mockRejectedValueOnce(cause))();
    await act(() => vi.runAllTimersAsync());
    expect(await part).toBe("the part");
    expect(shows().latest()).toBe(false);
  });

  it("that is gone is told to everybody who shows that there is a new version, and stays known", async () => {
    const { announceNewVersion, shows } = await newPage();
    const [first, left] = [shows(), shows()];
    expect([first.latest(), left.latest()]).toEqual([false, false]);
    left.leave();
    act(announceNewVersion);
    expect([first.latest(), left.latest()]).toEqual([true, false]);
    expect(shows().latest()).toBe(true);
  });
});

it("a text that is not sent yet is there again when the page comes back", () => {
  const before = runHook(useKeptText, "text");
  expect(before.latest()[0]).toBe("");
  act(() => before.latest()[1]("typed"));
  expect(before.latest()[0]).toBe("typed");
  before.leave();
  const after = runHook(useKeptText, "text");
  expect(after.latest()[0]).toBe("typed");
  act(() => after.latest()[1](""));
  expect(after.latest()[0]).toBe("");
  expect(local.length).toBe(0);
});

describe("what is asked in a room", () => {
  function room() {
    const panel = livePanelRoom();
    const see = (seatId: string): View => {
      const view = panel.room.view(seatId);
      if (!view) throw new Error("The seat is gone.");
      return view;
    };
    return { ...panel, see };
  }

  it("is kept in the browser of whoever leads or scores, as soon as it is asked, if it is of the bank", () => {
    const { room: it, host, see } = room();
    const { run } = runHook(useRememberAsked, see(host));
    expect(local.length).toBe(0);
    it.push("first-question");
    run(see(host));
    expect(askedBefore()).toEqual(["first-question"]);
    it.must(host, { type: "push", source: { kind: "typed", prompt: "Out of my head", minutes: 5 } });
    it.push("second-question");
    run(see(host));
    expect(askedBefore()).toEqual(["second-question", "first-question"]);
  });

  it("is kept by no one else", () => {
    const { room: it, ann, candidate, see } = room();
    it.push("first-question");
    runHook(useRememberAsked, see(candidate));
    expect(askedBefore()).toEqual([]);
    runHook(useRememberAsked, see(ann));
    expect(askedBefore()).toEqual(["first-question"]);
  });
});
