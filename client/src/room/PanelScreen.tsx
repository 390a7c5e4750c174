import { usePanelTold } from "./announced/panel-told.ts";
import { Ending } from "./Ending.tsx";
import { LiveRoom } from "./live/LiveRoom.tsx";
import { Lobby } from "./lobby/Lobby.tsx";
import { Calls } from "./people/Calls.tsx";
import { useRememberAsked } from "./store/asked.ts";
import { useRoom } from "./store/context.tsx";
import type { QuestionsView } from "./store/questions-view.ts";
import { Waiting } from "./Waiting.tsx";

/** The room as the panel sees it: preparing, interviewing, finishing. */
export default function PanelScreen() {
  const { view } = useRoom();
  usePanelTold(view && view.role !== "candidate" ? view : null);
  if (!view || view.role === "candidate") return null;
  if (view.role === "interviewer" && view.waiting) return <Waiting view={view} />;
  return (
    <>
      <Calls view={view} title={view.room.candidateName ?? view.room.title} />
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
