import { parseXml, XmlElement, XmlText } from "@rgrove/parse-xml";
import katex from "katex";

/**
 * A formula as the template sets it. KaTeX reads the TeX, as it does on screen, and writes MathML; this is that tree with what Typst has
 * a function for. Every text in it is set as text.
 */
export type Formula =
  | { readonly kind: "row" | "fenced" | "root" | "fraction" | "over" | "hidden"; readonly parts: readonly Formula[] }
  | { readonly kind: "symbol" | "number" | "name" | "words"; readonly text: string; readonly variant: Variant }
  | { readonly kind: "sized"; readonly text: string; readonly em: number }
  | { readonly kind: "space"; readonly em: number }
  /** Parts that are not there are null. */
  | { readonly kind: "scripts" | "limits"; readonly base: Formula; readonly below: Part; readonly above: Part }
  | { readonly kind: "accent"; readonly base: Formula; readonly mark: Mark }
  | { readonly kind: "styled"; readonly parts: readonly Formula[]; readonly style: "display" | "inline" }
  /** Aligned cells belong together by twos, the first of them to the right. */
  | {
      readonly kind: "cells";
      readonly rows: readonly (readonly Formula[])[];
      readonly align: "centre" | "left" | "pairs";
    };

type Part = Formula | null;
type Variant = "auto" | keyof typeof VARIANTS;

const VARIANTS = {
  normal: true,
  bold: true,
  italic: true,
  "bold-italic": true,
  "double-struck": true,
  script: true,
  fraktur: true,
  "sans-serif": true,
  monospace: true,
} as const;

/** What stands over or under a formula, by what MathML writes for it. */
const MARKS = {
  "^": "hat",
  "~": "tilde",
  ˉ: "macron",
  "‾": "line",
  "˙": "dot",
  "¨": "dot.double",
  ˇ: "caron",
  ˊ: "acute",
  ˋ: "grave",
  "˘": "breve",
  "˚": "circle",
  "⃗": "arrow",
  "→": "arrow",
  "←": "arrow.l",
  "⏞": "brace",
  "⏟": "underbrace",
} as const;
type Mark = (typeof MARKS)[keyof typeof MARKS] | "underline";

/** Formulas within one another; Typst calls a function for each, and has so many calls for a whole page. */
const DEEPEST = 14;
/** The limits of the screen's formulas. */
const LIMITS = { maxSize: 10, maxExpand: 200, trust: false, strict: false } as const;
/** How KaTeX says of a command that it does not trust it; no other formula has just this colour. */
const UNTRUSTED = "#fe0102";
/** In UTF-16 code units; longer than any formula of the bank by far. */
const LONGEST = 4_000;

/** What TeX says as a formula; null where it is none, or one that cannot be set. */
export function formulaOf(tex: string, displayMode: boolean): Formula | null {
  if (tex.length > LONGEST) return null;
  try {
    const markup = katex.renderToString(tex, {
      ...LIMITS,
      errorColor: UNTRUSTED,
      displayMode,
      output: "mathml",
      throwOnError: true,
    });
    const maths = within(parseXml(markup).root, "math");
    const [semantics] = childrenOf(maths);
    return semantics ? rowOf(childrenOf(semantics).slice(0, 1), DEEPEST) : null;
  } catch (error) {
    if (error instanceof katex.ParseError || error instanceof Unsettable) return null;
    throw error;
  }
}

class Unsettable extends Error {}

function within(element: XmlElement | null, name: string): XmlElement {
  if (element?.name === name) return element;
  const [inner] = element ? childrenOf(element) : [];
  if (!inner) throw new Unsettable(`There is no ${name}.`);
  return within(inner, name);
}

const childrenOf = ({ children }: XmlElement): XmlElement[] => children.filter((child) => child instanceof XmlElement);

const textOf = ({ children }: XmlElement): string =>
  children.map((child) => (child instanceof XmlText ? child.text : "")).join("");

/** Elements side by side; a row in a row says nothing more, so rows cost no depth. */
function rowOf(elements: readonly XmlElement[], depth: number): Formula {
  const parts = elements.flatMap((element) => {
    const formula = formulaIn(element, depth);
    return formula.kind === "row" ? formula.parts : [formula];
  });
  const [only, ...others] = parts;
  return only && others.length === 0 ? only : { kind: "row", parts };
}

function formulaIn(element: XmlElement, depth: number): Formula {
  if (depth === 0) throw new Unsettable("Too much stands within one another.");
  const { name, attributes } = element;
  const children = childrenOf(element);
  const at = (index: number): Formula => {
    const child = children[index];
    if (!child) throw new Unsettable(`${name} lacks a part.`);
    return rowOf([child], depth - 1);
  };
  switch (name) {
    case "mrow":
    case "mpadded":
      return isFenced(children) ? { kind: "fenced", parts: [rowOf(children, depth - 1)] } : rowOf(children, depth);
    case "mstyle":
      return styled(children, attributes, depth);
    case "mphantom":
      return { kind: "hidden", parts: [rowOf(children, depth - 1)] };
    case "mi":
      return leaf(element, textOf(element).length > 1 ? "name" : "symbol");
    case "mn":
      return leaf(element, "number");
    case "mtext":
      return leaf(element, "words");
    case "mo":
      return operator(element);
    case "mspace":
      return { kind: "space", em: inEm(attributes.width) };
    case "mfrac":
      return { kind: attributes.linethickness === "0px" ? "over" : "fraction", parts: [at(0), at(1)] };
    case "msqrt":
      return { kind: "root", parts: [rowOf(children, depth - 1)] };
    case "mroot":
      return { kind: "root", parts: [at(0), at(1)] };
    case "msub":
      return { kind: "scripts", base: at(0), below: at(1), above: null };
    case "msup":
      return { kind: "scripts", base: at(0), below: null, above: at(1) };
    case "msubsup":
      return { kind: "scripts", base: at(0), below: at(1), above: at(2) };
    case "munderover":
      return { kind: "limits", base: at(0), below: at(1), above: at(2) };
    case "munder":
    case "mover": {
      const mark = markOf(children[1], name);
      if (mark) return { kind: "accent", base: at(0), mark };
      const [below, above] = name === "munder" ? [at(1), null] : [null, at(1)];
      return { kind: "limits", base: at(0), below, above };
    }
    case "mtable":
      return cells(children, attributes, depth);
    default:
      throw new Unsettable(`Nothing sets ${name}.`);
  }
}

const isFence = (element: XmlElement | undefined): boolean =>
  element?.name === "mo" && element.attributes.fence === "true";
const isFenced = (children: readonly XmlElement[]): boolean => isFence(children[0]) || isFence(children.at(-1));

function styled(children: readonly XmlElement[], attributes: XmlElement["attributes"], depth: number): Formula {
  const inner = rowOf(children, depth - 1);
  const { displaystyle, scriptlevel, mathcolor } = attributes;
  if (mathcolor === UNTRUSTED) throw new Unsettable("A command is not trusted.");
  if (scriptlevel !== "0" || displaystyle === undefined) return inner;
  return { kind: "styled", parts: [inner], style: displaystyle === "true" ? "display" : "inline" };
}

function leaf(element: XmlElement, kind: "symbol" | "number" | "name" | "words"): Formula {
  const { mathvariant = "auto" } = element.attributes;
  return { kind, text: textOf(element), variant: isVariant(mathvariant) ? mathvariant : "auto" };
}

const isVariant = (variant: string): variant is keyof typeof VARIANTS => Object.hasOwn(VARIANTS, variant);

/** What is written to no eye: the applying of a function, a product, a comma. */
const UNSEEN = /^[\u2061-\u2064\u200b]*$/;

/** What MathML fences with a sign that relates two things elsewhere, which does not grow. */
const FENCES: Readonly<Record<string, string>> = { "∥": "‖", "∣": "|" };

function operator(element: XmlElement): Formula {
  const text = textOf(element);
  const { maxsize, mathvariant } = element.attributes;
  if (UNSEEN.test(text)) return { kind: "row", parts: [] };
  if (maxsize?.endsWith("em")) return { kind: "sized", text, em: inEm(maxsize) };
  if (isFence(element)) return { kind: "symbol", text: FENCES[text] ?? text, variant: "auto" };
  const isWord = /^\p{L}{2,}/u.test(text);
  if (mathvariant === undefined && !isWord) return { kind: "symbol", text, variant: "auto" };
  return leaf(element, isWord ? "name" : "symbol");
}

function markOf(element: XmlElement | undefined, over: "munder" | "mover"): Mark | null {
  if (element?.name !== "mo") return null;
  const text = textOf(element);
  const mark = Object.entries(MARKS).find(([sign]) => sign === text)?.[1] ?? null;
  if (over === "mover") return mark === "underbrace" ? null : mark;
  if (mark === "underbrace") return mark;
  return mark === "line" ? "underline" : null;
}

/** A length in ems of the text; TeX's other units are ems already when MathML has them. */
function inEm(length = ""): number {
  const em = Number.parseFloat(length);
  return length.endsWith("em") && Number.isFinite(em) ? em : 0;
}

function cells(rows: readonly XmlElement[], { columnalign = "" }: XmlElement["attributes"], depth: number): Formula {
  const inRows = rows.map((row) => {
    if (row.name !== "mtr") throw new Unsettable(`Nothing sets ${row.name}.`);
    return childrenOf(row).map((cell) => rowOf(childrenOf(cell), depth - 2));
  });
  return { kind: "cells", rows: inRows, align: alignOf(columnalign) };
}

function alignOf(columns: string): "centre" | "left" | "pairs" {
  if (columns.startsWith("right left")) return "pairs";
  return columns.startsWith("left") ? "left" : "centre";
}
