import { Worker } from "node:worker_threads";
import type { RoomExport } from "./room-export.ts";

/** A thread begins with a built file, also where the tests run the sources. */
const THREAD = new URL("../../dist/export/xlsx-thread.js", import.meta.url);

/** The workbook of `toXlsx`, written in a thread of its own: packing it would make running interviews wait. Never rejects. */
export function xlsxInThread(exported: RoomExport): Promise<Uint8Array | { readonly problem: string }> {
  return new Promise((resolve) => {
    const fail = (reason: string) =>
      resolve({ problem: `The workbook could not be made: ${reason}. Try again, or take another format.` });
    const worker = new Worker(THREAD, { workerData: exported, execArgv: [] });
    worker.once("message", resolve);
    worker.once("error", (error: unknown) => fail(error instanceof Error ? error.message : String(error)));
    worker.once("exit", () => fail("its thread ended by itself"));
  });
}
