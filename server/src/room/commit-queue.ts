import type { Commit } from "@whetstone/shared/room/event";
import { refusal } from "@whetstone/shared/room/refusal";
import type { RoomState } from "@whetstone/shared/room/state";
import type { Acknowledgement, Frame } from "@whetstone/shared/wire";
import type { RoomLog, Stored } from "./log.ts";
import { answersTo, grow, type Room } from "./room.ts";

/** The answer that a connected sender waits for; what the commit changed for them is put into it, to travel with it. */
export interface Reply {
  /** Identifies the connection. */
  readonly to: object;
  frame?: Frame;
}

/** A commit that is on disk, and its room as it is by then. */
export interface Committed {
  readonly commit: Commit;
  readonly state: RoomState;
  /** Null where no connection waits for the answer. */
  readonly reply: Reply | null;
}

interface Entry extends Committed {
  readonly room: Room;
  readonly answer: (acknowledgement: Acknowledgement) => void;
  /** As what it is on disk; null until it is. */
  stored: Stored | null;
}

export interface CommitQueueOptions {
  readonly log: RoomLog;
  /** Told of what is on disk before it is acknowledged. Never throws. */
  readonly onCommitted: (commits: readonly Committed[]) => void;
  /** Told of a room whose state ran ahead of what could be saved; it has to be read anew. */
  readonly onAstray: (room: Room) => void;
  /** Told of a room of which a commit was answered just now. Never throws. */
  readonly onAnswered: (room: Room) => void;
  /** Told of every append: how many commits are on disk, and why others are not. */
  readonly onAppended: (saved: number, faults: readonly unknown[]) => void;
}

export const DONE: Acknowledgement = { ok: true };
const NOT_SAVED: Acknowledgement = { ok: false, refusal: refusal("not_saved") };
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * So many commits are shown and acknowledged in one turn of the event loop: what the first of a batch bring is on its way, and what comes
 * meanwhile is read, while the rest is still being made.
 */
const SHOWN_IN_A_TURN = 48;

/** So many commits wait for no others. */
const APPENDED_AT_ONCE = 96;

/** Makes commits durable, those together that come at once, and answers each when it is on disk or cannot be. */
export class CommitQueue {
  readonly #options: CommitQueueOptions;
  /** Commits that wait for the next append. */
  #waiting: Entry[] = [];
  #flushing: Promise<void> | null = null;

  constructor(options: CommitQueueOptions) {
    this.#options = options;
  }

  /** Takes the commit in by which the room has just become what it is. */
  add(room: Room, commit: Commit, reply: Reply | null): Promise<Acknowledgement> {
    const answered = new Promise<Acknowledgement>((answer) => {
      this.#waiting.push({ room, commit, state: room.state, reply, answer, stored: null });
    });
    answersTo(room, commit.seatId).set(commit.commandId, answered);
    room.unanswered += 1;
    this.#flushing ??= this.#flush();
    return answered;
  }

  /** Waits until everything that was taken in is answered. */
  async settle(): Promise<void> {
    while (this.#flushing) await this.#flushing;
  }

  /** Appends what was gathered, then what came meanwhile, until nothing waits. */
  async #flush(): Promise<void> {
    do {
      await this.#gather();
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#show(await this.#append(batch));
    } while (this.#waiting.length > 0);
    this.#flushing = null;
  }

  /** Lasts a turn of the event loop, and longer while each brings more: an append costs the disk the same for one as for many. */
  async #gather(): Promise<void> {
    let gathered: number;
    do {
      gathered = this.#waiting.length;
      await nextTurn();
    } while (this.#waiting.length > gathered && this.#waiting.length < APPENDED_AT_ONCE);
  }

  /**
   * Appends a batch in one transaction, and gives what is on disk. Where that fails it is tried room by room, so that only those rooms
   * are refused whose own commits cannot be saved.
   */
  async #append(batch: readonly Entry[]): Promise<readonly Entry[]> {
    const saved: Entry[] = [];
    const faults: unknown[] = [];
    const parts: (readonly Entry[])[] = [batch];
    for (const part of parts) {
      try {
        const stored = await this.#options.log.append(part.map(({ commit }) => commit));
        part.forEach((entry, index) => {
          entry.stored = stored[index] ?? null;
          if (entry.stored) saved.push(entry);
        });
      } catch (error) {
        faults.push(error);
        const rooms = new Set(part.map(({ room }) => room));
        if (rooms.size > 1) for (const one of rooms) parts.push(part.filter(({ room }) => room === one));
        else for (const room of rooms) this.#refuse(room, part);
      }
    }
    this.#options.onAppended(saved.length, faults);
    return saved;
  }

  async #show(saved: readonly Entry[]): Promise<void> {
    for (let shown = 0; shown < saved.length; shown += SHOWN_IN_A_TURN) {
      if (shown > 0) await nextTurn();
      this.#acknowledge(saved.slice(shown, shown + SHOWN_IN_A_TURN));
    }
  }

  /** What comes now is after the append: whatever happens, these commands are acknowledged. */
  #acknowledge(saved: readonly Entry[]): void {
    for (const { room, commit, state, stored } of saved) {
      if (!stored) continue;
      room.durable = state;
      room.point = stored.point;
      room.durableAt = commit.at;
      grow(room, commit.seatId, stored.bytes);
      answersTo(room, commit.seatId).set(commit.commandId, DONE);
    }
    this.#options.onCommitted(saved);
    for (const { reply, answer } of saved) answer(reply?.frame ? { ok: true, frame: reply.frame } : DONE);
    for (const { room } of saved) {
      room.unanswered -= 1;
      this.#options.onAnswered(room);
    }
  }

  /** Nothing of these commits is on disk: their commands are refused, with those that were decided on top of them since. */
  #refuse(room: Room, entries: readonly Entry[]): void {
    const doomed = [...entries, ...this.#waiting.filter((entry) => entry.room === room)];
    this.#waiting = this.#waiting.filter((entry) => entry.room !== room);
    room.unanswered -= doomed.length;
    this.#options.onAstray(room);
    for (const { answer } of doomed) answer(NOT_SAVED);
  }
}
