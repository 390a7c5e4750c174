import { quantile } from "./stats.mjs";

const ARRIVALS = 10_000;
const SEED = 1;
const MINUTE = 60_000;

/**
 * The matching over a seeded week of people who look for a partner, on the real code, beside two others on the same arrivals: first come,
 * first served at the same widening, and a matcher that knows the week. Nothing is timed: waits are those of the simulated clock.
 * @param {import("./run.mjs").BenchOptions} options
 * @returns {Promise<import("./run.mjs").BenchResult>}
 */
export async function matching({ progress }) {
  const { clairvoyant, firstComeFirstServed, play, weekOf } = await import("../support/matching-week.mjs");
  const { default: blossom } = await import("edmonds-blossom");
  const matchingCode = await import("@whetstone/shared/practice/matching/match");
  const { isReady } = await import("@whetstone/shared/practice/matching/state");
  const arrivals = weekOf(SEED, ARRIVALS);

  progress("matching: the week as it is matched");
  const ours = play(arrivals, SEED);
  progress("matching: first come, first served");
  const first = play(arrivals, SEED, { bringTogether: firstComeFirstServed({ ...matchingCode, isReady }) });
  progress("matching: who knows the week");
  const knowing = clairvoyant(arrivals, blossom);
  progress("matching: who knows the week and minds waiting");
  const minding = clairvoyant(arrivals, blossom, ({ fit, waits }) => fit - (waits[0] + waits[1]) / (120 * MINUTE));

  const lost = arrivals.length - ours.left.size + ours.state.seekers.size;
  const row = (name, unit, of, baseline, goal = null, holds = () => null) => {
    const compared = single(of(ours), of(baseline));
    return { name, unit, ...compared, goal, holds: holds(compared.ratio) };
  };
  return {
    rows: [
      row("matching: mean fit, beside who knows the week", "", meanFit, knowing, "≥ 0.9 ×", (ratio) => ratio >= 0.9),
      row("matching: p95 wait, beside who knows the week", "min", p95Wait, knowing, "≤ 1.3 ×", (ratio) => ratio <= 1.3),
      row("matching: fit of all pairs together, beside who knows the week", "", allFit, knowing),
      row("matching: mean fit, beside who knows it and minds waiting", "", meanFit, minding),
      row("matching: p95 wait, beside who knows it and minds waiting", "min", p95Wait, minding),
      row("matching: mean wait, beside who knows it and minds waiting", "min", meanWait, minding),
      row("matching: mean fit, beside first come, first served", "", meanFit, first, "> 1 ×", (ratio) => ratio > 1),
      row("matching: p95 wait, beside first come, first served", "min", p95Wait, first),
      row("matching: mean wait, beside first come, first served", "min", meanWait, first),
      {
        name: "matching: people in two pairs, or lost",
        unit: "",
        ...single(ours.inTwo + lost, first.inTwo, 1),
        goal: "none",
        holds: ours.inTwo + lost === 0,
      },
    ],
    notes: [
      `Matching: ${arrivals.length} arrivals of a seeded week. Waits in minutes (mean, p50, p95), fits and pairs:`,
      ...Object.entries({
        ours,
        "first come, first served": first,
        "knows the week": knowing,
        "minds waiting": minding,
      }).map(
        ([name, course]) =>
          `  ${name}: waits ${[meanWait(course), wait(course, 0.5), p95Wait(course)].map((one) => one.toFixed(1)).join(", ")}; ` +
          `mean fit ${meanFit(course).toFixed(3)}; ${course.pairs.length} pairs`,
      ),
      "Who knows the week asks nobody to accept and need keep to no widening; its best is computed for the 14 best partners of each, in pieces of the week.",
    ],
  };
}

const sum = (values) => values.reduce((all, one) => all + one, 0);
const allFit = ({ pairs }) => sum(pairs.map(({ fit }) => fit));
const meanFit = (course) => allFit(course) / course.pairs.length;
const wait = ({ waits }, share) => quantile(waits, share) / MINUTE;
const p95Wait = (course) => wait(course, 0.95);
const meanWait = ({ waits }) => sum(waits) / waits.length / MINUTE;

/** One figure of each, as nothing varies between runs. */
const single = (ours, baseline, ratio = ours / baseline) => {
  return {
    ours,
    baseline,
    ratio,
    spread: { ours: [ours, ours], baseline: [baseline, baseline], ratio: [ratio, ratio] },
  };
};
