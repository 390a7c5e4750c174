import { parentPort, workerData } from "node:worker_threads";
import { workInBackground } from "./background.ts";
import type { RoomExport } from "./room-export.ts";
import { toXlsx } from "./xlsx.ts";

// A thread that writes one workbook, answers with it, and ends.
workInBackground();
const exported: RoomExport = workerData;
parentPort?.postMessage(await toXlsx(exported));
