import { withBase } from "@whetstone/shared/room/base";
import type { Command, Unsaved } from "@whetstone/shared/room/command";
import { SHOWN, UNKNOWN } from "@whetstone/shared/room/ground";
import { patch } from "@whetstone/shared/room/patch";
import type { Refusal } from "@whetstone/shared/room/refusal";
import { withUnsaved } from "@whetstone/shared/room/unsaved";
import type { View } from "@whetstone/shared/room/view/view";
import type { Acknowledgement, Frame, Patch } from "@whetstone/shared/wire";
import type { KeptList } from "../../browser/kept.ts";
import type { KeyStorage } from "../../browser/storage.ts";
import { isTemporary } from "../../refusals.ts";
import { CallLine } from "./call-line.ts";
import { CaptionLine } from "./caption-line.ts";
import { ServerClock } from "./clock.ts";
import { DocumentLine } from "./documents.ts";
import {
  begun,
  type Entry,
  enqueue,
  envelopeOf,
  isMeant,
  openOutbox,
  replacedBy,
  takenUp,
  writtenIn,
} from "./outbox.ts";
import { Pauses } from "./pauses.ts";
import { asRefused, type RefusedCommand, RefusedCommands } from "./refused.ts";
import type { RoomSocket } from "./socket.ts";
import { type Done, doneAtOnce, doneBy, stands, TakingBack } from "./taking-back.ts";
import { UnsentDocuments } from "./unsent-documents.ts";

export interface RoomSnapshot {
  /** `connecting` until the socket has brought the first view; `outdated` once the server turned out to be of another version than this page. */
  readonly connection: "connecting" | "connected" | "reconnecting" | "outdated";
  /** Why this tab lost its seat for good, or null. */
  readonly lost: Refusal | null;
  /** Why the server could not open the room just now, until it does; it is asked again. */
  readonly turnedAway: Refusal | null;
  /** Whether the server last could not save what was sent; it is sent again until it can. */
  readonly savingFails: boolean;
  /** The server's view with one's own unacknowledged commands in it. */
  readonly view: View | null;
  readonly present: ReadonlySet<string>;
  /** To the host: how full the room is, in percent; null while there is space enough. */
  readonly fullness: number | null;
  readonly unsaved: number;
  /** What was typed and is unsaved, where this browser does not keep it over a reload; else empty. */
  readonly unkept: string;
  readonly pending: ReadonlySet<Command["type"]>;
  /** What the server refused, and what was kept here and cannot be read any more. */
  readonly refused: readonly RefusedCommand[];
  /** What this page did a moment ago and can take back, or null. */
  readonly done: Done | null;
}

export interface RoomStoreOptions {
  readonly roomId: string;
  readonly connect: () => RoomSocket;
  /** What was shown when the seat was taken, and stands until the socket has brought what is so by now. */
  readonly first?: View | null;
  readonly storage: KeyStorage;
  /** Milliseconds since 1970 by a clock that nobody sets while the page is open. */
  readonly now: () => number;
  /** Random numbers from 0 up to 1. */
  readonly random: () => number;
  readonly newId: (prefix: string) => string;
}

const ACKNOWLEDGE_MS = 10_000;
const INITIAL: RoomSnapshot = {
  connection: "connecting",
  lost: null,
  turnedAway: null,
  savingFails: false,
  view: null,
  present: new Set(),
  fullness: null,
  unsaved: 0,
  unkept: "",
  pending: new Set(),
  refused: [],
  done: null,
};

/** One seat in one room: the socket, the latest view, and what is not acknowledged yet. Knows nothing of React. */
export class RoomStore {
  readonly clock: ServerClock;
  readonly documents: DocumentLine;
  readonly call: CallLine;
  readonly captions: CaptionLine;
  readonly #options: RoomStoreOptions;
  readonly #socket: RoomSocket;
  readonly #listeners = new Set<() => void>();
  #snapshot = INITIAL;
  #serverView: View | null = null;
  #version: number | null = null;
  #entries: Entry[] = [];
  /** Where the seat was taken over in this browser, what is kept belongs to the tab that took it. */
  readonly #refused = new RefusedCommands(() => this.#snapshot.lost === null);
  readonly #takingBack = new TakingBack(() => this.#update({}));
  /** Where this seat's outbox is kept; null until the seat is known. */
  #outbox: KeptList<Entry> | null = null;
  #inFlight: string | null = null;
  #savingFails = false;
  /** A command that was sent again on the same connection, because its answer did not come. */
  #resent: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the server has shown the room since it was connected to last. */
  #isShown = false;
  #comingBack: ReturnType<typeof setTimeout> | undefined;
  /** Until when nothing is sent, as the server could not do the last thing. */
  #notBefore = Number.NEGATIVE_INFINITY;
  readonly #betweenSendings: Pauses;
  readonly #betweenConnections: Pauses;

  constructor(options: RoomStoreOptions) {
    this.#options = options;
    this.#betweenSendings = new Pauses(options.random);
    this.#betweenConnections = new Pauses(options.random);
    this.#socket = options.connect();
    this.clock = new ServerClock(this.#socket, options.now);
    this.call = new CallLine(this.#socket);
    this.captions = new CaptionLine(this.#socket);
    this.documents = new DocumentLine(this.#socket, {
      onChange: () => this.#update({}),
      onRefused: (askId, text, why) => {
        this.#refused.add({ commandId: options.newId("c"), command: { type: "writeAnswer", askId, text } }, why);
        this.#update({});
      },
    });
    this.#begin(options.first ?? null);
    this.#socket.on("frame", (frame) => this.#receive(frame));
    this.#socket.on("presence", (seatIds) => this.#update({ present: new Set(seatIds) }));
    this.#socket.on("fullness", (fullness) => this.#update({ fullness }));
    this.#socket.on("seatLost", (lost) => this.#lose(lost));
    this.#socket.on("disconnect", (reason) => this.#disconnected(reason));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): RoomSnapshot => this.#snapshot;

  /** Keeps a command and sends it as soon as it can; shows its effect at once where it only writes one's own. */
  readonly send = (command: Command): void => {
    const { now, newId } = this.#options;
    this.#takingBack.did(doneAtOnce(command, this.#snapshot.view));
    this.#setEntries(enqueue(this.#entries, this.#onBase(command), { now: now(), commandId: newId("c") }));
    this.#pump();
  };

  /** Takes back what this page did last, where that is still offered. */
  readonly takeBack = (): void => {
    const { done } = this.#takingBack;
    this.#takingBack.over();
    if (done) this.send(done.takesBack(this.clock.now()));
  };

  /** Sends what was typed without waiting for more. */
  readonly flush = (): void => {
    this.#setEntries(this.#entries.map((entry) => ({ ...entry, dueAt: 0 })));
    this.#pump();
    this.documents.flush();
  };

  readonly dismiss = (id: string): void => {
    this.#outbox?.letGo(id);
    this.#refused.dismiss(id);
    this.#update({});
  };

  readonly close = (): void => {
    clearTimeout(this.#timer);
    clearTimeout(this.#comingBack);
    this.#takingBack.stop();
    this.clock.stop();
    this.captions.close();
    this.#socket.disconnect();
  };

  /** The command on what was shown when it was written, without the one whose place it takes. */
  #onBase(command: Command): Command {
    const replaced = replacedBy(this.#entries, command);
    const shown = this.#shown(this.#entries.filter((entry) => entry !== replaced));
    return shown ? withBase(shown, command, SHOWN) : command;
  }

  /** The server's view with these commands in it. */
  #shown(entries: readonly Entry[]): View | null {
    return this.#serverView && withUnsaved(this.#serverView, this.#unsaved(entries));
  }

  #unsaved(entries: readonly Entry[]): Unsaved[] {
    const toServer = this.clock.now() - this.#options.now();
    return entries.map((entry) => ({ command: entry.command, begunAt: begun(entry) + toServer }));
  }

  #begin(first: View | null): void {
    if (!first) return;
    this.#serverView = first;
    this.#restoreOutbox(first);
    this.#update({});
  }

  #receive(frame: Frame): void {
    const first = this.#serverView === null;
    if (!this.#apply(frame)) return;
    if (first && this.#serverView) this.#restoreOutbox(this.#serverView);
    this.#isShown = true;
    this.#betweenConnections.over();
    this.#update({ connection: "connected", turnedAway: null });
    this.documents.connected();
    this.call.connected();
    this.captions.connected();
    this.#pump();
  }

  /** Takes a frame over, or asks for the whole view where it does not fit. */
  #apply(frame: Frame): boolean {
    const next = frame.kind === "whole" ? frame.view : this.#patched(frame);
    if (!next) {
      this.#socket.emit("resync");
      return false;
    }
    if (this.#serverView && next.room.phase !== this.#serverView.room.phase) this.#refused.roomWentOn();
    this.#serverView = next;
    this.#version = frame.version;
    return true;
  }

  #patched(frame: Patch): View | null {
    if (frame.from !== this.#version) return null;
    try {
      return patch(this.#serverView, frame.operations) as View;
    } catch {
      return null;
    }
  }

  #restoreOutbox({ you }: View): void {
    const { storage, roomId, now } = this.#options;
    this.#outbox = openOutbox(storage, `whetstone.outbox.${roomId}.${you.seatId}`);
    this.#refused.restore(storage, `whetstone.refused.${roomId}.${you.seatId}`);
    this.documents.restore(new UnsentDocuments(storage, roomId, you.seatId));
    for (const entry of this.#outbox.list) {
      const shown = this.#shown(this.#entries);
      const command = shown ? grounded(shown, entry.command) : entry.command;
      this.#entries = [...this.#entries, { ...takenUp(entry, now()), command }];
    }
  }

  #disconnected(reason: string): void {
    this.#inFlight = null;
    this.documents.disconnected();
    this.call.disconnected();
    this.captions.disconnected();
    if (this.#snapshot.lost || this.#snapshot.connection === "outdated") return;
    this.#update({ connection: this.#serverView ? "reconnecting" : "connecting" });
    this.#notBefore = Number.NEGATIVE_INFINITY;
    if (reason !== "io server disconnect") return;
    // Socket.IO comes back by itself, except where the server closed the connection. Where it showed nothing, it may well do that again.
    clearTimeout(this.#comingBack);
    const wasShown = this.#isShown;
    this.#isShown = false;
    if (wasShown) this.#socket.connect();
    else this.#comingBack = setTimeout(() => this.#socket.connect(), this.#betweenConnections.next());
  }

  #lose(lost: Refusal): void {
    if (isTemporary(lost.reason)) {
      this.#isShown = false;
      this.#update({ turnedAway: lost });
      return;
    }
    // The seat is not lost, only this page cannot speak for it: what is typed on is kept for the page that comes next.
    this.#update(lost.reason === "other_version" ? { connection: "outdated" } : { lost });
    this.close();
  }

  /** Sends the next due command. One at a time, so that the server sees them in the order in which they were given. */
  #pump(): void {
    clearTimeout(this.#timer);
    const [next] = this.#entries;
    if (!next || this.#inFlight !== null || this.#snapshot.connection !== "connected") return;
    const now = this.#options.now();
    const dueAt = Math.max(this.#notBefore, Math.min(...this.#entries.map((entry) => entry.dueAt)));
    if (dueAt > now) {
      this.#timer = setTimeout(() => this.#pump(), dueAt - now);
      return;
    }
    this.#inFlight = next.commandId;
    this.#setEntries(this.#entries.map((entry) => (entry === next ? { ...entry, sent: true } : entry)));
    this.#socket
      .timeout(ACKNOWLEDGE_MS)
      .emit("command", envelopeOf(next, now), (failed: Error | null, answer?: Acknowledgement) => {
        if (this.#inFlight !== next.commandId) return;
        this.#inFlight = null;
        if (!failed && answer) return this.#answered(next, answer);
        this.#resent = next.commandId;
        this.#pump();
      });
  }

  #answered(entry: Entry, answer: Acknowledgement): void {
    if (!answer.ok && isTemporary(answer.refusal.reason)) {
      this.#notBefore = this.#options.now() + this.#betweenSendings.next();
      this.#savingFails = answer.refusal.reason === "not_saved";
      this.#update({});
      this.#pump();
      return;
    }
    this.#betweenSendings.over();
    this.#notBefore = Number.NEGATIVE_INFINITY;
    const before = this.#serverView;
    // The view moves on before its overlay goes, so that nothing flickers.
    if (answer.ok && answer.frame) this.#apply(answer.frame);
    if (answer.ok) this.#takingBack.did(doneBy(entry.command, before, this.#serverView));
    // The first answer, which held the frame, never came.
    if (answer.ok && this.#resent === entry.commandId) this.#socket.emit("resync");
    this.#entries = this.#entries.filter(({ commandId }) => commandId !== entry.commandId);
    if (!answer.ok && isMeant(entry)) this.#refused.add(entry, answer.refusal);
    this.#savingFails = false;
    this.#setEntries(this.#entries);
    this.#pump();
  }

  #setEntries(entries: Entry[]): void {
    this.#entries = entries;
    // Where the seat was taken over in this browser, what is kept belongs to the tab that took it.
    if (!this.#snapshot.lost) this.#outbox?.keep(entries);
    this.#update({});
  }

  #update(change: Partial<RoomSnapshot>): void {
    const isKept = this.#outbox?.outlivesPage ?? true;
    const view = this.#shown(this.#entries);
    const { done } = this.#takingBack;
    const { unwritten } = this.documents;
    this.#snapshot = {
      ...this.#snapshot,
      view,
      savingFails: this.#savingFails || unwritten.some(({ fails }) => fails),
      unsaved: this.#entries.filter(isMeant).length + unwritten.length,
      unkept: [
        ...(isKept ? [] : this.#entries.map(({ command }) => writtenIn(command))),
        ...unwritten.map(({ unkept }) => unkept),
      ]
        .filter(Boolean)
        .join("\n\n"),
      pending: new Set(this.#entries.map(({ command }) => command.type)),
      done: done && stands(done, view) ? done : null,
      refused: [...(this.#outbox?.unread.map(asRefused) ?? []), ...this.#refused.list],
      ...change,
    };
    for (const listener of this.#listeners) listener();
  }
}

/** A command of the page of an earlier build does not say what it was written on. */
const grounded = (shown: View, command: Command): Command =>
  "base" in command && command.base !== undefined ? command : withBase(shown, command, UNKNOWN);
