import type { BoardPage, Pictures } from "../pdf/pictures.ts";
import { type Prose, proseOf, writtenProse } from "../pdf/prose.ts";
import { dayAndHour } from "../pdf/words.ts";
import { type WordedRun, wordedRuns } from "../runs.ts";
import type { Chapter, KeptQuestion, Practice, ReachedLevel } from "./practice.ts";

/** What the template of a practice's PDF sets: the same as its Markdown holds, with the bank's Markdown as plain prose. */
export interface PracticePage {
  readonly title: string;
  readonly author: string;
  readonly exportedAt: { readonly year: number; readonly month: number; readonly day: number };
  readonly exported: string;
  readonly others: readonly string[];
  readonly state: string | null;
  readonly chapters: readonly { readonly title: string; readonly blocks: readonly BlockPage[] }[];
}

export function practicePage(
  { title, name, others, exportedAt, state, chapters }: Practice,
  pictures: Pictures,
): PracticePage {
  const [year = 0, month = 0, day = 0] = exportedAt.slice(0, 10).split("-").map(Number);
  return {
    title,
    author: name,
    exportedAt: { year, month, day },
    exported: dayAndHour(exportedAt),
    others,
    state,
    chapters: chapters.map((chapter) => ({
      ...chapter,
      blocks: chapter.blocks.map((block) => inProse(block, pictures)),
    })),
  };
}

type Block = Chapter["blocks"][number];
type BlockPage =
  | Exclude<Block, { kind: "question" | "said" }>
  | SaidPage
  | { kind: "question"; question: QuestionPage };
type SaidPage = { readonly kind: "said"; readonly label: string; readonly text: Prose };

interface QuestionPage extends Omit<KeptQuestion, "prompt" | "revealed" | "board" | "runs" | "levels" | "points"> {
  readonly prompt: Prose;
  readonly revealed: readonly { readonly label: string; readonly text: Prose }[];
  readonly board: BoardPage | null;
  readonly runs: readonly WordedRun[];
  readonly levels: readonly LevelPage[];
  readonly points: readonly { readonly label: string; readonly texts: readonly Prose[] }[];
}

interface LevelPage extends Omit<ReachedLevel, "anchor" | "next"> {
  readonly anchor: Prose;
  readonly next: Prose | null;
}

function inProse(block: Block, pictures: Pictures): BlockPage {
  if (block.kind === "said") return { ...block, text: writtenProse(block.text) };
  if (block.kind !== "question") return block;
  const { question } = block;
  return {
    kind: "question",
    question: {
      ...question,
      prompt: proseOf(question.prompt),
      revealed: question.revealed.map(({ label, text }) => ({ label, text: proseOf(text) })),
      board: pictures.board(question.board, "Its words follow."),
      runs: wordedRuns(question.runs, (png) => pictures.run(png)),
      levels: question.levels.map(levelInProse),
      points: question.points.map(({ label, texts }) => ({ label, texts: texts.map(proseOf) })),
    },
  };
}

const levelInProse = (level: ReachedLevel): LevelPage => ({
  ...level,
  anchor: proseOf(level.anchor),
  next: level.next === null ? null : proseOf(level.next),
});
