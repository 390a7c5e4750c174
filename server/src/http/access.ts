import { timingSafeEqual } from "node:crypto";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import { currentRound, roleIn } from "@whetstone/shared/room/state";
import type { FastifyRequest } from "fastify";
import type { Rooms } from "../room/rooms.ts";
import { hashSecret } from "../room/secrets.ts";
import { seatOfRequest } from "./seat.ts";

/** The header that carries the host key. */
export const KEY_HEADER = "x-whetstone-key";

/** Whether a request may do what a host may: open rooms, and read and change the bank. Null where it may. */
export function hostRefusal(hostKey: string | null, request: FastifyRequest): Refusal | null {
  if (hostKey === null) return null;
  const given = request.headers[KEY_HEADER];
  return typeof given === "string" && isSame(given, hostKey) ? null : refusal("key_required");
}

/**
 * Whether a request may read the bank with its rubrics: a seat that leads or scores, or whoever may open a room. A request that
 * brings a seat is judged by it alone.
 */
export async function readerRefusal(
  rooms: Rooms,
  hostKey: string | null,
  request: FastifyRequest,
): Promise<Refusal | null> {
  if (request.headers.authorization === undefined) return hostRefusal(hostKey, request);
  const seat = await seatOfRequest(rooms, request);
  if ("reason" in seat) return seat;
  const role = roleIn(seat.state, currentRound(seat.state).roundId, seat.seatId);
  return role === "host" || role === "interviewer" ? null : refusal("wrong_seat");
}

function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(given)), Buffer.from(hashSecret(expected)));
}
