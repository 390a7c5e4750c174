import { MOST_SECRETS } from "@whetstone/shared/comparison/interviews";
import { hostedRooms, knownSeats, secretOf } from "./remembered.ts";

/** The rooms that this browser can read as somebody who leads or scores. */
export interface HeldRooms {
  /** Those of the rooms that were opened last. */
  readonly secrets: readonly string[];
  /** How many more there are than can be read at once. */
  readonly beyond: number;
  /** The secret that leads into a room. */
  readonly wayInto: (roomId: string) => string | null;
  /** What this browser calls a room, by its title where it knows that. */
  readonly nameOf: (roomId: string) => string;
}

export function heldRooms(): HeldRooms {
  const hosted = hostedRooms();
  const isHosted = (roomId: string) => hosted.some((room) => room.roomId === roomId);
  const seats = knownSeats().filter(
    ({ role, roomId }) => role === "interviewer" || (role === "host" && !isHosted(roomId)),
  );
  const held = [
    ...hosted.map(({ roomId, hostSecret }) => ({ roomId, secret: hostSecret })),
    ...seats.map((seat) => ({ roomId: seat.roomId, secret: secretOf(seat) })),
  ];
  return {
    secrets: held.slice(0, MOST_SECRETS).map(({ secret }) => secret),
    beyond: Math.max(0, held.length - MOST_SECRETS),
    nameOf: (roomId) => hosted.find((room) => room.roomId === roomId)?.title ?? `Room ${roomId}`,
    wayInto: (roomId) => held.find((room) => room.roomId === roomId)?.secret ?? null,
  };
}
