import { parentPort, workerData } from "node:worker_threads";
import { comparisonOf } from "@whetstone/shared/across/compare";
import { questionUseOf } from "@whetstone/shared/across/question";
import type { FiguresTask } from "./figures.ts";

// A thread that works one task off, answers, and ends.
const { reading, questionId }: FiguresTask = workerData;
parentPort?.postMessage(questionId === null ? comparisonOf(reading) : questionUseOf(reading, questionId));
