import type { Command } from "@whetstone/shared/room/command";
import { Differ } from "@whetstone/shared/room/patch";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import { seatOfToken } from "@whetstone/shared/room/seats/capabilities";
import { isErased, type RoomState } from "@whetstone/shared/room/state";
import { joined, type View, type ViewParts, viewParts } from "@whetstone/shared/room/view/view";
import type { Acknowledgement, Frame, Patch } from "@whetstone/shared/wire";
import { type Allowances, type Rate, seatKey } from "./allowances.ts";
import type { Committed, Reply } from "./commit-queue.ts";
import type { Rooms } from "./rooms.ts";
import { hashSecret } from "./secrets.ts";
import type { Incoming, Message, Participant, Told, ToldOf } from "./side/channel.ts";
import type { SideTraffic } from "./side/traffic.ts";
import { OneATurn } from "./slices.ts";

/** The far end of one connected viewer. */
export interface Channel {
  /** Sends a frame here and to `others`; it is encoded once for all of them. Gives its length in bytes. */
  frame(frame: Frame, others?: readonly Channel[]): number;
  /** Sends what a side channel tells here and to `others`; it is encoded once for all of them. */
  tell<Event extends keyof Told>(event: Event, content: ToldOf<Event>, others?: readonly Channel[]): void;
  /** The last thing that is sent: the seat is lost, and the connection closes. */
  lose(refusal: Refusal): void;
}

/** Which of a page's connections one is: they are counted as they are begun, and may arrive in another order. */
export interface Attempt {
  readonly page: string;
  readonly attempt: number;
}

export interface Connection {
  /** The name of the seat among those of all rooms. */
  readonly seat: string;
  /** Carries out a command of this seat; the answer holds what it changed for this viewer. */
  execute(commandId: string, command: Command): Acknowledgement | Promise<Acknowledgement>;
  /** Sends a whole view, for a viewer whose version does not fit; done when it is sent. */
  resync(): Promise<void>;
  /** Takes in what the viewer says on a side channel. */
  receive(event: Incoming, message: Message): void;
  close(): void;
}

export interface PublisherOptions {
  readonly rooms: Rooms;
  readonly side: SideTraffic;
  /** By seat, the bytes of whole views that are sent to it, on connecting and when it asks for one. */
  readonly views: Allowances;
  /** A random integer, so that a version tells nothing about what happened before it. */
  readonly newVersion: () => number;
  /** Told of everybody who has sat down and sees the room. */
  readonly onSeated: (roomId: string, seatId: string, state: RoomState) => void;
  /** Told of a view that could not be made or sent; who was to get it gets a whole one as soon as that is possible. */
  readonly onError: (error: unknown) => void;
}

/** What whole views may take of one seat, in bytes: as many as anybody needs whose network comes and goes. */
export const VIEWS: Rate = { perSecond: 512 * 1024, atOnce: 8 * 1024 * 1024 };
/** What making one costs, however small it is. */
const VIEW_LEAST = 16 * 1024;

/** One connected viewer, and what was sent to them last. */
class Viewer implements Participant {
  readonly roomId: string;
  readonly seatId: string;
  readonly tokenHash: string;
  readonly channel: Channel;
  readonly attempt: Attempt | null;
  /** Null after something went wrong on the way: what this viewer holds is not known, and they are to get a whole view. */
  sent: ViewParts | null = null;
  #joined: { readonly of: ViewParts; readonly view: View } | null = null;
  version = 0;

  constructor(roomId: string, seatId: string, tokenHash: string, channel: Channel, attempt: Attempt | null) {
    this.roomId = roomId;
    this.seatId = seatId;
    this.tokenHash = tokenHash;
    this.channel = channel;
    this.attempt = attempt;
  }

  tell<Event extends keyof Told>(event: Event, ...content: ToldOf<Event>): void {
    this.channel.tell(event, content);
  }

  tellWith<Event extends keyof Told>(others: readonly Participant[], event: Event, ...content: ToldOf<Event>): void {
    const channels = others.flatMap((other) => (other instanceof Viewer ? other.channel : []));
    this.channel.tell(event, content, channels);
  }

  get view(): View | null {
    if (this.sent === null) return null;
    if (this.#joined?.of !== this.sent) this.#joined = { of: this.sent, view: joined(this.sent) };
    return this.#joined.view;
  }
}

/** Who wants to sit down. */
type Newcomer = Pick<Viewer, "tokenHash" | "channel" | "attempt">;

/** Whether the page has given up this connection for the other one, and it only was late. */
const isOvertaken = (late: Attempt | null, other: Attempt | null): boolean =>
  late !== null && other !== null && late.page === other.page && late.attempt < other.attempt;

/** A room that somebody looks at. */
interface Watched {
  readonly roomId: string;
  readonly viewers: Set<Viewer>;
  /** What its viewers are shown. */
  state: RoomState;
  readonly letGo: () => void;
}

/** What is on its way to viewers, apart from what travels with answers. */
interface Outgoing {
  /** The same frame for the first viewer and the others. */
  readonly deliveries: { readonly frame: Patch; readonly first: Viewer; readonly others: Viewer[] }[];
  readonly lost: Viewer[];
  /** Viewers whose difference could not be made or sent. */
  readonly failed: Viewer[];
  /** Rooms in which viewers see other people than before. */
  readonly peopleChanged: Set<string>;
}

/**
 * Who sees what changed: the first to listen when something was committed. It holds the viewers of each room with the last view that was
 * sent to each, and only ever looks at what is on disk.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #watched = new Map<string, Watched>();
  /** Whole views, which everybody wants at once whose network comes back. */
  readonly #wholeViews = new OneATurn();

  constructor(options: PublisherOptions) {
    this.#options = options;
    options.rooms.onCommitted((commits) => this.#publish(commits));
  }

  /**
   * Seats a viewer and sends the first whole view, in one look at the room when the viewer's turn has come. A viewer who holds the same seat
   * already loses it to this one, unless it is the same page's and was begun after this one.
   */
  async connect(token: string, channel: Channel, attempt: Attempt | null = null): Promise<Connection | Refusal> {
    const { rooms } = this.#options;
    const roomId = await rooms.secrets.roomOf(token);
    if (roomId === null) return refusal((await rooms.secrets.isElsewhere(token)) ? "unknown_room" : "unknown_link");
    const seat = (state: RoomState | null) =>
      state ? this.#seat(roomId, state, { tokenHash: hashSecret(token), channel, attempt }) : refusal("unknown_room");
    // Read before its turn, as many may wait for the same room; so that the turn is for the look alone.
    const letGo = rooms.hold(roomId);
    try {
      await rooms.read(roomId);
      return await this.#wholeViews.do(() => rooms.look(roomId, seat));
    } finally {
      letGo();
    }
  }

  #seat(roomId: string, state: RoomState, { tokenHash, channel, attempt }: Newcomer): Connection | Refusal {
    const { rooms, side } = this.#options;
    const seatId = seatOfToken(state, tokenHash);
    if (typeof seatId !== "string") return seatId;
    if (!this.#options.views.has(seatKey({ roomId, seatId }))) return refusal("too_many");
    const parts = viewParts(state, seatId);
    if (!parts) return lossOf(state, parts);

    const before = [...(this.#watched.get(roomId)?.viewers ?? [])].filter((other) => other.seatId === seatId);
    if (before.some((other) => isOvertaken(attempt, other.attempt))) return refusal("seat_taken_over");
    const viewer = new Viewer(roomId, seatId, tokenHash, channel, attempt);
    this.#sendWhole(viewer, parts);
    const watched = this.#watch(roomId, state);
    for (const other of before) this.#lose(watched, other, refusal("seat_taken_over"));
    watched.viewers.add(viewer);
    // First come, then go, so that the seat is never seen empty between the two.
    side.join(viewer);
    for (const other of before) side.leave(other);
    this.#options.onSeated(roomId, seatId, state);
    return {
      seat: seatKey(viewer),
      execute: (commandId, command) => {
        const reply: Reply = { to: viewer };
        return rooms.execute(roomId, commandId, { kind: "seat", seatId }, command, reply);
      },
      resync: () =>
        this.#wholeViews.do(() => {
          if (this.#options.views.has(seatKey(viewer))) this.#showWhole(watched, viewer);
        }),
      receive: (event, message) => side.receive(event, message, viewer),
      close: () => {
        watched.viewers.delete(viewer);
        side.leave(viewer);
        this.#letGo(watched);
      },
    };
  }

  /**
   * Shows every viewer what changed for them. The frames of all rooms leave in one burst, as it costs less to write to a receiver who is
   * awake already. What fails for one viewer keeps nothing from the others.
   */
  #publish(commits: readonly Committed[]): void {
    const { side, onError } = this.#options;
    const replies = new Map<object, Reply>();
    const changed = new Set<Watched>();
    for (const { commit, state, reply } of commits) {
      if (reply && !replies.has(reply.to)) replies.set(reply.to, reply);
      const watched = this.#watched.get(commit.roomId);
      if (!watched) continue;
      watched.state = state;
      changed.add(watched);
    }
    const outgoing: Outgoing = { deliveries: [], lost: [], failed: [], peopleChanged: new Set() };
    for (const watched of changed) this.#project(watched, replies, outgoing);
    for (const { frame, first, others } of outgoing.deliveries) {
      try {
        first.channel.frame(
          frame,
          others.map(({ channel }) => channel),
        );
      } catch (error) {
        onError(error);
        outgoing.failed.push(first, ...others);
      }
    }
    for (const viewer of outgoing.failed) viewer.sent = null;
    for (const watched of changed) {
      for (const viewer of watched.viewers) if (viewer.sent === null) this.#showWhole(watched, viewer);
    }
    for (const viewer of outgoing.lost) side.leave(viewer);
    for (const roomId of outgoing.peopleChanged) side.peopleChanged(roomId);
  }

  /**
   * What to send to whom: for each viewer the difference between what they saw last and what they may see now, and nothing where nothing
   * changed. For a viewer who waits for an answer it is put into their reply.
   */
  #project(watched: Watched, replies: ReadonlyMap<object, Reply>, outgoing: Outgoing): void {
    const { roomId, state, viewers } = watched;
    const deliveries: Outgoing["deliveries"] = [];
    const differ = new Differ();
    const version = this.#options.newVersion();
    for (const viewer of viewers) {
      try {
        const next = viewParts(state, viewer.seatId);
        if (!next || state.seats[viewer.seatId]?.tokenHash !== viewer.tokenHash) {
          this.#lose(watched, viewer, lossOf(state, next));
          outgoing.lost.push(viewer);
          continue;
        }
        if (viewer.sent === null) continue;
        if (viewer.sent.length !== next.length) {
          // They are something else by now, and nothing of what they saw before is carried over.
          viewer.sent = null;
          outgoing.peopleChanged.add(roomId);
          continue;
        }
        const operations = differ.diff(viewer.sent, next);
        if (operations.length === 0) continue;
        const frame: Patch = { kind: "patch", from: viewer.version, version, operations };
        if (operations.some((operation) => operation[1][0] === "people")) outgoing.peopleChanged.add(roomId);
        viewer.sent = next;
        viewer.version = version;
        const reply = replies.get(viewer);
        const alike = deliveries.find((delivery) => isSamePatch(delivery.frame, frame));
        if (reply) reply.frame = frame;
        else if (alike) alike.others.push(viewer);
        else deliveries.push({ frame, first: viewer, others: [] });
      } catch (error) {
        this.#options.onError(error);
        outgoing.failed.push(viewer);
      }
    }
    outgoing.deliveries.push(...deliveries);
  }

  /** Sends a whole view of what the room's viewers are shown; where even that fails, the next commit tries again. */
  #showWhole({ state }: Watched, viewer: Viewer): void {
    try {
      const parts = viewer.sent ?? viewParts(state, viewer.seatId);
      viewer.sent = null;
      if (parts) this.#sendWhole(viewer, parts);
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #sendWhole(viewer: Viewer, parts: ViewParts): void {
    viewer.version = this.#options.newVersion();
    const bytes = viewer.channel.frame({ kind: "whole", version: viewer.version, view: joined(parts) });
    this.#options.views.spend(seatKey(viewer), Math.max(bytes, VIEW_LEAST));
    viewer.sent = parts;
  }

  #lose({ viewers }: Watched, viewer: Viewer, reason: Refusal): void {
    viewers.delete(viewer);
    viewer.channel.lose(reason);
  }

  #watch(roomId: string, state: RoomState): Watched {
    const known = this.#watched.get(roomId);
    if (known) {
      known.state = state;
      return known;
    }
    const watched: Watched = { roomId, viewers: new Set(), state, letGo: this.#options.rooms.hold(roomId) };
    this.#watched.set(roomId, watched);
    return watched;
  }

  #letGo(watched: Watched): void {
    if (watched.viewers.size > 0 || this.#watched.get(watched.roomId) !== watched) return;
    this.#watched.delete(watched.roomId);
    watched.letGo();
  }
}

/** Why a viewer sees a room no more, of which they would see `parts`. */
function lossOf(state: RoomState, parts: ViewParts | null): Refusal {
  if (isErased(state)) return refusal("room_erased");
  return refusal(parts ? "seat_taken_over" : "seat_removed");
}

/** Whether two patches of one publication are equal; `Differ` gives viewers with the same change the same operations. */
function isSamePatch(one: Patch, other: Patch): boolean {
  return (
    one.from === other.from &&
    one.operations.length === other.operations.length &&
    one.operations.every((operation, index) => operation === other.operations[index])
  );
}
