import type { ExportedBoard } from "./boards.ts";
import { line, list } from "./markdown-text.ts";

/** A board in words, under a heading of that level; `elsewhere` says where its picture is. */
export function boardBlocks(board: ExportedBoard | null | undefined, level: number, elsewhere: string): string[] {
  if (!board) return [];
  const heading = `${"#".repeat(level)} Board`;
  if ("problem" in board) return [heading, board.problem];
  return [heading, `What stands on it, in words. ${elsewhere}`, list(board.outline.map(line))];
}
