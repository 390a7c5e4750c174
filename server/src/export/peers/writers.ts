import { serialize } from "node:v8";
import type { PeerFeedbackFormat } from "@whetstone/shared/export-wire";
import type { Pool } from "../../threads/pool.ts";
import { WORK } from "../../threads/work.ts";
import type { PdfProblem } from "../pdf/print.ts";
import { practiceMarkdown } from "./markdown.ts";
import type { Practice } from "./practice.ts";
import type practiceWork from "./practice-thread.ts";

interface PracticeWriter {
  readonly mediaType: string;
  readonly write: (practice: Practice) => string | Promise<Uint8Array | PdfProblem>;
}

/** How each format of a practice is written; pages are set in a thread, under the share of who asks for them. */
export const practiceWriters = (pool: Pool, asker: string): Readonly<Record<PeerFeedbackFormat, PracticeWriter>> => ({
  md: { mediaType: "text/markdown; charset=utf-8", write: practiceMarkdown },
  pdf: {
    mediaType: "application/pdf",
    write: (practice) => {
      const task = new Uint8Array(serialize(practice));
      const about = { asker, bytes: task.byteLength, transfer: [task.buffer] };
      return pool.run<typeof practiceWork>(WORK.practice, task, about);
    },
  },
});
