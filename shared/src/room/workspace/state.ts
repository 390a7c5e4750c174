import type { Ask, AsksState } from "../asks/state.ts";
import type { QuietEvent } from "./events.ts";

/** A stretch in which nobody but its candidate receives anything of the workspace. */
export interface Quiet {
  readonly askId: string;
  /** Whose it is: what was put to this seat is set aside from all others. */
  readonly candidateId: string;
  /** Running time of the interview at which it began, in milliseconds; it stands still in a pause as that does. */
  readonly since: number;
  readonly minutes: number;
}

/** `elapsed`: the running time at which the event happened, in milliseconds. */
export function evolveQuiet(event: QuietEvent, elapsed: number): Quiet | null {
  if (event.type === "quietEnded") return null;
  const { askId, candidateId, minutes } = event;
  return { askId, candidateId, since: elapsed, minutes };
}

type Asks = Pick<AsksState, "asks" | "takenBack">;

/** The asks with the one of which quiet time is over. */
export function hadQuiet<T extends Asks>(round: T, event: QuietEvent): T {
  if (event.type !== "quietEnded") return round;
  const changed = (ask: Ask): Ask => (ask.askId === event.askId ? { ...ask, hadQuiet: true } : ask);
  return { ...round, asks: round.asks.map(changed), takenBack: round.takenBack.map(changed) };
}

/** The asks as others are to see them from here on: those of the seat that is quiet as they stand, and once it is nobody's as they are. */
export function setAside({ asks, takenBack }: Asks, quiet: Quiet | null): Asks {
  const changed = (ask: Ask): Ask => {
    if (ask.candidateId !== quiet?.candidateId) return ask.stood === null ? ask : { ...ask, stood: null };
    const { answer, lastRun } = ask;
    return { ...ask, stood: { answer, ...(lastRun && { lastRun }) } };
  };
  return { asks: asks.map(changed), takenBack: takenBack.map(changed) };
}
