import { FeedbackPage } from "@whetstone/shared/feedback";
import { fetchJson } from "../api/call.ts";

export const lookAtFeedback = (secret: string) =>
  fetchJson("/feedback/look", FeedbackPage, { method: "POST", body: { secret } });
