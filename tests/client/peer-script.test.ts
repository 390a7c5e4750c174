import { type ScriptLine, SITUATIONS, scriptFor } from "@whetstone/shared/practice/script";
import { describe, expect, it } from "vitest";
import { answerSeen, linesShown, NO_LINES, putDifferently, turnOf } from "../../client/src/room/peers/script/heard.ts";
import { LONGEST, waysToSay, wordsFor } from "../../client/src/room/peers/script/words.ts";

describe("when an answer was seen to change", () => {
  const open = { askId: "a_1", answer: "" };
  const first = answerSeen(null, open, 5_000);

  it("is when it was seen first, and whenever its text is another", () => {
    expect(first).toEqual({ askId: "a_1", text: "", elapsedMs: 5_000 });
    expect(answerSeen(first, open, 9_000)).toBe(first);
    expect(answerSeen(first, { ...open, answer: "So" }, 9_000)).toMatchObject({ elapsedMs: 9_000 });
    expect(answerSeen(first, { ...open, askId: "a_2" }, 9_000)).toMatchObject({ askId: "a_2", elapsedMs: 9_000 });
  });

  it("stays as it was where nothing is open or no clock is known", () => {
    expect(answerSeen(first, undefined, 9_000)).toBe(first);
    expect(answerSeen(first, { ...open, answer: "So" }, null)).toBe(first);
  });
});

describe("the words of a line", () => {
  const listen: ScriptLine = { kind: "listen", heard: 0, keyPoints: 4 };
  const offer = (index: number): ScriptLine => ({ kind: "offerHint", index, why: "quiet", quietMinutes: 3 });
  const wordsIn = (shown: typeof NO_LINES, line: ScriptLine) => wordsFor(line, turnOf(shown, line.kind)).say;

  it("stay while it stands there, and are others whenever it comes again", () => {
    let shown = linesShown(NO_LINES, offer(0), "a_1");
    const said = [wordsIn(shown, offer(0))];
    expect(linesShown(shown, offer(0), "a_1")).toBe(shown);
    for (const askId of ["a_1", "a_2", "a_2"]) {
      shown = linesShown(shown, listen, askId);
      shown = linesShown(shown, offer(1), askId);
      said.push(wordsIn(shown, offer(1)));
    }
    expect(new Set(said).size).toBe(3);
    expect(said[3]).toBe(said[0]);
  });

  it("are others where somebody asks for others, and in three ways", () => {
    let shown = linesShown(NO_LINES, offer(0), "a_1");
    const said = [1, 2, 3].map(() => {
      shown = putDifferently(shown, offer(0));
      return wordsIn(shown, offer(0));
    });
    expect(new Set(said)).toEqual(new Set(waysToSay(offer(0))));
    expect(new Set(said).size).toBe(3);
  });

  it("are there for everything that the person can say of how it goes, with what to do", () => {
    const open = {
      ...{
        openMs: 60_000,
        leftMs: 300_000,
        readingMs: 20_000,
        hasWritten: false,
        quietMs: 60_000,
        sinceRevealMs: null,
      },
      ...{ hints: [false], followUps: [false], keyPoints: 4, heard: 0, unrated: 0 },
    };
    const facts = { course: "running", goneMs: 300_000, leftMs: 900_000, asked: 1, toAsk: [7], unrated: 0 } as const;
    for (const situation of SITUATIONS) {
      const { line } = scriptFor({ ...facts, open, said: { situation, agoMs: 0 } });
      expect(new Set(waysToSay(line)).size).toBe(3);
      expect(wordsFor(line, 0).doing).toMatch(/\.$/);
    }
  });

  it("name hints and follow-ups as the screen counts them", () => {
    expect(wordsFor(offer(1), 0).doing).toContain("hint 2");
    expect(wordsFor({ kind: "encourage", hint: 0 }, 0).doing).toContain("hint 1");
    expect(wordsFor({ kind: "encourage", hint: null }, 0).doing).not.toContain("hint");
    expect(wordsFor({ kind: "askFollowUp", index: 0, why: "saidDone" }, 0).doing).toContain("follow-up 1");
  });

  it("have the place of the longest", () => {
    const says = LONGEST.says.map((say) => say.length);
    const lines: ScriptLine[] = [
      { kind: "askFirst" },
      { kind: "readAloud" },
      { kind: "runningLate", isOpen: false, left: 2, drop: 1 },
      { kind: "runningLate", isOpen: false, left: 0, drop: 0 },
      { kind: "nextQuestion", why: "timeOver", left: 1, unrated: 0 },
    ];
    for (const line of lines) {
      for (const say of waysToSay(line) ?? []) expect(say.length).toBeLessThanOrEqual(Math.max(...says));
    }
  });
});
