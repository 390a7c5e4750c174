import { Ending } from "./Ending.tsx";
import { LiveRoom } from "./live/LiveRoom.tsx";
import { Lobby } from "./lobby/Lobby.tsx";
import { useRememberAsked } from "./store/asked.ts";
import { useRoom } from "./store/context.tsx";
import type { QuestionsView } from "./store/questions-view.ts";
import { Waiting } from "./Waiting.tsx";

/** The room as the panel sees it: preparing, interviewing, finishing. */
export default function PanelScreen() {
  const { view } = useRoom();
  if (!view || view.role === "candidate") return null;
  if (view.role === "interviewer" && view.waiting) return <Waiting view={view} />;
  return (
    <>
      <title>{`${view.room.candidateName ?? view.room.title} · Whetstone`}</title>
      <Phase view={view} />
    </>
  );
}

function Phase({ view }: { view: QuestionsView }) {
  useRememberAsked(view);
  switch (view.room.phase) {
    case "lobby":
      return <Lobby view={view} />;
    case "live":
    case "paused":
      return <LiveRoom view={view} />;
    case "ended":
      return <Ending view={view} />;
    default:
      return view.room.phase satisfies never;
  }
}
