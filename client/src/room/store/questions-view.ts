import type { HostView } from "@whetstone/shared/room/view/host";
import type { InterviewerView, ObserverView, View } from "@whetstone/shared/room/view/view";

/** A view of the room's questions: of everybody but the candidate and whoever captions. */
export type QuestionsView = HostView | InterviewerView | ObserverView;

export const hasQuestions = (view: View): view is QuestionsView =>
  view.role !== "candidate" && view.role !== "captioner";
