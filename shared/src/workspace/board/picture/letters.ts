import type { BoardElement } from "../element.ts";
import { escaped, figure, paint, tag } from "./markup.ts";

/** What is written on a board, as a picture has it. */

type TextElement = Extract<BoardElement, { type: "text" }>;

/** Of the name of a frame. */
export const NAME_SIZE = 14;

/**
 * The board's own letters are files of its script. A picture stands without any, so each family is told by its kind: one width, or not. The
 * named ones are those that pages for print are set in.
 */
const FAMILIES = { code: "'DejaVu Sans Mono', monospace", plain: "'Noto Sans', sans-serif" } as const;
/** Cascadia, and Comic Shanns. */
const OF_ONE_WIDTH: ReadonlySet<number> = new Set([3, 8]);

export const linesOf = (text: string): string[] => text.replace(/\t/g, "    ").split(/\r\n|[\r\n\u2028\u2029]/);

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Extended_Pictographic}/gu;

/** How wide a line comes to be, about; no letters are at hand to measure. */
export const widthOf = (line: string, size: number): number =>
  size * (0.56 * line.length + 0.5 * (line.match(WIDE)?.length ?? 0));

const FROM_RIGHT = /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/u;

/** A line in which something runs from right to left is taken for itself, so that its first letter says how all of it runs. */
const isolated = (line: string): string => (FROM_RIGHT.test(line) ? `\u2068${line}\u2069` : line);

const ANCHORS = { left: "start", center: "middle", right: "end" } as const;

/** The lines of a text whose upper left corner is at nothing. */
export function writing({
  text,
  width,
  fontSize,
  fontFamily,
  lineHeight,
  textAlign,
  strokeColor,
}: TextElement): string {
  const x = figure({ left: 0, center: 0.5, right: 1 }[textAlign] * Math.abs(width));
  const step = fontSize * lineHeight;
  const lines = linesOf(text).flatMap((line, index) => {
    const words = escaped(isolated(line));
    const y = figure((index + 0.5) * step + 0.35 * fontSize);
    return words.trim() === "" ? [] : `<tspan x="${x}" y="${y}">${words}</tspan>`;
  });
  if (lines.length === 0) return "";
  const family = OF_ONE_WIDTH.has(fontFamily) ? FAMILIES.code : FAMILIES.plain;
  return tag(
    "text",
    {
      "xml:space": "preserve",
      "font-family": family,
      "font-size": fontSize,
      "text-anchor": ANCHORS[textAlign],
      stroke: "none",
      ...paint("fill", strokeColor),
    },
    lines.join(""),
  );
}

/** The name of a frame, above it. */
export const nameOfFrame = (name: string): string =>
  tag(
    "text",
    {
      x: 0,
      y: -0.6 * NAME_SIZE,
      "font-family": FAMILIES.plain,
      "font-size": NAME_SIZE,
      stroke: "none",
      fill: "#6b6b6b",
    },
    escaped(isolated(linesOf(name).join(" "))),
  );
