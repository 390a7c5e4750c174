import { once } from "node:events";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { Pool } from "../threads/pool.ts";
import { WORK } from "../threads/work.ts";
import type { RoomExport } from "./room-export.ts";
import type writeZip from "./zip-thread.ts";
import type { ZipAnswer, ZipRequest, ZipTask } from "./zip-thread.ts";

/** One ZIP that is written in a thread, asked one thing after the other. */
export class ZipInThread {
  readonly #port: MessagePort;
  readonly #signal: AbortSignal;
  /** Fulfils when the thread is through with it, and rejects when it dies under it. */
  readonly #written: Promise<void>;

  constructor(pool: Pool, asker: string, work: Omit<ZipTask, "port">, signal: AbortSignal) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#signal = signal;
    this.#written = pool.run<typeof writeZip>(WORK.zip, { ...work, port: port2 }, { asker, transfer: [port2] });
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
