import { Comparison, comparisonOf } from "@whetstone/shared/comparison/compare";
import type { Reading } from "@whetstone/shared/comparison/interviews";
import { QuestionUse, questionUseOf } from "@whetstone/shared/comparison/question-use";
import type { Pool } from "../threads/pool.ts";
import { WORK } from "../threads/work.ts";
import type figuresWork from "./figures-thread.ts";

/**
 * Figures over many interviews, in a thread: an interval over two hundred of them takes a third of a second. Over none there is nothing to
 * compute, so whoever brings secrets that open nothing takes no thread from the others.
 */
const figures = (pool: Pool, asker: string, reading: Reading, questionId: string | null): Promise<unknown> =>
  pool.run<typeof figuresWork>(WORK.figures, { reading, questionId }, { asker });

export async function comparison(pool: Pool, asker: string, reading: Reading): Promise<Comparison> {
  if (reading.interviews.length === 0) return comparisonOf(reading);
  return Comparison.parse(await figures(pool, asker, reading, null));
}

export async function questionUse(
  pool: Pool,
  asker: string,
  reading: Reading,
  questionId: string,
): Promise<QuestionUse> {
  if (reading.interviews.length === 0) return questionUseOf(reading, questionId);
  return QuestionUse.parse(await figures(pool, asker, reading, questionId));
}
