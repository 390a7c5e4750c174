import type { InterviewerView } from "@whetstone/shared/room/view/view";
import { Message } from "../ui/Message.tsx";

/** Who came by a link for several interviewers, until the host lets them in. */
export function Waiting({ view }: { view: InterviewerView }) {
  const host = view.people.find(({ role }) => role === "host")?.name ?? "the host";
  if (view.room.phase === "ended") return <Message title="This interview is over">{view.room.title}</Message>;
  return (
    <Message title={`Waiting for ${host}`}>
      <p>
        {view.room.title}. You are here as {view.you.name}.
      </p>
      <p role="status">{host} sees that you are here, and will let you in. This page goes on by itself.</p>
    </Message>
  );
}
