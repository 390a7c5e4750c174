import { convertToExcalidrawElements, newElementWith, restoreElements } from "@excalidraw/excalidraw";
import type {
  ExcalidrawArrowElement,
  ExcalidrawElement,
  ExcalidrawTextElement,
  OrderedExcalidrawElement,
} from "@excalidraw/excalidraw/element/types";

/** Changes of a board that are made from its outline. Each gives the elements as they become. */

type Elements = readonly OrderedExcalidrawElement[];
type Skeletons = NonNullable<Parameters<typeof convertToExcalidrawElements>[0]>;
/** What Excalidraw has not put in its order yet; it does when it shows them. */
type Unordered = readonly ExcalidrawElement[];

export type AddedKind = "rectangle" | "ellipse" | "diamond" | "text";

const WIDTH = 200;
const HEIGHT = 80;
const GAP = 80;
/** So many stand beside each other, and the next ones beneath. */
const IN_A_ROW = 4;
/** Between a label and its shape. */
const PADDING = 10;

/** Beneath the tools, where nobody has moved the board yet. */
const FIRST = { x: 40, y: 110 };

const ordered = (elements: Unordered): Elements => elements as Elements;
const shown = (elements: Elements) => elements.filter(({ isDeleted }) => !isDeleted);

/** Adds a shape with words in it, or words alone, where nothing stands yet. */
export function withAdded(elements: Elements, kind: AddedKind, text: string): Elements {
  const { x, y } = freePlace(elements);
  const skeletons: Skeletons =
    kind === "text"
      ? [{ type: "text", x, y, text }]
      : [{ type: kind, x, y, width: WIDTH, height: HEIGHT, label: { text } }];
  return [...elements, ...convertToExcalidrawElements(skeletons)];
}

/** Right of what stands lowest, or beneath it where a row is full. */
function freePlace(elements: Elements): { readonly x: number; readonly y: number } {
  const all = shown(elements);
  if (all.length === 0) return FIRST;
  const left = Math.min(...all.map(({ x }) => x));
  const bottom = Math.max(...all.map(({ y, height }) => y + height));
  const row = all.filter(({ y, height }) => y + height > bottom - HEIGHT);
  const right = Math.max(...row.map(({ x, width }) => x + width));
  const top = Math.min(...row.map(({ y }) => y));
  return right - left < IN_A_ROW * (WIDTH + GAP) - GAP ? { x: right + GAP, y: top } : { x: left, y: bottom + GAP };
}

/** Gives an element other words: a text those, a shape or a line its label, and a frame its name. */
export function withWords(elements: Elements, id: string, text: string): Elements {
  const element = elements.find((one) => one.id === id);
  if (!element) return elements;
  if (element.type === "frame") return replaced(elements, newElementWith(element, { name: text }));
  const label = element.type === "text" ? element : labelOf(elements, id);
  if (!label) return withLabel(elements, element, text);
  if (text === "" && element !== label) return withoutElement(elements, label.id);
  const written = measured(newElementWith(label, { text, originalText: text }), element);
  const holder = grown(element, written);
  return replaced(elements, holder, holder.id === written.id ? written : centred(written, holder));
}

/** A label whose text is another is measured anew, inside of what holds it. */
function measured(label: ExcalidrawTextElement, holder: ExcalidrawElement): ExcalidrawTextElement {
  const [text] = restoreElements(holder.id === label.id ? [label] : [label, holder], null, {
    refreshDimensions: true,
    repairBindings: true,
  });
  return text?.type === "text" ? { ...text, version: label.version, versionNonce: label.versionNonce } : label;
}

const centred = (
  label: ExcalidrawTextElement,
  { x, y, width, height, type }: ExcalidrawElement,
): ExcalidrawTextElement =>
  type === "arrow" ? label : { ...label, x: x + (width - label.width) / 2, y: y + (height - label.height) / 2 };

/** What holds a label is as high as that at least. */
const grown = (element: ExcalidrawElement, label: ExcalidrawTextElement): ExcalidrawElement =>
  element.id !== label.id && element.type !== "arrow" && element.height < label.height + 2 * PADDING
    ? newElementWith(element, { height: label.height + 2 * PADDING })
    : element;

const labelOf = (elements: Elements, id: string) =>
  shown(elements).find(
    (one): one is OrderedExcalidrawElement & ExcalidrawTextElement => one.type === "text" && one.containerId === id,
  );

function withLabel(elements: Elements, element: OrderedExcalidrawElement, text: string): Elements {
  if (text === "" || element.type === "line" || element.type === "freedraw") return elements;
  const { x, y, width, height } = element;
  const made = convertToExcalidrawElements([{ type: "rectangle", x, y, width, height, label: { text } }]);
  const label = made.find((one) => one.type === "text");
  if (!label) return elements;
  const bound = [...(element.boundElements ?? []), { type: "text" as const, id: label.id }];
  return [
    ...replaced(elements, newElementWith(element, { boundElements: bound })),
    newElementWith(label, { containerId: element.id }),
  ] as Elements;
}

/** Draws an arrow from one element to another, which goes with them when they are moved. */
export function withArrow(elements: Elements, fromId: string, toId: string): Elements {
  const [from, to] = [elements.find(({ id }) => id === fromId), elements.find(({ id }) => id === toId)];
  if (!from || !to) return elements;
  const [start, end] = [edgeTowards(from, to), edgeTowards(to, from)];
  const [width, height] = [end.x - start.x, end.y - start.y];
  const made = convertToExcalidrawElements([
    {
      type: "arrow",
      x: start.x,
      y: start.y,
      points: [
        [0, 0],
        [width, height],
      ] as never,
    },
  ]);
  const arrow = made.find((one): one is OrderedExcalidrawElement & ExcalidrawArrowElement => one.type === "arrow");
  if (!arrow) return elements;
  const bound = newElementWith(arrow, {
    startBinding: { elementId: fromId, focus: 0, gap: AWAY },
    endBinding: { elementId: toId, focus: 0, gap: AWAY },
  });
  const holding = (element: OrderedExcalidrawElement) =>
    newElementWith(element, { boundElements: [...(element.boundElements ?? []), { type: "arrow", id: arrow.id }] });
  return ordered([...replaced(elements, holding(from), holding(to)), bound]);
}

/** How far from an edge an arrow ends. */
const AWAY = 6;

/** Where the line between two middles leaves the first one. */
function edgeTowards(element: ExcalidrawElement, other: ExcalidrawElement): { readonly x: number; readonly y: number } {
  const [x, y] = [element.x + element.width / 2, element.y + element.height / 2];
  const [across, down] = [other.x + other.width / 2 - x, other.y + other.height / 2 - y];
  const share = Math.min(
    (element.width / 2 + AWAY) / Math.max(Math.abs(across), 1),
    (element.height / 2 + AWAY) / Math.max(Math.abs(down), 1),
    0.5,
  );
  return { x: x + across * share, y: y + down * share };
}

/** Takes an element off, with what is written in it; lines that end there stay. */
export function withoutElement(elements: Elements, id: string): Elements {
  const gone = new Set([
    id,
    ...shown(elements).flatMap((one) => (one.type === "text" && one.containerId === id ? one.id : [])),
  ]);
  const changed = elements.map((element): ExcalidrawElement => {
    if (gone.has(element.id)) return newElementWith(element, { isDeleted: true });
    const bound = element.boundElements?.filter((one) => !gone.has(one.id));
    const kept =
      bound && bound.length < (element.boundElements?.length ?? 0)
        ? newElementWith(element, { boundElements: bound })
        : element;
    if (kept.type !== "arrow" && kept.type !== "line") return kept;
    const isLoose = (end: { readonly elementId: string } | null): boolean => end !== null && gone.has(end.elementId);
    return isLoose(kept.startBinding) || isLoose(kept.endBinding)
      ? newElementWith(kept, {
          startBinding: isLoose(kept.startBinding) ? null : kept.startBinding,
          endBinding: isLoose(kept.endBinding) ? null : kept.endBinding,
        })
      : kept;
  });
  return ordered(changed);
}

function replaced(elements: Elements, ...changed: Unordered): Elements {
  const byId = new Map(changed.map((element) => [element.id, element]));
  return ordered(elements.map((element) => byId.get(element.id) ?? element));
}
