import { Switch } from "@base-ui/react/switch";
import { meetingOf } from "@whetstone/shared/call/rules";
import type { HostView } from "@whetstone/shared/room/view/host";
import { MeetingLink } from "../call/meeting/MeetingLink.tsx";
import { useSend } from "../store/context.tsx";
import styles from "./People.module.css";

/** How people see and hear each other in this room: whether the candidate may share their screen, or where else all of them meet. */
export function CallSettings({ view }: { view: HostView }) {
  const send = useSend();
  const meeting = meetingOf(view);
  return (
    <>
      {meeting === null && (
        <div className={styles.switch}>
          <Switch.Root
            aria-labelledby="candidate-shares"
            className={styles.track ?? ""}
            checked={view.room.call?.candidateSharesNot !== true}
            onCheckedChange={(candidate) => send({ type: "letShare", candidate })}
          >
            <Switch.Thumb className={styles.thumb ?? ""} />
          </Switch.Root>
          <span id="candidate-shares">The candidate may share their screen</span>
        </div>
      )}
      <div className={styles.switch}>
        <MeetingLink meeting={meeting} />
      </div>
    </>
  );
}
