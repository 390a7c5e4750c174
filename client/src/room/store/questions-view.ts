import type { HostView, InterviewerView, ObserverView } from "@whetstone/shared/room/view";

/** A view of the room's questions: of everybody but the candidate. */
export type QuestionsView = HostView | InterviewerView | ObserverView;
