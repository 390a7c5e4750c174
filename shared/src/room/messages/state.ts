import type { MessageEvent } from "./events.ts";

export interface Message {
  readonly lineId: string;
  readonly seatId: string;
  /** Of whoever wrote it; it stays when they are gone. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
}

export interface CommonMessage extends Message {
  /** The candidate whom it was said with. */
  readonly candidateId: string;
}

/** What is written in a panel's room beside what is said, the oldest first: the panel's own, and what it writes with its candidates. */
export interface MessagesState {
  readonly aside: readonly Message[];
  readonly common: readonly CommonMessage[];
}

export const nothingSaid: MessagesState = { aside: [], common: [] };

/** `name` is that of whoever wrote it, `at` when, in milliseconds since 1970. */
export function evolveMessages(messages: MessagesState, event: MessageEvent, name: string, at: number): MessagesState {
  const { lineId, seatId, text } = event;
  const message = { lineId, seatId, name, at, text };
  switch (event.type) {
    case "asideSaid":
      return { ...messages, aside: [...messages.aside, message] };
    case "saidToAll":
      return { ...messages, common: [...messages.common, { ...message, candidateId: event.candidateId }] };
    default:
      return event satisfies never;
  }
}
