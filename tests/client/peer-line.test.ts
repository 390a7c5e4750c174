import { Command } from "@whetstone/shared/room/command";
import type { LineView } from "@whetstone/shared/room/view/peers";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useFolded } from "../../client/src/browser/folded.ts";
import { isPlainEnter } from "../../client/src/browser/pressed.ts";
import { addressOf, hostOf } from "../../client/src/room/call/meeting/address.ts";
import { isContinued, newestOf, unreadIn } from "../../client/src/room/messages/reading.ts";
import { propertyRuns } from "../support/courses.ts";
import { MemoryStorage } from "./fakes.ts";
import { runHook, stubPage } from "./hooks.ts";

const entry = (number: number, seatId: string, at: number | null = number * 1_000): LineView => ({
  lineId: `m_${number}`,
  seatId,
  at,
  text: `entry ${number}`,
});
const LINE = [entry(1, "other"), entry(2, "me"), entry(3, "other"), entry(4, "other"), entry(5, "me", null)];

describe("what of the line is unread", () => {
  it("is what others wrote after what was read last, and nothing of one's own", () => {
    expect(unreadIn(LINE, "me", "m_1")).toBe(2);
    expect(unreadIn(LINE, "me", "m_3")).toBe(1);
    expect(unreadIn(LINE, "me", "m_5")).toBe(0);
  });

  it("is everything of others where nothing was read, or what was read is gone", () => {
    expect(unreadIn(LINE, "me", null)).toBe(3);
    expect(unreadIn(LINE, "me", "m_99")).toBe(3);
    expect(unreadIn([], "me", "m_1")).toBe(0);
  });
});

describe("what is read out", () => {
  it("is the newest of another that came since the page was opened", () => {
    expect(newestOf(LINE, "me", "m_1")?.lineId).toBe("m_4");
    expect(newestOf(LINE.slice(0, 2), "me", null)?.lineId).toBe("m_1");
  });

  it("is nothing that was there before, and nothing of one's own", () => {
    expect(newestOf(LINE, "me", "m_4")).toBeNull();
    expect(newestOf([], "me", null)).toBeNull();
  });
});

describe("a name above what was written", () => {
  it("is left out where the same person goes on", () => {
    expect(isContinued(entry(1, "me"), entry(2, "me"))).toBe(true);
    expect(isContinued(entry(1, "me"), entry(2, "me", null))).toBe(true);
  });

  it("is there for another, for the first, and after a while", () => {
    expect(isContinued(undefined, entry(1, "me"))).toBe(false);
    expect(isContinued(entry(1, "other"), entry(2, "me"))).toBe(false);
    expect(isContinued(entry(1, "me"), entry(2, "me", 10 * 60_000))).toBe(false);
  });
});

describe("a key", () => {
  const enter = { key: "Enter", keyCode: 13, shiftKey: false, isComposing: false };
  it("sends what was written where it is Enter alone", () => {
    expect(isPlainEnter(enter)).toBe(true);
    expect(isPlainEnter({ ...enter, key: "a" })).toBe(false);
  });

  it.each([
    ["breaks the line", { shiftKey: true }],
    ["ends a word that is composed", { isComposing: true }],
    ["ends one where the browser says so by the key's number alone", { keyCode: 229 }],
  ])("does not where it %s", (_what, change) => {
    expect(isPlainEnter({ ...enter, ...change })).toBe(false);
  });
});

describe("the address of a meeting", () => {
  it.each([
    [" https://meet.example.org/room-1?pwd=a#b ", "https://meet.example.org/room-1?pwd=a#b"],
    ["meet.example.org/abc-defg", "https://meet.example.org/abc-defg"],
    ["HTTPS://Meet.Example.org/Room", "https://meet.example.org/Room"],
    ["https://例え.jp/部屋", "https://xn--r8jz45g.jp/%E9%83%A8%E5%B1%8B"],
    ['https://meet.example.org/"a<b>', "https://meet.example.org/%22a%3Cb%3E"],
    ["https://192.0.2.7:8443/x", "https://192.0.2.7:8443/x"],
  ])("is taken as people paste it: %s", (typed, url) => {
    expect(addressOf(typed)).toEqual({ url });
  });

  it.each([
    ["http://meet.example.org", "not_https"],
    ["javascript:alert(1)", "not_https"],
    ["  JavaScript:alert(1)", "not_https"],
    ["data:text/html,x", "not_https"],
    ["", "not_an_address"],
    ["tomorrow", "not_an_address"],
    ["see you at meet.example.org", "not_an_address"],
    ["https://", "not_an_address"],
    ["https://bank.example.org@evil.example/", "with_name"],
    ["https://user:secret@meet.example.org/", "with_name"],
    [`https://meet.example.org/${"a".repeat(500)}`, "too_long"],
  ])("is refused with its reason: %s", (typed, refused) => {
    expect(addressOf(typed)).toEqual({ refused });
  });

  it("is one that the server takes and the page opens, whatever was typed", () => {
    const typed = fc.oneof(
      fc.webUrl(),
      fc.string(),
      fc.domain(),
      fc.webUrl().map((url) => url.replace(/^https?:/, "https:")),
    );
    let taken = 0;
    fc.assert(
      fc.property(typed, (text) => {
        const address = addressOf(text);
        if (!("url" in address)) return;
        taken += 1;
        expect(Command.safeParse({ type: "setMeeting", url: address.url }).success).toBe(true);
        expect(hostOf(address.url)).toBe(new URL(address.url).host);
      }),
      propertyRuns(500),
    );
    expect(taken).toBeGreaterThan(5);
  });

  it.each(["http://meet.example.org", "javascript:alert(1)", "https://a@b.example/", "nonsense", ""])(
    "is not opened where it should not have been taken: %s",
    (address) => {
      expect(hostOf(address)).toBeNull();
    },
  );
});

describe("what is folded away", () => {
  beforeEach(() => {
    stubPage();
    vi.stubGlobal("localStorage", new MemoryStorage());
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const folding = (name: string, atFirst?: boolean) => runHook(() => useFolded(name, atFirst), undefined);
  const fold = async (hook: ReturnType<typeof folding>, isFolded: boolean) => {
    const { act } = await import("react");
    act(() => hook.latest()[1](isFolded));
  };

  it("is as at first until somebody folds or unfolds it, and then stays so in this browser", async () => {
    expect(folding("script").latest()[0]).toBe(false);
    const line = folding("line", true);
    expect(line.latest()[0]).toBe(true);
    await fold(line, false);
    expect(line.latest()[0]).toBe(false);
    expect(folding("line", true).latest()[0]).toBe(false);
    await fold(line, true);
    expect(folding("line", false).latest()[0]).toBe(true);
    expect(folding("script").latest()[0]).toBe(false);
  });
});
