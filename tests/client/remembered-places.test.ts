import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askedBefore, bankPlace, keepAsked, keepBankPlace } from "../../client/src/browser/remembered.ts";
import { MemoryStorage } from "./fakes.ts";

beforeEach(() => {
  vi.stubGlobal("localStorage", new MemoryStorage());
  vi.stubGlobal("sessionStorage", new MemoryStorage());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe("what was asked in rooms of this browser", () => {
  it("is kept once each, the latest first", () => {
    keepAsked(["early-stopping"]);
    keepAsked(["early-stopping", "vanishing-gradients"]);
    expect(askedBefore()).toEqual(["vanishing-gradients", "early-stopping"]);
  });

  it("does not grow without end, and lets go of the oldest", () => {
    keepAsked(Array.from({ length: 2_000 }, (_, index) => `old-${index}`));
    keepAsked(["the-latest"]);
    expect(askedBefore()).toHaveLength(2_000);
    expect(askedBefore().at(0)).toBe("the-latest");
    expect(askedBefore()).not.toContain("old-1999");
  });

  it.each(["not JSON", '{"asked": []}', '["<script>"]', "[1, 2]"])("is nothing where the browser holds %s", (kept) => {
    localStorage.setItem("whetstone.asked", kept);
    expect(askedBefore()).toEqual([]);
    keepAsked(["early-stopping"]);
    expect(askedBefore()).toEqual(["early-stopping"]);
  });
});

describe("the result that was opened", () => {
  it("is none at first", () => {
    expect(bankPlace("entry-1")).toBeNull();
  });

  it("is known on the way back to the page that led to it, and to no other", () => {
    keepBankPlace("entry-1", "early-stopping");
    expect(bankPlace("entry-1")).toBe("early-stopping");
    expect(bankPlace("entry-2")).toBeNull();
  });
});
