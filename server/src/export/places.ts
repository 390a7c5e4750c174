import { type Refusal, refusal } from "@whetstone/shared/room/refusal";

/** How many exports of many rooms the server has at once: waiting, being made or to be taken. */
export const PLACES = {
  all: 40,
  /** Of whoever holds one seat. */
  ofSeat: 3,
  /** From one address, so that whoever can open many rooms leaves places to the others. */
  fromAddress: 20,
} as const;

/** Whose an export is. */
interface Asker {
  /** Seats that lead or score and are the asker's, each as its room and itself. */
  readonly seats: ReadonlySet<string>;
  readonly address: string;
}

/** An export that has a place. */
export interface Placed extends Asker {
  readonly exportId: string;
  /** Whether nothing of it is to be made any more, so that its place can be given to another export of the same asker. */
  readonly isOver: boolean;
}

/**
 * What becomes of one more export of whoever holds `seat`: which of their own goes for it, null where none has to, or why it gets no place.
 * `placed` has the exports in the order in which they were started. Nobody else's ever goes.
 */
export function placeFor(
  placed: readonly Placed[],
  { seat, address }: { readonly seat: string; readonly address: string },
): { readonly goes: string | null } | Refusal {
  const own = placed.filter(({ seats }) => seats.has(seat));
  const fromThere = placed.filter((one) => one.address === address);
  const isFull = placed.length >= PLACES.all || fromThere.length >= PLACES.fromAddress;
  if (!isFull && own.length < PLACES.ofSeat) return { goes: null };
  const oldest = own.find(({ isOver }) => isOver);
  if (oldest) return { goes: oldest.exportId };
  return refusal(own.length >= PLACES.ofSeat ? "own_exports_under_way" : "exports_full");
}
