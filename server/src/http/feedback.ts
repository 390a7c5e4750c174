import { FeedbackPage, type OwnAnswer } from "@whetstone/shared/feedback";
import { LookRequest, PublishFeedbackRequest, PublishFeedbackResponse } from "@whetstone/shared/links-wire";
import { findFeedback } from "@whetstone/shared/room/feedback/state";
import { refusal } from "@whetstone/shared/room/refusal";
import { feedbackPage } from "@whetstone/shared/room/view/feedback-page";
import { boardsFor, type ExportedBoard } from "../export/boards.ts";
import type { Boards } from "../room/documents/boards.ts";
import { hashSecret } from "../room/secrets.ts";
import { type MakingRouteOptions, type Routes, refusals } from "./api.ts";
import { daysFrom, newLink } from "./new-link.ts";
import { seatOf } from "./principal.ts";

interface FeedbackRouteOptions extends MakingRouteOptions {
  readonly boards: Boards;
}

/** Publishing what the candidate is told, and reading it by its link. The link's secret travels in bodies only. */
export const feedbackRoutes: Routes<FeedbackRouteOptions> = async (app, { rooms, now, mint, boards }) => {
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
      if ("reason" in found) return reply.refuse(found);
      const round = state && findFeedback(state, hashSecret(secret))?.round;
      if (roomId === null || !round?.candidateId) return found;
      const { asks, candidateId } = round;
      const drawn = await boardsFor(boards, roomId, candidateId, asks);
      return {
        ...found,
        answers: found.answers.map((own, index) => withBoard(own, drawn.get(asks[index]?.askId ?? ""))),
      };
    },
  );
};

/** An answer with what was drawn to it, or why that is not there. */
function withBoard(answer: OwnAnswer, board: ExportedBoard | undefined): OwnAnswer {
  if (!board) return answer;
  if ("problem" in board) return { ...answer, boardProblem: board.problem };
  const { picture, width, height, outline } = board;
  return { ...answer, board: { picture, width, height, outline } };
}

const expiry = (days: number | null, now: number): number | null => (days === null ? null : daysFrom(now, days));
