import { SearchRequest } from "@whetstone/shared/bank-wire";
import { describe, expect, it } from "vitest";
import {
  type BankAddress,
  isFiltered,
  joinedList,
  readAddress,
  withAsked,
  withText,
  withToggled,
} from "../../client/src/bank/address.ts";
import { requestOf, understood } from "../../client/src/bank/request.ts";

const request = (address: BankAddress, asked: string[] = []) => requestOf(understood(address), asked);

describe("the address of the bank's page", () => {
  it("comes back as it was written", () => {
    const address: BankAddress = {
      q: "42",
      topic: ["computer-vision", "language-and-speech"],
      minutes: ["6", "10"],
      section: ["A", "B3"],
      asked: "not_asked",
    };
    const written = Object.fromEntries(Object.entries(address).map(([key, value]) => [key, joinedList(value)]));
    expect(written.topic).toBe("computer-vision_language-and-speech");
    expect(readAddress(written)).toEqual(address);
  });

  it("is empty where nothing is chosen", () => {
    expect(readAddress({})).toEqual({});
    expect(readAddress({ q: "", topic: "", asked: "perhaps", somethingElse: 1 })).toEqual({});
  });

  it("takes what the router made a number of, and a filter that was given twice", () => {
    expect(readAddress({ q: 42, minutes: 6 })).toEqual({ q: "42", minutes: ["6"] });
    expect(readAddress({ tag: ["cnn", "cnn", "rnn"] })).toEqual({ tag: ["cnn", "rnn"] });
  });

  it("keeps a choice that is made until it is made again", () => {
    const once = withToggled(withToggled({ q: "loss" }, "level", "advanced"), "level", "research");
    expect(once).toEqual({ q: "loss", level: ["advanced", "research"] });
    expect(withToggled(once, "level", "advanced")).toEqual({ q: "loss", level: ["research"] });
    expect(withToggled({ level: ["research"] }, "level", "research")).toEqual({});
  });

  it("holds a text and what was asked before, and lets go of them", () => {
    expect(withText({ level: ["research"] }, "loss ")).toEqual({ level: ["research"], q: "loss " });
    expect(withText({ q: "loss" }, "")).toEqual({});
    expect(withAsked({}, "asked")).toEqual({ asked: "asked" });
    expect(withAsked({ asked: "asked", q: "x" }, null)).toEqual({ q: "x" });
  });

  it("counts a filter as one, and a text as none", () => {
    expect(isFiltered({ q: "loss" })).toBe(false);
    expect(isFiltered({ asked: "asked" })).toBe(true);
    expect(isFiltered({ tag: ["cnn"] })).toBe(true);
  });
});

describe("the search that an address stands for", () => {
  it("is the search of everything where the address is empty", () => {
    const { offset: _, limit: __, ...everything } = SearchRequest.parse({});
    expect(request({})).toEqual(everything);
  });

  it("holds every choice in its place", () => {
    const asked = ["early-stopping"];
    const found = request({ q: "loss", topic: ["cnn"], level: ["research"], minutes: ["6"], asked: "asked" }, asked);
    expect(found).toMatchObject({
      text: "loss",
      topics: ["cnn"],
      levels: ["research"],
      minutes: [6],
      asked: { ids: asked, keep: "asked" },
    });
  });

  it.each<[string, BankAddress]>([
    ["a topic that no identifier can be", { topic: ["<script>", "cnn"] }],
    ["a level that there is not", { level: ["hard"], topic: ["cnn"] }],
    ["minutes that are none", { minutes: ["six", "0", "1.5", "9999"], topic: ["cnn"] }],
    ["a section in another form", { section: ["5A", "a5"], topic: ["cnn"] }],
  ])("leaves out %s", (_what, address) => {
    expect(request(address)).toEqual(request({ topic: ["cnn"] }));
  });

  it("is one that the server takes, however much an address holds", () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `tag-${index}`);
    const address = readAddress({ q: "x".repeat(5_000), tag: many.join("_"), topic: many.join("_") });
    expect(SearchRequest.safeParse(request(address)).success).toBe(true);
  });
});
