import { usePanelTold } from "./announced/panel-told.ts";
import { Ending } from "./Ending.tsx";
import { LiveRoom } from "./live/LiveRoom.tsx";
import { Lobby } from "./lobby/Lobby.tsx";
import { Calls } from "./people/Calls.tsx";
import { useRememberAsked } from "./store/asked.ts";
import { useRoom } from "./store/context.tsx";
import { hasQuestions, type QuestionsView } from "./store/questions-view.ts";
import { Waiting } from "./Waiting.tsx";

/** The room as the panel sees it: preparing, interviewing, finishing. */
export default function PanelScreen() {
  const { view } = useRoom();
  const questions = view && hasQuestions(view) ? view : null;
  usePanelTold(questions);
  if (!questions) return null;
  if (questions.role === "interviewer" && questions.waiting) return <Waiting view={questions} />;
  return (
    <>
      <Calls view={questions} title={questions.room.candidateName ?? questions.room.title} />
      <Phase view={questions} />
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
