import { FeedbackPage } from "@whetstone/shared/feedback";
import { LookRequest, PublishFeedbackRequest, PublishFeedbackResponse } from "@whetstone/shared/links-wire";
import { findFeedback } from "@whetstone/shared/room/feedback/state";
import { refusal } from "@whetstone/shared/room/refusal";
import { feedbackPage } from "@whetstone/shared/room/view/feedback-page";
import { hashSecret } from "../room/secrets.ts";
import { type MakingRouteOptions, type Routes, refusals } from "./api.ts";
import { daysFrom, newLink } from "./new-link.ts";
import { seatOf } from "./principal.ts";

/** Publishing what the candidate is told, and reading it by its link. The link's secret travels in bodies only. */
export const feedbackRoutes: Routes<MakingRouteOptions> = async (app, { rooms, now, mint }) => {
  app.post(
    "/room/feedback/publish",
    {
      config: { admits: "seat" },
      schema: {
        summary: "Publish the feedback as the host has it",
        body: PublishFeedbackRequest,
        response: { 200: PublishFeedbackResponse, ...refusals },
      },
    },
    async (request, reply) => {
      const { roomId, seatId } = seatOf(request);
      const { body } = request;
      const made = mint(seatId, body.commandId);
      const fresh = body.link === "new" ? newLink(made, roomId, expiry(body.days, now()), {}) : null;
      const published = await rooms.execute(
        roomId,
        made.commandId,
        { kind: "seat", seatId },
        {
          type: "publishFeedback",
          link: fresh?.link ?? null,
        },
      );
      if (!published.ok) return reply.refuse(published.refusal);
      if (!fresh) return { link: null };
      const state = await rooms.read(roomId);
      // What is shown is what the room has, also when this request came before and the link was made then.
      const kept = state && findFeedback(state, fresh.link.hash)?.published.link;
      if (!kept) return reply.refuse(refusal("link_revoked"));
      return { link: { linkId: kept.linkId, expiresAt: kept.expiresAt, secret: fresh.secret } };
    },
  );

  app.post(
    "/feedback/look",
    {
      config: { admits: "anyone" },
      schema: { summary: "Read the feedback", body: LookRequest, response: { 200: FeedbackPage, ...refusals } },
    },
    async (request, reply) => {
      const { secret } = request.body;
      const roomId = await rooms.secrets.roomOf(secret);
      const state = roomId === null ? null : await rooms.read(roomId);
      const found = state ? feedbackPage(state, hashSecret(secret), now()) : refusal("unknown_link");
      return "reason" in found ? reply.refuse(found) : found;
    },
  );
};

const expiry = (days: number | null, now: number): number | null => (days === null ? null : daysFrom(now, days));
