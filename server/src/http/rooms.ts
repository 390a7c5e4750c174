import { competenciesOf, type Kit, phasesOf } from "@whetstone/shared/bank";
import type { Opening } from "@whetstone/shared/room/course/commands";
import { refusal } from "@whetstone/shared/room/refusal";
import { findLink } from "@whetstone/shared/room/seats/capabilities";
import { OpeningRole } from "@whetstone/shared/room/seats/commands";
import { OpenPeersRequest, OpenRoomRequest, OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import type { Library } from "../bank/library.ts";
import { withMeeting } from "../call/meeting.ts";
import { type Made, newId } from "../room/secrets.ts";
import { type MakingRouteOptions, type Routes, refusals } from "./api.ts";
import { daysFrom, invitations, type NewLink, newLink, shownLink } from "./new-link.ts";
import { openWithHost, peerOpening, peerPlaces } from "./opening.ts";
import { KEY_HEADER } from "./principal.ts";

export interface RoomRouteOptions extends MakingRouteOptions {
  readonly library: Library;
  readonly linkDays: number;
  /** The address of a meeting in another tool that rooms have; null for none. */
  readonly meeting: string | null;
}

/** Opening a room: the only thing that needs no seat, and the host key instead where one is set. */
export const roomRoutes: Routes<RoomRouteOptions> = async (app, { rooms, now, mint, library, linkDays, meeting }) => {
  app.post(
    "/rooms",
    {
      config: { admits: "opener" },
      schema: {
        summary: "Open a room",
        headers: z.object({ [KEY_HEADER]: z.string().max(200).optional() }),
        body: OpenRoomRequest,
        response: { 201: OpenRoomResponse, ...refusals },
      },
    },
    async (request, reply) => {
      const { kitId, commandId, holder, interviewers = [], ...room } = request.body;
      const kit = kitId === null ? null : library.kit(kitId);
      if (kit === undefined) return reply.refuse(refusal("unknown_kit"));

      const made = mint(JSON.stringify([kitId, room, ...interviewers]), commandId);
      const roomId = made.id("r");
      const expiresAt = daysFrom(now(), linkDays);
      const links = [
        ...OpeningRole.options.map((role) => newLink(made, roomId, expiresAt, { role })),
        ...invitations(made, roomId, expiresAt, interviewers),
      ];
      return open(reply, made, roomId, { ...room, phases: phasesOf(kit, room.minutes), ...planOf(kit) }, holder, links);
    },
  );

  app.post(
    "/rooms/peers",
    {
      config: { admits: "opener" },
      schema: {
        summary: "Open a room for people who practise with each other, or for one who does alone",
        headers: z.object({ [KEY_HEADER]: z.string().max(200).optional() }),
        body: OpenPeersRequest,
        response: { 201: OpenRoomResponse, ...refusals },
      },
    },
    async (request, reply) => {
      const { commandId, holder, partners, wishes, title, hostName } = request.body;
      if (library.dealable(wishes.kitId, "house") === undefined) return reply.refuse(refusal("unknown_kit"));
      if (wishes.only && partners.length > 0) return reply.refuse(refusal("malformed"));
      const made = mint(JSON.stringify([title, hostName, partners, wishes]), commandId);
      const roomId = made.id("r");
      const places = peerPlaces(made, roomId, daysFrom(now(), linkDays), partners);
      const peers = { people: 1 + partners.length, wishes };
      return open(reply, made, roomId, peerOpening(title, hostName, peers), holder, places);
    },
  );

  /** Opens the room and answers with what a request that came before was answered too. */
  async function open(
    reply: FastifyReply,
    made: Made,
    roomId: string,
    opening: Opening,
    holder: string | undefined,
    invited: readonly NewLink[],
  ) {
    const whole = withMeeting(opening, roomId, meeting);
    const { opened, token, links } = await openWithHost(rooms, made, roomId, whole, holder, invited);
    if (!opened.ok) return reply.refuse(opened.refusal);
    // A request that came before has opened the room already, with links that may expire at another moment.
    const state = await rooms.read(roomId);
    const shown = links.map(({ link, secret }) => shownLink((state && findLink(state, link.hash)) ?? link, secret));
    return reply.code(201).send({ roomId, token, links: shown });
  }
};

/** What a room takes over from its kit. */
function planOf(kit: Kit | null): Pick<Opening, "kit" | "plan"> {
  if (!kit) return { kit: null, plan: [] };
  const competencies = competenciesOf(kit);
  return {
    kit: { kitId: kit.id, title: kit.title, competencies },
    plan: kit.questions.map(({ question, minutes, probes }) => ({
      itemId: newId("p"),
      questionId: question,
      minutes,
      probes: probes.flatMap((number) => competencies[number - 1]?.name ?? []),
    })),
  };
}
