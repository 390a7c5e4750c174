import { boardOf, bytesOfBoard, bytesOfBoardWith, putOnBoard, shownOn } from "@whetstone/shared/workspace/board/board";
import { type BoardEntry, entryOf, stands } from "@whetstone/shared/workspace/board/element";
import { BOARD_LIMITS } from "@whetstone/shared/workspace/board/limits";
import { elementsIn } from "@whetstone/shared/workspace/board/map";
import { calledBy, outlineOf, saidByLine, saidOfStrokes } from "@whetstone/shared/workspace/board/outline";
import { wordsOnBoard } from "@whetstone/shared/workspace/board/words";
import { PART_RULES } from "@whetstone/shared/workspace/rules";
import { admitted, type UpdateFault } from "@whetstone/shared/workspace/update";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { arrow, box, standing, stroke, words } from "../support/boards.ts";

/** What a board holds, which of two versions stands, and what it says in words. */

function documentOf(client: number, ...entries: readonly BoardEntry[]): Y.Doc {
  const document = new Y.Doc();
  document.clientID = client;
  if (entries.length > 0) putOnBoard(document, entries);
  return document;
}

/** Why a board does not take what the change makes; null where it does. */
function faultOf(change: (document: Y.Doc) => void, onto: Y.Doc = documentOf(1)): UpdateFault | null {
  const other = documentOf(2);
  Y.applyUpdate(other, Y.encodeStateAsUpdate(onto));
  const before = Y.encodeStateVector(other);
  other.transact(() => change(other));
  const taken = admitted(Y.encodeStateAsUpdate(other, before), {
    document: onto,
    ownerOf: (client) => (client === 1 ? "s_one" : undefined),
    seatId: "s_two",
    rules: PART_RULES.board,
  });
  return "fault" in taken ? taken.fault : null;
}

const faultOfValue = (value: unknown, key = "it~2"): UpdateFault | null =>
  faultOf((document) => document.getMap("elements").set(key, value));
const faultOfElement = (element: object): UpdateFault | null => faultOfValue(JSON.stringify(element));

describe("a board takes", () => {
  test("shapes, texts, lines, strokes and what was taken off", () => {
    for (const element of [box("it"), words("it", "Cache"), arrow("it", "a", null), stroke("it", 40)]) {
      expect(faultOfElement(element)).toBeNull();
    }
    expect(faultOfElement({ id: "it", isDeleted: true, version: 3, versionNonce: 5 })).toBeNull();
    expect(faultOfElement(box("it", { link: "https://example.org/paper" }))).toBeNull();
  });

  test("no picture, no page that is embedded, and nothing that it does not know", () => {
    const ofImage = { fileId: "f", status: "saved", scale: [1, 1], crop: null };
    for (const element of [
      { ...box("it"), type: "image", ...ofImage },
      { ...box("it"), type: "embeddable" },
      { ...box("it"), type: "iframe", customData: { generationData: { status: "done", html: "<script>" } } },
      { ...box("it"), type: "magicframe", name: "" },
      { ...box("it"), customData: { any: "thing" } },
      { ...box("it"), type: "selection" },
      { ...box("it"), dataURL: "data:image/png;base64,AAAA" },
    ]) {
      expect(faultOfElement(element)).toBe("garbage");
    }
  });

  test("links to pages on the web alone", () => {
    for (const link of [
      "javascript:alert(1)",
      "data:text/html,x",
      "file:///etc/passwd",
      "//example.org",
      "https://",
      "ftp://a.b",
    ]) {
      expect(faultOfElement(box("it", { link }))).toBe("garbage");
    }
  });

  test("nothing so large, so far or so finely hatched that a page would stand still at it", () => {
    const { far, points, text, element } = BOARD_LIMITS;
    const hatched = { backgroundColor: "#ffc9c9", fillStyle: "hachure", strokeWidth: 0.5 } as const;
    for (const wrong of [
      box("it", { x: far + 1 }),
      box("it", { width: Number.MAX_SAFE_INTEGER }),
      box("it", { ...hatched, width: 9_000, height: 9_000 }),
      box("it", { strokeWidth: 0.0001 }),
      box("it", { strokeColor: "url(https://elsewhere.example/x)" }),
      stroke("it", points + 1),
      words("it", "x".repeat(text + 1)),
      { ...box("it"), x: "0" },
    ]) {
      expect(faultOfElement(wrong)).toBe("garbage");
    }
    expect(faultOfElement(box("it", { ...hatched, fillStyle: "solid", width: 9_000, height: 9_000 }))).toBeNull();
    expect(faultOfValue(JSON.stringify(box("it")) + " ".repeat(element))).toBe("garbage");
  });

  test("no number that is none, and none without an end", () => {
    const json = JSON.stringify(box("it", { x: 12_345 }));
    for (const wrong of ["NaN", "1e999", "-1e999", "null", '"12345"', "[]"]) {
      expect(faultOfValue(json.replace("12345", wrong))).toBe("garbage");
    }
    const far = { elementId: "a", focus: 0, gap: 4, fixedPoint: [0.5, 1e300] };
    expect(faultOfElement({ ...arrow("it", null, null), startBinding: far })).toBe("garbage");
    expect(faultOfElement({ ...arrow("it", null, null), startBinding: { ...far, fixedPoint: [0.5, 1.1] } })).toBeNull();
    expect(faultOfValue(json)).toBeNull();
  });

  test("no entry under another element's key, in another form or in another place", () => {
    const entry = JSON.stringify(box("it"));
    expect(faultOfValue(entry, "other~2")).toBe("garbage");
    expect(faultOfValue(entry, "it")).toBe("garbage");
    expect(faultOfValue(entry, "it~2~3")).toBe("garbage");
    expect(faultOfValue(box("it"))).toBe("garbage");
    expect(faultOfValue("{")).toBe("garbage");
    expect(faultOfValue(new Uint8Array(3))).toBe("garbage");
    expect(faultOf((document) => document.getMap("files").set("it~2", entry))).toBe("garbage");
    expect(faultOf((document) => document.getText("text").insert(0, "a text"))).toBe("garbage");
    expect(faultOf((document) => document.getMap("elements").set("it~2", new Y.Map()))).toBe("garbage");
    const onto = documentOf(1, box("it"));
    const beside = (document: Y.Doc) => document.getMap("elements").set("it~1", JSON.stringify(box("that")));
    expect(faultOf(beside, onto)).toBe("garbage");
  });

  test("no more than its bound, and a full one can be emptied", () => {
    const full = documentOf(1, ...Array.from({ length: 900 }, (_, index) => box(`b${index}`)));
    expect(bytesOfBoard(full)).toBeGreaterThan(BOARD_LIMITS.bytes);
    expect(faultOf((document) => putOnBoard(document, [box("one-more")]), full)).toBe("too_long");
    const again = documentOf(1, ...Array.from({ length: 900 }, (_, index) => box(`b${index}`)));
    const emptied = Array.from({ length: 900 }, (_, index) => gone(`b${index}`, 2));
    expect(faultOf((document) => putOnBoard(document, emptied), again)).toBeNull();
    expect(standing(again)).toEqual({});
  });

  test("what is drawn after thousands of strokes were taken off again, whoever did", () => {
    const pages = [documentOf(11), documentOf(12)];
    for (let count = 0; count < 3_000; count++) {
      const [own, other] = count % 2 === 0 ? pages : pages.toReversed();
      if (!own || !other) continue;
      const before = Y.encodeStateVector(own);
      putOnBoard(own, [box(`s${count}`)]);
      putOnBoard(own, [gone(`s${count}`, 2)]);
      Y.applyUpdate(other, Y.encodeStateAsUpdate(own, before));
    }
    const [one] = pages;
    expect(bytesOfBoard(one ?? documentOf(1))).toBeLessThan(BOARD_LIMITS.bytes / 5);
    expect(pages.map(standing)).toEqual([{}, {}]);
    expect(pages.map((page) => elementsIn(page).has("s2999~c"))).toEqual([true, true]);
    expect(faultOf((document) => putOnBoard(document, [box("next")]), one)).toBeNull();
  });

  test("an element's versions in one place, however long it is dragged alone", () => {
    const document = documentOf(1);
    for (let version = 1; version <= 1_000; version++) putOnBoard(document, [box("it", { version, x: version })]);
    expect(document.store.clients.get(1)?.length).toBe(2);
  });

  test("from nobody more changes than it can remember, and from the others what it ever did", () => {
    const worn = documentOf(1);
    worn.transact(() => {
      for (let turn = 0; turn < 30_001; turn++) {
        for (const id of ["a", "b"]) worn.getMap("elements").set(`${id}~1`, JSON.stringify(gone(id, turn)));
      }
    });
    const theirs = (seatId: string, client: number): UpdateFault | null => {
      const page = documentOf(client);
      Y.applyUpdate(page, Y.encodeStateAsUpdate(worn));
      const before = Y.encodeStateVector(page);
      putOnBoard(page, [box(seatId)]);
      const taken = admitted(Y.encodeStateAsUpdate(page, before), {
        document: worn,
        ownerOf: (number) => (number === 1 ? "s_worn" : undefined),
        seatId,
        rules: PART_RULES.board,
      });
      return "fault" in taken ? taken.fault : null;
    };
    expect(theirs("s_other", 5)).toBeNull();
    expect(theirs("s_worn", 6)).toBe("too_large");
  });

  test("a byte for each that UTF-8 has, so that no alphabet makes a board endless", () => {
    const latin = documentOf(1, words("t", "a".repeat(1_000)));
    const chinese = documentOf(1, words("t", "字".repeat(1_000)));
    expect(bytesOfBoard(chinese) - bytesOfBoard(latin)).toBe(4_000);
    expect(bytesOfBoardWith(latin, [words("t", "字".repeat(1_000))])).toBe(bytesOfBoard(chinese));
  });
});

const gone = (id: string, version: number): BoardEntry => ({ id, isDeleted: true, version, versionNonce: 1 });

describe("of two versions of an element", () => {
  test("the higher stands, and of the same one that whose nonce is lower", () => {
    const at = (version: number, versionNonce: number) => ({ version, versionNonce });
    expect(stands(at(3, 9), at(2, 1))).toBe(true);
    expect(stands(at(2, 1), at(3, 9))).toBe(false);
    expect(stands(at(2, 1), at(2, 9))).toBe(true);
    expect(stands(at(2, 9), at(2, 1))).toBe(false);
  });

  test("the same stands on every page, whoever wrote it and in whatever order it comes", () => {
    const versions = fc.array(fc.tuple(fc.nat(3), fc.nat(4), fc.nat(2)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(versions, fc.array(fc.nat(), { minLength: 40, maxLength: 40 }), (written, order) => {
        const pages = [documentOf(11), documentOf(12), documentOf(13), documentOf(14)];
        const updates: Uint8Array[] = [];
        for (const page of pages) page.on("update", (update: Uint8Array) => updates.push(update));
        const best = written.map(([page, version, versionNonce], index) => {
          const entry = box("it", { version: version + 1, versionNonce: versionNonce + 1, x: index });
          const own = pages[page];
          const known = own && boardOf(own).get("it");
          // A page writes what stands over what it has, as Excalidraw does.
          if (own && (!known || stands(entry, known))) putOnBoard(own, [entry]);
          return entry;
        });
        const all = [...updates];
        for (const [turn, page] of pages.entries()) {
          const shuffled = all.map((update, index) => ({ update, at: order[(index + turn) % order.length] ?? 0 }));
          for (const { update } of shuffled.sort((one, other) => one.at - other.at)) Y.applyUpdate(page, update);
        }
        const shown = pages.map((page) => JSON.stringify(boardOf(page).get("it")));
        expect(new Set(shown).size).toBe(1);
        const winner = best.reduce((one, other) => (stands(one, other) ? one : other));
        const stood = boardOf(documentIn(pages)).get("it");
        expect([stood?.version, stood?.versionNonce]).toEqual([winner.version, winner.versionNonce]);
      }),
      { numRuns: 200 },
    );
  });

  test("neither is lost where the other stands first, and what is stood over takes no place", () => {
    const [one, other] = [documentOf(11, box("it", { version: 4 })), documentOf(12)];
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
    putOnBoard(one, [box("it", { version: 6 })]);
    putOnBoard(other, [box("it", { version: 5 })]);
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
    Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
    expect([standing(one), standing(other)]).toEqual([{ it: 6 }, { it: 6 }]);
    putOnBoard(other, [box("it", { version: 7 })]);
    expect(elementsIn(other).size).toBe(1);
    expect(standing(other)).toEqual({ it: 7 });
  });

  test("one that was taken off stays off, until a later version is put on again", () => {
    const document = documentOf(1, box("it", { version: 2 }), gone("it", 3));
    expect(standing(document)).toEqual({});
    putOnBoard(document, [box("it", { version: 4 })]);
    expect(standing(document)).toEqual({ it: 4 });
  });
});

const documentIn = ([first]: readonly Y.Doc[]): Y.Doc => first ?? new Y.Doc();

describe("what Excalidraw has is kept", () => {
  test("without what a board does not know, and in hundredths", () => {
    const entry = entryOf({ ...box("it", { x: 1.23456 }), customData: undefined, hasTextLink: false });
    expect(entry).toEqual(box("it", { x: 1.23 }));
  });

  test("as its version alone where it was taken off, and not at all where a board takes no such thing", () => {
    expect(entryOf({ ...box("it", { version: 7 }), isDeleted: true })).toEqual(gone("it", 7));
    expect(entryOf({ ...box("it"), type: "image" })).toBeNull();
    expect(entryOf(stroke("it", BOARD_LIMITS.points + 1))).toBeNull();
    expect(entryOf(box("it", { link: "javascript:alert(1)" }))).toBeNull();
  });
});

describe("the outline of a board", () => {
  const outline = outlineOf([
    box("cache", { x: 400, y: 12 }),
    words("cache-label", "Cache", { containerId: "cache" }),
    box("client", { x: 0, y: 0 }),
    words("client-label", "Client", { containerId: "client" }),
    words("note", "Evicts the oldest", { x: 0, y: 300 }),
    box("empty", { x: 0, y: 400 }),
    arrow("asks", "client", "cache"),
    words("asks-label", "asks", { containerId: "asks" }),
    arrow("nowhere", "client", null),
    arrow("loose", null, null),
    stroke("scribble", 9),
    stroke("scrawl", 9),
  ]);

  test("lists shapes with their words as one reads, and lines with what they join", () => {
    expect(outline.nodes.map((node) => [calledBy(node), node.kind])).toEqual([
      ["Client", "rectangle"],
      ["Cache", "rectangle"],
      ["Evicts the oldest", "text"],
      ["a box without words", "rectangle"],
    ]);
    expect(outline.nodes[0]?.lines.map(saidByLine)).toEqual(["Client to Cache: asks", "Client to nothing"]);
    expect(outline.loose.map(saidByLine)).toEqual(["arrow that joins nothing"]);
    expect(saidOfStrokes(outline.strokes)).toBe("2 strokes drawn by hand");
  });

  test("goes on when what an arrow joined is gone", () => {
    const { nodes, loose } = outlineOf([box("a"), arrow("line", "gone", "a")]);
    expect(nodes).toHaveLength(1);
    expect(loose.map(saidByLine)).toEqual(["nothing to a box without words"]);
  });
});

test("the words of a board are all that is written on it, and nothing that was taken off", () => {
  const document = documentOf(1, box("a"), words("l", "Cache", { containerId: "a" }), words("t", "slow"), gone("u", 3));
  expect(wordsOnBoard(document).split("\n").sort()).toEqual(["Cache", "slow"]);
  expect(shownOn(boardOf(document))).toHaveLength(3);
});
