import { type PublishFeedbackRequest, PublishFeedbackResponse } from "@whetstone/shared/links-wire";
import { change } from "../../api/call.ts";

export const publishFeedback = (token: string, body: PublishFeedbackRequest) =>
  change("/room/feedback/publish", PublishFeedbackResponse, { body, token });
