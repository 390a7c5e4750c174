import { boardOf, putOnBoard, shownOn } from "@whetstone/shared/workspace/board/board";
import type { BoardElement, BoardEntry } from "@whetstone/shared/workspace/board/element";
import { outlineOf } from "@whetstone/shared/workspace/board/outline";
import type { DocumentWritten } from "@whetstone/shared/workspace/wire";
import type * as Y from "yjs";
import { Sheet } from "./documents.ts";
import type { Seat } from "./seats.ts";

const ofAll = {
  width: 200,
  height: 80,
  angle: 0,
  strokeColor: "#1e1e1e",
  backgroundColor: "transparent",
  fillStyle: "solid",
  strokeWidth: 2,
  strokeStyle: "solid",
  roundness: null,
  roughness: 1,
  opacity: 100,
  seed: 1,
  version: 1,
  versionNonce: 1,
  index: "a0",
  isDeleted: false,
  groupIds: [],
  frameId: null,
  boundElements: null,
  updated: 1,
  link: null,
  locked: false,
} as const;

type OfType<T extends BoardElement["type"]> = Extract<BoardElement, { type: T }>;

/** A box as Excalidraw makes one. */
export const box = (id: string, change: Partial<OfType<"rectangle">> = {}): OfType<"rectangle"> => ({
  ...ofAll,
  type: "rectangle",
  id,
  x: 0,
  y: 0,
  ...change,
  groupIds: [],
});

export const words = (id: string, text: string, change: Partial<OfType<"text">> = {}): OfType<"text"> => ({
  ...ofAll,
  type: "text",
  id,
  x: 0,
  y: 0,
  text,
  originalText: text,
  fontSize: 20,
  fontFamily: 5,
  textAlign: "left",
  verticalAlign: "top",
  containerId: null,
  autoResize: true,
  lineHeight: 1.25,
  ...change,
  groupIds: [],
});

export const arrow = (
  id: string,
  from: string | null,
  to: string | null,
  change: Partial<OfType<"arrow">> = {},
): OfType<"arrow"> => ({
  ...ofAll,
  type: "arrow",
  id,
  x: 0,
  y: 0,
  points: [
    [0, 0],
    [80, 0],
  ],
  lastCommittedPoint: null,
  startBinding: from === null ? null : { elementId: from, focus: 0, gap: 4 },
  endBinding: to === null ? null : { elementId: to, focus: 0, gap: 4 },
  startArrowhead: null,
  endArrowhead: "arrow",
  elbowed: false,
  ...change,
  groupIds: [],
});

export const stroke = (id: string, points: number): OfType<"freedraw"> => ({
  ...ofAll,
  type: "freedraw",
  id,
  x: 0,
  y: 0,
  groupIds: [],
  points: Array.from({ length: points }, (_, index): [number, number] => [index / 4, index / 8]),
  pressures: [],
  simulatePressure: true,
  lastCommittedPoint: null,
});

/** What is on the board, by identifier, with the version that stands. */
export const standing = (document: Y.Doc): Record<string, number> =>
  Object.fromEntries(
    [...boardOf(document).values()].filter(({ isDeleted }) => !isDeleted).map((entry) => [entry.id, entry.version]),
  );

/** A board as a seat without a screen has it. */
export class BoardSheet extends Sheet {
  constructor(seat: Seat, askId: string) {
    super(seat, askId, "board");
  }

  drawn(...entries: readonly BoardEntry[]): Uint8Array {
    return this.changed((document) => putOnBoard(document, entries));
  }

  draw(...entries: readonly BoardEntry[]): Promise<DocumentWritten> {
    return this.send(this.drawn(...entries));
  }

  /** Puts something under a key of the board that may be no entry at all. */
  force(key: string, value: unknown): Promise<DocumentWritten> {
    return this.send(this.changed((document) => document.getMap("elements").set(key, value)));
  }

  get standing(): Record<string, number> {
    this.hear();
    return standing(this.yjs);
  }

  get outline() {
    this.hear();
    return outlineOf(shownOn(boardOf(this.yjs)));
  }

  untilStanding(wanted: Record<string, number>): Promise<void> {
    const said = JSON.stringify(Object.entries(wanted).sort());
    return this.seat.waitFor(() => JSON.stringify(Object.entries(this.standing).sort()) === said);
  }
}

export const boardSheetOf = (seat: Seat, askId: string): Promise<BoardSheet> => new BoardSheet(seat, askId).opened();
