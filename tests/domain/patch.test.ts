import assert from "node:assert/strict";
import { Differ, diff, Operation, patch } from "@whetstone/shared/room/patch";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { begin, beginnings, courses, play, propertyRuns } from "../support/courses.ts";
import { textsIn } from "../support/domain.ts";

// Few keys and few values, so that two values that are drawn have much in common; the keys are those that objects trip over.
const keys = fc.constantFrom(
  "a",
  "b",
  "",
  "0",
  "1",
  "length",
  "constructor",
  "toString",
  "__proto__",
  "hasOwnProperty",
);
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom("x", "y", "😀", "😁"), maxLength: 8 }),
  fc.string({ unit: "binary" }),
);
const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(texts, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(keys, tie("value"), { maxKeys: 6 }),
  ),
}));
const jsonValues = fc.oneof(values, fc.jsonValue({ maxDepth: 4 })).map(throughText);
/** What a patch is made of: two values that have something in common, or nothing, or two texts. */
const pairs = fc.oneof(
  { arbitrary: fc.tuple(jsonValues, jsonValues), weight: 3 },
  { arbitrary: fc.tuple(texts, texts), weight: 1 },
);

function throughText(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** The operations as they arrive at a client. */
const sent = (operations: Operation[]): Operation[] => Operation.array().parse(throughText(operations));

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) for (const part of Object.values(Object.freeze(value))) freeze(part);
  return value;
}

describe("a patch of any two JSON values", () => {
  test("leads from the first to the second, also after the way through the wire", () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        assert.deepStrictEqual(throughText(patch(before, diff(before, after))), after);
        assert.deepStrictEqual(throughText(patch(before, sent(diff(before, after)))), after);
      }),
      propertyRuns(3_000),
    );
  });

  test("is empty for equal values, and only for them", () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        assert.deepStrictEqual(diff(before, structuredClone(before)), []);
        assert.equal(diff(before, after).length === 0, sameJson(before, after));
      }),
      propertyRuns(1_000),
    );
  });

  test("leaves the first value and itself untouched", () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const operations = freeze(diff(freeze(before), freeze(after)));
        patch(before, operations);
      }),
      propertyRuns(1_000),
    );
  });

  test("carries no text that the second value does not hold", () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const held = textsIn(after);
        for (const operation of diff(before, after)) {
          const carried =
            operation[0] === "set" ? textsIn(operation[2]) : operation[0] === "splice" ? [operation[4]] : [];
          for (const text of carried) assert.ok(held.some((whole) => whole.includes(text)));
        }
      }),
      propertyRuns(1_000),
    );
  });

  test("never reaches the prototype of anything", () => {
    const hostile: Operation[] = [
      ["set", ["__proto__", "polluted"], true],
      ["set", ["constructor", "prototype", "polluted"], true],
    ];
    for (const operation of hostile) {
      try {
        patch({}, [operation]);
      } catch {
        // Refusing it is as good.
      }
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(patch({}, diff({}, JSON.parse('{"__proto__": {"a": 1}}')))).toEqual(JSON.parse('{"__proto__": {"a": 1}}'));
  });
});

function sameJson(one: unknown, other: unknown): boolean {
  try {
    assert.deepStrictEqual(one, other);
    return true;
  } catch {
    return false;
  }
}

describe("a patch of two views", () => {
  test("keeps every seat's copy equal to its view through any course of a room", () => {
    fc.assert(
      fc.property(beginnings, courses(60), (beginning, course) => {
        const room = begin(beginning);
        const copies = new Map<string, unknown>();
        for (const step of course) {
          play(room, step);
          for (const seatId of Object.keys(room.state.seats)) {
            const seen = room.view(seatId);
            if (seen === null) continue;
            const copy = copies.has(seatId) ? patch(copies.get(seatId), sent(diff(copies.get(seatId), seen))) : seen;
            assert.deepStrictEqual(copy, seen);
            copies.set(seatId, copy);
          }
        }
      }),
      propertyRuns(300),
    );
  });

  test("sends a keystroke in a long text as the keystroke", () => {
    const before = { answer: "word ".repeat(3_000) };
    const after = { answer: `${before.answer.slice(0, 7_000)}!${before.answer.slice(7_000)}` };
    expect(diff(before, after)).toEqual([["splice", ["answer"], 7_000, 0, "!"]]);
  });

  test("keeps the parts that did not change as the same objects", () => {
    const before = { asks: [{ id: 1 }, { id: 2 }], plan: { items: [] } };
    const after = patch(before, diff(before, { asks: [{ id: 1 }, { id: 3 }], plan: { items: [] } })) as typeof before;
    expect(after).toEqual({ asks: [{ id: 1 }, { id: 3 }], plan: { items: [] } });
    expect(after.asks[0]).toBe(before.asks[0]);
    expect(after.plan).toBe(before.plan);
  });
});

describe("a patch names what has changed, and nothing else", () => {
  const LONG = "a text that is long enough to be changed in the middle of it";
  const cases: readonly [string, unknown, unknown, Operation[]][] = [
    ["an item that was added", { list: [1, 2] }, { list: [1, 2, 3] }, [["set", ["list", 2], 3]]],
    ["items that are gone", { list: [1, 2, 3] }, { list: [1] }, [["cut", ["list"], 1]]],
    [
      "a shorter list with another item",
      [1, 2, 3],
      [4, 2],
      [
        ["cut", [], 2],
        ["set", [0], 4],
      ],
    ],
    ["a field of an item", [{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 3 }], [["set", [1, "a"], 3]]],
    ["a field that was added", { a: 1 }, { a: 1, b: 2 }, [["set", ["b"], 2]]],
    ["a field that is gone", { a: 1, b: 2 }, { a: 1 }, [["delete", ["b"]]]],
    [
      "one field for another",
      { a: 1 },
      { b: 1 },
      [
        ["set", ["b"], 1],
        ["delete", ["a"]],
      ],
    ],
    [
      "fields far apart",
      { a: { b: 1 }, c: [1] },
      { a: { b: 2 }, c: [2] },
      [
        ["set", ["a", "b"], 2],
        ["set", ["c", 0], 2],
      ],
    ],
    ["words in a long text", { text: LONG }, { text: `${LONG}!` }, [["splice", ["text"], LONG.length, 0, "!"]]],
    ["a text for another", { text: "no" }, { text: "yes" }, [["set", ["text"], "yes"]]],
    ["half of a text", { text: "abab" }, { text: "abcd" }, [["set", ["text"], "abcd"]]],
    ["a list for a record", { a: [] }, { a: {} }, [["set", ["a"], {}]]],
    ["a record for nothing", { a: null }, { a: { b: 1 } }, [["set", ["a"], { b: 1 }]]],
    ["nothing", { a: [{ b: "c" }] }, { a: [{ b: "c" }] }, []],
  ];
  test.each(cases)("%s", (_name, before, after, operations) => {
    expect(diff(before, after)).toEqual(operations);
    expect(patch(before, operations)).toEqual(after);
  });
});

describe("the views of several viewers, compared part by part", () => {
  const shared = [{ asks: [1] }, { asks: [1, 2] }] as const;
  const own = (name: string) => [{ you: name }, { you: `${name} again` }] as const;
  const shown = (...parts: readonly (readonly [object, object])[]) => parts.map(([part]) => part);
  const toShow = (...parts: readonly (readonly [object, object])[]) => parts.map(([, part]) => part);

  test("give each viewer all that changed for them, in the order of their parts", () => {
    const parts = [own("Ann"), shared, [{ same: true }, { same: true }] as const, [{ link: 1 }, { link: 2 }] as const];
    expect(new Differ().diff(shown(...parts), toShow(...parts))).toEqual([
      ["set", ["you"], "Ann again"],
      ["set", ["asks", 1], 2],
      ["set", ["link"], 2],
    ]);
  });

  test("give nothing where every part is the same", () => {
    const part = { asks: [1] };
    expect(new Differ().diff([part, shared[0]], [part, shared[0]])).toEqual([]);
  });

  test("give the same operations to all for whom the same has changed, so that they need one frame, and to nobody else", () => {
    const differ = new Differ();
    const untouched = { you: "Bob" };
    const [, ofAnn] = differ.diff(shown(own("Ann"), shared), toShow(own("Ann"), shared));
    const [ofBob] = differ.diff([untouched, shared[0]], [untouched, shared[1]]);
    expect(ofAnn).toEqual(["set", ["asks", 1], 2]);
    expect(ofBob).toBe(ofAnn);
    expect(differ.diff([shared[0]], [{ asks: [1, 3] }])).toEqual([["set", ["asks", 1], 3]]);
    expect(differ.diff([{ asks: [] }], [shared[1]])).toEqual([
      ["set", ["asks", 0], 1],
      ["set", ["asks", 1], 2],
    ]);
  });
});

describe("a patch that does not fit throws", () => {
  const held = freeze({ text: "abc", list: [1, 2], record: { a: 1 }, number: 7, nothing: null });
  const misfits: readonly [string, Operation][] = [
    ["below a field that is not there", ["set", ["missing", "a"], 1]],
    ["below null", ["set", ["nothing", "a"], 1]],
    ["below a number", ["set", ["number", "a"], 1]],
    ["below a text", ["set", ["text", 0], "x"]],
    ["at a name in a list", ["set", ["list", "a"], 1]],
    ["at a number in a record", ["set", ["record", 0], 1]],
    ["beyond the end of a list", ["set", ["list", 3], 1]],
    ["below the end of a list", ["set", ["list", 2, "a"], 1]],
    ["before the beginning of a list", ["set", ["list", -1], 1]],
    ["between two items of a list", ["set", ["list", 0.5], 1]],
    ["a splice into a number", ["splice", ["number"], 0, 0, "x"]],
    ["a splice into a list", ["splice", ["list"], 0, 0, "x"]],
    ["a splice into nothing", ["splice", ["missing"], 0, 0, "x"]],
    ["a splice that begins behind the text's end", ["splice", ["text"], 4, 0, "x"]],
    ["a splice that removes more than there is", ["splice", ["text"], 1, 3, "x"]],
    ["a cut of a text", ["cut", ["text"], 1]],
    ["a cut of nothing", ["cut", ["missing"], 0]],
    ["a cut to more than there is", ["cut", ["list"], 3]],
    ["a deleted item of a list", ["delete", ["list", 0]]],
    ["everything deleted", ["delete", []]],
    ["a deleted field that is not there", ["delete", ["record", "b"]]],
    ["a deleted field of what is not there", ["delete", ["missing", "b"]]],
  ];
  test.each(misfits)("%s", (_name, operation) => {
    expect(() => patch(held, [operation])).toThrow();
  });
});
