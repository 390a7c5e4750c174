import { ExportProgress, type StartExport } from "@whetstone/shared/export-wire";
import { call, change, fetchJson } from "../api/call.ts";
import { saveResponse } from "../browser/files.ts";

export const startExport = (body: StartExport) => change("/exports", ExportProgress, { body });

export const exportProgress = (exportId: string, signal: AbortSignal) =>
  fetchJson("/exports/progress", ExportProgress, { method: "POST", body: { exportId }, signal });

/** Stops an export, or lets the server forget the one that was taken. */
export async function dropExport(exportId: string): Promise<void> {
  await call("/exports/drop", { method: "POST", body: { exportId } });
}

export async function takeExport(exportId: string): Promise<void> {
  const response = await call("/exports/file", { method: "POST", body: { exportId } });
  await saveResponse(response, "whetstone-scorecards.zip");
}
