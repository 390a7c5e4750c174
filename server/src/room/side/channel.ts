import type { View } from "@whetstone/shared/room/view/view";
import type { ClientEvents, ServerEvents } from "@whetstone/shared/wire";

/** What travels beside the commits, by the wire's events: out to a viewer, and in from one. */
export type Told = Omit<ServerEvents, "frame" | "seatLost">;
export type Incoming = keyof Omit<ClientEvents, "command" | "resync">;

export type ToldOf<Event extends keyof Told> = Parameters<Told[Event]>;

/** A seat at the far end of a side channel: one connected viewer. */
export interface Participant {
  readonly roomId: string;
  readonly seatId: string;
  /**
   * What this viewer was shown last, null where nothing could be. Whatever a channel tells them is made from it, for them alone, so that
   * it never says more than their view does.
   */
  readonly view: View | null;
  tell<Event extends keyof Told>(event: Event, ...content: ToldOf<Event>): void;
  /** Tells the same to others as well, for all of whom it is encoded once. */
  tellWith<Event extends keyof Told>(others: readonly Participant[], event: Event, ...content: ToldOf<Event>): void;
}

/** Tells all of them the same. */
export function tellAll<Event extends keyof Told>(
  [first, ...others]: readonly Participant[],
  event: Event,
  ...content: ToldOf<Event>
): void {
  first?.tellWith(others, event, ...content);
}

/** Everybody who is in one room just now. */
export type Participants = ReadonlySet<Participant>;

/** What came in from a viewer. It is not parsed yet: its channel does that. */
export interface Message {
  readonly content: readonly unknown[];
  /** Answers it, where the sender waits for that. */
  readonly answer: ((answer: unknown) => void) | null;
}

/** What may be taken in. */
interface Intake {
  readonly event: Incoming;
  /** Messages that one seat may send in a second, on average, however many connections it makes; twice as many at once. */
  readonly perSecond: number;
  receive(message: Message, from: Participant, all: Participants): void;
  /** Answers a message that is beyond the seat's allowance, where its sender is to know. */
  tooMany?(message: Message): void;
}

/**
 * Traffic of a room that is not in its log. A channel has the room's seats, is told who comes and goes, and keeps what it needs by
 * participant; nothing of it outlives the process. A new one is a file beside this and a line in `channels.ts`.
 */
export interface SideChannel {
  /** Null where a channel only tells. */
  readonly intake: Intake | null;
  /** Somebody is there; `all` holds them already. */
  join(who: Participant, all: Participants): void;
  /** Somebody is gone; `all` holds them no more. */
  leave(who: Participant, all: Participants): void;
  /** The room's time was set, and is not what it was for those who are there. */
  clockSet?(all: Participants): void;
  /** Whom of the room's people viewers see has changed. */
  peopleChanged(all: Participants): void;
  /** Something was added to the room's log. */
  roomGrew(all: Participants): void;
}
