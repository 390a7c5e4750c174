import type { BoardElement } from "../element.ts";
import { BOARD_LIMITS } from "../limits.ts";
import { linesOf, NAME_SIZE, widthOf } from "./letters.ts";

/** Where elements lie, in units of the board. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where an element lies before it is turned. Its width and height may be less than nothing, where it was drawn to the left or up. */
export function boxOf(element: BoardElement): Box {
  const { x, y, width, height } = element;
  if ("points" in element) return boxOfPoints(element.points, x, y);
  return {
    left: Math.min(x, x + width),
    top: Math.min(y, y + height),
    right: Math.max(x, x + width),
    bottom: Math.max(y, y + height),
  };
}

function boxOfPoints(points: readonly (readonly [number, number])[], x: number, y: number): Box {
  let [left, top, right, bottom] = [0, 0, 0, 0];
  for (const [index, [across, down]] of points.entries()) {
    left = index === 0 ? across : Math.min(left, across);
    right = index === 0 ? across : Math.max(right, across);
    top = index === 0 ? down : Math.min(top, down);
    bottom = index === 0 ? down : Math.max(bottom, down);
  }
  return { left: x + left, top: y + top, right: x + right, bottom: y + bottom };
}

export const middleOf = ({ left, top, right, bottom }: Box): readonly [number, number] => [
  (left + right) / 2,
  (top + bottom) / 2,
];

/** All that is seen of one element or more: with the ends of their lines, the names of frames, and words that are wider here than on the board. */
export const extentOf = (elements: readonly BoardElement[]): Box => elements.map(seenOf).reduce(around);

function seenOf(element: BoardElement): Box {
  const box = boxOf(element);
  const { left, top, right, bottom } = turned(withWords(element, box), element.angle, middleOf(box));
  const more = beside(element);
  return { left: left - more, top: top - more, right: right + more, bottom: bottom + more };
}

const around = (one: Box, other: Box): Box => ({
  left: Math.min(one.left, other.left),
  top: Math.min(one.top, other.top),
  right: Math.max(one.right, other.right),
  bottom: Math.max(one.bottom, other.bottom),
});

/** How far a stroke reaches beyond its line, and the head of an arrow. */
const beside = (element: BoardElement): number =>
  element.strokeWidth * (element.type === "freedraw" ? 2 : 1) +
  ("startArrowhead" in element && (element.startArrowhead ?? element.endArrowhead) ? 12 : 0);

function withWords(element: BoardElement, box: Box): Box {
  if (element.type === "frame") return { ...box, top: box.top - 1.6 * NAME_SIZE };
  if (element.type !== "text") return box;
  const lines = linesOf(element.text);
  const widest = Math.min(BOARD_LIMITS.far, Math.max(...lines.map((line) => widthOf(line, element.fontSize))));
  const more = Math.max(0, widest - (box.right - box.left));
  const down = Math.min(BOARD_LIMITS.far, lines.length * element.fontSize * element.lineHeight);
  const share = { left: 0, center: 0.5, right: 1 }[element.textAlign];
  return {
    left: box.left - more * share,
    right: box.right + more * (1 - share),
    top: box.top,
    bottom: Math.max(box.bottom, box.top + down),
  };
}

/** The upright box around one that is turned about a place. */
function turned({ left, top, right, bottom }: Box, angle: number, [x, y]: readonly [number, number]): Box {
  if (angle === 0) return { left, top, right, bottom };
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const corners = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ].map(([across = 0, down = 0]): [number, number] => [
    (across - x) * cosine - (down - y) * sine,
    (across - x) * sine + (down - y) * cosine,
  ]);
  return boxOfPoints(corners, x, y);
}
