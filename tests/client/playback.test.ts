import { refusal } from "@whetstone/shared/room/refusal";
import type { Playback } from "@whetstone/shared/room/view/playback";
import type { DocumentReplayed } from "@whetstone/shared/workspace/wire";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { toBase64 } from "../../client/src/base64.ts";
import { type Read, readHistory } from "../../client/src/room/playback/reading.ts";
import {
  doingAt,
  lookOf,
  momentsBy,
  sceneOf,
  shownAtElapsed,
  steppedFrom,
  timesAt,
} from "../../client/src/room/playback/scene.ts";
import { placeText } from "../../client/src/room/playback/sentences.ts";
import { lengthText } from "../../client/src/words.ts";

/** How a page reads how an answer was written, and what it shows of a moment of it. */

const START = 1_790_000_000_000;
const name = { askId: "a_000000000001", part: "text" } as const;
const [maya, jonas] = [
  { seatId: "s_maya", name: "Maya" },
  { seatId: "s_jonas", name: "Jonas" },
];

const PLAYBACK: Playback = {
  clock: { startedAt: START, pauses: [{ from: START + 100_000, to: START + 160_000 }], endedAt: null },
  askedAtMs: 60_000,
  candidateId: "s_maya",
  marks: [],
  runs: [],
};

type Piece = Extract<DocumentReplayed, { ok: true }>;

/** What somebody wrote, at so many milliseconds since the interview began. */
function pieceOf(words: readonly (readonly [at: number, by: number | null, words: string])[]): Piece {
  const yjs = new Y.Doc();
  const updates = words.map(([at, by, text]) => {
    const before = Y.encodeStateVector(yjs);
    yjs.getText("text").insert(yjs.getText("text").length, text);
    return { at: START + at, by, update: toBase64(Y.encodeStateAsUpdate(yjs, before)) };
  });
  return { ok: true, updates, writers: [maya, jonas], count: updates.length, playback: PLAYBACK };
}

const WORDS = pieceOf([
  [70_000, null, "# "],
  [75_000, 0, "one"],
  [90_000, 1, " two"],
  [170_000, 0, " three"],
]);

/** A server that gives these answers one after the other; null is none. */
function answering(...answers: readonly (DocumentReplayed | null)[]) {
  const asked: number[] = [];
  const pauses: boolean[] = [];
  const shares: (number | null)[] = [];
  let left = [...answers];
  const read = (isOver = () => false) =>
    readHistory({
      name,
      line: {
        ask: async (message: object) => {
          asked.push("after" in message ? Number(message.after) : -1);
          const [answer = null, ...others] = left;
          left = others;
          return answer as never;
        },
      },
      onProgress: (share) => shares.push(share),
      pause: async (isAway) => void pauses.push(isAway),
      isOver,
    });
  return { read, asked, pauses, shares };
}

const isRead = (read: Awaited<ReturnType<typeof readHistory>>): Read => {
  if (!read || "reason" in read) throw new Error("It was not read.");
  return read;
};

describe("reading a history", () => {
  const halves = [
    { ...WORDS, updates: WORDS.updates.slice(0, 2) },
    { ...WORDS, updates: WORDS.updates.slice(2) },
  ];

  test("asks for each piece behind those that came, and says how much there is", async () => {
    const { read, asked, shares } = answering(...halves);
    const { history, writers } = isRead(await read());
    expect(asked).toEqual([0, 2]);
    expect(shares).toEqual([0.5]);
    expect(history.textAfter(4)).toBe("# one two three");
    expect([...writers]).toEqual([
      ["s_maya", "Maya"],
      ["s_jonas", "Jonas"],
    ]);
  });

  test("goes on where it stood when the network was away, or the server had too much to do", async () => {
    const { read, asked, pauses, shares } = answering(
      null,
      halves[0] ?? null,
      { ok: false, refusal: refusal("too_many") },
      null,
      halves[1] ?? null,
    );
    expect(isRead(await read()).history.moments).toHaveLength(4);
    expect(asked).toEqual([0, 0, 2, 2, 2]);
    expect(pauses).toEqual([true, false, true]);
    expect(shares).toEqual([null, 0.5, null]);
  });

  test("gives what the server says where it cannot be read, such as one of another version", async () => {
    for (const reason of ["document_damaged", "unknown_ask", "malformed"] as const) {
      const { read, asked } = answering(halves[0] ?? null, { ok: false, refusal: refusal(reason) });
      expect(await read()).toEqual(refusal(reason));
      expect(asked).toEqual([0, 2]);
    }
  });

  test("finds out where its end is gone, or something in it is no update", async () => {
    const gone = answering(halves[0] ?? null, { ...WORDS, updates: [] });
    expect(await gone.read()).toEqual(refusal("document_damaged"));
    const noise = [{ at: START, by: 0, update: toBase64(new Uint8Array([7, 255, 255, 255, 1])) }];
    expect(await answering({ ...WORDS, updates: noise }).read()).toEqual(refusal("document_damaged"));
  });

  test("stops when nobody waits for it any more", async () => {
    const { read, asked } = answering(...halves);
    let looks = 0;
    expect(await read(() => looks++ > 1)).toBeNull();
    expect(asked.length).toBeLessThan(2);
  });
});

describe("a moment of a playback", async () => {
  const marked = {
    ...WORDS,
    playback: { ...PLAYBACK, marks: [{ kind: "away" as const, at: START + 80_000, ms: 4_000 }] },
  };
  const scene = sceneOf(isRead(await answering(marked).read()));

  test("is shown in the room's time with short silences, and told in the interview's and the answer's", () => {
    expect(scene.shownAt).toEqual([0, 3_000, 9_000, 12_000]);
    expect(scene.ticks).toMatchObject([{ label: "Away for 4 s", shown: 6_000 }]);
    expect([0, 2_999, 3_000, 12_000].map((shown) => momentsBy(scene, shown))).toEqual([1, 1, 2, 4]);
    expect(timesAt(scene, 3_000)).toEqual({ elapsedMs: 75_000, answerMs: 15_000 });
    // A minute of it was a pause, which is no time of the interview.
    expect(timesAt(scene, 12_000)).toEqual({ elapsedMs: 110_000, answerMs: 50_000 });
    expect(scene.wholeMs).toBe(50_000);
  });

  test("is stepped to from the one before and behind it, marks too, and is found by the interview's time", () => {
    const steps = [0];
    while ((steps.at(-1) ?? 0) < scene.timeline.totalMs) steps.push(steppedFrom(scene, steps.at(-1) ?? 0, 1));
    expect(steps).toEqual([0, 3_000, 6_000, 9_000, 12_000]);
    expect(steppedFrom(scene, 12_000, 1)).toBe(12_000);
    expect([12_000, 8_000, 3_000, 0].map((at) => steppedFrom(scene, at, -1))).toEqual([9_000, 6_000, 0, 0]);
    expect([0, 70_000, 75_000, 110_000, 500_000].map((elapsed) => shownAtElapsed(scene, elapsed))).toEqual([
      0, 0, 3_000, 12_000, 12_000,
    ]);
  });

  test("shows when the program was run, and how that went", async () => {
    const run = { at: START + 80_000, seatId: "s_1", outcome: "error" as const, passed: 1, tested: 3 };
    const runs = [run, { ...run, at: START + 90_000, outcome: "ok" as const, tested: 0 }];
    const { ticks } = sceneOf(isRead(await answering({ ...WORDS, playback: { ...PLAYBACK, runs } }).read()));
    expect(ticks.map(({ label }) => label)).toEqual(["Ran, and ended by an error, 1 of 3 tests passed", "Ran"]);
  });

  test("stands where a paste came to the text, also where that was long after it was told", async () => {
    const pasted = { kind: "pasted" as const, at: START + 90_000, characters: 6 };
    const [tick] = sceneOf(
      isRead(await answering({ ...WORDS, playback: { ...PLAYBACK, marks: [pasted] } }).read()),
    ).ticks;
    expect(tick).toMatchObject({ label: "Pasted 6 characters", atMs: START + 170_000, shown: 9_000 });
    const nowhere = { ...pasted, characters: 700 };
    const [other] = sceneOf(
      isRead(await answering({ ...WORDS, playback: { ...PLAYBACK, marks: [nowhere] } }).read()),
    ).ticks;
    expect(other).toMatchObject({ atMs: START + 90_000 });
  });

  test("says who writes, or for how long nobody does", () => {
    const { moments } = scene.read.history;
    const doing = (shown: number, own = "s_jonas") =>
      placeText(
        timesAt(scene, shown).answerMs,
        scene.wholeMs,
        doingAt(scene, shown, moments[momentsBy(scene, shown) - 1], own),
      );
    expect(doing(0)).toBe("10 s of 50 s, what the question brings");
    expect(doing(3_000)).toBe("15 s of 50 s, Maya writes");
    expect(doing(3_000, "s_maya")).toBe("15 s of 50 s, you write");
    expect(placeText(15_000, 50_000, { who: "somebody", name: "Maya" }, "board")).toBe("15 s of 50 s, Maya draws");
    expect(placeText(15_000, 50_000, { who: "nobody yet" }, "board")).toBe("15 s of 50 s, nothing is drawn yet");
    expect(placeText(15_000, 50_000, { who: "nobody", forMs: 80_000 }, "board")).toBe(
      "15 s of 50 s, nobody draws for 1 min 20 s",
    );
    expect(doing(10_500)).toBe("40 s of 50 s, nobody writes for 1 min 20 s");
    expect([null, "s_maya", "s_jonas", "s_else"].map((seatId) => lookOf(scene, seatId))).toEqual([0, 1, 2, 0]);
  });
});

test("a length of time is said in minutes and seconds", () => {
  expect([0, 999, 40_000, 200_000, 840_000, 59_600].map(lengthText)).toEqual([
    "0 s",
    "1 s",
    "40 s",
    "3 min 20 s",
    "14 min",
    "1 min",
  ]);
});
