import { findLink, linkProblem, seatOfLink, seatOfSecret } from "@whetstone/shared/room/decide";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import type { RoomState } from "@whetstone/shared/room/state";
import {
  JoinRequest,
  JoinResponse,
  LinkSecret,
  LookRequest,
  LookResponse,
  RenewLinkRequest,
} from "@whetstone/shared/wire";
import { seatOfToken } from "../room/bearer.ts";
import { hashSecret, newId, newSecret, roomOfSecret } from "../room/secrets.ts";
import { type Routes, refusals, statusOf } from "./api.ts";
import { makeLink } from "./rooms.ts";
import { seatOfRequest } from "./seat.ts";

const DAY_MS = 24 * 3_600_000;

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
      const found = roomId !== null && state ? look(roomId, state, hashSecret(secret), now()) : refusal("unknown_link");
      return "reason" in found ? reply.code(statusOf(found.reason)).send(found) : found;
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
      const joined = await rooms.execute(roomId, newId("c"), {
        seatId: null,
        serverCommand: { type: "join", linkHash: hashSecret(secret), name, tokenHash },
      });
      if (!joined.ok)
        return refuse(joined.refusal.reason === "unknown_room" ? refusal("unknown_link") : joined.refusal);
      const state = await rooms.read(roomId);
      const seatId = state ? seatOfToken(state, tokenHash) : refusal("unknown_room");
      const role = typeof seatId === "string" ? state?.seats[seatId]?.role : undefined;
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
      if (seat.state.seats[seat.seatId]?.role !== "host") return refuse(refusal("wrong_seat"));
      const { link, shown } = makeLink(seat.roomId, request.body.role, now() + request.body.days * DAY_MS);
      const issued = await rooms.execute(seat.roomId, newId("c"), {
        seatId: seat.seatId,
        serverCommand: { type: "issueLink", link },
      });
      return issued.ok ? shown : refuse(issued.refusal);
    },
  );
};

function look(roomId: string, state: RoomState, secretHash: string, now: number): LookResponse | Refusal {
  const about = {
    roomId,
    title: state.title,
    hostName: seatOfLink(state, "host")?.name ?? "",
    ended: state.phase === "ended",
  };
  const own = seatOfSecret(state, secretHash);
  if (own) return { ...about, role: own.role, name: own.name, seated: true };

  const link = findLink(state, secretHash);
  if (!link) return refusal("unknown_link");
  const problem = linkProblem(link, now);
  if (problem) return refusal(problem);
  const seat = seatOfLink(state, link.role);
  const expectedName = link.role === "candidate" ? state.candidateName : null;
  return { ...about, role: link.role, name: seat?.name ?? expectedName, seated: seat !== undefined };
}
