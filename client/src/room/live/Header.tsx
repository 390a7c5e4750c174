import { remainingMs, type Timer } from "@whetstone/shared/room/course/timer";
import type { HostView } from "@whetstone/shared/room/view/host";
import { Hand } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../ui/Button.tsx";
import { PageHeading } from "../../ui/PageHeading.tsx";
import { clockText, elapsedText } from "../../words.ts";
import { TimeAnnounced } from "../announced/announced.tsx";
import { askedByYou } from "../asking/asking.ts";
import { CallButton } from "../call/call-place.tsx";
import { MessagesButton } from "../messages/MessagesButton.tsx";
import { Links } from "../people/Links.tsx";
import { People } from "../people/People.tsx";
import { Avatar } from "../people/Presence.tsx";
import { WayBack } from "../people/WayBack.tsx";
import { SavedState } from "../saved/SavedState.tsx";
import { useRoom, useRoomContext, useSend, useServerNow } from "../store/context.tsx";
import type { QuestionsView } from "../store/questions-view.ts";
import styles from "./Header.module.css";
import { Help } from "./Help.tsx";
import { Menu } from "./Menu.tsx";

interface HeaderProps {
  readonly view: QuestionsView;
  readonly controls?: ReactNode;
  readonly helpOpen: boolean;
  readonly onHelp: (isOpen: boolean) => void;
}

/** Candidate, time, people, and what moves the room. Everything is one click away, and nothing in it blocks. */
export function Header({ view, controls, helpOpen, onHelp }: HeaderProps) {
  const { room } = view;
  const isHost = view.role === "host";
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <div>
          <PageHeading>
            {view.people.find(({ role }) => role === "candidate")?.name ?? room.candidateName ?? room.title}
          </PageHeading>
          <small>{[room.forRole, room.title].filter(Boolean).join(" · ")}</small>
        </div>
        <RaisedHand view={view} />
      </div>
      <Clock view={view} />
      <div className={styles.right}>
        <SavedState />
        <CallButton />
        <MessagesButton />
        <PeopleMenu view={view} />
        {controls ?? (isHost && <HostControls view={view} />)}
        <Menu label={<span aria-hidden>?</span>} name="Help and keys" open={helpOpen} onOpen={onHelp}>
          <Help view={view} />
        </Menu>
      </div>
    </header>
  );
}

/** From four fifths of a budget on, a timer asks for attention; past its end it counts on. */
function urgency(timer: Timer, now: number): "calm" | "soon" | "over" {
  const left = remainingMs(timer, now);
  if (left <= 0) return "over";
  return left <= timer.totalMs * 0.2 ? "soon" : "calm";
}

function Clock({ view }: { view: QuestionsView }) {
  const now = useServerNow();
  const send = useSend();
  const { timer, askTimer, openAskId } = view;
  const elapsed = timer.totalMs - remainingMs(timer, now);
  const open = view.asks.find(({ askId }) => askId === openAskId);
  const extendsAsk = view.role === "host" || (open !== undefined && askedByYou(view, open));
  return (
    <div className={styles.clock} role="timer" data-paused={view.room.phase === "paused"}>
      <div className={styles.one}>
        <small>Interview</small>
        <b data-urgency={urgency(timer, now)} title="Running time" translate="no">
          {elapsedText(elapsed)}
        </b>
        <span className={styles.whole}>of {clockText(timer.totalMs)}</span>
        {view.role === "host" && mayExtend(view) && (
          <Extend what="interview" onClick={() => send({ type: "extendRoom", minutes: 5 })} />
        )}
      </div>
      {askTimer && (
        <div className={styles.one}>
          <small>Question</small>
          <b className={styles.ask} data-urgency={urgency(askTimer, now)} title="Time for this question" translate="no">
            {clockText(remainingMs(askTimer, now))}
          </b>
          <span>{remainingMs(askTimer, now) > 0 ? "left" : "over"}</span>
          {extendsAsk && openAskId && (
            <Extend what="question" onClick={() => send({ type: "extendAsk", askId: openAskId, minutes: 5 })} />
          )}
        </div>
      )}
      {view.room.phase === "paused" && <span className={styles.paused}>Paused</span>}
      {view.room.phase === "live" && <TimeAnnounced left={remainingMs(timer, now)} totalMs={timer.totalMs} />}
      <i
        className={styles.bar}
        style={{ "--done": `${Math.min(100, (elapsed / timer.totalMs) * 100)}%` }}
        data-urgency={urgency(timer, now)}
      />
    </div>
  );
}

interface ExtendProps {
  readonly what: string;
  readonly onClick: () => void;
}

function Extend({ what, onClick }: ExtendProps) {
  return (
    <Button look="quiet" aria-label={`Extend by +5 ${what} minutes`} onClick={onClick}>
      +5 <span className={styles.what}>{what}</span>
    </Button>
  );
}

/** Among peers the later rounds are as long as the first one was. */
const mayExtend = ({ peers, round }: HostView): boolean => !peers || round.roundId === 1;

function RaisedHand({ view }: { view: QuestionsView }) {
  const send = useSend();
  const raised = view.people.find(({ handRaised }) => handRaised);
  if (!raised) return null;
  return (
    <Button
      className={styles.hand}
      aria-label={`Hand raised by ${raised.name}. Lower it`}
      disabled={view.role === "observer"}
      onClick={() => send({ type: "lowerHand", seatId: raised.seatId })}
    >
      <Hand size={14} aria-hidden /> <span>Hand raised</span>
    </Button>
  );
}

function PeopleMenu({ view }: { view: QuestionsView }) {
  const { present } = useRoom();
  const waiting = view.people.find(({ admitted, movedOut }) => !admitted && !movedOut);
  return (
    <Menu
      name={`People, ${present.size} here`}
      label={
        <span className={styles.who}>
          {view.people.slice(0, 6).map((person) => (
            <Avatar key={person.seatId} person={person} present={present.has(person.seatId)} />
          ))}
          {waiting && <span className={styles.waiting}>{waiting.name} waits</span>}
        </span>
      }
      bare
    >
      <div className={styles.people}>
        <People view={view} />
        {view.role === "host" && !view.peers && (
          <details>
            <summary>Links</summary>
            <Links view={view} />
          </details>
        )}
        <WayBack />
      </div>
    </Menu>
  );
}

function HostControls({ view }: { view: HostView }) {
  const send = useSend();
  const paused = view.room.phase === "paused";
  const outside = view.people.find(({ movedOut }) => movedOut);
  const { store } = useRoomContext();
  const end = () => {
    store.flush();
    send({ type: "end" });
  };
  return (
    <>
      {outside ? (
        <Button
          look="primary"
          aria-label={`Let ${outside.name} in again`}
          title={`${outside.name} is in the lobby, and neither sees nor hears you.`}
          onClick={() => send({ type: "admit", seatId: outside.seatId })}
        >
          Let in again
        </Button>
      ) : (
        <Button onClick={() => send({ type: paused ? "resume" : "pause" })}>
          {paused ? "Resume" : "Pause"} <kbd>P</kbd>
        </Button>
      )}
      <Menu name="End the interview" label="End">
        <p>
          The candidate sees that it is over. You go on to your scorecard, and can reopen the interview for ten minutes.
        </p>
        <Button look="danger" onClick={end}>
          End the interview
        </Button>
      </Menu>
    </>
  );
}
