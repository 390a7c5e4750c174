import { type PublishFeedbackRequest, PublishFeedbackResponse } from "@whetstone/shared/wire";
import { fetchJson } from "../../api.ts";

export const publishFeedback = (token: string, body: PublishFeedbackRequest) =>
  fetchJson("/room/feedback/publish", PublishFeedbackResponse, { method: "POST", body, token });
