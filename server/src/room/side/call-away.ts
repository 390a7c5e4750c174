import type { View } from "@whetstone/shared/room/view/view";
import type { Participant, Told, ToldOf } from "./channel.ts";

/** So much may be told to somebody who is away; with more they begin anew when they are back. */
const MOST_TOLD = 500;

/**
 * Somebody in a call through a media server whose connection to the room broke: what they send and receive flows on, as nothing of it goes over
 * the room. What is said to them of it meanwhile waits for them.
 */
export class Away implements Participant {
  readonly roomId: string;
  readonly seatId: string;
  /** What they would be shown now. */
  view: View | null;
  readonly #way: () => string;
  /** By which way the call goes, of which they were told what waits. */
  #toldOf: string;
  #told: ((who: Participant) => void)[] = [];

  constructor({ roomId, seatId }: Participant, view: View | null, way: () => string) {
    this.roomId = roomId;
    this.seatId = seatId;
    this.view = view;
    this.#way = way;
    this.#toldOf = way();
  }

  tell<Event extends keyof Told>(event: Event, ...content: ToldOf<Event>): void {
    this.#forgetOther();
    this.#told.push((who) => who.tell(event, ...content));
  }

  tellWith<Event extends keyof Told>(others: readonly Participant[], event: Event, ...content: ToldOf<Event>): void {
    for (const who of [this, ...others]) who.tell(event, ...content);
  }

  /** Whether all of it can be told to them. */
  get canGoOn(): boolean {
    return this.#told.length <= MOST_TOLD;
  }

  /** Tells them what waited, on the connection by which they are back. */
  passOn(who: Participant): void {
    this.#forgetOther();
    for (const tell of this.#told) tell(who);
  }

  /** What was said of connections in another room of the media server means nothing in this one. */
  #forgetOther(): void {
    const way = this.#way();
    if (way !== this.#toldOf) this.#told = [];
    this.#toldOf = way;
  }
}
