import { type PublishFeedbackRequest, PublishFeedbackResponse } from "@whetstone/shared/wire";
import { change } from "../../api.ts";

export const publishFeedback = (token: string, body: PublishFeedbackRequest) =>
  change("/room/feedback/publish", PublishFeedbackResponse, { body, token });
