import { readdir } from "node:fs/promises";
import { z } from "zod";
import type { Door } from "./door.ts";

/** What of a process's file descriptors is left for the database, files, threads and whatever else is no connection. */
const RESERVED = 256;

/** More connections than this are no use to one server. */
const MOST_CONNECTIONS = 16_384;

/** Where this part of them is used, whoever runs the server is told. */
const NEAR = 0.8;

const LOOK_EVERY_MS = 5_000;

/** A process's file descriptors, of which each connection and each open file takes one. */
export interface Descriptors {
  /** How many there are; null where the system sets no limit, or does not say. */
  readonly limit: number | null;
  /** How many are in use; null where the system does not say. */
  inUse(): Promise<number | null>;
}

const Report = z.object({ userLimits: z.object({ open_files: z.object({ soft: z.number() }) }) });

/** Those of this process. */
export function ownDescriptors(): Descriptors {
  const report = Report.safeParse(process.report.getReport());
  return {
    limit: report.success ? report.data.userLimits.open_files.soft : null,
    inUse: () =>
      readdir("/dev/fd").then(
        (names) => names.length,
        () => null,
      ),
  };
}

const reservedOf = (limit: number): number => Math.min(RESERVED, Math.floor(limit / 4));

/** How many connections a process can have open and still do its work. */
export const connectionsWithin = (limit: number | null): number =>
  limit === null ? MOST_CONNECTIONS : Math.min(MOST_CONNECTIONS, limit - reservedOf(limit));

export interface Watched {
  readonly door: Door;
  readonly descriptors: Descriptors;
  /** Told once whenever few are left, with the figures. */
  readonly onNear: (inUse: number, limit: number) => void;
}

/** Looks at how many descriptors are left, as files and threads need some too, and tells the door when there are hardly any. */
export class Watch {
  readonly #watched: Watched;
  readonly #timer: NodeJS.Timeout;
  #isNear = false;

  constructor(watched: Watched) {
    this.#watched = watched;
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async look(): Promise<void> {
    const { door, descriptors, onNear } = this.#watched;
    const { limit } = descriptors;
    const inUse = limit === null ? null : ((await descriptors.inUse()) ?? door.open);
    if (limit === null || inUse === null) return;
    const isNear = inUse >= limit * NEAR;
    if (isNear && !this.#isNear) onNear(inUse, limit);
    this.#isNear = isNear;
    door.isScarce = inUse >= limit - reservedOf(limit) / 2;
  }
}
