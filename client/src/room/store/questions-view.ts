import type { HostView } from "@whetstone/shared/room/view/host";
import type { InterviewerView, ObserverView } from "@whetstone/shared/room/view/view";

/** A view of the room's questions: of everybody but the candidate. */
export type QuestionsView = HostView | InterviewerView | ObserverView;
