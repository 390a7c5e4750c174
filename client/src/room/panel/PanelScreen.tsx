import { useRoom } from "../context.tsx";
import { useRememberAsked } from "./bank.ts";
import { Ending } from "./Ending.tsx";
import { LiveRoom } from "./LiveRoom.tsx";
import { Lobby } from "./Lobby.tsx";
import type { QuestionsView } from "./types.ts";

/** The room as the panel sees it: preparing, interviewing, finishing. */
export default function PanelScreen() {
  const { view } = useRoom();
  if (!view || view.role === "candidate") return null;
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
