import { remainingMs } from "@whetstone/shared/room/course/timer";
import type { CaptionerView } from "@whetstone/shared/room/view/captioner";
import type { View as AnyView } from "@whetstone/shared/room/view/view";
import { Button } from "../../ui/Button.tsx";
import { clockText, plural } from "../../words.ts";
import { useRoomContext, useSend, useServerNow } from "../store/context.tsx";
import { usePassedFocus } from "./passed-focus.ts";
import styles from "./QuietTime.module.css";

/** Whoever captions sees nothing that could stand still. */
type View = Exclude<AnyView, CaptionerView>;

/** That the candidate works unseen, and for how long: on every screen while it lasts, with the way to end it for whoever may. */
export const QuietTime = ({ view }: { view: View }) => view.quiet && <Banner view={view} quiet={view.quiet} />;

interface BannerProps {
  readonly view: View;
  readonly quiet: NonNullable<View["quiet"]>;
}

function Banner({ view, quiet }: BannerProps) {
  const now = useServerNow();
  const place = usePassedFocus<HTMLElement>();
  const left = Math.max(0, remainingMs(quiet.timer, now));
  const askId = view.role === "candidate" ? view.ask?.askId : view.openAskId;
  const isEither = view.role === "candidate" || view.role === "host";
  return (
    // It was said when it began; here it is found.
    <section ref={place} className={styles.quiet} data-role={view.role} aria-label="Quiet time" tabIndex={-1}>
      <p>
        <b>Quiet time</b> <span>{meaning(view)}</span>
      </p>
      <span className={styles.left} role="timer">
        {leftText(view, left)}
      </span>
      {isEither && askId && <End askId={askId} />}
    </section>
  );
}

function meaning(view: View): string {
  if (view.role === "candidate") return "Nobody else sees what you write until it ends. Then they see all of it.";
  const name = view.people.find(({ role }) => role === "candidate")?.name ?? "The candidate";
  return `${name} works unseen. What they write is shown here when it ends.`;
}

/** To whoever is asked in minutes, as all of their time is. */
function leftText({ role, room }: View, left: number): string {
  if (role !== "candidate") return `${clockText(left)} left${room.phase === "paused" ? " after the pause" : ""}`;
  const minutes = Math.ceil(left / 60_000);
  return `${minutes <= 1 ? "Up to a minute" : plural(minutes, "minute")} left${room.phase === "paused" ? " after the pause" : ""}`;
}

function End({ askId }: { askId: string }) {
  const send = useSend();
  const { store } = useRoomContext();
  const end = () => {
    store.flush();
    send({ type: "endQuiet", askId });
  };
  return <Button onClick={end}>End quiet time</Button>;
}
