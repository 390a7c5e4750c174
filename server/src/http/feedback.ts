import { FeedbackPage } from "@whetstone/shared/feedback";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import { feedbackPage } from "@whetstone/shared/room/view/feedback-page";
import { LookRequest, PublishFeedbackRequest, PublishFeedbackResponse } from "@whetstone/shared/wire";
import { hashSecret, newId, roomOfSecret } from "../room/secrets.ts";
import { type Routes, refusals, statusOf } from "./api.ts";
import { daysFrom, newLink } from "./new-link.ts";
import { seatOfRequest } from "./seat.ts";

/** Publishing what the candidate is told, and reading it by its link. The link's secret travels in bodies only. */
export const feedbackRoutes: Routes = async (app, { rooms, now }) => {
  app.post(
    "/room/feedback/publish",
    {
      schema: {
        summary: "Publish the feedback as the host has it",
        body: PublishFeedbackRequest,
        response: { 200: PublishFeedbackResponse, ...refusals },
        security: [{ seat: [] }],
      },
    },
    async (request, reply) => {
      const refuse = (reason: Refusal) => reply.code(statusOf(reason.reason)).send(reason);
      const seat = await seatOfRequest(rooms, request);
      if ("reason" in seat) return refuse(seat);
      const { roomId, seatId } = seat;
      const made = request.body.link === "new" ? newLink(roomId, expiry(request.body.days, now()), {}) : null;
      const actor = { kind: "seat", seatId } as const;
      const published = await rooms.execute(roomId, newId("c"), actor, {
        type: "publishFeedback",
        link: made?.link ?? null,
      });
      return published.ok ? { link: made?.shown ?? null } : refuse(published.refusal);
    },
  );

  app.post(
    "/feedback/look",
    {
      schema: { summary: "Read the feedback", body: LookRequest, response: { 200: FeedbackPage, ...refusals } },
    },
    async (request, reply) => {
      const { secret } = request.body;
      const roomId = roomOfSecret(secret);
      const state = roomId === null ? null : await rooms.read(roomId);
      const found = state ? feedbackPage(state, hashSecret(secret), now()) : refusal("unknown_link");
      return "reason" in found ? reply.code(statusOf(found.reason)).send(found) : found;
    },
  );
};

const expiry = (days: number | null, now: number): number | null => (days === null ? null : daysFrom(now, days));
