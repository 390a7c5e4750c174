import { KitDraft, kitOfDraft, QuestionDraft, questionOfDraft } from "@whetstone/shared/authored";
import { ImportRequest } from "@whetstone/shared/bank-wire";
import { SeekerCommand } from "@whetstone/shared/practice/matching/commands";
import { Opening } from "@whetstone/shared/room/course/commands";
import { type Commit, EVENTS_VERSION } from "@whetstone/shared/room/event";
import { refuseInput } from "@whetstone/shared/room/refusal";
import { PersonName } from "@whetstone/shared/room/seats/commands";
import { commitReader } from "@whetstone/shared/room/upcast";
import { OpenPeersRequest } from "@whetstone/shared/rooms-wire";
import { asName, isVisible, NAME_UNSEEN } from "@whetstone/shared/visible";
import { describe, expect, test } from "vitest";
import { Room } from "../support/domain.ts";
import { PEER_WISHES } from "../support/peers.ts";

const FLAG_OF_SCOTLAND = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}";

const SEEN = [
  ...["Ada", "7", "!", "$", "Ж", "王伟", "שרה", "مقابلة", "ഇന്‍", "สมชาย", "¨", "👩🏽‍🔬", "❤️", "1️⃣", "🇫🇷"],
  ...[FLAG_OF_SCOTLAND, "é", "e\u0301", "⠁", "\u200bAda"],
];
const UNSEEN: readonly (readonly [string, string])[] = [
  ["spaces of no width", "\u200b\u200c\u200d\ufeff"],
  ["a Hangul filler", "\u115f"],
  ["another Hangul filler", "\u1160"],
  ["the compatibility filler", "\u3164"],
  ["the half-width filler", "\uffa0"],
  ["Braille without a dot", "\u2800"],
  ["marks alone", "\u0301\u0308"],
  ["tags alone", "\u{e0041}\u{e0064}"],
  ["selectors alone", "\ufe0f\u{e0100}"],
  ["controls", "\u0000\u0007\u009f"],
  ["what turns text around", "\u202e\u2066\u2069"],
  ["line and paragraph separators", "\u2028\u2029"],
  ["a soft hyphen", "\u00ad"],
  ["what is assigned to nobody", "\u{e0fff}\u0378"],
  ["a private character", "\ue000"],
  ["a note without its head", "\u{1d159}"],
  ["half a character", "\ud83d"],
];

describe("a name that can be seen", () => {
  test.each(SEEN)("%s is one, and is kept as it is", (name) => {
    expect(isVisible(name)).toBe(true);
    expect(PersonName.parse(name)).toBe(name.replace("\u200b", ""));
  });

  test.each(UNSEEN)("is not made of %s", (_, name) => {
    expect(isVisible(name)).toBe(false);
    const parsed = PersonName.safeParse(name);
    expect(parsed.success).toBe(false);
    expect(parsed.error && refuseInput(parsed.error).reason).toBe("name_unseen");
  });

  test("is kept without what cannot be seen at its ends, on one line, and turns nothing around", () => {
    expect(asName(" \u200b\u3164Ada Lovelace\u2800\u200d \u00a0")).toBe("Ada Lovelace");
    expect(asName("Ada\u202eecalevoL")).toBe("AdaecalevoL");
    expect(asName("\u2067Ada\u2069 \u061cL")).toBe("Ada L");
    expect(asName("Ada\nLovelace\u2028King")).toBe("Ada Lovelace King");
    expect(asName("❤️\ufe0f\u200b")).toBe("❤️\ufe0f");
    expect(asName("\u200d\ufe0f")).toBe("");
  });

  test("may be empty to nobody, which is another fault", () => {
    for (const name of ["", "  "]) {
      const { error } = PersonName.safeParse(name);
      expect(error && refuseInput(error).reason).toBe("malformed");
    }
  });
});

const opening = (change: object) => ({
  title: "Interview",
  candidateName: null,
  forRole: null,
  minutes: 45,
  phases: [],
  kit: null,
  plan: [],
  blindPolicy: "after_own",
  hostName: "Hana",
  ...change,
});
const peers = (change: object) => ({
  title: "Practice",
  hostName: "Ana",
  partners: ["Bo"],
  wishes: PEER_WISHES,
  ...change,
});
const reasonOf = ({ error }: { error?: Parameters<typeof refuseInput>[0] | undefined }) =>
  error && refuseInput(error).reason;

describe("names are refused that nobody could see", () => {
  test.each(["title", "candidateName", "forRole", "hostName"])("of a room: %s", (field) => {
    expect(reasonOf(Opening.safeParse(opening({})))).toBeUndefined();
    expect(reasonOf(Opening.safeParse(opening({ [field]: "\u3164" })))).toBe("name_unseen");
  });

  test("of people who practise, and who look for a partner", () => {
    expect(reasonOf(OpenPeersRequest.safeParse(peers({})))).toBeUndefined();
    expect(reasonOf(OpenPeersRequest.safeParse(peers({ partners: ["\u2800"] })))).toBe("name_unseen");
    const wishes = { levels: ["working"], topics: [], minutes: [25], language: "en", when: { kind: "now" } };
    const enter = (name: string) => SeekerCommand.safeParse({ type: "enter", name, wishes });
    expect(reasonOf(enter("Ada"))).toBeUndefined();
    expect(reasonOf(enter("\u200b"))).toBe("name_unseen");
  });

  test("of the pack that an import goes into", () => {
    const request = (title: string) => ({ pack: { id: "ours", title }, files: [{ name: "a.json", text: "[]" }] });
    expect(reasonOf(ImportRequest.safeParse(request("Ours")))).toBeUndefined();
    expect(reasonOf(ImportRequest.safeParse(request("\uffa0")))).toBe("name_unseen");
  });

  test("of questions and kits, where they are published", () => {
    const question = questionOfDraft("q", QuestionDraft.parse({ title: "\u3164", criteria: [{ name: "\u2800" }] }));
    const said = (made: object) => ("faults" in made && Array.isArray(made.faults) ? made.faults : []);
    const unseen = (made: object) =>
      said(made)
        .filter(({ message }) => message === NAME_UNSEEN)
        .map(({ path }) => path.join("."));
    expect(unseen(question)).toEqual(["title", "criteria.0.name"]);
    expect(said(question).filter(({ path }) => path.join(".") === "title")).toHaveLength(1);
    const kit = kitOfDraft("k", KitDraft.parse({ title: "\u200b", role: "\u2800", competencies: ["\u3164"] }));
    expect(unseen(kit)).toEqual(["title", "role", "competencies.0"]);
  });
});

test("a room whose names were stored before stays readable, with the names that it has", () => {
  const room = new Room({});
  const [first] = room.commits;
  if (!first) throw new Error("A room begins with a commit.");
  const unseen = (commit: Commit) => ({
    ...commit,
    version: EVENTS_VERSION,
    events: commit.events.map((event) =>
      event.type === "roomOpened"
        ? { ...event, title: "\u3164", links: event.links.map((link) => ({ ...link, name: "\u2800" })) }
        : event,
    ),
  });
  const [opened] = commitReader()(unseen(first)).events;
  if (opened?.type !== "roomOpened") throw new Error("A room is opened first.");
  expect(opened.title).toBe("\u3164");
  expect(opened.links.map(({ name }) => name)).toContain("\u2800");
});
