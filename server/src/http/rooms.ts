import { competenciesOf, type Kit, phasesOf } from "@whetstone/shared/bank";
import type { Opening } from "@whetstone/shared/room/course/commands";
import { refusal } from "@whetstone/shared/room/refusal";
import { InvitedRole } from "@whetstone/shared/room/seats/commands";
import { OpenRoomRequest, OpenRoomResponse } from "@whetstone/shared/wire";
import { z } from "zod";
import type { Library } from "../bank/library.ts";
import { hashSecret, newId, newSecret } from "../room/secrets.ts";
import { hostRefusal, KEY_HEADER } from "./access.ts";
import { type RouteOptions, type Routes, refusals, statusOf } from "./api.ts";
import { daysFrom, newLink } from "./new-link.ts";

export interface RoomRouteOptions extends RouteOptions {
  readonly library: Library;
  readonly hostKey: string | null;
  readonly linkDays: number;
}

/** Opening a room: the only thing that needs no seat, and the host key instead where one is set. */
export const roomRoutes: Routes<RoomRouteOptions> = async (app, { rooms, now, library, hostKey, linkDays }) => {
  app.post(
    "/rooms",
    {
      schema: {
        summary: "Open a room",
        headers: z.object({ [KEY_HEADER]: z.string().max(200).optional() }),
        body: OpenRoomRequest,
        response: { 201: OpenRoomResponse, ...refusals },
      },
    },
    async (request, reply) => {
      const refuse = (reason: ReturnType<typeof refusal>) => reply.code(statusOf(reason.reason)).send(reason);
      const refused = hostRefusal(hostKey, request);
      if (refused) return refuse(refused);
      const { kitId, ...room } = request.body;
      const kit = kitId === null ? null : library.kit(kitId);
      if (kit === undefined) return refuse(refusal("unknown_kit"));

      const roomId = newId("r");
      const token = newSecret(roomId);
      const expiresAt = daysFrom(now(), linkDays);
      const host = newLink(roomId, null, { role: "host" as const });
      const invited = InvitedRole.options.map((role) => newLink(roomId, expiresAt, { role }));
      const made = [host, ...invited];
      const opened = await rooms.open(
        roomId,
        newId("c"),
        {
          ...room,
          phases: phasesOf(kit, room.minutes),
          ...planOf(kit),
        },
        { seatId: newId("s"), linkId: host.link.linkId, tokenHash: hashSecret(token) },
        made.map(({ link }) => link),
      );
      if (!opened.ok) return refuse(opened.refusal);
      return reply.code(201).send({ roomId, token, links: made.map(({ shown }) => shown) });
    },
  );
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
