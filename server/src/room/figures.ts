import { Worker } from "node:worker_threads";
import { Comparison } from "@whetstone/shared/across/compare";
import { QuestionUse } from "@whetstone/shared/across/question";
import type { Reading } from "@whetstone/shared/across/rooms";

/** What the thread of figures works on; without a question it compares candidates. */
export interface FiguresTask {
  readonly reading: Reading;
  readonly questionId: string | null;
}

/** A thread begins with a built file, also where the tests run the sources. */
const FIGURES = new URL("../../dist/room/figures-thread.js", import.meta.url);

/**
 * Figures over many interviews, each in a thread of its own and one after the other: an interval over two hundred interviews takes
 * a third of a second, in which no live one may stand still.
 */
export class Figures {
  #last: Promise<unknown> = Promise.resolve();

  async comparison(reading: Reading): Promise<Comparison> {
    return Comparison.parse(await this.#inTurn({ reading, questionId: null }));
  }

  async questionUse(reading: Reading, questionId: string): Promise<QuestionUse> {
    return QuestionUse.parse(await this.#inTurn({ reading, questionId }));
  }

  #inTurn(task: FiguresTask): Promise<unknown> {
    const result = this.#last.then(() => inThread(task));
    this.#last = result.catch(() => undefined);
    return result;
  }
}

function inThread(task: FiguresTask): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(FIGURES, { workerData: task, execArgv: [] });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`The thread of figures ended with ${code} and said nothing.`)));
  });
}
