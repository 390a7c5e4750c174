import { z } from "zod";
import { BOARD_LIMITS } from "./limits.ts";

/**
 * What stands on a board: elements as Excalidraw makes them, those of them that an interview needs. A picture is none: one that is small on the
 * wire may be unpacked to gigabytes in every browser that shows it, and it would be kept with each change of the document. Nor is a page that is
 * embedded, as it would ask another host.
 */

const ElementId = z.string().regex(/^[\w-]{1,40}$/);
const Coordinate = z.number().min(-BOARD_LIMITS.far).max(BOARD_LIMITS.far);
const Length = Coordinate;
const Point = z.tuple([Coordinate, Coordinate]);
const Points = z.array(Point).max(BOARD_LIMITS.points);
const Whole = z.int().min(0);
const Color = z.string().regex(/^(?:#[\da-f]{3,8}|[a-z]{3,24})$/i);

/** A page on the web, and no script. */
const Link = z
  .string()
  .max(BOARD_LIMITS.link)
  .regex(/^https?:\/\/[^\s/]/i);

const ofAll = {
  id: ElementId,
  x: Coordinate,
  y: Coordinate,
  width: Length,
  height: Length,
  angle: z.number().min(-100).max(100),
  strokeColor: Color,
  backgroundColor: Color,
  fillStyle: z.enum(["hachure", "cross-hatch", "solid", "zigzag"]),
  strokeWidth: z.number().min(0.5).max(20),
  strokeStyle: z.enum(["solid", "dashed", "dotted"]),
  roundness: z.strictObject({ type: z.int().min(1).max(3), value: Length.optional() }).nullable(),
  roughness: z.number().min(0).max(3),
  opacity: z.number().min(0).max(100),
  seed: Whole,
  version: Whole,
  versionNonce: Whole,
  index: z.string().regex(/^[\dA-Za-z]{1,60}$/),
  isDeleted: z.literal(false),
  groupIds: z.array(ElementId).max(20),
  frameId: ElementId.nullable(),
  boundElements: z
    .array(z.strictObject({ id: ElementId, type: z.enum(["arrow", "text"]) }))
    .max(400)
    .nullable(),
  updated: z.number().min(0),
  link: Link.nullable(),
  locked: z.boolean(),
};

/** Of an element's width or height; a line may end a little beside it. */
const Share = z.number().min(-1_000).max(1_000);
const Binding = z
  .strictObject({
    elementId: ElementId,
    focus: z.number().min(-1_000).max(1_000),
    gap: z.number().min(0).max(BOARD_LIMITS.far),
    fixedPoint: z.tuple([Share, Share]).nullish(),
  })
  .nullable();
const Arrowhead = z
  .enum([
    "arrow",
    "bar",
    "dot",
    "circle",
    "circle_outline",
    "triangle",
    "triangle_outline",
    "diamond",
    "diamond_outline",
    "crowfoot_one",
    "crowfoot_many",
    "crowfoot_one_or_many",
  ])
  .nullable();
const ofLines = {
  points: Points,
  lastCommittedPoint: Point.nullable(),
  startBinding: Binding,
  endBinding: Binding,
  startArrowhead: Arrowhead,
  endArrowhead: Arrowhead,
};

const shapes = {
  rectangle: { ...ofAll, type: z.literal("rectangle") },
  diamond: { ...ofAll, type: z.literal("diamond") },
  ellipse: { ...ofAll, type: z.literal("ellipse") },
  frame: { ...ofAll, type: z.literal("frame"), name: z.string().max(200).nullable() },
  line: { ...ofAll, ...ofLines, type: z.literal("line") },
  arrow: {
    ...ofAll,
    ...ofLines,
    type: z.literal("arrow"),
    elbowed: z.boolean(),
    fixedSegments: z
      .array(z.strictObject({ start: Point, end: Point, index: Whole }))
      .max(200)
      .nullish(),
    startIsSpecial: z.boolean().nullish(),
    endIsSpecial: z.boolean().nullish(),
  },
  freedraw: {
    ...ofAll,
    type: z.literal("freedraw"),
    points: Points,
    pressures: z.array(z.number().min(0).max(1)).max(BOARD_LIMITS.points),
    simulatePressure: z.boolean(),
    lastCommittedPoint: Point.nullable(),
  },
  text: {
    ...ofAll,
    type: z.literal("text"),
    text: z.string().max(BOARD_LIMITS.text),
    originalText: z.string().max(BOARD_LIMITS.text),
    fontSize: z.number().min(0.1).max(2_000),
    fontFamily: z.int().min(1).max(20),
    textAlign: z.enum(["left", "center", "right"]),
    verticalAlign: z.enum(["top", "middle", "bottom"]),
    containerId: ElementId.nullable(),
    autoResize: z.boolean(),
    lineHeight: z.number().min(0.5).max(5),
  },
};

/** An element that is on the board. What is not known of it is refused. */
export const BoardElement = z
  .discriminatedUnion("type", [
    z.strictObject(shapes.rectangle),
    z.strictObject(shapes.diamond),
    z.strictObject(shapes.ellipse),
    z.strictObject(shapes.frame),
    z.strictObject(shapes.line),
    z.strictObject(shapes.arrow),
    z.strictObject(shapes.freedraw),
    z.strictObject(shapes.text),
  ])
  .refine((element) => hatchingOf(element) <= BOARD_LIMITS.hatching);
export type BoardElement = z.infer<typeof BoardElement>;

/** One that was taken off: what is left of it tells which of its versions that was. */
const TakenOff = z.strictObject({ id: ElementId, isDeleted: z.literal(true), version: Whole, versionNonce: Whole });

export const BoardEntry = z.union([TakenOff, BoardElement]);
export type BoardEntry = z.infer<typeof BoardEntry>;

export type BoardVersion = Pick<BoardEntry, "version" | "versionNonce">;

/** How many lines a shape is filled with. The finer and the larger, the longer every page draws at it. */
function hatchingOf({ width, height, strokeWidth, fillStyle, backgroundColor }: z.infer<z.ZodObject<typeof ofAll>>) {
  if (fillStyle === "solid" || backgroundColor === "transparent") return 0;
  return (Math.abs(width) + Math.abs(height)) / (4 * strokeWidth);
}

/** Which of two versions of an element stands, everywhere alike: the higher, and of the same one that whose nonce is lower. */
export const stands = (one: BoardVersion, other: BoardVersion): boolean =>
  one.version !== other.version ? one.version > other.version : one.versionNonce <= other.versionNonce;

const HUNDREDTH = 100;

/** A hundredth of a unit is finer than any screen. */
const rounded = (_key: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isInteger(value) ? Math.round(value * HUNDREDTH) / HUNDREDTH : value;

const FIELDS = new Map(Object.entries(shapes).map(([type, shape]) => [type, new Set(Object.keys(shape))]));

/** Whether a board takes elements of this kind at all. */
export const isKindOfBoard = (type: string): boolean => FIELDS.has(type);

/**
 * The entry of an element as Excalidraw has it, with what a board keeps of it and no more; null where a board takes no such element, for which
 * see `BOARD_LIMITS` and the schema.
 */
export function entryOf(element: Readonly<Record<string, unknown>>): BoardEntry | null {
  const { id, isDeleted, version, versionNonce, type } = element;
  const fields = FIELDS.get(String(type));
  const kept = isDeleted
    ? { id, isDeleted, version, versionNonce }
    : Object.fromEntries(Object.entries(element).filter(([field]) => fields?.has(field)));
  const read = BoardEntry.safeParse(JSON.parse(JSON.stringify(kept, rounded)));
  return read.success && JSON.stringify(read.data).length <= BOARD_LIMITS.element ? read.data : null;
}
