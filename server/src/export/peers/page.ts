import { plainProse } from "../pdf/plain-prose.ts";
import { dayAndHour } from "../pdf/words.ts";
import type { Chapter, Practice, ReachedLevel } from "./practice.ts";

/** What the template of a practice's PDF sets: the same as its Markdown holds, with the bank's Markdown as plain prose. */
export interface PracticePage {
  readonly title: string;
  readonly author: string;
  readonly exportedAt: { readonly year: number; readonly month: number; readonly day: number };
  readonly exported: string;
  readonly others: readonly string[];
  readonly state: string | null;
  readonly chapters: readonly Chapter[];
}

export function practicePage({ title, name, others, exportedAt, state, chapters }: Practice): PracticePage {
  const [year = 0, month = 0, day = 0] = exportedAt.slice(0, 10).split("-").map(Number);
  return {
    title,
    author: name,
    exportedAt: { year, month, day },
    exported: dayAndHour(exportedAt),
    others,
    state,
    chapters: chapters.map((chapter) => ({ ...chapter, blocks: chapter.blocks.map(inProse) })),
  };
}

function inProse(block: Chapter["blocks"][number]): Chapter["blocks"][number] {
  if (block.kind !== "question") return block;
  const { question } = block;
  return {
    kind: "question",
    question: {
      ...question,
      prompt: plainProse(question.prompt),
      revealed: question.revealed.map(({ label, text }) => ({ label, text: plainProse(text) })),
      levels: question.levels.map(levelInProse),
      points: question.points.map(({ label, texts }) => ({ label, texts: texts.map(plainProse) })),
    },
  };
}

const levelInProse = (level: ReachedLevel): ReachedLevel => ({
  ...level,
  anchor: plainProse(level.anchor),
  next: level.next === null ? null : plainProse(level.next),
});
