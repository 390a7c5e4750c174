import type { BoardElement } from "../element.ts";
import { type Attributes, place, tag } from "./markup.ts";
import { type Place, straight } from "./paths.ts";

/** What lines end in. */

type Head = NonNullable<Extract<BoardElement, { type: "arrow" }>["endArrowhead"]>;

/** How long each is, in units of the board. */
const LENGTHS: Readonly<Record<Head, number>> = {
  arrow: 25,
  bar: 15,
  dot: 15,
  circle: 15,
  circle_outline: 15,
  triangle: 15,
  triangle_outline: 15,
  diamond: 12,
  diamond_outline: 12,
  crowfoot_one: 20,
  crowfoot_many: 20,
  crowfoot_one_or_many: 20,
};

const PAPER = "#ffffff";

/**
 * The head at the end of a line that comes from the place before it. `line` is how the line is drawn, `ink` its colour as a fill. No head is longer
 * than half of the last part of its line.
 */
export function headAt(tip: Place, before: Place, head: Head, line: Attributes, ink: Attributes): string {
  const way = Math.hypot(tip[0] - before[0], tip[1] - before[1]);
  if (way === 0) return "";
  const length = Math.min(LENGTHS[head], way / 2);
  const along: Place = [(tip[0] - before[0]) / way, (tip[1] - before[1]) / way];
  // So far back on the line, and so far beside it.
  const at = (back: number, beside: number): Place => [
    tip[0] - along[0] * back - along[1] * beside,
    tip[1] - along[1] * back + along[0] * beside,
  ];
  const drawn = (points: readonly Place[], filled: Attributes = { fill: "none" }): string =>
    tag("path", { ...line, ...filled, d: straight(points, filled.fill !== "none") });
  const [narrow, wide] = [length * Math.tan(Math.PI / 9), length * Math.tan(Math.PI / 7)];
  const across = drawn([at(length, -wide), at(length, wide)]);
  const foot = tag("path", {
    ...line,
    fill: "none",
    d: [-1, 0, 1].map((side) => `M${place(at(length, 0))}L${place(at(0, side * wide))}`).join(""),
  });
  switch (head) {
    case "arrow":
      return drawn([at(length, -narrow), tip, at(length, narrow)]);
    case "bar":
      return drawn([at(0, -length / 2), at(0, length / 2)]);
    case "dot":
    case "circle":
    case "circle_outline":
      return tag("circle", {
        ...line,
        ...(head === "circle_outline" ? { fill: PAPER } : ink),
        cx: tip[0],
        cy: tip[1],
        r: length / 2,
      });
    case "triangle":
    case "triangle_outline":
      return drawn([at(length, -wide), tip, at(length, wide)], head === "triangle" ? ink : { fill: PAPER });
    case "diamond":
    case "diamond_outline":
      return drawn(
        [tip, at(length, -wide), at(2 * length, 0), at(length, wide)],
        head === "diamond" ? ink : { fill: PAPER },
      );
    case "crowfoot_one":
      return across;
    case "crowfoot_many":
      return foot;
    case "crowfoot_one_or_many":
      return across + foot;
    default:
      return head satisfies never;
  }
}
