import { FeedbackPage } from "@whetstone/shared/feedback";
import { type PublishFeedbackRequest, PublishFeedbackResponse } from "@whetstone/shared/wire";
import { fetchJson } from "../../api.ts";

export const lookAtFeedback = (secret: string) =>
  fetchJson("/feedback/look", FeedbackPage, { method: "POST", body: { secret } });

export const publishFeedback = (token: string, body: PublishFeedbackRequest) =>
  fetchJson("/room/feedback/publish", PublishFeedbackResponse, { method: "POST", body, token });
