import { place } from "./markup.ts";

/** Lines through points, as the data of a path. */

export type Place = readonly [number, number];

/** Without points that lie where the one before them does. */
export const distinct = (points: readonly Place[]): readonly Place[] =>
  points.filter(([x, y], index) => {
    const before = points[index - 1];
    return !before || before[0] !== x || before[1] !== y;
  });

export function straight(points: readonly Place[], isClosed = false): string {
  const [first, ...others] = points;
  if (!first) return "";
  return `M${place(first)}${others.map((point) => `L${place(point)}`).join("")}${isClosed ? "Z" : ""}`;
}

/** A smooth line through all of the points (Catmull–Rom, as cubic Béziers). */
export function curved(points: readonly Place[]): string {
  const [first] = points;
  if (!first) return "";
  const parts = points.slice(1).map((to, index) => {
    const from = points[index] ?? to;
    const [before, after] = [points[index - 1] ?? from, points[index + 2] ?? to];
    const leaving: Place = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const coming: Place = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    return `C${place(leaving)} ${place(coming)} ${place(to)}`;
  });
  return `M${place(first)}${parts.join("")}`;
}

/** A line from point to point that turns at each with a radius, or with less where the way to the next is short. */
export function rounded(points: readonly Place[], radius: number, isClosed = false): string {
  if (points.length < 3 || radius === 0) return straight(points, isClosed);
  const count = points.length;
  const turns = points.map((corner, index): string => {
    const before = points[isClosed ? (index + count - 1) % count : index - 1];
    const after = points[isClosed ? (index + 1) % count : index + 1];
    const begins = index === 0 ? "M" : "L";
    if (!before || !after) return `${begins}${place(corner)}`;
    const [from, to] = [towards(corner, before, radius), towards(corner, after, radius)];
    return `${begins}${place(from)}Q${place(corner)} ${place(to)}`;
  });
  return `${turns.join("")}${isClosed ? "Z" : ""}`;
}

/** So far from a place on the way to another, but no further than its middle. */
function towards([x, y]: Place, [toX, toY]: Place, distance: number): Place {
  const whole = Math.hypot(toX - x, toY - y);
  const share = whole === 0 ? 0 : Math.min(0.5, distance / whole);
  return [x + (toX - x) * share, y + (toY - y) * share];
}

/** What a hand drew: through the middles between its points, each of which bends the line, so that no corner is seen. */
export function stroke(points: readonly Place[]): string {
  const [first, ...others] = points;
  if (!first) return "";
  const bends = others.map((point, index) => {
    const after = others[index + 1];
    if (!after) return `L${place(point)}`;
    return `Q${place(point)} ${place([(point[0] + after[0]) / 2, (point[1] + after[1]) / 2])}`;
  });
  return `M${place(first)}${bends.join("")}`;
}

/** Ends that are so near each other were meant as one. */
const MET = 8;

export function isLoop(points: readonly Place[]): boolean {
  const [first, last] = [points[0], points.at(-1)];
  return points.length > 2 && first !== undefined && last !== undefined
    ? Math.hypot(last[0] - first[0], last[1] - first[1]) <= MET
    : false;
}
