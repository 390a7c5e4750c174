import { FeedbackPage } from "@whetstone/shared/feedback";
import { fetchJson } from "../api.ts";

export const lookAtFeedback = (secret: string) =>
  fetchJson("/feedback/look", FeedbackPage, { method: "POST", body: { secret } });
