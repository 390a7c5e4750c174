import { setTimeout as wait } from "node:timers/promises";
import type { ExportProgress } from "@whetstone/shared/export-wire";

/** Between two looks, in milliseconds: whoever looks without a pause takes the processor from the thread that makes it. */
const PAUSE_MS = 20;

/** Looks how far an export of many rooms is until it is over, and gives what it came to. */
export async function exportEnded<Progress extends Pick<ExportProgress, "state">>(
  look: () => Promise<Progress>,
): Promise<Progress> {
  for (;;) {
    const progress = await look();
    if (progress.state !== "waiting" && progress.state !== "running") return progress;
    await wait(PAUSE_MS);
  }
}
