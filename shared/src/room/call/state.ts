import type { CallEvent } from "./events.ts";

/** How those who are in a room see and hear each other. */
export interface CallState {
  /** The address of a meeting in another tool; null where they do in the room's own call. */
  readonly meeting: string | null;
  readonly candidateShares: boolean;
}

export const openCall = (meeting: string | null): CallState => ({ meeting, candidateShares: true });

export function evolveCall(call: CallState, event: CallEvent): CallState {
  switch (event.type) {
    case "meetingSet":
      return { ...call, meeting: event.url };
    case "sharingLet":
      return { ...call, candidateShares: event.candidate };
    default:
      return event satisfies never;
  }
}
