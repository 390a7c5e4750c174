import "../threads/background.ts";
import { comparisonOf } from "@whetstone/shared/comparison/compare";
import type { Reading } from "@whetstone/shared/comparison/interviews";
import { questionUseOf } from "@whetstone/shared/comparison/question-use";

/** What figures are made of; without a question they compare candidates. */
interface FiguresTask {
  readonly reading: Reading;
  readonly questionId: string | null;
}

export default ({ reading, questionId }: FiguresTask): unknown =>
  questionId === null ? comparisonOf(reading) : questionUseOf(reading, questionId);
