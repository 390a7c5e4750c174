import type { BoardElement } from "./element.ts";

/** A board in words, for those who cannot see it, and wherever no picture of it can stand. */
export interface Outline {
  /** Shapes and texts as one reads a page: row by row from the top, each row from the left. */
  readonly nodes: readonly OutlineNode[];
  /** Lines that begin at nothing which is listed. */
  readonly loose: readonly OutlineLine[];
  /** How many strokes were drawn by hand; what they show no list can say. */
  readonly strokes: number;
}

export interface OutlineNode {
  readonly id: string;
  readonly kind: "rectangle" | "diamond" | "ellipse" | "frame" | "text";
  /** What stands in it; empty where nothing does. */
  readonly text: string;
  /** Lines that begin here. */
  readonly lines: readonly OutlineLine[];
}

export interface OutlineLine {
  readonly id: string;
  readonly kind: "arrow" | "line";
  readonly text: string;
  /** What it joins; null where that is nothing which is listed. */
  readonly from: OutlineEnd | null;
  readonly to: OutlineEnd | null;
}

/** A shape or text at which a line begins or ends. */
export type OutlineEnd = Pick<OutlineNode, "id" | "kind" | "text">;

type TextElement = Extract<BoardElement, { type: "text" }>;
type LineElement = Extract<BoardElement, { type: "arrow" | "line" }>;

const isLine = (element: BoardElement): element is LineElement => element.type === "arrow" || element.type === "line";

/** The outline of the elements that are on a board. */
export function outlineOf(elements: readonly BoardElement[]): Outline {
  const byId = new Map(elements.map((element) => [element.id, element]));
  const labels = new Map<string, string>();
  const isLabel = (element: TextElement): boolean => element.containerId !== null && byId.has(element.containerId);
  for (const element of elements) {
    if (element.type === "text" && element.containerId !== null && isLabel(element)) {
      labels.set(element.containerId, element.originalText);
    }
  }
  const endOf = (id: string | undefined): OutlineEnd | null => {
    const element = id === undefined ? undefined : byId.get(id);
    const kind = element && kindOf(element);
    return element && kind ? { id: element.id, kind, text: wordsOf(element, labels) } : null;
  };
  const lines = inReadingOrder(elements.filter(isLine)).map((element): OutlineLine => {
    const [from, to] = [endOf(element.startBinding?.elementId), endOf(element.endBinding?.elementId)];
    return { id: element.id, kind: element.type, text: wordsOf(element, labels), from, to };
  });
  const nodes = inReadingOrder(elements).flatMap((element): OutlineNode[] => {
    const kind = kindOf(element);
    if (!kind || (element.type === "text" && isLabel(element))) return [];
    const own = lines.filter(({ from }) => from?.id === element.id);
    return [{ id: element.id, kind, text: wordsOf(element, labels), lines: own }];
  });
  const listed = new Set(nodes.map(({ id }) => id));
  return {
    nodes,
    loose: lines.filter(({ from }) => from === null || !listed.has(from.id)),
    strokes: elements.filter(({ type }) => type === "freedraw").length,
  };
}

function kindOf({ type }: BoardElement): OutlineNode["kind"] | null {
  return type === "freedraw" || type === "arrow" || type === "line" ? null : type;
}

function wordsOf(element: BoardElement, labels: ReadonlyMap<string, string>): string {
  if (element.type === "text") return element.originalText.trim();
  const label = labels.get(element.id) ?? (element.type === "frame" ? element.name : null);
  return (label ?? "").trim();
}

/** What begins above the middle of the first of a row stands in that row. */
function inReadingOrder<T extends BoardElement>(elements: readonly T[]): readonly T[] {
  const rows: { readonly until: number; readonly row: T[] }[] = [];
  for (const element of elements.toSorted((one, other) => one.y - other.y || one.x - other.x)) {
    const last = rows.at(-1);
    if (last && element.y < last.until) last.row.push(element);
    else rows.push({ until: element.y + Math.max(element.height / 2, 1), row: [element] });
  }
  return rows.flatMap(({ row }) => row.sort((one, other) => one.x - other.x || one.y - other.y));
}

const NAMES: Readonly<Record<OutlineNode["kind"] | OutlineLine["kind"], string>> = {
  rectangle: "box",
  diamond: "diamond",
  ellipse: "ellipse",
  frame: "frame",
  text: "text",
  arrow: "arrow",
  line: "line",
};

export const nameOfKind = (kind: keyof typeof NAMES): string => NAMES[kind];

/** What a shape or a text is called: its words, or what it is. */
export const calledBy = ({ kind, text }: OutlineEnd): string =>
  text === "" ? `a ${NAMES[kind]} without words`.replace(/^a (?=[aeiou])/, "an ") : text.replace(/\s+/g, " ");

/** What a line says. */
export function saidByLine({ kind, text, from, to }: OutlineLine): string {
  const ends = `${from ? calledBy(from) : "nothing"} to ${to ? calledBy(to) : "nothing"}`;
  const joins = from || to ? ends : `${NAMES[kind]} that joins nothing`;
  return text === "" ? joins : `${joins}: ${text.replace(/\s+/g, " ")}`;
}

/** What was drawn by hand, in words; empty where nothing was. */
export const saidOfStrokes = (strokes: number): string =>
  strokes === 0 ? "" : `${strokes} ${strokes === 1 ? "stroke" : "strokes"} drawn by hand`;
