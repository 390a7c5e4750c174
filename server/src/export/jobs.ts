import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ExportFormat, ExportProgress, StartExport } from "@whetstone/shared/export-wire";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import type { AccessNotes } from "../room/accesses.ts";
import type { Boards } from "../room/documents/boards.ts";
import { firstPanelSeat, panelViews, type SoughtRooms, seatName, soughtRooms } from "../room/panel-views.ts";
import type { Rooms } from "../room/rooms.ts";
import type { Pool } from "../threads/pool.ts";
import { Turns } from "../threads/turns.ts";
import { boardsFor } from "./boards.ts";
import { roomExport } from "./from-view.ts";
import { placeFor } from "./places.ts";
import { ZipInThread } from "./zip-in-thread.ts";

/** How long a finished export can be fetched, in milliseconds. */
const KEPT_MS = 30 * 60_000;

interface Job {
  readonly exportId: string;
  readonly path: string;
  readonly address: string;
  /** The first seat that its secrets open. */
  readonly seat: string;
  /** The seats that its secrets were seen to open, as far as its rooms are read. */
  readonly seats: Set<string>;
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
  /** Who took which room away in which formats. */
  readonly notes: Pick<AccessNotes, "note">;
  readonly boards: Pick<Boards, "of">;
  readonly onError: (error: unknown) => void;
  /** What whoever asks is told of a room that cannot be read. */
  readonly onUnreadable: (error: unknown) => Refusal;
}

/**
 * Exports of many rooms as one ZIP, one at a time. Those who ask take turns: first the addresses, then the seats at each of them. Rooms are read here, with a turn of the event loop between them; their files are written
 * in a thread, so that no interview waits for a page to be set.
 */
export class ExportJobs {
  readonly #options: ExportJobsOptions;
  readonly #jobs = new Map<string, Job>();
  readonly #turns = new Turns();
  #waiting: Job[] = [];
  /** Until nothing waits any more; null where nothing is made. */
  #making: Promise<void> | null = null;
  #closed = false;

  constructor(options: ExportJobsOptions) {
    this.#options = options;
    rmSync(options.directory, { recursive: true, force: true });
  }

  /**
   * Starts an export under its name, 256 bits that nobody guesses; one that has that name already is left as it is. It takes a place only
   * where the secrets open a seat that may read its room. `address` is where the request comes from.
   */
  async start(
    exportId: string,
    { secrets, formats }: Pick<StartExport, "secrets" | "formats">,
    address: string,
  ): Promise<ExportProgress | Refusal> {
    const { rooms, now, onUnreadable } = this.#options;
    if (this.#jobs.has(exportId)) return this.progress(exportId);
    const sought = soughtRooms(secrets);
    const seat = await firstPanelSeat(rooms, sought, now, onUnreadable);
    // The same request may have come twice meanwhile, and the server may be stopping.
    if (this.#jobs.has(exportId)) return this.progress(exportId);
    if (this.#closed) return refusal("server_busy");
    if (seat === null) return refusal("nothing_to_export");
    const place = placeFor(
      [...this.#jobs.values()].map((job) => ({ ...job, isOver: isOver(job) })),
      { seat, address },
    );
    if ("reason" in place) return place;
    if (place.goes !== null) this.drop(place.goes);
    const job = this.#jobOf(exportId, sought, new Set(formats), { seat, address });
    this.#jobs.set(exportId, job);
    this.#waiting.push(job);
    this.#making ??= Promise.resolve().then(() => this.#makeAll());
    return job.progress;
  }

  #jobOf(
    exportId: string,
    sought: SoughtRooms,
    formats: ReadonlySet<ExportFormat>,
    asker: Pick<Job, "seat" | "address">,
  ): Job {
    const { rooms, malformed: leftOut } = sought;
    return {
      exportId,
      ...asker,
      seats: new Set([asker.seat]),
      path: join(this.#options.directory, `${exportId}.zip`),
      sought,
      formats: [...formats],
      stop: new AbortController(),
      progress: { exportId, state: "waiting", done: 0, total: rooms.size, leftOut, problems: [] },
    };
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
    this.#waiting = this.#waiting.filter((one) => one !== job);
    job.stop.abort();
    this.#remove(job);
  }

  /** Stops and drops every export that has anything of the room in it, or is to have. */
  dropAllOf(roomId: string): void {
    for (const { exportId, sought } of this.#jobs.values()) if (sought.rooms.has(roomId)) this.drop(exportId);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const exportId of this.#jobs.keys()) this.drop(exportId);
    await this.#making;
    rmSync(this.#options.directory, { recursive: true, force: true });
  }

  async #makeAll(): Promise<void> {
    for (;;) {
      const job = this.#turns.nextOf(this.#waiting, ({ address, seat }) => [addressTurn(address), seatTurn(seat)]);
      if (!job) break;
      this.#waiting = this.#waiting.filter((one) => one !== job);
      this.#turns.took(addressTurn(job.address));
      this.#turns.took(seatTurn(job.seat));
      await this.#run(job);
    }
    this.#making = null;
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
    if (job.stop.signal.aborted) this.#remove(job);
    else setTimeout(() => this.drop(job.exportId), KEPT_MS).unref();
  }

  /** What cannot be removed is reached by nobody any more, goes with the folder, and keeps nothing else from being done. */
  #remove({ path }: Job): void {
    try {
      rmSync(path, { force: true });
    } catch (error) {
      this.#options.onError(error);
    }
  }

  async #write(job: Job): Promise<void> {
    const { sought, formats, stop, path } = job;
    const { rooms, now, pool, notes, boards, onUnreadable } = this.#options;
    const zip = new ZipInThread(pool, job.address, { path, formats }, stop.signal);
    try {
      for await (const { roomId, view, unreadable: refused } of panelViews(rooms, sought, now, onUnreadable)) {
        if (view) {
          job.seats.add(seatName(roomId, view));
          for (const format of formats) notes.note(roomId, view.you.seatId, { what: "exported", format });
        }
        const drawn = view && (await boardsFor(boards, roomId, view.you.seatId, view.asks));
        const problems = view && drawn ? await zip.add(roomExport(view, now(), drawn)) : [];
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

const addressTurn = (address: string): string => `address ${address}`;
const seatTurn = (seat: string): string => `seat ${seat}`;
const isOver = ({ progress: { state } }: Job): boolean => state === "ready" || state === "failed";
