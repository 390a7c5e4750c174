import { applySplice } from "@whetstone/shared/text";
import { LANGUAGE, META, TEXT } from "@whetstone/shared/workspace/document";
import { changeOf, DocumentHistory, type Written } from "@whetstone/shared/workspace/playback/history";
import { LONGEST_SILENCE_MS, timelineOf } from "@whetstone/shared/workspace/playback/timeline";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { propertyRuns } from "../support/courses.ts";

/** How a document's updates become moments that can be gone through, and in what time. */

const AT = 1_790_000_000_000;

/** Somebody who writes in a document, and the updates that come of it. */
function writing() {
  const yjs = new Y.Doc();
  const updates: Written[] = [];
  let now = AT;
  const write = (seatId: string | null, waits: number, change: (text: Y.Text) => void) => {
    now += waits;
    const before = Y.encodeStateVector(yjs);
    yjs.transact(() => change(yjs.getText(TEXT)));
    updates.push({ at: now, seatId, update: Y.encodeStateAsUpdate(yjs, before) });
  };
  return { yjs, updates, write };
}

function historyOf(updates: readonly Written[], piece = updates.length): DocumentHistory {
  const history = new DocumentHistory();
  for (let at = 0; at < updates.length; at += piece) history.add(updates.slice(at, at + piece));
  return history;
}

/** What the text was once all was written up to a moment, by replaying everything. */
function replayed(updates: readonly Written[], until: number): string {
  const yjs = new Y.Doc();
  for (const { at, update } of updates) if (at <= until) Y.applyUpdate(yjs, update);
  return yjs.getText(TEXT).toString();
}

interface Edit {
  readonly seat: number;
  readonly waits: number;
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const edits = fc.array(
  fc.record({
    seat: fc.nat({ max: 2 }),
    waits: fc.constantFrom(1, 80, 400, 1_000, 90_000),
    at: fc.nat({ max: 10_000 }),
    remove: fc.nat({ max: 4 }),
    insert: fc.string({ unit: fc.constantFrom("a", "b", "\n", "é", "م"), maxLength: 6 }),
  }),
  { maxLength: 260, size: "max" },
);

function written(all: readonly Edit[]) {
  const { updates, write } = writing();
  for (const { seat, waits, at, remove, insert } of all) {
    write(`s_${seat}`, waits, (text) => {
      const place = at % (text.length + 1);
      text.delete(place, Math.min(remove, text.length - place));
      text.insert(place, insert);
      // A paste with several cursors, or what somebody wrote offline, is in several places at once.
      if (insert.length > 3) text.insert((at * 7) % (text.length + 1), insert);
    });
  }
  return updates;
}

describe("the history of a document", () => {
  test("gives at every moment the text that stood there, in however many pieces it came", () => {
    fc.assert(
      fc.property(edits, fc.integer({ min: 1, max: 50 }), (all, piece) => {
        const updates = written(all);
        const history = historyOf(updates, piece);
        const { moments } = history;
        expect(moments).toEqual(historyOf(updates).moments);
        for (const [index, { at }] of moments.entries()) {
          expect(history.textAfter(index + 1)).toBe(replayed(updates, at));
        }
        expect(history.textAfter(0)).toBe("");
      }),
      propertyRuns(20),
    );
  });

  test("is in moments of one hand each, which end when it rests", () => {
    const { updates, write } = writing();
    const type = (seatId: string, waits: number, letters: string) =>
      write(seatId, waits, (text) => text.insert(text.length, letters));
    write(null, 0, (text) => text.insert(0, "# "));
    for (const letter of "max") type("s_maya", 150, letter);
    type("s_jonas", 10, "!");
    type("s_maya", 10, "?");
    type("s_maya", 900, ".");
    const { moments } = historyOf(updates);
    expect(moments.map(({ seatId }) => seatId)).toEqual([null, "s_maya", "s_jonas", "s_maya", "s_maya"]);
    expect(moments.map(({ at }) => at - AT)).toEqual([0, 450, 460, 470, 1_370]);
    // Whoever writes on without a pause is seen to write all the same.
    const { updates: long, write: on } = writing();
    for (let key = 0; key < 40; key++) on("s_maya", 100, (text) => text.insert(text.length, "a"));
    expect(historyOf(long).moments).toHaveLength(5);
  });

  test("knows what it was written in, and a choice of language is no moment", () => {
    const { yjs, updates, write } = writing();
    write("s_maya", 0, (text) => text.insert(0, "x = 1"));
    write("s_maya", 5_000, () => yjs.getMap(META).set(LANGUAGE, "python"));
    write("s_maya", 5_000, (text) => text.insert(5, "\n"));
    const history = historyOf(updates);
    expect(history.moments).toHaveLength(2);
    expect([0, 1, 2].map((count) => history.languageAfter(count))).toEqual(["text", "python", "python"]);
  });

  test("is looked at from the text that was kept last, and not from the first key on", () => {
    const { updates, write } = writing();
    for (let key = 0; key < 2_000; key++)
      write("s_maya", 1_000, (text) => text.insert(text.length >> 1, String(key % 10)));
    const history = historyOf(updates);
    const [early, late] = [history.textAfter(150), history.textAfter(1_950)];
    expect(late).toHaveLength(1_950);
    // Without what stands more than a hundred moments before, nothing is missing.
    for (const { splices } of history.moments.slice(0, 1_900)) (splices as unknown[]).length = 0;
    expect(history.textAfter(1_950)).toBe(late);
    expect(history.textAfter(150)).not.toBe(early);
  });

  test("stops where an update cannot be read", () => {
    const { updates, write } = writing();
    write("s_maya", 0, (text) => text.insert(0, "a"));
    const history = historyOf(updates);
    expect(() => history.add([{ at: AT, seatId: null, update: new Uint8Array([7, 255, 255, 255, 1]) }])).toThrow();
    expect(history.textAfter(1)).toBe("a");
  });
});

describe("what a moment brought", () => {
  test("stands where it says in the text that it left, and the hand at its end", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20 }),
        fc.array(
          fc.tuple(fc.nat({ max: 99 }), fc.nat({ max: 5 }), fc.string({ unit: fc.constant("+"), maxLength: 4 })),
          {
            maxLength: 6,
          },
        ),
        (given, steps) => {
          const before = given.replaceAll("+", "-");
          let text = before;
          const splices = steps.map(([place, count, insert]) => {
            const at = place % (text.length + 1);
            const splice = { at, remove: Math.min(count, text.length - at), insert };
            text = applySplice(text, splice);
            return splice;
          });
          const { brought, hand } = changeOf({ splices });
          // Every plus sign came with it, and nothing else did.
          const isNew = [...text].map((_, at) => brought.some(({ from, to }) => from <= at && at < to));
          expect(isNew).toEqual([...text].map((sign) => sign === "+"));
          const last = splices.at(-1);
          expect(hand).toBe(last ? last.at + last.insert.length : null);
          for (const [index, { from, to }] of brought.entries()) {
            expect(to).toBeGreaterThan(from);
            expect(from).toBeGreaterThan(brought[index - 1]?.to ?? -1);
          }
        },
      ),
      propertyRuns(300),
    );
  });
});

describe("the time of a playback", () => {
  test("is the room's, but that silences are short", () => {
    const timeline = timelineOf([AT + 61_000, AT, AT + 1_000]);
    expect(timeline.totalMs).toBe(1_000 + LONGEST_SILENCE_MS);
    expect([AT - 5, AT, AT + 500, AT + 1_000, AT + 61_000, AT + 99_000].map(timeline.shownAt)).toEqual([
      0,
      0,
      500,
      1_000,
      1_000 + LONGEST_SILENCE_MS,
      1_000 + LONGEST_SILENCE_MS,
    ]);
    expect(timeline.atShown(1_000 + LONGEST_SILENCE_MS / 2)).toBe(AT + 31_000);
    expect([500, 999, 1_000, 2_000, 3_999, 4_000].map(timeline.silenceAt)).toEqual([0, 0, 60_000, 60_000, 60_000, 0]);
  });

  test("goes on and never back, and leads from each moment to where it is shown and back again", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 500_000 }), { minLength: 1, maxLength: 40 }), (waits) => {
        let now = AT;
        const moments = waits.map((wait) => {
          now += wait;
          return now;
        });
        const { shownAt, atShown, totalMs } = timelineOf(moments.toReversed());
        let before = -1;
        for (const at of new Set(moments)) {
          expect(shownAt(at)).toBeGreaterThan(before);
          before = shownAt(at);
          expect(atShown(before)).toBe(at);
        }
        expect(before).toBe(totalMs);
      }),
      propertyRuns(200),
    );
  });

  test("of nothing is over at once", () => {
    const { totalMs, shownAt, atShown, silenceAt } = timelineOf([]);
    expect([totalMs, shownAt(AT), atShown(0), silenceAt(0)]).toEqual([0, 0, 0, 0]);
  });
});
