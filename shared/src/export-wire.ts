import { z } from "zod";
import { Reach, Secrets } from "./comparison/interviews.ts";
import { commandId } from "./room/id.ts";

/** The formats of a room's export, each by the extension of its file. */
export const ExportFormat = z.enum(["pdf", "xlsx", "csv", "md", "json", "greenhouse.json", "lever.json", "ashby.json"]);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** The formats in which one of those who practised with each other keeps what they see. */
export const PeerFeedbackFormat = ExportFormat.extract(["md", "pdf"]);
export type PeerFeedbackFormat = z.infer<typeof PeerFeedbackFormat>;

export const StartExport = z.strictObject({
  commandId,
  secrets: Secrets.min(1),
  formats: z.array(ExportFormat).min(1),
});
export type StartExport = z.infer<typeof StartExport>;

/** Names an export that is being made; who knows the name may follow it, take it, and stop it. */
export const ExportRequest = z.strictObject({ exportId: z.string().max(100) });

/** How far an export of many rooms is. */
export const ExportProgress = z.strictObject({
  exportId: z.string(),
  state: z.enum(["waiting", "running", "ready", "failed"]),
  done: z.int().describe("Rooms that were read, or left out."),
  total: z.int(),
  leftOut: z.int().describe("Secrets and rooms that could not be read."),
  problems: z.array(z.string()).describe("Files that could not be made, each with its reason, as a sentence."),
  // Left out where there is none, as pages of before this know nothing of it.
  unreadable: Reach.shape.unreadable,
});
export type ExportProgress = z.infer<typeof ExportProgress>;
