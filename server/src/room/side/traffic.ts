import { Allowances, seatKey, twiceAtOnce } from "../allowances.ts";
import type { Incoming, Message, Participant, SideChannel } from "./channel.ts";

export interface SideTrafficOptions {
  readonly channels: readonly SideChannel[];
  /** Milliseconds of a clock that nobody sets. */
  readonly steady: () => number;
  /** Told of a channel that fails; it keeps neither the others nor the room from going on. */
  readonly onError: (error: unknown) => void;
}

/** Who is in which room, for all side channels, and the limits of what seats send on them. */
export class SideTraffic {
  readonly #options: SideTrafficOptions;
  readonly #rooms = new Map<string, Set<Participant>>();
  /** By event, what seats may send. */
  readonly #allowances = new Map<Incoming, Allowances>();

  constructor(options: SideTrafficOptions) {
    this.#options = options;
    for (const { intake } of options.channels) {
      if (intake) this.#allowances.set(intake.event, new Allowances(twiceAtOnce(intake.perSecond), options.steady));
    }
  }

  /** The events that are taken in. */
  get incoming(): Incoming[] {
    return this.#options.channels.flatMap(({ intake }) => intake?.event ?? []);
  }

  join(who: Participant): void {
    const all = this.#rooms.get(who.roomId) ?? new Set();
    this.#rooms.set(who.roomId, all);
    all.add(who);
    this.#each((channel) => channel.join(who, all));
  }

  /** Hands a message to its channel; one that is beyond the seat's allowance is not taken in. */
  receive(event: Incoming, message: Message, from: Participant): void {
    const all = this.#rooms.get(from.roomId);
    if (!all?.has(from)) return;
    const isAllowed = this.#allowances.get(event)?.take(seatKey(from)) ?? false;
    this.#each(({ intake }) => {
      if (intake?.event !== event) return;
      if (isAllowed) intake.receive(message, from, all);
      else intake.tooMany?.(message);
    });
  }

  leave(who: Participant): void {
    const all = this.#rooms.get(who.roomId);
    if (!all?.delete(who)) return;
    if (all.size === 0) this.#rooms.delete(who.roomId);
    this.#each((channel) => channel.leave(who, all));
  }

  clockSet(roomId: string): void {
    const all = this.#rooms.get(roomId);
    if (all) this.#each((channel) => channel.clockSet?.(all));
  }

  peopleChanged(roomId: string): void {
    const all = this.#rooms.get(roomId);
    if (all) this.#each((channel) => channel.peopleChanged(all));
  }

  roomGrew(roomId: string): void {
    const all = this.#rooms.get(roomId);
    if (all) this.#each((channel) => channel.roomGrew(all));
  }

  #each(call: (channel: SideChannel) => void): void {
    for (const channel of this.#options.channels) {
      try {
        call(channel);
      } catch (error) {
        this.#options.onError(error);
      }
    }
  }
}
