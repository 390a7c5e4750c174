import "../threads/background.ts";
import { comparisonOf } from "@whetstone/shared/across/compare";
import { questionUseOf } from "@whetstone/shared/across/question";
import type { Reading } from "@whetstone/shared/across/rooms";

/** What figures are made of; without a question they compare candidates. */
interface FiguresTask {
  readonly reading: Reading;
  readonly questionId: string | null;
}

export default ({ reading, questionId }: FiguresTask): unknown =>
  questionId === null ? comparisonOf(reading) : questionUseOf(reading, questionId);
