import type { Command, RequestedCommand } from "@whetstone/shared/room/command";
import type { Opening } from "@whetstone/shared/room/course/commands";
import { openRoom } from "@whetstone/shared/room/course/rules";
import { type Actor, type AnyCommand, decide } from "@whetstone/shared/room/decide";
import type { Commit } from "@whetstone/shared/room/event";
import { Differ } from "@whetstone/shared/room/patch";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import type { Context } from "@whetstone/shared/room/rule";
import { seatOfToken } from "@whetstone/shared/room/seats/capabilities";
import type { Link } from "@whetstone/shared/room/seats/commands";
import { evolve, type RoomState } from "@whetstone/shared/room/state";
import { joined, type ViewParts, viewParts } from "@whetstone/shared/room/view/view";
import type { Acknowledgement, Frame, Patch, Presence } from "@whetstone/shared/wire";
import type { RoomLog } from "./log.ts";

/** The far end of one connected viewer. */
export interface Channel {
  readonly id: string;
  /** Sends a frame here and to `others`; it is encoded once for all of them. */
  frame(frame: Frame, others?: readonly Channel[]): void;
  presence(seatIds: Presence): void;
  /** The last thing that is sent: the seat is lost, and the connection closes. */
  lose(refusal: Refusal): void;
}

export interface Connection {
  readonly roomId: string;
  readonly seatId: string;
  /** Carries out a command of this seat; the answer holds what it changed for this viewer. */
  execute(commandId: string, command: Command): Acknowledgement | Promise<Acknowledgement>;
  /** Sends a whole view, for a viewer whose version does not fit. */
  resync(): void;
  close(): void;
}

/** A command, who gives it, and the connection that waits for the answer where it came over one. */
interface Issue {
  readonly actor: Actor;
  readonly command: AnyCommand;
  readonly viewer: Viewer | null;
}

export interface RoomsOptions {
  readonly log: RoomLog;
  readonly now: () => number;
  readonly newId: (prefix: string) => string;
  /** A random integer, so that a version tells nothing about what happened before it. */
  readonly newVersion: () => number;
  readonly question: Context["question"];
  /** Told of a failed append; the commands in it are refused. */
  readonly onAppendFailed: (error: unknown) => void;
}

interface Viewer {
  readonly seatId: string;
  readonly tokenHash: string;
  readonly channel: Channel;
  sent: ViewParts;
  version: number;
  presence: string;
}

/** What a room's viewers are to be sent, apart from what travels with answers. */
interface Publication {
  readonly roomId: string;
  readonly deliveries: { readonly frame: Patch; readonly first: Channel; readonly others: Channel[] }[];
  peopleChanged: boolean;
}

/** By commandId. */
type Answers = Map<string, Acknowledgement | Promise<Acknowledgement>>;

interface Room {
  readonly roomId: string;
  /** What the next command is decided on; may be ahead of the disk. */
  state: RoomState;
  /** What is on disk; all that anybody sees is made from it. */
  durable: RoomState;
  seq: number;
  at: number;
  /** By seat, what was answered to its commands, or will be to those on their way to the disk. */
  readonly answers: Map<string | null, Answers>;
}

interface Pending {
  readonly room: Room;
  readonly commit: Commit;
  readonly stateAfter: RoomState;
  /** Whose command it is, where a connection waits for the answer. */
  readonly viewer: Viewer | null;
  readonly answer: (acknowledgement: Acknowledgement) => void;
}

const refused = (reason: Refusal): Acknowledgement => ({ ok: false, refusal: reason });
const DONE: Acknowledgement = { ok: true };
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * All rooms of this process. A command goes through here from top to bottom: `execute` decides it and moves the room on, `flush` makes
 * the commits of one turn of the event loop durable together, `publish` shows every viewer what changed for them.
 */
export class Rooms {
  readonly #options: RoomsOptions;
  readonly #rooms = new Map<string, Room>();
  readonly #loading = new Map<string, Promise<Room | null>>();
  readonly #viewers = new Map<string, Set<Viewer>>();
  /** Commits that wait for the next append, and those that are on their way to the disk. */
  #pending: Pending[] = [];
  #appending: Pending[] = [];
  #flushing: Promise<void> | null = null;

  constructor(options: RoomsOptions) {
    this.#options = options;
  }

  /** Opens a room under an identifier that is new, and answers when it is on disk. */
  async open(
    roomId: string,
    commandId: string,
    opening: Opening,
    host: { seatId: string; linkId: string; tokenHash: string },
    links: Link[],
  ): Promise<Acknowledgement> {
    const decision = openRoom(opening, host, links, this.#options);
    if ("refusal" in decision) return refused(decision.refusal);
    const at = this.#options.now();
    const [first] = decision.events;
    if (!first) return refused(refusal("malformed"));
    const commit: Commit = { roomId, seq: 1, commandId, seatId: null, at, events: [first] };
    const state = evolve(null, first, at);
    const room: Room = { roomId, state, durable: state, seq: 1, at, answers: new Map() };
    this.#rooms.set(roomId, room);
    return this.#commit(room, commit, null);
  }

  /** Carries a command of the server's routes out. Answers when its events are on disk and were shown, or with the refusal. */
  async execute(roomId: string, commandId: string, actor: Actor, command: RequestedCommand): Promise<Acknowledgement> {
    return this.#execute(roomId, commandId, { actor, command, viewer: null });
  }

  #execute(roomId: string, commandId: string, issue: Issue): Acknowledgement | Promise<Acknowledgement> {
    const room = this.#rooms.get(roomId);
    if (room) return this.#executeIn(room, commandId, issue);
    return this.#with(roomId, (loaded) =>
      loaded ? this.#executeIn(loaded, commandId, issue) : refused(refusal("unknown_room")),
    );
  }

  #executeIn(room: Room, commandId: string, issue: Issue): Acknowledgement | Promise<Acknowledgement> {
    const { actor, command, viewer } = issue;
    const seatId = actor.kind === "seat" ? actor.seatId : null;
    const known = answersTo(room, seatId).get(commandId);
    if (known) return known instanceof Promise ? known.then((answer) => (answer.ok ? DONE : answer)) : known;

    const at = Math.max(room.at, this.#options.now());
    const { newId, question } = this.#options;
    const decision = decide(room.state, actor, command, { now: at, newId, question });
    if ("refusal" in decision) return refused(decision.refusal);
    const events = [...decision.events];
    room.state = events.reduce((state, event) => evolve(state, event, at), room.state);
    room.seq += 1;
    room.at = at;
    const commit = { roomId: room.roomId, seq: room.seq, commandId, seatId, at, events };
    return this.#commit(room, commit, viewer);
  }

  /** What is on disk of a room, or null when there is none. */
  async read(roomId: string): Promise<RoomState | null> {
    return this.#with(roomId, (room) => room?.durable ?? null);
  }

  /**
   * Seats a viewer and sends the first whole view. From the look at the state to the sending nothing else can happen, so no
   * commit falls between. A viewer who holds the same seat already loses it to this one.
   */
  async connect(roomId: string, tokenHash: string, channel: Channel): Promise<Connection | Refusal> {
    return this.#with(roomId, (room) => (room ? this.#connectTo(room, tokenHash, channel) : refusal("unknown_room")));
  }

  #connectTo(room: Room, tokenHash: string, channel: Channel): Connection | Refusal {
    const { roomId } = room;
    const seatId = seatOfToken(room.durable, tokenHash);
    if (typeof seatId !== "string") return seatId;
    const sent = viewParts(room.durable, seatId);
    if (!sent) return refusal("seat_removed");

    const viewers = this.#viewersOf(roomId);
    for (const other of viewers) if (other.seatId === seatId) this.#lose(roomId, other, refusal("seat_taken_over"));
    const viewer: Viewer = { seatId, tokenHash, channel, sent, version: this.#options.newVersion(), presence: "" };
    viewers.add(viewer);
    channel.frame({ kind: "whole", version: viewer.version, view: joined(sent) });
    this.#announce(roomId);
    return {
      roomId,
      seatId,
      execute: (commandId, command) =>
        this.#execute(roomId, commandId, { actor: { kind: "seat", seatId }, command, viewer }),
      resync: () => {
        viewer.version = this.#options.newVersion();
        channel.frame({ kind: "whole", version: viewer.version, view: joined(viewer.sent) });
      },
      close: () => {
        viewers.delete(viewer);
        this.#announce(roomId);
        this.#release(roomId);
      },
    };
  }

  /** Waits until everything that was accepted is on disk and answered. */
  async settle(): Promise<void> {
    while (this.#flushing) await this.#flushing;
  }

  #commit(room: Room, commit: Commit, viewer: Viewer | null): Promise<Acknowledgement> {
    const answered = new Promise<Acknowledgement>((answer) => {
      this.#pending.push({ room, commit, stateAfter: room.state, viewer, answer });
    });
    answersTo(room, commit.seatId).set(commit.commandId, answered);
    this.#flushing ??= this.#flush();
    return answered;
  }

  /** Appends what one turn of the event loop gathered, then what the next one did, until nothing waits. */
  async #flush(): Promise<void> {
    do {
      await nextTurn();
      const batch = this.#pending;
      this.#appending = batch;
      this.#pending = [];
      try {
        await this.#options.log.append(batch.map(({ commit }) => commit));
        this.#appending = [];
        this.#settle(batch);
      } catch (error) {
        this.#appending = [];
        this.#options.onAppendFailed(error);
        this.#refuseAll(batch);
      }
    } while (this.#pending.length > 0);
    this.#flushing = null;
  }

  /** The batch is on disk: its rooms are shown as they are now, and its commands are acknowledged. */
  #settle(batch: readonly Pending[]): void {
    for (const { room, commit, stateAfter } of batch) {
      room.durable = stateAfter;
      answersTo(room, commit.seatId).set(commit.commandId, DONE);
    }
    const frames = new Map<Viewer | null, Frame | undefined>();
    for (const { viewer } of batch) if (viewer) frames.set(viewer, undefined);
    const rooms = new Set(batch.map(({ room }) => room));
    // The frames of all rooms leave in one burst, as it costs less to write to a receiver who is awake already.
    const publications = [...rooms].map((room) => this.#publish(room, frames));
    for (const { roomId, deliveries, peopleChanged } of publications) {
      for (const { frame, first, others } of deliveries) first.frame(frame, others);
      if (peopleChanged) this.#announce(roomId);
    }
    for (const { viewer, answer } of batch) {
      const frame = frames.get(viewer);
      frames.delete(viewer);
      answer(frame ? { ok: true, frame } : DONE);
    }
    for (const { room } of batch) this.#release(room.roomId);
  }

  /**
   * Nothing of the batch is on disk: its commands are refused, with those that were decided on top of them since, and their rooms
   * are read anew from the log.
   */
  #refuseAll(batch: readonly Pending[]): void {
    const rooms = new Set(batch.map(({ room }) => room));
    const doomed = [...batch, ...this.#pending.filter(({ room }) => rooms.has(room))];
    this.#pending = this.#pending.filter(({ room }) => !rooms.has(room));
    for (const { roomId } of rooms) this.#rooms.delete(roomId);
    for (const { answer } of doomed) answer(refused(refusal("not_saved")));
  }

  /**
   * What to send to whom: for each viewer the difference between what they saw last and what they may see now, and nothing where nothing
   * changed. For a viewer that `frames` names it is put there, to travel with the answer that they wait for.
   */
  #publish({ roomId, durable }: Room, frames: Map<Viewer | null, Frame | undefined>): Publication {
    const publication: Publication = { roomId, deliveries: [], peopleChanged: false };
    const { deliveries } = publication;
    const differ = new Differ();
    const version = this.#options.newVersion();
    for (const viewer of this.#viewers.get(roomId) ?? []) {
      const next = viewParts(durable, viewer.seatId);
      if (!next || durable.seats[viewer.seatId]?.tokenHash !== viewer.tokenHash) {
        this.#lose(roomId, viewer, refusal(next ? "seat_taken_over" : "seat_removed"));
        publication.peopleChanged = true;
        continue;
      }
      const operations = differ.diff(viewer.sent, next);
      if (operations.length === 0) continue;
      const frame: Patch = { kind: "patch", from: viewer.version, version, operations };
      publication.peopleChanged ||= operations.some((operation) => operation[1][0] === "people");
      viewer.sent = next;
      viewer.version = version;
      if (frames.has(viewer)) {
        frames.set(viewer, frame);
        continue;
      }
      const alike = deliveries.find((delivery) => isSamePatch(delivery.frame, frame));
      if (alike) alike.others.push(viewer.channel);
      else deliveries.push({ frame, first: viewer.channel, others: [] });
    }
    return publication;
  }

  /** Tells each viewer who of the people they see is connected, when that changed for them. */
  #announce(roomId: string): void {
    const viewers = this.#viewersOf(roomId);
    const connected = new Set([...viewers].map(({ seatId }) => seatId));
    for (const viewer of viewers) {
      const { people } = joined(viewer.sent);
      const seatIds = people.map(({ seatId }) => seatId).filter((seatId) => connected.has(seatId));
      const presence = seatIds.join();
      if (presence === viewer.presence) continue;
      viewer.presence = presence;
      viewer.channel.presence(seatIds);
    }
  }

  #lose(roomId: string, viewer: Viewer, reason: Refusal): void {
    this.#viewersOf(roomId).delete(viewer);
    viewer.channel.lose(reason);
  }

  #viewersOf(roomId: string): Set<Viewer> {
    const known = this.#viewers.get(roomId);
    if (known) return known;
    const viewers = new Set<Viewer>();
    this.#viewers.set(roomId, viewers);
    return viewers;
  }

  /** Calls `use` with the room, or null when there is none. A room that is read can be forgotten before its turn comes, and is read again. */
  async #with<T>(roomId: string, use: (room: Room | null) => T): Promise<Awaited<T>> {
    let room = this.#rooms.get(roomId);
    while (!room) {
      if (!(await this.#load(roomId))) return await use(null);
      room = this.#rooms.get(roomId);
    }
    const result = use(room);
    this.#release(roomId);
    return await result;
  }

  /** Reads a room from its log, once for all who wait for it. */
  #load(roomId: string): Promise<Room | null> {
    const underWay = this.#loading.get(roomId);
    if (underWay) return underWay;
    const loading = this.#replay(roomId)
      .then((room) => {
        if (room) this.#rooms.set(roomId, room);
        return room;
      })
      .finally(() => this.#loading.delete(roomId));
    this.#loading.set(roomId, loading);
    return loading;
  }

  async #replay(roomId: string): Promise<Room | null> {
    const commits = await this.#options.log.read(roomId);
    let state: RoomState | null = null;
    for (const { events, at } of commits) for (const event of events) state = evolve(state, event, at);
    const last = commits.at(-1);
    if (!state || !last) return null;
    const room: Room = { roomId, state, durable: state, seq: last.seq, at: last.at, answers: new Map() };
    for (const { seatId, commandId } of commits) answersTo(room, seatId).set(commandId, DONE);
    return room;
  }

  /** Forgets a room that nobody looks at; its log brings it back. */
  #release(roomId: string): void {
    if (this.#viewers.get(roomId)?.size) return;
    this.#viewers.delete(roomId);
    const isOfRoom = ({ room }: Pending) => room.roomId === roomId;
    if (!this.#appending.some(isOfRoom) && !this.#pending.some(isOfRoom)) this.#rooms.delete(roomId);
  }
}

function answersTo({ answers }: Room, seatId: string | null): Answers {
  const known = answers.get(seatId);
  if (known) return known;
  const none: Answers = new Map();
  answers.set(seatId, none);
  return none;
}

/** Whether two patches of one publication are equal; `Differ` gives viewers with the same change the same operations. */
function isSamePatch(one: Patch, other: Patch): boolean {
  return (
    one.from === other.from &&
    one.operations.length === other.operations.length &&
    one.operations.every((operation, index) => operation === other.operations[index])
  );
}
