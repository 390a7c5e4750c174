import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import { seatOfToken } from "@whetstone/shared/room/seats/capabilities";
import type { RoomState } from "@whetstone/shared/room/state";
import type { FastifyRequest } from "fastify";
import type { Rooms } from "../room/rooms.ts";
import { hashSecret, roomOfSecret } from "../room/secrets.ts";

/** A request's seat: which room and role it has comes from its bearer token alone. */
export interface SeatOfRequest {
  readonly roomId: string;
  readonly seatId: string;
  readonly state: RoomState;
}

export async function seatOfRequest(rooms: Rooms, request: FastifyRequest): Promise<SeatOfRequest | Refusal> {
  const token = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const roomId = roomOfSecret(token);
  const state = roomId === null ? null : await rooms.read(roomId);
  if (roomId === null || state === null) return refusal("unknown_link");
  const seatId = seatOfToken(state, hashSecret(token));
  return typeof seatId === "string" ? { roomId, seatId, state } : seatId;
}
