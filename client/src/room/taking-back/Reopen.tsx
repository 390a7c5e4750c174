import { REOPEN_MS } from "@whetstone/shared/room/course/rules";
import type { HostView } from "@whetstone/shared/room/view/host";
import { Button } from "../../ui/Button.tsx";
import { useSend, useServerNow } from "../store/context.tsx";

/** For some minutes after the end, until something is made of it: the way back into the interview. */
export function Reopen({ view }: { view: HostView }) {
  const send = useSend();
  const now = useServerNow();
  const { endedAt } = view.room;
  if (endedAt === null || now - endedAt > REOPEN_MS) return null;
  if (view.decisions.length > 0 || view.feedback.published !== null) return null;
  return <Button onClick={() => send({ type: "reopenRoom" })}>Reopen the interview</Button>;
}
