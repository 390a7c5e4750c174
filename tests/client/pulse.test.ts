import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { jumpDetector } from "../../client/src/browser/jumps.ts";
import { Pulse } from "../../client/src/browser/pulse.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function line() {
  const answers: (() => void)[] = [];
  const told = { answers: 0, silences: 0, doubts: 0, known: 0 };
  /** How far the steady clock is ahead of the timers, which were held back. */
  const held = { ms: 0 };
  const pulse = new Pulse({
    ask: (answered) => void answers.push(answered),
    steady: () => Date.now() + held.ms,
    onAnswer: () => {
      told.answers += 1;
    },
    onDoubt: () => {
      told.doubts += 1;
      return () => {
        told.known += 1;
      };
    },
    onSilent: () => {
      told.silences += 1;
    },
  });
  const answer = (tripMs = 0) => {
    vi.advanceTimersByTime(tripMs);
    answers.at(-1)?.();
  };
  /** How long it takes until a line that carries nothing any more is called silent. */
  const untilSilent = () => {
    const [from, before] = [Date.now(), told.silences];
    while (told.silences === before) vi.advanceTimersByTime(100);
    return Date.now() - from;
  };
  return { pulse, answers, answer, told, held, untilSilent };
}

describe("the pulse of a line", () => {
  it("asks every two and a half seconds, whatever else goes on", () => {
    const { pulse, answers, answer } = line();
    pulse.start();
    for (let times = 1; times <= 5; times++) {
      expect(answers).toHaveLength(times);
      answer();
      vi.advanceTimersByTime(2_499);
      expect(answers).toHaveLength(times);
      vi.advanceTimersByTime(1);
    }
  });

  it("finds a dead line within five and a half seconds, and within two where something has happened", () => {
    const { pulse, answer, untilSilent } = line();
    pulse.start();
    answer();
    expect(untilSilent()).toBe(5_500);
    const other = line();
    other.pulse.start();
    other.answer();
    other.pulse.look();
    expect(other.untilSilent()).toBe(2_000);
  });

  it("takes no answer to an earlier question for one of the line as it is now", () => {
    const { pulse, answers, told, untilSilent } = line();
    pulse.start();
    pulse.look();
    answers[0]?.();
    expect(told.answers).toBe(0);
    expect(untilSilent()).toBe(2_000);
  });

  it("asks nothing while there is no line", () => {
    const { pulse, answers, told } = line();
    pulse.look();
    expect(answers).toHaveLength(0);
    pulse.start();
    pulse.stop();
    pulse.look();
    vi.advanceTimersByTime(60_000);
    expect([answers.length, told.silences]).toEqual([1, 0]);
  });

  it("is in doubt a while before, so that something can be found out meanwhile, and not where answers come in time", () => {
    const { pulse, answer, told } = line();
    pulse.start();
    answer(400);
    vi.advanceTimersByTime(2_500 + 1_499);
    expect(told).toMatchObject({ doubts: 0 });
    vi.advanceTimersByTime(1);
    expect(told).toMatchObject({ doubts: 1, known: 0, silences: 0 });
    answer();
    expect(told).toMatchObject({ doubts: 1, known: 1, silences: 0 });
    vi.advanceTimersByTime(2_500 + 3_500);
    expect(told).toMatchObject({ doubts: 2, known: 2, silences: 1 });
  });

  it("waits no longer than three and a half seconds for an answer because one took long, so that coming back takes less than ten", () => {
    const { pulse, answer, untilSilent } = line();
    pulse.start();
    answer(200);
    vi.advanceTimersByTime(2_500);
    answer(2_900);
    vi.advanceTimersByTime(2_500);
    answer(200);
    expect(untilSilent()).toBe(2_500 + 3_500);
  });

  it("waits longer on a line that is slow, and where it was called silent and was not", () => {
    const { pulse, answer, untilSilent } = line();
    pulse.start();
    for (let times = 0; times < 2; times++) {
      answer(3_400);
      vi.advanceTimersByTime(2_500);
    }
    answer(3_400);
    expect(untilSilent()).toBe(2_500 + 3 * 3_400);
    const often = line();
    const first = [1, 2, 3, 4, 5].map(() => {
      often.pulse.start();
      return often.untilSilent();
    });
    expect(first).toEqual([5_000, 10_000, 20_000, 24_000, 24_000]);
    often.pulse.start();
    for (let times = 0; times < 3; times++) {
      often.answer();
      vi.advanceTimersByTime(2_500);
    }
    often.answer();
    expect(often.untilSilent()).toBe(5_500);
  });

  it("waits no longer after a line that had answered and died, however many do", () => {
    const { pulse, answer, untilSilent } = line();
    for (let networks = 0; networks < 4; networks++) {
      pulse.start();
      answer(400);
      expect(untilSilent()).toBe(5_500);
    }
  });

  it("asks once more where its timer was held back, and then believes it", () => {
    const { pulse, answers, answer, told, held } = line();
    pulse.start();
    answer();
    vi.advanceTimersByTime(2_500);
    held.ms = 60_000;
    vi.advanceTimersByTime(3_000);
    expect([answers.length, told.silences]).toEqual([3, 0]);
    held.ms = 120_000;
    vi.advanceTimersByTime(2_000);
    expect([answers.length, told.silences]).toEqual([3, 1]);
  });
});

describe("a clock that was set, or a computer that slept", () => {
  it.each([1_001, -1_001, 3_600_000])("is noticed once: %d ms", (by) => {
    let [wall, steady] = [1_000_000, 0];
    const hasJumped = jumpDetector({ wall: () => wall, steady: () => steady });
    wall += 5_000;
    steady += 5_000;
    expect(hasJumped()).toBe(false);
    wall += by;
    expect([hasJumped(), hasJumped()]).toEqual([true, false]);
  });

  it("is not seen in what a clock is corrected by, or in a timer that is late", () => {
    let [wall, steady] = [1_000_000, 0];
    const hasJumped = jumpDetector({ wall: () => wall, steady: () => steady });
    for (const late of [1_000, 60_000, 3_000]) {
      wall += late + 500;
      steady += late;
      expect(hasJumped()).toBe(false);
    }
  });
});
