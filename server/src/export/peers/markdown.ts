import { plainLine, plainLines } from "@whetstone/shared/plain-markdown";
import { boardBlocks } from "../markdown-board.ts";
import { runBlocks } from "../markdown-runs.ts";
import { fenced, list, quote, table } from "../markdown-text.ts";
import type { Block, KeptQuestion, Practice, ReachedLevel } from "./practice.ts";

/** A practice as a document that reads well as plain text. */
export function practiceMarkdown({ title, name, others, exportedAt, state, chapters }: Practice): string {
  const blocks = [
    `# ${plainLine(title)}`,
    list([`${plainLine(name)}${others.length > 0 ? ` with ${others.map(plainLine).join(", ")}` : ""}`, exportedAt]),
    state ?? "",
    ...chapters.flatMap((chapter) => [`## ${plainLine(chapter.title)}`, ...chapter.blocks.flatMap(blockText)]),
  ];
  return `${blocks.filter(Boolean).join("\n\n")}\n`;
}

function blockText(block: Block): string[] {
  switch (block.kind) {
    case "remark":
      return [block.text];
    case "said":
      return [`**${plainLine(block.label)}**`, quote(plainLines(block.text))];
    case "levels":
      return [levelTable(block.levels)];
    case "question":
      return questionBlocks(block.question);
    default:
      return block satisfies never;
  }
}

function questionBlocks({
  title,
  prompt,
  revealed,
  answerLabel,
  answer,
  board,
  runs,
  levels,
  points,
}: KeptQuestion): string[] {
  return [
    `### ${plainLine(title)}`,
    quote(prompt),
    ...revealed.flatMap(({ label, text }) => [`${label}:`, quote(text)]),
    ...(answer.trim() === "" ? [] : [`${plainLine(answerLabel)}:`, fenced(answer)]),
    ...boardBlocks(board, 4, "Its picture is in the PDF."),
    ...runBlocks(runs),
    ...(levels.length > 0 ? [levelTable(levels)] : []),
    ...points.flatMap(({ label, texts }) => [`${label}:`, list(texts.map(plainLine))]),
  ];
}

const levelTable = (levels: readonly ReachedLevel[]): string =>
  table(
    ["Criterion", "Level", "By", "What that says", "What the next level sounds like"],
    levels.map(({ criterion, level, by, anchor, next }) => [criterion, `${level} of 4`, by, anchor, next ?? "–"]),
  );
