import { describe, expect, test } from "vitest";
import { boundsFor, type Held, heldAfter, NOT_HELD } from "../../client/src/room/call/bounds.ts";
import { countedIn, type Quality, qualityBetween, qualityThere } from "../../client/src/room/call/quality.ts";

/** How much goes to each of the others: less the more there are and the worse their line is, the camera first and sound never. */

const heldFor = (held: Held, ...qualities: Quality[]): Held => qualities.reduce(heldAfter, held);
const times = (count: number, quality: Quality): Quality[] => Array.from({ length: count }, () => quality);

describe("what is sent to somebody", () => {
  test("falls with how many there are, and never grows with them", () => {
    const all = [1, 2, 3, 4, 8].map((others) => boundsFor(others, false));
    for (const [index, { camera, screen }] of all.entries()) {
      const before = all[index - 1];
      if (!before) continue;
      expect(camera).toBeLessThan(before.camera);
      expect(screen).toBeLessThanOrEqual(before.screen);
    }
    expect(boundsFor(3, false).camera * 3).toBeLessThanOrEqual(1_500_000);
    expect(boundsFor(2, true).camera).toBeLessThan(boundsFor(2, false).camera);
  });

  test("falls with a line that loses what is sent, the camera before the screen, and sound not at all", () => {
    const line = [0, 1, 2, 3, 4, 5, 6].map((counts) =>
      boundsFor(2, true, heldFor(NOT_HELD, ...times(counts, "very_weak"))),
    );
    expect(line.map(({ microphone }) => microphone)).toEqual(line.map(() => line[0]?.microphone));
    for (const kind of ["camera", "screen"] as const) {
      const rates = line.map((bounds) => bounds[kind]);
      expect(rates).toEqual(rates.toSorted((one, other) => other - one));
      expect(rates.at(-1)).toBe(0);
    }
    expect(line.findIndex(({ camera }) => camera === 0)).toBeLessThan(line.findIndex(({ screen }) => screen === 0));
  });

  test("keeps a small picture on a line that is weak, however long it is", () => {
    expect(boundsFor(1, false, heldFor(NOT_HELD, ...times(50, "weak"))).camera).toBeGreaterThan(100_000);
    // Whoever is better off than before gets no more at once.
    const taken = heldFor(NOT_HELD, ...times(4, "very_weak"));
    expect(heldFor(taken, ...times(9, "weak")).steps).toBe(taken.steps);
  });

  test("comes back step by step once the line is good for a while, and goes at once", () => {
    let held = heldFor(NOT_HELD, ...times(4, "very_weak"));
    const seen = [held.steps];
    for (let counts = 0; counts < 40; counts += 1) {
      held = heldAfter(held, "good");
      seen.push(held.steps);
    }
    expect(seen.at(-1)).toBe(0);
    for (const [index, steps] of seen.entries()) expect((seen[index - 1] ?? steps) - steps).toBeLessThanOrEqual(1);
    expect(seen.filter((steps) => steps === 3).length).toBeGreaterThan(2);
    // One good count between bad ones is no good line.
    const shaky = heldFor(held, "very_weak", "good", "very_weak", "good", "very_weak");
    expect(shaky.steps).toBe(3);
  });
});

test("how much is lost on the way to somebody is what their browser reports", () => {
  const report = (fractionLost: number, currentRoundTripTime = 0.05) =>
    qualityThere(
      countedIn([
        { type: "remote-inbound-rtp", fractionLost },
        { type: "remote-inbound-rtp", fractionLost: 0 },
        { type: "candidate-pair", nominated: true, currentRoundTripTime },
      ]),
    );
  expect([report(0), report(0.05), report(0.3), report(0, 1.5)]).toEqual(["good", "weak", "very_weak", "very_weak"]);
  expect(qualityThere(countedIn([]))).toBe("good");
});

test("the quality is that of what came since it was looked at last", () => {
  const at = (received: number, lost: number, roundTrip = 0.05) =>
    countedIn([
      { type: "inbound-rtp", packetsReceived: received, packetsLost: lost },
      { type: "candidate-pair", nominated: true, currentRoundTripTime: roundTrip },
      { type: "candidate-pair", nominated: false, currentRoundTripTime: 9 },
    ]);
  expect(qualityBetween(at(100, 90), at(200, 90))).toBe("good");
  expect(qualityBetween(at(100, 0), at(195, 5))).toBe("weak");
  expect(qualityBetween(at(100, 0), at(180, 20))).toBe("very_weak");
  expect(qualityBetween(at(0, 0), at(100, 0, 0.6))).toBe("weak");
  expect(qualityBetween(at(0, 0), at(100, 0, 2))).toBe("very_weak");
  expect(qualityBetween(at(0, 0), at(0, 0))).toBe("good");
});
