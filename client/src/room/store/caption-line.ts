import type { Caption, CaptionAnswer, CaptionMessage } from "@whetstone/shared/captions/wire";
import type { Refusal } from "@whetstone/shared/room/refusal";
import { isTemporary } from "../../refusals.ts";
import type { RoomSocket } from "./socket.ts";

export interface CaptionsSnapshot {
  /** What was said while this page was open, oldest first. */
  readonly lines: readonly Caption[];
  /** The lines of this page that have not reached the server yet. */
  readonly unsent: ReadonlySet<string>;
  /** Why the server took no line of this page last; null where it did. */
  readonly refused: Refusal | null;
}

/** How long an answer is waited for, in milliseconds. */
const ANSWER_MS = 10_000;
/** Between two messages, in milliseconds, as a line grows: words come to it at once, and letters do not go one by one. */
const BETWEEN_MS = 150;
/** Before what the server had too much of is sent again. */
const AGAIN_MS = 1_000;
/** So many lines stay on the page, and so many wait at the most. */
const MOST_LINES = 300;

/** Captions on a room's connection: what others say, and what this page says for somebody. They are on this page alone, and gone with it. */
export class CaptionLine {
  readonly #socket: RoomSocket;
  readonly #listeners = new Set<() => void>();
  #snapshot: CaptionsSnapshot = { lines: [], unsent: new Set(), refused: null };
  /** In their order, each line as it is by now. */
  #queue: readonly CaptionMessage[] = [];
  #inFlight: CaptionMessage | null = null;
  #isConnected = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: RoomSocket) {
    this.#socket = socket;
    socket.on("caption", (caption) => this.#put(caption));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): CaptionsSnapshot => this.#snapshot;

  /** Says a line, or goes on with it. One that is finished waits for a connection; one that is not is of no use later. */
  say(message: CaptionMessage, writerId: string): void {
    const { speakerId = writerId, ...line } = message;
    this.#put({ ...line, writerId, speakerId });
    const known = this.#queue.some(({ lineId }) => lineId === message.lineId);
    this.#queue = known
      ? this.#queue.map((queued) => (queued.lineId === message.lineId ? message : queued))
      : [...this.#queue, message].slice(-MOST_LINES);
    this.#tell({});
    if (!this.#timer) this.#pump();
  }

  connected(): void {
    if (this.#isConnected) return;
    this.#isConnected = true;
    this.#pump();
  }

  disconnected(): void {
    this.#isConnected = false;
    this.#inFlight = null;
    this.#queue = this.#queue.filter(({ isFinal }) => isFinal);
    this.#tell({});
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #pump(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const [message] = this.#queue;
    if (!message || !this.#isConnected || this.#inFlight) return;
    this.#inFlight = message;
    this.#socket.timeout(ANSWER_MS).emit("caption", message, (failed: Error | null, answer?: CaptionAnswer) => {
      if (this.#inFlight !== message) return;
      this.#inFlight = null;
      const isLost = failed !== null || !answer;
      const isEarly = answer?.ok === false && isTemporary(answer.refusal.reason);
      // A line that grew meanwhile goes out again as it is by now.
      if (!(isLost || isEarly) || !message.isFinal) this.#queue = this.#queue.filter((queued) => queued !== message);
      this.#tell(answer ? { refused: answer.ok || isEarly ? null : answer.refusal } : {});
      this.#later(isLost || isEarly ? AGAIN_MS : BETWEEN_MS);
    });
  }

  #later(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#pump(), milliseconds);
  }

  #put(caption: Caption): void {
    const { lines } = this.#snapshot;
    const isSame = ({ lineId, writerId }: Caption) => lineId === caption.lineId && writerId === caption.writerId;
    // What was said and taken back whole is no line.
    const isEmpty = caption.text.trim() === "";
    const next = lines.some(isSame)
      ? lines.flatMap((line) => (isSame(line) ? (isEmpty ? [] : [caption]) : [line]))
      : isEmpty
        ? lines
        : [...lines, caption].slice(-MOST_LINES);
    this.#tell({ lines: next });
  }

  #tell(change: Partial<CaptionsSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, unsent: new Set(this.#queue.map(({ lineId }) => lineId)), ...change };
    for (const listener of this.#listeners) listener();
  }
}
