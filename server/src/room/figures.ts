import { Comparison } from "@whetstone/shared/comparison/compare";
import type { Reading } from "@whetstone/shared/comparison/interviews";
import { QuestionUse } from "@whetstone/shared/comparison/question-use";
import type { Pool } from "../threads/pool.ts";
import type figuresWork from "./figures-thread.ts";

/** Figures over many interviews, in a thread: an interval over two hundred of them takes a third of a second. */
const figures = (pool: Pool, reading: Reading, questionId: string | null): Promise<unknown> =>
  pool.run<typeof figuresWork>("room/figures-thread.js", { reading, questionId });

export async function comparison(pool: Pool, reading: Reading): Promise<Comparison> {
  return Comparison.parse(await figures(pool, reading, null));
}

export async function questionUse(pool: Pool, reading: Reading, questionId: string): Promise<QuestionUse> {
  return QuestionUse.parse(await figures(pool, reading, questionId));
}
