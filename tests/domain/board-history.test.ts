import { boardOf, putOnBoard, shownOn } from "@whetstone/shared/workspace/board/board";
import type { BoardElement, BoardEntry } from "@whetstone/shared/workspace/board/element";
import { elementsIn } from "@whetstone/shared/workspace/board/map";
import { BoardHistory } from "@whetstone/shared/workspace/playback/board-history";
import { KEPT_EVERY, type Written } from "@whetstone/shared/workspace/playback/history";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { box, words } from "../support/boards.ts";

/** How a board came to be, from its updates. */

/** Draws as several pages would, one update each; gives the updates, and what stood after each. */
function drawn(steps: readonly (readonly [at: number, seatId: string, ...entries: BoardEntry[]])[]) {
  const pages = new Map<string, Y.Doc>();
  const all = new Y.Doc();
  const updates: Written[] = [];
  const stood: BoardElement[][] = [];
  for (const [at, seatId, ...entries] of steps) {
    const page = pages.get(seatId) ?? new Y.Doc();
    pages.set(seatId, page);
    Y.applyUpdate(page, Y.encodeStateAsUpdate(all));
    const before = Y.encodeStateVector(page);
    putOnBoard(page, entries);
    const update = Y.encodeStateAsUpdate(page, before);
    Y.applyUpdate(all, update);
    updates.push({ at, seatId, update });
    stood.push(shownOn(boardOf(all)));
  }
  return { updates, stood };
}

const off = (id: string, version: number): BoardEntry => ({ id, isDeleted: true, version, versionNonce: 1 });

function historyOf(...pieces: readonly (readonly Written[])[]): BoardHistory {
  const history = new BoardHistory();
  for (const updates of pieces) history.add(updates);
  return history;
}

describe("the history of a board", () => {
  test("is gone through moment by moment: what came, moved, and was taken off", () => {
    const { updates, stood } = drawn([
      [1_000, "maya", box("a")],
      [5_000, "jonas", words("w", "cache", { index: "a1" })],
      [9_000, "maya", box("a", { version: 2, x: 300 })],
      [12_000, "jonas", off("a", 3)],
    ]);
    const history = historyOf(updates.slice(0, 1), updates.slice(1));
    expect(history.moments.map(({ at, seatId }) => [at, seatId])).toEqual([
      [1_000, "maya"],
      [5_000, "jonas"],
      [9_000, "maya"],
      [12_000, "jonas"],
    ]);
    expect(history.elementsAfter(0)).toEqual([]);
    for (const count of [1, 2, 3, 4]) expect(history.elementsAfter(count)).toEqual(stood[count - 1]);
    // Backwards as well.
    expect(history.elementsAfter(1)).toEqual([box("a")]);
  });

  test("takes what one hand draws in one go as one moment, and what changes nothing as none", () => {
    const { updates } = drawn([
      [1_000, "maya", box("a")],
      [1_300, "maya", box("b")],
      [1_500, "jonas", box("c")],
      [1_600, "maya", box("d")],
      [2_300, "maya", box("e")],
    ]);
    const again = updates[0] ? [...updates, { ...updates[0], at: 9_000 }] : updates;
    const history = historyOf(again);
    expect(history.moments.map(({ at, seatId }) => [at, seatId])).toEqual([
      [1_300, "maya"],
      [1_500, "jonas"],
      [2_300, "maya"],
    ]);
    expect(history.elementsAfter(1).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(history.elementsAfter(3).map(({ id }) => id)).toEqual(["a", "b", "c", "d", "e"]);
  });

  test("is the same from any moment of a long one, and knows how far it reaches", () => {
    const { updates, stood } = drawn(
      Array.from({ length: 2 * KEPT_EVERY + 30 }, (_, index) => {
        const version = Math.floor(index / 5) + 1;
        return [index * 1_000, "maya", box(`b${index % 5}`, { version, x: index * 10 })] as const;
      }),
    );
    const history = historyOf(updates);
    expect(history.moments).toHaveLength(updates.length);
    for (const count of [1, KEPT_EVERY - 1, KEPT_EVERY, KEPT_EVERY + 1, 2 * KEPT_EVERY, updates.length]) {
      expect(history.elementsAfter(count), `after ${count}`).toEqual(stood[count - 1]);
    }
    const places = history.around.map(({ x }) => x);
    expect(Math.max(...places)).toBe((updates.length - 1) * 10);
    expect(Math.min(...places)).toBe((KEPT_EVERY - 5) * 10);
  });

  test("loses what is taken out of the document itself", () => {
    const page = new Y.Doc();
    putOnBoard(page, [box("a"), box("b")]);
    const came = Y.encodeStateAsUpdate(page);
    const before = Y.encodeStateVector(page);
    elementsIn(page).delete([...elementsIn(page).keys()].find((key) => key.startsWith("a~")) ?? "");
    const history = historyOf([
      { at: 1_000, seatId: "maya", update: came },
      { at: 5_000, seatId: "maya", update: Y.encodeStateAsUpdate(page, before) },
    ]);
    expect([1, 2].map((count) => history.elementsAfter(count).map(({ id }) => id))).toEqual([["a", "b"], ["b"]]);
  });

  test("throws where an update is none", () => {
    expect(() => historyOf([{ at: 1, seatId: "maya", update: new Uint8Array([1, 2, 3]) }])).toThrow();
  });
});
