/**
 * Prints rows for people: medians, the middle half of the slices in brackets, and what holds.
 * @param {readonly import("./run.mjs").Row[]} rows
 * @param {readonly string[]} notes
 */
export function printTable(rows, notes) {
  const head = ["", "unit", "ours", "bare", "ratio", "goal", "holds"];
  const cells = rows.map(({ name, unit, ours, baseline, ratio, spread, goal, holds }) => [
    name,
    unit,
    withSpread(ours, spread.ours),
    withSpread(baseline, spread.baseline),
    withSpread(ratio, spread.ratio),
    goal ?? "–",
    holds === null ? "–" : holds ? "yes" : "NO",
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column].length)));
  const line = (/** @type {readonly string[]} */ row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd();
  console.log([line(head), line(widths.map((width) => "─".repeat(width))), ...cells.map(line)].join("\n"));
  console.log(["", "Medians; in brackets the first and third quartile over the slices.", ...notes].join("\n"));
  const missed = rows.filter(({ holds }) => holds === false);
  for (const { name, goal } of missed) console.log(`\nNot reached: ${name} ${goal}`);
}

const withSpread = (/** @type {number} */ value, /** @type {readonly number[]} */ [low, high]) =>
  `${digits(value)} (${digits(low)}–${digits(high)})`;

/** Three significant digits or more. */
function digits(/** @type {number} */ value) {
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : 2);
}
