import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { ExportFormat, ExportProgress, StartExport } from "@whetstone/shared/export-wire";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import { panelViews, type SoughtRooms, soughtRooms } from "../room/panel-views.ts";
import type { Rooms } from "../room/rooms.ts";
import type { Pool } from "../threads/pool.ts";
import { roomExport } from "./from-view.ts";
import type { RoomExport } from "./room-export.ts";
import type writeZip from "./zip-thread.ts";
import type { ZipAnswer, ZipRequest, ZipTask } from "./zip-thread.ts";

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
  readonly pool: Pool;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
  /** What whoever asks is told of a room that cannot be read. */
  readonly onUnreadable: (error: unknown) => Refusal;
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

  /** Starts an export under its name, 256 bits that nobody guesses; one that has that name already is left as it is. */
  start(exportId: string, { secrets, formats }: Pick<StartExport, "secrets" | "formats">): ExportProgress | Refusal {
    const known = this.#jobs.get(exportId);
    if (known) return known.progress;
    if (this.#jobs.size >= JOBS_MOST && !this.#dropOldest()) return refusal("too_many");
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
    const { rooms, now, pool, onUnreadable } = this.#options;
    const zip = new ZipInThread(pool, { path, formats }, stop.signal);
    try {
      for await (const { roomId, view, unreadable: refused } of panelViews(rooms, sought, now, onUnreadable)) {
        const problems = view ? await zip.add(roomExport(view, now())) : [];
        stop.signal.throwIfAborted();
        const { done, leftOut, unreadable = [], ...progress } = job.progress;
        const failed = refused ? [...unreadable, { roomId, sentence: refused.sentence }] : unreadable;
        job.progress = {
          ...progress,
          done: done + 1,
          leftOut: leftOut + (view || refused ? 0 : 1),
          problems: [...progress.problems, ...problems],
          ...(failed.length > 0 && { unreadable: failed }),
        };
      }
      await zip.close();
    } finally {
      await zip.leave();
    }
  }
}

/** One ZIP that is written in a thread, asked one thing after the other. */
class ZipInThread {
  readonly #port: MessagePort;
  readonly #signal: AbortSignal;
  /** Fulfils when the thread is through with it, and rejects when it dies under it. */
  readonly #written: Promise<void>;

  constructor(pool: Pool, work: Omit<ZipTask, "port">, signal: AbortSignal) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#signal = signal;
    this.#written = pool.run<typeof writeZip>("export/zip-thread.js", { ...work, port: port2 }, [port2]);
    this.#written.catch(() => undefined).finally(() => port1.close());
  }

  /** Puts a room's files in; the problems of those that could not be made. */
  async add(exported: RoomExport): Promise<ZipAnswer> {
    const answered = once(this.#port, "message", { signal: this.#signal });
    this.#post({ kind: "room", exported });
    const [answer] = await Promise.race([answered, this.#written.then(() => [[]])]);
    return answer;
  }

  async close(): Promise<void> {
    this.#post({ kind: "end" });
    await this.#written;
  }

  /** Leaves it as it is, and nothing of its file where it is not closed. Never rejects. */
  async leave(): Promise<void> {
    this.#post({ kind: "stop" });
    await this.#written.catch(() => undefined);
  }

  #post(request: ZipRequest): void {
    this.#port.postMessage(request);
  }
}
