import { type Allowance, allowance } from "../allowance.ts";
import type { Incoming, Message, Participant, SideChannel } from "./channel.ts";

interface Gathering {
  readonly all: Set<Participant>;
  /** By event and seat. */
  readonly allowances: Map<string, Allowance>;
}

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
  readonly #rooms = new Map<string, Gathering>();

  constructor(options: SideTrafficOptions) {
    this.#options = options;
  }

  /** The events that are taken in. */
  get incoming(): Incoming[] {
    return this.#options.channels.flatMap(({ intake }) => intake?.event ?? []);
  }

  join(who: Participant): void {
    const gathering = this.#rooms.get(who.roomId) ?? { all: new Set(), allowances: new Map() };
    this.#rooms.set(who.roomId, gathering);
    gathering.all.add(who);
    this.#each((channel) => channel.join(who, gathering.all));
  }

  /** Hands a message to its channel; one that is beyond the seat's allowance is dropped. */
  receive(event: Incoming, message: Message, from: Participant): void {
    const gathering = this.#rooms.get(from.roomId);
    if (!gathering?.all.has(from)) return;
    this.#each(({ intake }) => {
      if (intake?.event !== event) return;
      const key = `${event} ${from.seatId}`;
      const allow = gathering.allowances.get(key) ?? allowance(intake.perSecond, this.#options.steady);
      gathering.allowances.set(key, allow);
      if (allow()) intake.receive(message, from, gathering.all);
    });
  }

  leave(who: Participant): void {
    const gathering = this.#rooms.get(who.roomId);
    if (!gathering?.all.delete(who)) return;
    if (gathering.all.size === 0) this.#rooms.delete(who.roomId);
    this.#each((channel) => channel.leave(who, gathering.all));
  }

  clockSet(roomId: string): void {
    const gathering = this.#rooms.get(roomId);
    if (gathering) this.#each((channel) => channel.clockSet?.(gathering.all));
  }

  peopleChanged(roomId: string): void {
    const gathering = this.#rooms.get(roomId);
    if (gathering) this.#each((channel) => channel.peopleChanged(gathering.all));
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
