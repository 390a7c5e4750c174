import type { AnyCommand } from "@whetstone/shared/room/command";
import type { Opening } from "@whetstone/shared/room/course/commands";
import { openRoom } from "@whetstone/shared/room/course/rules";
import { type Actor, decide } from "@whetstone/shared/room/decide";
import type { Commit } from "@whetstone/shared/room/event";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import type { Context, Decision } from "@whetstone/shared/room/rule";
import type { Link } from "@whetstone/shared/room/seats/commands";
import type { Held } from "@whetstone/shared/room/size";
import { evolve, type RoomState } from "@whetstone/shared/room/state";
import type { Acknowledgement } from "@whetstone/shared/wire";
import { CommitQueue, type Committed, DONE, type Reply } from "./commit-queue.ts";
import { KnownSecrets } from "./known-secrets.ts";
import { loadRoom } from "./loading.ts";
import type { RoomLog } from "./log.ts";
import { RestingRooms } from "./resting-rooms.ts";
import { answersTo, newRoom, type Room } from "./room.ts";
import { RoomClocks } from "./room-clocks.ts";
import { Saving } from "./saving.ts";
import { SnapshotKeeper } from "./snapshot-keeper.ts";
import type { Snapshots } from "./snapshots.ts";

export interface RoomsOptions {
  readonly log: RoomLog;
  readonly snapshots: Snapshots;
  readonly now: () => number;
  /** Milliseconds of a clock that nobody sets; it only measures. */
  readonly steady: () => number;
  /** Told of a room whose time was set while people may be in it. */
  readonly onClockSet: (roomId: string) => void;
  readonly newId: (prefix: string) => string;
  readonly question: Context["question"];
  readonly dealable: Context["dealable"];
  /** From 0 to below 1. */
  readonly random: () => number;
  /** What one room may hold, in bytes of its log and of what is stored beside it. */
  readonly roomBytes: number;
  /** What is stored of a room beside its log, in bytes: all of it, and what a seat has taken of it. */
  readonly heldBeside: (roomId: string, seatId: string | null) => Omit<Held, "most">;
  /** Told of a command before it is decided, in the same turn: what is done in the room by then comes before it. */
  readonly onComing?: (roomId: string, command: AnyCommand) => void;
  /** Told of what fails, with a sentence: saving, from the first command that is refused for it, or what follows a commit. */
  readonly onError: (error: unknown, doing: string) => void;
  /** Told when what failed before can be saved again. */
  readonly onSavingAgain: () => void;
}

const refused = (reason: Refusal): Acknowledgement => ({ ok: false, refusal: reason });

/**
 * All rooms of this process: a room is loaded from its log when it is needed and released when nobody needs it any more. A command
 * goes through `execute`, which decides it and moves the room on; the commit queue makes that durable and answers, and whoever
 * listens is told what was committed, the publisher first.
 */
export class Rooms {
  readonly #options: RoomsOptions;
  readonly #rooms = new Map<string, Room>();
  readonly #loading = new Map<string, Promise<Room | null>>();
  /** How many hold a room, so that it stays loaded. */
  readonly #holders = new Map<string, number>();
  readonly #listeners: ((commits: readonly Committed[]) => void)[] = [];
  readonly #queue: CommitQueue;
  readonly #keeper: SnapshotKeeper;
  readonly #resting = new RestingRooms();
  readonly #clocks: RoomClocks;
  readonly secrets: KnownSecrets;

  constructor(options: RoomsOptions) {
    this.#options = options;
    const { log, snapshots, onError, onSavingAgain, now, steady, onClockSet } = options;
    this.secrets = new KnownSecrets(log);
    this.#keeper = new SnapshotKeeper(snapshots, (error) => onError(error, "a snapshot could not be written"));
    this.#clocks = new RoomClocks({ now, steady, onSet: onClockSet });
    const saving = new Saving({
      onFailing: (error) => onError(error, "commits cannot be saved; commands are refused until they can"),
      onOver: onSavingAgain,
    });
    this.#queue = new CommitQueue({
      log,
      onCommitted: (commits) => this.#tell(commits),
      onAstray: ({ roomId }) => this.#rooms.delete(roomId),
      onAnswered: (room) => {
        this.#keeper.consider(room);
        this.#release(room.roomId);
      },
      onAppended: (saved, faults) => saving.appended(saved, faults),
    });
  }

  /**
   * Tells `listener` of commits when they are on disk and before they are acknowledged, in the order in which listeners were added. One
   * that throws is logged: it keeps neither the others from hearing nor the senders from their answers.
   */
  onCommitted(listener: (commits: readonly Committed[]) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Opens a room, and answers when it is on disk. One that was opened under the same commandId is left as it is, and any other room that
   * has the identifier.
   */
  async open(
    roomId: string,
    commandId: string,
    opening: Opening,
    host: { seatId: string; linkId: string; tokenHash: string; holder?: string },
    links: Link[],
  ): Promise<Acknowledgement> {
    return this.#with(roomId, (known) => {
      if (known) return this.#knownAnswer(known, null, commandId) ?? refused(refusal("malformed"));
      const decision = openRoom(opening, host, links, this.#options);
      if ("refusal" in decision) return refused(decision.refusal);
      const at = this.#options.now();
      const [first] = decision.events;
      if (!first) return refused(refusal("malformed"));
      const commit: Commit = { roomId, seq: 1, commandId, seatId: null, at, events: [first] };
      const state = evolve(null, first, at);
      const room = newRoom(roomId, state, at);
      this.#rooms.set(roomId, room);
      return this.#queue.add(room, commit, null);
    });
  }

  /**
   * Carries a command out. Answers when its events are on disk and were shown, with what they changed for whoever waits for the `reply`,
   * or with the refusal.
   */
  execute(
    roomId: string,
    commandId: string,
    actor: Actor,
    command: AnyCommand,
    reply: Reply | null = null,
  ): Acknowledgement | Promise<Acknowledgement> {
    const room = this.#rooms.get(roomId) ?? this.#wake(roomId);
    if (room) return this.#executeIn(room, commandId, actor, command, reply);
    return this.#with(roomId, (loaded) =>
      loaded ? this.#executeIn(loaded, commandId, actor, command, reply) : refused(refusal("unknown_room")),
    );
  }

  /**
   * Destroys what people wrote in a room, for ever, and answers when nobody can read it any more. `actor` is its host, or the server where the
   * room's time is over. What was begun and not finished is carried through when it is asked for again.
   */
  async erase(
    roomId: string,
    commandId: string,
    actor: Actor,
    command: Extract<AnyCommand, { type: "erase" | "expire" }>,
  ): Promise<Acknowledgement> {
    const answer = await this.execute(roomId, commandId, actor, command);
    if (!answer.ok && answer.refusal.reason !== "room_erased") return answer;
    const { log, snapshots, now } = this.#options;
    await log.erase(roomId, now());
    // What is held of it in memory has its texts; whoever asks next reads it anew, without them.
    this.#rooms.delete(roomId);
    this.#resting.take(roomId);
    await snapshots.drop(roomId);
    return DONE;
  }

  /** Carries out what the server has to do in a room of itself, where there is anything to be done. */
  async tend(
    roomId: string,
    command: Extract<AnyCommand, { type: "keep" | "turn" | "quietOver" }>,
  ): Promise<Acknowledgement> {
    return this.#with(roomId, (room) => {
      if (!room) return refused(refusal("unknown_room"));
      const decision = this.#decide(room, { kind: "server" }, command);
      if ("events" in decision && decision.events.length === 0) return DONE;
      return this.#executeIn(room, this.#options.newId("c"), { kind: "server" }, command, null);
    });
  }

  /**
   * Calls `use` with why a seat may not do something just now in a room, or with null where it may; nothing is done by it. From the decision to
   * the end of `use` nothing else can happen in the room.
   */
  async whether<T>(
    roomId: string,
    seatId: string,
    command: AnyCommand,
    use: (refused: Refusal | null) => T,
  ): Promise<Awaited<T>> {
    return this.#with(roomId, (room) => {
      if (!room) return use(refusal("unknown_room"));
      const decision = this.#decide(room, { kind: "seat", seatId }, command);
      return use("refusal" in decision ? decision.refusal : null);
    });
  }

  #executeIn(
    room: Room,
    commandId: string,
    actor: Actor,
    command: AnyCommand,
    reply: Reply | null,
  ): Acknowledgement | Promise<Acknowledgement> {
    const seatId = actor.kind === "seat" ? actor.seatId : null;
    const known = this.#knownAnswer(room, seatId, commandId);
    if (known) return known;

    this.#options.onComing?.(room.roomId, command);
    const at = this.#clocks.now(room);
    const decision = this.#decide(room, actor, command, at);
    if ("refusal" in decision) return refused(decision.refusal);
    const events = [...decision.events];
    room.state = events.reduce((state, event) => evolve(state, event, at), room.state);
    room.seq += 1;
    room.at = at;
    return this.#queue.add(room, { roomId: room.roomId, seq: room.seq, commandId, seatId, at, events }, reply);
  }

  #decide(room: Room, actor: Actor, command: AnyCommand, now = this.#clocks.now(room)): Decision {
    const { newId, question, dealable, random, roomBytes, heldBeside } = this.#options;
    const seatId = actor.kind === "seat" ? actor.seatId : null;
    const beside = heldBeside(room.roomId, seatId);
    const held: Held = {
      room: room.size.bytes + beside.room,
      seat: (room.size.bySeat.get(seatId) ?? 0) + beside.seat,
      most: roomBytes,
    };
    return decide(room.state, actor, command, { now, newId, question, dealable, random, held });
  }

  /** What a command was answered that came before under the same commandId, or will be; null where none did. */
  #knownAnswer(
    room: Room,
    seatId: string | null,
    commandId: string,
  ): Acknowledgement | Promise<Acknowledgement> | null {
    const known = answersTo(room, seatId).get(commandId);
    return known instanceof Promise ? known.then((answer) => (answer.ok ? DONE : answer)) : (known ?? null);
  }

  #tell(commits: readonly Committed[]): void {
    for (const listener of this.#listeners) {
      try {
        listener(commits);
      } catch (error) {
        this.#options.onError(error, "what follows a commit failed");
      }
    }
  }

  /**
   * Calls `use` with what is on disk of a room, or null when there is none. From the look at the state to the end of `use` nothing else can
   * happen, so no commit falls between. `ahead` is what the room comes to with what is on its way to the disk: nobody is shown anything of it.
   */
  async look<T>(roomId: string, use: (durable: RoomState | null, ahead: RoomState | null) => T): Promise<Awaited<T>> {
    return this.#with(roomId, (room) => use(room?.durable ?? null, room?.state ?? null));
  }

  /** What is on disk of a room, or null when there is none. */
  async read(roomId: string): Promise<RoomState | null> {
    return this.look(roomId, (durable) => durable);
  }

  /** What is on disk of a room that is looked at; undefined of any other. */
  loaded(roomId: string): RoomState | undefined {
    return this.#rooms.get(roomId)?.durable;
  }

  /** A room's time, in milliseconds since 1970: its timers are measured by it, whatever becomes of the clock on the wall. */
  timeIn(roomId: string): number {
    const room = this.#rooms.get(roomId);
    return room ? this.#clocks.now(room) : this.#options.now();
  }

  /** Keeps a room loaded until the function that this gives is called. */
  hold(roomId: string): () => void {
    this.#holders.set(roomId, (this.#holders.get(roomId) ?? 0) + 1);
    return () => {
      const others = (this.#holders.get(roomId) ?? 0) - 1;
      if (others > 0) this.#holders.set(roomId, others);
      else this.#holders.delete(roomId);
      this.#release(roomId);
    };
  }

  /** How full a loaded room is, from 0; more than 1 where it takes no text any more. */
  fullness(roomId: string): number {
    const beside = this.#options.heldBeside(roomId, null).room;
    return ((this.#rooms.get(roomId)?.size.bytes ?? 0) + beside) / this.#options.roomBytes;
  }

  /** Waits until everything that was accepted is on disk and answered. */
  async settle(): Promise<void> {
    await this.#queue.settle();
    await this.#keeper.settle();
  }

  /** Calls `use` with the room, or null when there is none. A room that is read can be forgotten before its turn comes, and is read again. */
  async #with<T>(roomId: string, use: (room: Room | null) => T): Promise<Awaited<T>> {
    let room = this.#rooms.get(roomId) ?? this.#wake(roomId);
    while (!room) {
      const loaded = await this.#load(roomId);
      room = this.#rooms.get(roomId);
      // Not there, and nobody has opened it while it was looked for.
      if (!room && !loaded) return await use(null);
    }
    const result = use(room);
    this.#release(roomId);
    return await result;
  }

  #wake(roomId: string): Room | undefined {
    const room = this.#resting.take(roomId);
    if (room) this.#rooms.set(roomId, room);
    return room;
  }

  /** Reads a room from its log, once for all who wait for it. */
  #load(roomId: string): Promise<Room | null> {
    const underWay = this.#loading.get(roomId);
    if (underWay) return underWay;
    const { log, snapshots, onError } = this.#options;
    const loading = loadRoom(roomId, { log, snapshots }, (error) => onError(error, "a snapshot could not be read"))
      .then((room) => {
        if (!room) return null;
        this.#rooms.set(roomId, room);
        this.#keeper.consider(room);
        return room;
      })
      .finally(() => this.#loading.delete(roomId));
    this.#loading.set(roomId, loading);
    return loading;
  }

  /** Lets a room go that nobody holds and of which nothing is under way; its log brings it back. */
  #release(roomId: string): void {
    if (this.#holders.has(roomId)) return;
    const room = this.#rooms.get(roomId);
    if (room && room.unanswered > 0) return;
    this.#rooms.delete(roomId);
    this.#clocks.forget(roomId);
    if (room) this.#resting.put(room);
  }
}
