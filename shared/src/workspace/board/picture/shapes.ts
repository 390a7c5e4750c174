import type { BoardElement } from "../element.ts";
import { boxOf } from "./extent.ts";
import { headAt } from "./heads.ts";
import { nameOfFrame, writing } from "./letters.ts";
import { type Attributes, isSeen, paint, tag } from "./markup.ts";
import { curved, distinct, isLoop, rounded, straight, stroke } from "./paths.ts";

/** Elements as they are drawn, each from its own corner: shapes from the upper left one of their box, lines from where they began. */

type OfType<T extends BoardElement["type"]> = Extract<BoardElement, { type: T }>;

/** Thinner lines would not be seen in a picture of so many units to a pixel. */
const THINNEST = 0.75;

/** What is hatched lets through what lies beneath, and is drawn as lightly. */
const HATCHED = 0.4;

export function drawn(element: BoardElement, unit: number): string {
  switch (element.type) {
    case "rectangle":
    case "diamond":
    case "ellipse":
      return shape(element, unit);
    case "frame":
      return frame(element, unit);
    case "line":
    case "arrow":
      return line(element, unit);
    case "freedraw":
      return byHand(element, unit);
    case "text":
      return writing(element);
    default:
      return element satisfies never;
  }
}

/** How the outline of an element is drawn. */
function outline({ strokeColor, strokeWidth, strokeStyle }: BoardElement, unit: number): Attributes {
  const width = Math.max(strokeWidth, THINNEST * unit);
  const dashes = { solid: undefined, dashed: [8, 8 + width], dotted: [1.5, 6 + width] }[strokeStyle];
  return {
    ...paint("stroke", strokeColor),
    "stroke-width": width,
    "stroke-dasharray": dashes?.map((part) => String(Math.round(part * Math.max(1, unit)))).join(" "),
  };
}

const inside = ({ backgroundColor, fillStyle }: BoardElement): Attributes =>
  paint("fill", backgroundColor, fillStyle === "solid" ? 1 : HATCHED);

const sizeOf = (element: BoardElement) => {
  const { left, top, right, bottom } = boxOf(element);
  return { width: right - left, height: bottom - top };
};

/** A quarter of the shorter side; of large shapes that are rounded to one measure, no more than that. */
const ONE_MEASURE = 3;
const RADIUS = 32;
function radiusOf({ roundness }: BoardElement, side: number): number {
  if (!roundness) return 0;
  const quarter = side / 4;
  return roundness.type === ONE_MEASURE ? Math.min(quarter, Math.abs(roundness.value ?? RADIUS)) : quarter;
}

function shape(element: OfType<"rectangle" | "diamond" | "ellipse">, unit: number): string {
  const { width, height } = sizeOf(element);
  const look = { ...inside(element), ...outline(element, unit) };
  const radius = radiusOf(element, Math.min(width, height));
  if (element.type === "ellipse")
    return tag("ellipse", { ...look, cx: width / 2, cy: height / 2, rx: width / 2, ry: height / 2 });
  if (element.type === "rectangle") return tag("rect", { ...look, width, height, rx: radius > 0 ? radius : undefined });
  const corners = [
    [width / 2, 0],
    [width, height / 2],
    [width / 2, height],
    [0, height / 2],
  ] as const;
  return tag("path", { ...look, d: rounded(corners, radius, true) });
}

function frame(element: OfType<"frame">, unit: number): string {
  const { width, height } = sizeOf(element);
  const name = element.name?.trim() || "Frame";
  const border = { fill: "none", stroke: "#bbbbbb", "stroke-width": Math.max(2, THINNEST * unit) };
  return tag("rect", { ...border, width, height, rx: 8 }) + nameOfFrame(name);
}

/** How an elbow is rounded. */
const ELBOW = 16;

function line(element: OfType<"line" | "arrow">, unit: number): string {
  const points = distinct(element.points);
  const look = outline(element, unit);
  const isElbowed = element.type === "arrow" && element.elbowed;
  const fill = isLoop(points) && isSeen(element.backgroundColor) ? inside(element) : { fill: "none" };
  const d = isElbowed ? rounded(points, ELBOW) : element.roundness ? curved(points) : straight(points);
  const [first, second, last, beforeLast] = [points[0], points[1], points.at(-1), points.at(-2)];
  if (!first || !second || !last || !beforeLast) return "";
  const solid = { ...look, "stroke-dasharray": undefined };
  const ink = paint("fill", element.strokeColor);
  const { startArrowhead, endArrowhead } = element;
  return [
    tag("path", { ...fill, ...look, d }),
    startArrowhead ? headAt(first, second, startArrowhead, solid, ink) : "",
    endArrowhead ? headAt(last, beforeLast, endArrowhead, solid, ink) : "",
  ].join("");
}

/** By how much a hand draws wider than a line of the same measure. */
const HAND = 2;

function byHand(element: OfType<"freedraw">, unit: number): string {
  const points = distinct(element.points);
  const [first, second] = points;
  const width = Math.max(element.strokeWidth * HAND, THINNEST * unit);
  if (!first) return "";
  if (!second)
    return tag("circle", {
      cx: first[0],
      cy: first[1],
      r: width,
      stroke: "none",
      ...paint("fill", element.strokeColor),
    });
  const fill = isLoop(points) && isSeen(element.backgroundColor) ? inside(element) : { fill: "none" };
  return tag("path", { ...fill, ...paint("stroke", element.strokeColor), "stroke-width": width, d: stroke(points) });
}
