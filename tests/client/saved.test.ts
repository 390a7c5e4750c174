import { KitDraft, QuestionDraft, WrittenKit, WrittenQuestion } from "@whetstone/shared/authored";
import { BANK_LIMITS } from "@whetstone/shared/bank-limits";
import { describe, expect, test } from "vitest";
import { KeptDraftPlace } from "../../client/src/authoring/draft/kept-draft.ts";
import { keptText } from "../../client/src/browser/kept-text.ts";
import { isLeftUnsaved, savesBy, tellUnsaved } from "../../client/src/browser/unsaved.ts";
import { goodbye, SAVED_WORDS } from "../../client/src/room/candidate/saved-words.ts";
import { BeyondTexts } from "../../client/src/room/saved/beyond.ts";
import { standingOf } from "../../client/src/room/saved/standing.ts";
import { partedAt, roomLeft, tooLong } from "../../client/src/ui/length.ts";
import { MemoryStorage } from "./fakes.ts";

/** When "saved" is said, and what becomes of what does not fit. */

const SAVED = { connection: "connected", savingFails: false, unsaved: 0, refused: [] } as const;
const NONE = { beyond: 0, unsent: 0 };
const refused = (text: string | null) => [{ id: "c_1", sentence: "No.", text }];

describe("saved is said", () => {
  test("of what the server has, and of nothing else", () => {
    expect(standingOf(SAVED, NONE)).toBe("saved");
    expect(standingOf({ ...SAVED, refused: refused(null) }, NONE)).toBe("saved");
    expect(standingOf({ ...SAVED, unsaved: 1 }, NONE)).toBe("saving");
    expect(standingOf({ ...SAVED, unsaved: 1, savingFails: true }, NONE)).toBe("failing");
    expect(standingOf({ ...SAVED, refused: refused("my words") }, NONE)).toBe("kept back");
    expect(standingOf(SAVED, { ...NONE, beyond: 1 })).toBe("kept back");
    expect(standingOf(SAVED, { ...NONE, unsent: 1 })).toBe("unsent");
    for (const connection of ["connecting", "reconnecting", "outdated"] as const) {
      expect(standingOf({ ...SAVED, connection }, NONE)).toBe("away");
    }
  });

  test("in words that let nobody close the page before all is saved", () => {
    const saying = Object.entries(SAVED_WORDS).filter(([, words]) => words === SAVED_WORDS.saved);
    expect(saying.map(([standing]) => standing)).toEqual(["saved"]);
    expect(goodbye(true)).toContain("you can close this page");
    expect(goodbye(false)).toContain("leave this page open");
    expect(goodbye(false)).not.toContain("close");
  });
});

describe("a text that is too long", () => {
  test("is said to be so by what is too much of it, in the units of the schemas", () => {
    expect(tooLong("x".repeat(20_000), 20_000)).toBeUndefined();
    expect(tooLong("x".repeat(43_000), 20_000)).toBe(
      "This is 23,000 characters too long: it may have 20,000 and has 43,000.",
    );
    expect(tooLong("👍👍", 3)).toContain("1 character too long");
    expect(roomLeft("x".repeat(90), 100)).toBeUndefined();
    expect(roomLeft("x".repeat(91), 100)).toBe("9 characters left.");
    expect(roomLeft("x".repeat(101), 100)).toBeUndefined();
  });

  test("is parted without cutting a character in half", () => {
    expect(partedAt("abc", 3)).toEqual({ within: "abc", beyond: "" });
    expect(partedAt("abcd", 3)).toEqual({ within: "abc", beyond: "d" });
    expect(partedAt("ab👍d", 3)).toEqual({ within: "ab", beyond: "👍d" });
  });

  test("keeps what does not fit in this browser at once, until it fits or is let go", () => {
    const storage = new MemoryStorage();
    const saved: string[] = [];
    const write = (text: string) => beyond.write("answer", text, 3, (fits) => saved.push(fits));
    const open = () => new BeyondTexts(storage, "r_1", "s_1");
    let beyond = open();
    write("abcdef");
    expect(saved).toEqual(["abc"]);
    beyond = open();
    expect(beyond.of("answer")).toBe("def");
    expect(beyond.elsewhere).toEqual([{ place: "answer", text: "def" }]);
    const hide = beyond.show("answer");
    expect(beyond.elsewhere).toEqual([]);
    hide();
    expect(beyond.count).toBe(1);
    write("abc");
    expect(open().count).toBe(0);
    expect(keptText(storage, "whetstone.beyond.r_1.s_1")).toBe("");
  });
});

test("a draft that is too long is kept whole in its writer's browser, and is none that the server takes", () => {
  const storage = new MemoryStorage();
  const prompt = "p".repeat(BANK_LIMITS.paragraph + 1);
  const draft = { ...QuestionDraft.parse({}), prompt };
  const place = () => new KeptDraftPlace(storage, "question", "q-1", WrittenQuestion);
  place().keep({ revision: null, draft, sent: [] });
  expect(place().read()?.draft.prompt).toBe(prompt);
  expect(place().unread).toEqual([]);
  expect(QuestionDraft.safeParse(draft).success).toBe(false);
  expect(WrittenKit.safeParse({ ...KitDraft.parse({}), description: prompt }).success).toBe(true);
});

describe("who leaves", () => {
  test("is asked for as long as something is unsaved that cannot be saved", async () => {
    expect(await isLeftUnsaved()).toBe(false);
    tellUnsaved("a", true);
    expect(await isLeftUnsaved()).toBe(true);
    const forget = savesBy("a", async () => tellUnsaved("a", false));
    expect(await isLeftUnsaved()).toBe(false);
    forget();
    tellUnsaved("b", true);
    const forgetFailing = savesBy("b", () => Promise.reject(new Error("No network.")));
    expect(await isLeftUnsaved()).toBe(true);
    forgetFailing();
    tellUnsaved("b", false);
  });
});
