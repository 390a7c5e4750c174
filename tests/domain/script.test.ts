import {
  type OpenFacts,
  type ScriptFacts,
  type ScriptLine,
  SITUATIONS,
  scriptFor,
} from "@whetstone/shared/practice/script";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../support/courses.ts";
import { MINUTE } from "../support/domain.ts";

const SECOND = 1_000;

/** The second of three questions, a minute after it was asked, in the middle of a round of 25 minutes. */
const OPEN: OpenFacts = {
  openMs: MINUTE,
  leftMs: 6 * MINUTE,
  readingMs: 30 * SECOND,
  hasWritten: true,
  quietMs: 5 * SECOND,
  hints: [false, false, false],
  followUps: [false, false],
  sinceRevealMs: null,
  keyPoints: 4,
  heard: 0,
  unrated: 0,
};
const FACTS: ScriptFacts = {
  course: "running",
  goneMs: 10 * MINUTE,
  leftMs: 15 * MINUTE,
  asked: 2,
  toAsk: [7],
  unrated: 0,
  open: OPEN,
  said: null,
};

const during = (open: Partial<OpenFacts>, facts: Partial<ScriptFacts> = {}): ScriptFacts => ({
  ...FACTS,
  ...facts,
  open: { ...OPEN, ...open },
});
const apart = (facts: Partial<ScriptFacts>): ScriptFacts => ({ ...FACTS, open: null, ...facts });
const said = (situation: (typeof SITUATIONS)[number], agoMs = 2 * SECOND) => ({ said: { situation, agoMs } });

type Line = Partial<ScriptLine> & Pick<ScriptLine, "kind">;

/** Which line comes when. It reads as what the script promises. */
const SITUATIONS_AND_LINES: readonly (readonly [when: string, facts: ScriptFacts, line: Line])[] = [
  ["the round has not begun", apart({ course: "ahead", goneMs: 0 }), { kind: "ahead" }],
  ["it has just begun", apart({ asked: 0, goneMs: 3 * SECOND, toAsk: [7, 7, 7] }), { kind: "greet", questions: 3 }],
  ["they have greeted for long enough", apart({ asked: 0, goneMs: 80 * SECOND, toAsk: [7] }), { kind: "askFirst" }],
  ["a question was just asked", during({ openMs: 4 * SECOND, hasWritten: false }), { kind: "readAloud" }],
  ["it was read, and they have just begun", during({ openMs: 40 * SECOND }), { kind: "listen" }],
  ["they write", during({ heard: 2 }), { kind: "listen", heard: 2, keyPoints: 4 }],
  [
    "nothing was written for a minute and a half",
    during({ openMs: 3 * MINUTE, quietMs: 1.5 * MINUTE }),
    { kind: "letThink", quietMinutes: 1, afterReveal: false },
  ],
  [
    "nothing was written for three minutes",
    during({ openMs: 4 * MINUTE, quietMs: 3 * MINUTE, hasWritten: false }),
    { kind: "offerHint", index: 0, why: "quiet", quietMinutes: 3 },
  ],
  [
    "a hint was put to them just now",
    during({ quietMs: 3 * MINUTE, hints: [true, false, false], sinceRevealMs: 10 * SECOND }),
    { kind: "letThink", afterReveal: true },
  ],
  [
    "the hint did not help for three minutes",
    during({ quietMs: 6 * MINUTE, hints: [true, false, false], sinceRevealMs: 3 * MINUTE }),
    { kind: "offerHint", index: 1 },
  ],
  [
    "most of the time is gone, and little was heard",
    during({ openMs: 5 * MINUTE, leftMs: 2 * MINUTE, heard: 1, quietMs: 70 * SECOND }),
    { kind: "offerHint", index: 0, why: "fewPoints" },
  ],
  [
    "no hint is left, and nothing comes",
    during({ quietMs: 5 * MINUTE, hints: [true, true], followUps: [], sinceRevealMs: 5 * MINUTE }),
    { kind: "nextQuestion", why: "stuck", left: 1 },
  ],
  [
    "all that was looked for was said",
    during({ heard: 4, quietMs: 50 * SECOND }),
    { kind: "askFollowUp", index: 0, why: "allHeard" },
  ],
  [
    "all was said, and all follow-ups were asked",
    during({ heard: 4, quietMs: 50 * SECOND, followUps: [true, true], unrated: 2 }),
    { kind: "nextQuestion", why: "allHeard", unrated: 2 },
  ],
  ["the question's time is over", during({ leftMs: -SECOND }), { kind: "nextQuestion", why: "timeOver", left: 1 }],
  [
    "it takes the time of the others",
    during({ leftMs: -3 * MINUTE }, { leftMs: 9 * MINUTE, toAsk: [7, 7] }),
    { kind: "runningLate", isOpen: true, left: 2, drop: 1 },
  ],
  [
    "the last question's time is over, and they write on",
    during({ leftMs: -SECOND }, { toAsk: [], leftMs: 4 * MINUTE }),
    { kind: "listen" },
  ],
  ["the last question is closed", apart({ toAsk: [], unrated: 3 }), { kind: "lastWords", unrated: 3 }],
  ["a question is closed, and there is no time for another", apart({ leftMs: 3 * MINUTE }), { kind: "lastWords" }],
  ["a question is closed, and another waits", apart({}), { kind: "nextQuestion", why: "closed", left: 1 }],
  [
    "two minutes are left",
    during({ unrated: 1 }, { leftMs: 2 * MINUTE, unrated: 1 }),
    { kind: "twoMinutesLeft", unrated: 2 },
  ],
  ["half a minute is left", during({}, { leftMs: 30 * SECOND }), { kind: "thank" }],
  ["the round is paused", during({}, { course: "paused" }), { kind: "paused" }],
  ["the round is over", apart({ course: "over", leftMs: 0 }), { kind: "over" }],
  [
    "the person says that they are silent",
    during({ quietMs: 20 * SECOND }, said("silent")),
    { kind: "encourage", hint: 0 },
  ],
  ["they were silent, and write again", during({ quietMs: SECOND }, said("silent", 9 * SECOND)), { kind: "listen" }],
  [
    "the person says that they are on the wrong track",
    during({ hints: [true, false] }, said("wrongTrack")),
    { kind: "bringBack", hint: 1 },
  ],
  [
    "they were on the wrong track, and a hint was put to them",
    during({ hints: [true, false], sinceRevealMs: SECOND }, said("wrongTrack", 9 * SECOND)),
    { kind: "letThink", afterReveal: true },
  ],
  [
    "the person says that they are done early",
    during({ followUps: [true, false] }, said("doneEarly")),
    { kind: "askFollowUp", index: 1, why: "saidDone" },
  ],
  [
    "they are done early with everything",
    during({ followUps: [] }, { ...said("doneEarly"), toAsk: [] }),
    { kind: "lastWords" },
  ],
  [
    "the person says that they are running late",
    during({}, { ...said("late"), leftMs: 11 * MINUTE, toAsk: [7, 7, 7] }),
    { kind: "runningLate", left: 3, drop: 1 },
  ],
  ["what the person said is long ago", during({}, said("wrongTrack", 5 * MINUTE)), { kind: "listen" }],
];

describe("the script, where", () => {
  test.each(SITUATIONS_AND_LINES)("%s", (_when, facts, line) => {
    expect(scriptFor(facts).line).toMatchObject(line);
  });
});

test("the script says what would do as well", () => {
  expect(scriptFor(during({ openMs: 4 * MINUTE, quietMs: 3 * MINUTE })).instead).toEqual({
    kind: "encourage",
    hint: 0,
  });
  expect(scriptFor(during({ leftMs: -SECOND, followUps: [true, false] })).instead).toBeNull();
  expect(scriptFor(during({ heard: 4, quietMs: MINUTE })).instead).toMatchObject({ kind: "nextQuestion" });
  expect(scriptFor(during({})).instead).toBeNull();
});

test("the script says which situation it answers, and that is none once it is over", () => {
  expect(scriptFor(during({ quietMs: 20 * SECOND }, said("silent"))).answers).toBe("silent");
  expect(scriptFor(during({}, said("silent", 9 * SECOND))).answers).toBeNull();
  expect(scriptFor(apart(said("wrongTrack"))).answers).toBeNull();
  expect(scriptFor(apart(said("late"))).answers).toBe("late");
});

/** Whatever a clock may say. */
const duration = fc.oneof(
  { arbitrary: fc.integer({ min: -10 * MINUTE, max: 30 * MINUTE }), weight: 8 },
  { arbitrary: fc.constantFrom(null, 0, 30 * SECOND, 2 * MINUTE), weight: 3 },
  { arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity, -3_600_000, 3_600_000), weight: 1 },
);
const some = fc.array(fc.boolean(), { maxLength: 4 });
const count = fc.nat({ max: 6 });
const anyOpen: fc.Arbitrary<OpenFacts> = fc.record({
  openMs: duration,
  leftMs: duration,
  readingMs: fc.integer({ min: 0, max: 90 * SECOND }),
  hasWritten: fc.boolean(),
  quietMs: duration,
  hints: some,
  followUps: some,
  sinceRevealMs: duration,
  keyPoints: count,
  heard: count,
  unrated: count,
});
const anyFacts: fc.Arbitrary<ScriptFacts> = fc.record({
  course: fc.constantFrom<ScriptFacts["course"]>("running", "running", "running", "running", "ahead", "paused", "over"),
  goneMs: duration,
  leftMs: duration,
  asked: count,
  toAsk: fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 4 }),
  unrated: count,
  open: fc.option(anyOpen, { freq: 4 }),
  said: fc.option(
    fc.record({
      situation: fc.constantFrom(...SITUATIONS),
      agoMs: duration.map((ms) => ms ?? 0),
    }),
    { freq: 2 },
  ),
});

const linesOf = (facts: ScriptFacts): ScriptLine[] => {
  const { line, instead } = scriptFor(facts);
  return instead ? [line, instead] : [line];
};

const RUNS = 3_000;

/** How often each of the statements was put to the test, so that none holds because nothing came to it. */
function always(statement: (facts: ScriptFacts, line: ScriptLine) => boolean): number {
  let tested = 0;
  fc.assert(
    fc.property(anyFacts, (facts) => {
      for (const line of linesOf(facts)) if (statement(facts, line)) tested += 1;
    }),
    // As many in every run of the tests, as what was put to the test is counted.
    { ...propertyRuns(RUNS), numRuns: RUNS },
  );
  return tested;
}

describe("whatever happens and whatever the clock says, the script", () => {
  test("has a line, the same for the same facts, and no number in it that cannot be said", () => {
    const kinds = new Set<string>();
    always((facts, line) => {
      kinds.add(line.kind);
      expect(scriptFor(structuredClone(facts))).toEqual(scriptFor(facts));
      const numbers = Object.values(line).filter((value) => typeof value === "number");
      for (const number of numbers) {
        expect(Number.isInteger(number)).toBe(true);
        expect(number).toBeGreaterThanOrEqual(0);
      }
      return true;
    });
    expect([...kinds].sort()).toEqual([
      ...["ahead", "askFirst", "askFollowUp", "bringBack", "encourage", "greet", "lastWords", "letThink", "listen"],
      ...["nextQuestion", "offerHint", "over", "paused", "readAloud", "runningLate", "thank", "twoMinutesLeft"],
    ]);
  });

  test("offers no hint and no follow-up that is out or not there", () => {
    const tested = always(({ open }, line) => {
      const named =
        line.kind === "offerHint"
          ? open?.hints[line.index]
          : line.kind === "askFollowUp"
            ? open?.followUps[line.index]
            : (line.kind === "encourage" || line.kind === "bringBack") && line.hint !== null
              ? open?.hints[line.hint]
              : null;
      if (named === null) return false;
      expect(named).toBe(false);
      return true;
    });
    expect(tested).toBeGreaterThan(100);
  });

  test("goes on to no question where there is none, and asks for a first one only before any", () => {
    const tested = always(({ toAsk, asked, open }, line) => {
      if (line.kind === "nextQuestion") expect(line.left).toBe(toAsk.length);
      if (line.kind === "runningLate") expect(line.drop).toBeLessThanOrEqual(toAsk.length);
      if (line.kind === "askFirst" || line.kind === "greet") expect({ asked, open }).toEqual({ asked: 0, open: null });
      else if (line.kind !== "nextQuestion") return false;
      expect(toAsk.length).toBeGreaterThan(0);
      return true;
    });
    expect(tested).toBeGreaterThan(100);
  });

  test("says that two minutes are left exactly when it is so and the person asks for nothing else", () => {
    const tested = always(({ course, leftMs, said: asks }, line) => {
      if (asks) return false;
      const isSo = course === "running" && leftMs !== null && leftMs > 30 * SECOND && leftMs <= 2 * MINUTE;
      expect(line.kind === "twoMinutesLeft").toBe(isSo);
      return isSo;
    });
    expect(tested).toBeGreaterThan(30);
  });

  test("gives words for what the person says, unless the round is at its end or something came of it", () => {
    const tested = always((facts) => {
      const { course, leftMs, open, said: told } = facts;
      const isAtEnd = course !== "running" || (leftMs !== null && leftMs <= 30 * SECOND);
      const isNew = told !== null && told.agoMs <= 0;
      if (!isNew || isAtEnd || (told.situation !== "late" && !open)) return false;
      if ((open?.sinceRevealMs ?? 0) < 0 || (open?.quietMs ?? 0) < 0 || told.agoMs < 0) return false;
      expect(scriptFor(facts).answers).toBe(told.situation);
      return true;
    });
    expect(tested).toBeGreaterThan(10);
  });
});
