import {
  InviteRequest,
  InviteResponse,
  JoinRequest,
  JoinResponse,
  LeadBackRequest,
  LinkSecret,
  LookRequest,
  LookResponse,
  RenewLinkRequest,
} from "@whetstone/shared/links-wire";
import { refusal } from "@whetstone/shared/room/refusal";
import { findLink, linkProblem, openedBy, seatOfToken } from "@whetstone/shared/room/seats/capabilities";
import { currentRound, roleIn } from "@whetstone/shared/room/state";
import { linkLook } from "@whetstone/shared/room/view/link";
import { waitingView } from "@whetstone/shared/room/view/view";
import { z } from "zod";
import { hashSecret, holderIn } from "../room/secrets.ts";
import { type MakingRouteOptions, type Routes, refusals } from "./api.ts";
import { daysFrom, invitations, newLink, shownLink } from "./new-link.ts";
import { KEY_HEADER, seatOf } from "./principal.ts";

/** What a link leads to, taking the seat that it offers, and making a new one. A link's secret travels in bodies only. */
export const linkRoutes: Routes<MakingRouteOptions> = async (app, { rooms, now, mint }) => {
  app.post(
    "/links/look",
    {
      config: { admits: "anyone" },
      schema: { summary: "See what a link leads to", body: LookRequest, response: { 200: LookResponse, ...refusals } },
    },
    async (request, reply) => {
      const { secret, holder, asks } = request.body;
      const roomId = await rooms.secrets.roomOf(secret);
      const state = roomId === null ? null : await rooms.read(roomId);
      if (roomId === null || state === null) return reply.refuse(refusal("unknown_link"));
      const found = linkLook(state, hashSecret(secret), now(), holder && holderIn(roomId, holder));
      if ("reason" in found) return reply.refuse(found);
      const { company, ...greeting } = found;
      // Whoever is not told of it beforehand does not come in.
      if (company?.marks && asks !== "marks") return reply.refuse(refusal("other_version"));
      return { roomId, ...greeting, ...(company && asks !== undefined && { company }) };
    },
  );

  app.post(
    "/links/join",
    {
      config: { admits: "anyone" },
      schema: { summary: "Take a link's seat", body: JoinRequest, response: { 200: JoinResponse, ...refusals } },
    },
    async (request, reply) => {
      const { secret, name, commandId, holder, asks } = request.body;
      const roomId = await rooms.secrets.roomOf(secret);
      if (roomId === null) return reply.refuse(refusal("unknown_link"));
      const secretHash = hashSecret(secret);
      const made = mint(secretHash, commandId);
      const token = made.secret(roomId, "seat's token");
      const tokenHash = hashSecret(token);
      const wayBack = newLink(made, roomId, null, {}, "way back");
      const { linkId, hash } = wayBack.link;
      const actor = { kind: "bearer", secretHash } as const;
      const joined = await rooms.execute(roomId, made.commandId, actor, {
        type: "join",
        name,
        tokenHash,
        ...(holder && { holder: holderIn(roomId, holder), wayBack: { linkId, hash } }),
      });
      if (!joined.ok) {
        return reply.refuse(joined.refusal.reason === "unknown_room" ? refusal("unknown_link") : joined.refusal);
      }
      const state = await rooms.read(roomId);
      const seatId = state ? seatOfToken(state, tokenHash) : refusal("unknown_link");
      if (state === null || typeof seatId !== "string") {
        return reply.refuse(typeof seatId === "string" ? refusal("unknown_link") : seatId);
      }
      const role = roleIn(state, currentRound(state).roundId, seatId);
      if (role === null) return reply.refuse(refusal("seat_removed"));
      const leadsBack = (one: string) => "seat" in openedBy(state, one, now()) && findLink(state, one) !== undefined;
      const way = leadsBack(hash) ? wayBack.secret : leadsBack(secretHash) ? secret : null;
      const view = asks === "view" ? waitingView(state, seatId) : null;
      return {
        roomId,
        token,
        role,
        ...(holder !== undefined && way !== null && { wayBack: way }),
        ...(view && { view }),
      };
    },
  );

  app.post(
    "/links/renew",
    {
      config: { admits: "seat" },
      schema: {
        summary: "Make a new link for a kind of seat, or for one interviewer; the one before stops working",
        body: RenewLinkRequest,
        response: { 200: LinkSecret, ...refusals },
      },
    },
    async (request, reply) => {
      const { roomId, seatId } = seatOf(request);
      const { role, days, commandId, linkId: replaces } = request.body;
      const made = mint(seatId, commandId);
      const expiresAt = role === "host" ? null : daysFrom(now(), days);
      const { link, secret } = newLink(made, roomId, expiresAt, { role, ...(replaces && { replaces }) });
      const issued = await rooms.execute(roomId, made.commandId, { kind: "seat", seatId }, { type: "issueLink", link });
      if (!issued.ok) return reply.refuse(issued.refusal);
      const state = await rooms.read(roomId);
      // What is shown is what the room has, also when this request came before and the link was made then.
      const kept = state && findLink(state, link.hash);
      const problem = kept ? linkProblem(kept, now()) : "unknown_link";
      return kept && !problem ? shownLink(kept, secret) : reply.refuse(refusal(problem ?? "unknown_link"));
    },
  );

  app.post(
    "/links/lead-back",
    {
      config: { admits: "keyholder" },
      schema: {
        summary: "Make the host of a room a new way back; the one before stops working",
        headers: z.object({ [KEY_HEADER]: z.string().max(200).optional() }),
        body: LeadBackRequest,
        response: { 200: LinkSecret, ...refusals },
      },
    },
    async (request, reply) => {
      const { roomId, commandId } = request.body;
      const made = mint(`way back to ${roomId}`, commandId);
      const { link, secret } = newLink(made, roomId, null, { role: "host" as const });
      const led = await rooms.execute(roomId, made.commandId, { kind: "server" }, { type: "leadHostBack", link });
      return led.ok ? shownLink(link, secret) : reply.refuse(led.refusal);
    },
  );

  app.post(
    "/links/invite",
    {
      config: { admits: "seat" },
      schema: {
        summary: "Make a link for each interviewer, by name",
        body: InviteRequest,
        response: { 200: InviteResponse, ...refusals },
      },
    },
    async (request, reply) => {
      const { roomId, seatId } = seatOf(request);
      const { names, days, commandId } = request.body;
      const made = mint(seatId, commandId);
      const invitedBy = invitations(made, roomId, daysFrom(now(), days), names);
      const links = invitedBy.map(({ link }) => link);
      const invited = await rooms.execute(roomId, made.commandId, { kind: "seat", seatId }, { type: "invite", links });
      if (!invited.ok) return reply.refuse(invited.refusal);
      const state = await rooms.read(roomId);
      return {
        links: invitedBy.map(({ link, secret }) => shownLink((state && findLink(state, link.hash)) ?? link, secret)),
      };
    },
  );
};
