import { outlineOf } from "@whetstone/shared/workspace/board/outline";
import { pictureOf } from "@whetstone/shared/workspace/board/picture";
import { toldOf } from "@whetstone/shared/workspace/board/told";
import { z } from "zod";
import type { Boards, ReadBoard } from "../room/documents/boards.ts";

/** What was drawn to an ask, as files hold it. */
export const ExportedBoard = z.union([
  z.strictObject({
    elements: z.int().describe("How many shapes, texts, lines and strokes stand on it."),
    outline: z.array(z.string()).describe("What stands on it in words, in reading order; what leads from it follows."),
    picture: z.string().describe("An SVG."),
    width: z.int().describe("Of the picture, in CSS pixels."),
    height: z.int(),
  }),
  z.strictObject({ problem: z.string().describe("Why it is not here, as a sentence.") }),
]);
export type ExportedBoard = z.infer<typeof ExportedBoard>;

/** By ask; where there is none, nothing stands on its board. */
export type ExportedBoards = ReadonlyMap<string, ExportedBoard>;

export const NO_BOARDS: ExportedBoards = new Map();

export const BOARD_PROBLEMS = {
  quiet: "It is quiet time: what is drawn meanwhile is not told. Take this again once it is over.",
  unreadable: "This board cannot be read: what is stored of it is not as it was. Whoever runs the server can look.",
} as const satisfies Record<Exclude<ReadBoard["kind"], "drawn">, string>;

/** The boards of asks, as whoever has the seat may take them away. */
export async function boardsFor(boards: Pick<Boards, "of">, ...of: Parameters<Boards["of"]>): Promise<ExportedBoards> {
  const all = new Map<string, ExportedBoard>();
  for await (const [askId, read] of boards.of(...of)) {
    const board = exportedBoard(read);
    if (board) all.set(askId, board);
  }
  return all;
}

function exportedBoard(board: ReadBoard): ExportedBoard | null {
  if (board.kind !== "drawn") return { problem: BOARD_PROBLEMS[board.kind] };
  const { elements } = board;
  const picture = pictureOf(elements);
  if (!picture) return null;
  const { svg, width, height } = picture;
  return { elements: elements.length, outline: toldOf(outlineOf(elements)), picture: svg, width, height };
}
