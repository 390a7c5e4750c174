import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import { seatOfToken } from "@whetstone/shared/room/seats/capabilities";
import { currentRound, roleIn } from "@whetstone/shared/room/state";
import { linkLook } from "@whetstone/shared/room/view/link";
import {
  JoinRequest,
  JoinResponse,
  LinkSecret,
  LookRequest,
  LookResponse,
  RenewLinkRequest,
} from "@whetstone/shared/wire";
import { hashSecret, newId, newSecret, roomOfSecret } from "../room/secrets.ts";
import { type Routes, refusals, statusOf } from "./api.ts";
import { daysFrom, newLink } from "./new-link.ts";
import { seatOfRequest } from "./seat.ts";

/** What a link leads to, taking the seat that it offers, and making a new one. A link's secret travels in bodies only. */
export const linkRoutes: Routes = async (app, { rooms, now }) => {
  app.post(
    "/links/look",
    {
      schema: { summary: "See what a link leads to", body: LookRequest, response: { 200: LookResponse, ...refusals } },
    },
    async (request, reply) => {
      const { secret } = request.body;
      const roomId = roomOfSecret(secret);
      const state = roomId === null ? null : await rooms.read(roomId);
      const found = state ? linkLook(state, hashSecret(secret), now()) : refusal("unknown_link");
      if ("reason" in found || roomId === null) {
        const refused = "reason" in found ? found : refusal("unknown_link");
        return reply.code(statusOf(refused.reason)).send(refused);
      }
      return { roomId, ...found };
    },
  );

  app.post(
    "/links/join",
    { schema: { summary: "Take a link's seat", body: JoinRequest, response: { 200: JoinResponse, ...refusals } } },
    async (request, reply) => {
      const { secret, name } = request.body;
      const refuse = (reason: Refusal) => reply.code(statusOf(reason.reason)).send(reason);
      const roomId = roomOfSecret(secret);
      if (roomId === null) return refuse(refusal("unknown_link"));
      const token = newSecret(roomId);
      const tokenHash = hashSecret(token);
      const actor = { kind: "bearer", secretHash: hashSecret(secret) } as const;
      const joined = await rooms.execute(roomId, newId("c"), actor, { type: "join", name, tokenHash });
      if (!joined.ok)
        return refuse(joined.refusal.reason === "unknown_room" ? refusal("unknown_link") : joined.refusal);
      const state = await rooms.read(roomId);
      const seatId = state ? seatOfToken(state, tokenHash) : refusal("unknown_room");
      const role = state && typeof seatId === "string" ? roleIn(state, currentRound(state).roundId, seatId) : null;
      return role ? { roomId, token, role } : refuse(refusal("seat_taken_over"));
    },
  );

  app.post(
    "/links/renew",
    {
      schema: {
        summary: "Make a new link for a kind of seat; the one before stops working",
        body: RenewLinkRequest,
        response: { 200: LinkSecret, ...refusals },
        security: [{ seat: [] }],
      },
    },
    async (request, reply) => {
      const refuse = (reason: Refusal) => reply.code(statusOf(reason.reason)).send(reason);
      const seat = await seatOfRequest(rooms, request);
      if ("reason" in seat) return refuse(seat);
      const { role, days } = request.body;
      const { link, shown } = newLink(seat.roomId, daysFrom(now(), days), { role });
      const actor = { kind: "seat", seatId: seat.seatId } as const;
      const issued = await rooms.execute(seat.roomId, newId("c"), actor, { type: "issueLink", link });
      return issued.ok ? shown : refuse(issued.refusal);
    },
  );
};
