import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { ExportFormat, ExportProgress, StartExport } from "@whetstone/shared/export-wire";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import { panelViews, type SoughtRooms, soughtRooms } from "../room/panel-views.ts";
import type { Rooms } from "../room/rooms.ts";
import { roomExport } from "./from-view.ts";
import type { RoomExport } from "./room-export.ts";
import type { ZipAnswer, ZipRequest, ZipWork } from "./zip-thread.ts";

/** A thread begins with a built file, also where the tests run the sources. */
const THREAD = new URL("../../dist/export/zip-thread.js", import.meta.url);
/** Exports that are waiting, being made or to be taken. */
const JOBS_MOST = 20;
/** How long a finished export can be fetched, in milliseconds. */
const KEPT_MS = 30 * 60_000;

interface Job {
  readonly exportId: string;
  readonly path: string;
  readonly sought: SoughtRooms;
  readonly formats: readonly ExportFormat[];
  readonly stop: AbortController;
  progress: ExportProgress;
}

export interface ExportJobsOptions {
  /** Where the files are put; emptied at the start. */
  readonly directory: string;
  readonly rooms: Rooms;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

/**
 * Exports of many rooms as one ZIP, one at a time. Rooms are read here, with a turn of the event loop between them; their files are written
 * in a thread, so that no interview waits for a page to be set.
 */
export class ExportJobs {
  readonly #options: ExportJobsOptions;
  readonly #jobs = new Map<string, Job>();
  #running: Promise<void> = Promise.resolve();

  constructor(options: ExportJobsOptions) {
    this.#options = options;
    rmSync(options.directory, { recursive: true, force: true });
  }

  start({ secrets, formats }: StartExport): ExportProgress | Refusal {
    if (this.#jobs.size >= JOBS_MOST && !this.#dropOldest()) return refusal("too_many");
    const exportId = randomBytes(32).toString("base64url");
    const sought = soughtRooms(secrets);
    const job: Job = {
      exportId,
      path: join(this.#options.directory, `${exportId}.zip`),
      sought,
      formats: [...new Set(formats)],
      stop: new AbortController(),
      progress: {
        exportId,
        state: "waiting",
        done: 0,
        total: sought.rooms.size,
        leftOut: sought.malformed,
        problems: [],
      },
    };
    this.#jobs.set(exportId, job);
    this.#running = this.#running.then(() => this.#run(job));
    return job.progress;
  }

  progress(exportId: string): ExportProgress | Refusal {
    return this.#jobs.get(exportId)?.progress ?? refusal("unknown_export");
  }

  /** Where the finished file is. */
  file(exportId: string): { readonly path: string } | Refusal {
    const job = this.#jobs.get(exportId);
    return job?.progress.state === "ready" ? { path: job.path } : refusal("unknown_export");
  }

  /** Stops an export, or drops the one that is finished, with its file. */
  drop(exportId: string): void {
    const job = this.#jobs.get(exportId);
    if (!job) return;
    this.#jobs.delete(exportId);
    job.stop.abort();
    rmSync(job.path, { force: true });
  }

  /** Drops the export that was finished first, so that files nobody takes keep nobody from their own. */
  #dropOldest(): boolean {
    const isOver = ({ progress: { state } }: Job) => state === "ready" || state === "failed";
    const oldest = [...this.#jobs.values()].find(isOver);
    if (oldest) this.drop(oldest.exportId);
    return oldest !== undefined;
  }

  async close(): Promise<void> {
    for (const exportId of this.#jobs.keys()) this.drop(exportId);
    await this.#running;
    rmSync(this.#options.directory, { recursive: true, force: true });
  }

  /** Never rejects: what went wrong is the job's state. */
  async #run(job: Job): Promise<void> {
    if (job.stop.signal.aborted) return;
    try {
      job.progress = { ...job.progress, state: "running" };
      mkdirSync(this.#options.directory, { recursive: true, mode: 0o700 });
      await this.#write(job);
      job.progress = { ...job.progress, state: "ready" };
    } catch (error) {
      if (!job.stop.signal.aborted) this.#options.onError(error);
      job.progress = { ...job.progress, state: "failed" };
    }
    if (job.stop.signal.aborted) rmSync(job.path, { force: true });
    else setTimeout(() => this.drop(job.exportId), KEPT_MS).unref();
  }

  async #write(job: Job): Promise<void> {
    const { sought, formats, stop, path } = job;
    const { rooms, now } = this.#options;
    const zip = new ZipThread({ path, formats }, stop.signal);
    try {
      for await (const { view } of panelViews(rooms, sought, now)) {
        const problems = view ? await zip.add(roomExport(view, now())) : [];
        stop.signal.throwIfAborted();
        const { done, leftOut, ...progress } = job.progress;
        job.progress = {
          ...progress,
          done: done + 1,
          leftOut: leftOut + (view ? 0 : 1),
          problems: [...progress.problems, ...problems],
        };
      }
      await zip.close();
    } finally {
      await zip.terminate();
    }
  }
}

/** The thread of one ZIP, asked one thing after the other. */
class ZipThread {
  readonly #worker: Worker;
  readonly #signal: AbortSignal;

  constructor(work: ZipWork, signal: AbortSignal) {
    this.#worker = new Worker(THREAD, { workerData: work, execArgv: [] });
    this.#signal = signal;
  }

  /** Puts a room's files in; the problems of those that could not be made. */
  async add(exported: RoomExport): Promise<readonly string[]> {
    const answer = await this.#ask({ kind: "room", exported });
    return answer.kind === "added" ? answer.problems : [];
  }

  async close(): Promise<void> {
    await this.#ask({ kind: "end" });
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Rejects when the thread dies, and when the export is stopped. */
  #ask(request: ZipRequest): Promise<ZipAnswer> {
    const worker = this.#worker;
    const signal = this.#signal;
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        worker.off("message", onMessage).off("error", onError).off("exit", onExit);
        signal.removeEventListener("abort", onAbort);
        finish();
      };
      const onMessage = (answer: ZipAnswer) => settle(() => resolve(answer));
      const onError = (error: unknown) => settle(() => reject(error));
      const onExit = () => settle(() => reject(new Error("The thread of an export ended by itself.")));
      const onAbort = () => settle(() => reject(signal.reason));
      worker.on("message", onMessage).on("error", onError).on("exit", onExit);
      signal.addEventListener("abort", onAbort);
      if (signal.aborted) onAbort();
      else worker.postMessage(request);
    });
  }
}
