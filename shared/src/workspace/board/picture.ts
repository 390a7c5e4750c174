import type { BoardElement } from "./element.ts";
import { boxOf, extentOf, middleOf } from "./picture/extent.ts";
import { figure, INK, tag } from "./picture/markup.ts";
import { drawn } from "./picture/shapes.ts";

/** A board as a picture that needs no script, no file and no letters of its own. */
export interface BoardPicture {
  /** An SVG on white ground. Nothing in it loads or runs anything. */
  readonly svg: string;
  /** Its size, in CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** Around what is drawn, in units of the board. */
const MARGIN = 16;
/** No picture is wider or higher, in pixels: what lies further apart is drawn smaller. */
export const LONGEST = 4_000;

/**
 * The picture of the elements that are on a board, from the lowest to the one that lies on all, as `shownOn` gives them; null where there are
 * none. The same elements give the same picture. It has place for those `around` it as well, which are not drawn.
 */
export function pictureOf(
  elements: readonly BoardElement[],
  around: readonly BoardElement[] = [],
): BoardPicture | null {
  if (elements.length + around.length === 0) return null;
  const { left, top, right, bottom } = extentOf([...elements, ...around]);
  const [across, down] = [right - left + 2 * MARGIN, bottom - top + 2 * MARGIN];
  const unit = Math.max(1, across / LONGEST, down / LONGEST);
  const pixels = (side: number): number => Math.min(LONGEST, Math.ceil(side / unit));
  const [width, height] = [pixels(across), pixels(down)];
  const arrows = new Set(elements.flatMap(({ type, id }) => (type === "arrow" ? id : [])));
  const view = { x: left - MARGIN, y: top - MARGIN, width: across, height: down };
  const shapes = elements.map((element) => placed(element, unit, arrows)).join("");
  const ground = tag("rect", { ...view, fill: "#ffffff" });
  const svg = tag(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: [view.x, view.y, across, down].map(figure).join(" "),
      width,
      height,
    },
    ground + tag("g", { fill: "none", stroke: INK, "stroke-linecap": "round", "stroke-linejoin": "round" }, shapes),
  );
  return { svg, width, height };
}

/** An element where it lies, turned as it is. */
function placed(element: BoardElement, unit: number, arrows: ReadonlySet<string>): string {
  const box = boxOf(element);
  const [x, y] = "points" in element ? [element.x, element.y] : [box.left, box.top];
  const shown = drawn(element, unit);
  if (shown === "") return "";
  const isLabel = element.type === "text" && element.containerId !== null && arrows.has(element.containerId);
  // The line of an arrow does not go through its words.
  const ground = isLabel
    ? tag("rect", { width: box.right - box.left, height: box.bottom - box.top, fill: "#ffffff", stroke: "none" })
    : "";
  const [middleX, middleY] = middleOf(box);
  const degrees = ((element.angle * 180) / Math.PI) % 360;
  const turn = degrees === 0 ? "" : ` rotate(${[degrees, middleX - x, middleY - y].map(figure).join(" ")})`;
  return tag(
    "g",
    {
      transform: `translate(${figure(x)} ${figure(y)})${turn}`,
      opacity: element.opacity < 100 ? element.opacity / 100 : undefined,
    },
    ground + shown,
  );
}
