import type { CandidateView } from "@whetstone/shared/room/view/candidate";
import type { HostView } from "@whetstone/shared/room/view/host";
import type { InterviewerView } from "@whetstone/shared/room/view/view";

/** A view of somebody who takes part in a room of peers. */
export type PeerView = CandidateView | HostView | InterviewerView;
