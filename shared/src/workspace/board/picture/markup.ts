/**
 * Pieces of an SVG. Whatever people draw and write comes into one through these, and so is a number, a colour or words there, and nothing that
 * loads or runs.
 */

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** In hundredths, and never with an exponent. */
export function figure(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(rounded === 0 ? 0 : rounded);
}

/** A place, as paths have it. */
export const place = ([x, y]: readonly [number, number]): string => `${figure(x)} ${figure(y)}`;

/** What no XML may hold, not even escaped (XML 1.0, fifth edition, 2.2); line ends and tabs are for whoever sets the lines. */
const FORBIDDEN = /\p{Cc}|[\ufffe\uffff]/gu;
const HALVES = /\p{Cs}/gu;
const SIGNS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Words as they can stand between tags and in attributes. */
export const escaped = (text: string): string =>
  text
    .replace(FORBIDDEN, "")
    .replace(HALVES, "\ufffd")
    .replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? "");

/** An element of the picture; attributes without a value are left out. */
export function tag(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes).map(([key, value]) => {
    if (value === undefined) return "";
    return ` ${key}="${typeof value === "number" ? figure(value) : escaped(value)}"`;
  });
  return content === "" ? `<${name}${written.join("")}/>` : `<${name}${written.join("")}>${content}</${name}>`;
}

const HEX = /^#(?:[\da-f]{3}|[\da-f]{4}|[\da-f]{6}|[\da-f]{8})$/i;
const NAME = /^[a-z]{3,24}$/i;
export const INK = "#1e1e1e";

/**
 * A colour as the value of `fill` or `stroke`, with how much it covers of what lies beneath. What is no colour is ink as a stroke, and nothing as
 * a fill.
 */
export function paint(kind: "fill" | "stroke", colour: string, share = 1): Attributes {
  if (colour.toLowerCase() === "transparent") return { [kind]: "none" };
  if (NAME.test(colour)) return { [kind]: colour.toLowerCase(), ...covering(kind, share) };
  if (!HEX.test(colour)) return { [kind]: kind === "fill" ? "none" : INK };
  const digits = colour.length < 6 ? colour.replace(/[\da-f]/gi, "$&$&") : colour;
  const alpha = digits.length > 7 ? Number.parseInt(digits.slice(7), 16) / 255 : 1;
  return { [kind]: digits.slice(0, 7).toLowerCase(), ...covering(kind, alpha * share) };
}

const covering = (kind: "fill" | "stroke", share: number): Attributes =>
  share < 1 ? { [`${kind}-opacity`]: share } : {};

/** Whether anything is seen of what has that colour. */
export const isSeen = (colour: string): boolean => paint("fill", colour).fill !== "none";
