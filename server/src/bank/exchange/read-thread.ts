import { parentPort, workerData } from "node:worker_threads";
import { readImport } from "./read-import.ts";

// A thread that reads one import, answers with what it gives, and ends.
const { files, options }: { files: Parameters<typeof readImport>[0]; options: Parameters<typeof readImport>[1] } =
  workerData;
parentPort?.postMessage(readImport(files, options));
