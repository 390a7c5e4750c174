import { Switch } from "@base-ui/react/switch";
import { Hand } from "lucide-react";
import { useState } from "react";
import { setSoundOn, soundIsOn, soundTwice } from "../../browser/calling.ts";
import { Button } from "../../ui/Button.tsx";
import { momentText } from "../../words.ts";
import { useRoom, useSend } from "../store/context.tsx";
import type { QuestionsView } from "../store/questions-view.ts";
import { CallSettings } from "./CallSettings.tsx";
import styles from "./People.module.css";
import { PersonActions } from "./PersonActions.tsx";
import { Avatar, personStatus } from "./Presence.tsx";

/** Everybody in the room; the host admits, removes, and decides whether the candidate sees observers. */
export function People({ view }: { view: QuestionsView }) {
  const { present } = useRoom();
  const send = useSend();
  // Peers let in and send away nobody.
  const isHost = view.role === "host" && !view.peers;
  return (
    <div className={styles.people}>
      <ul className={styles.list}>
        {view.people.map((person) => {
          const { seatId, name, role, admitted, handRaised } = person;
          const isHere = present.has(seatId);
          return (
            <li key={seatId} className={styles.person}>
              <Avatar person={person} present={isHere} />
              <span className={styles.name}>
                <b>
                  {name}
                  {seatId === view.you.seatId && " (you)"}
                </b>
                <small>{personStatus(person, isHere)}</small>
                {person.movedAt !== undefined && (
                  <small className={styles.moved}>
                    {seatId === view.you.seatId ? "You opened this seat" : "Opened"} in another browser at{" "}
                    {momentText(person.movedAt)}
                  </small>
                )}
              </span>
              {handRaised && view.role !== "observer" && (
                <Button onClick={() => send({ type: "lowerHand", seatId })} aria-label={`Lower ${name}'s hand`}>
                  <Hand size={14} aria-hidden /> Lower
                </Button>
              )}
              {isHost && !admitted && (
                <Button
                  look="primary"
                  aria-label={role === "candidate" ? undefined : `Admit ${name}`}
                  onClick={() => send({ type: "admit", seatId })}
                >
                  Admit
                </Button>
              )}
              {isHost && <PersonActions view={view} person={person} />}
            </li>
          );
        })}
      </ul>
      {isHost && (
        <div className={styles.switch}>
          <Switch.Root
            aria-labelledby="observers-shown"
            className={styles.track ?? ""}
            checked={view.room.observersShown}
            onCheckedChange={(shown) => send({ type: "showObservers", shown })}
          >
            <Switch.Thumb className={styles.thumb ?? ""} />
          </Switch.Root>
          <span id="observers-shown">The candidate sees who observes</span>
        </div>
      )}
      {isHost && <InterviewersAsk view={view} />}
      {isHost && <PanelEdits view={view} />}
      {view.role === "host" && isHost && <CallSettings view={view} />}
      {isHost && <Sound />}
    </div>
  );
}

/** Whether interviewers ask too. What is assigned to one of them they may ask in any case. */
function InterviewersAsk({ view }: { view: QuestionsView }) {
  const send = useSend();
  if (view.room.phase === "ended") return null;
  return (
    <div className={styles.switch}>
      <Switch.Root
        aria-labelledby="interviewers-ask"
        aria-describedby="interviewers-ask-means"
        className={styles.track ?? ""}
        checked={view.room.interviewersAsk === true}
        onCheckedChange={(interviewers) => send({ type: "letAsk", interviewers })}
      >
        <Switch.Thumb className={styles.thumb ?? ""} />
      </Switch.Root>
      <span>
        <span id="interviewers-ask">Interviewers may ask</span>
        <small id="interviewers-ask-means">Whoever a question is assigned to may ask that one in any case.</small>
      </span>
    </div>
  );
}

/** Whether the panel writes on the candidate's sheet too. */
function PanelEdits({ view }: { view: QuestionsView }) {
  const send = useSend();
  if (view.room.phase === "ended") return null;
  return (
    <div className={styles.switch}>
      <Switch.Root
        aria-labelledby="panel-edits"
        aria-describedby="panel-edits-means"
        className={styles.track ?? ""}
        checked={view.room.candidateEditsAlone !== true}
        onCheckedChange={(panel) => send({ type: "letEdit", panel })}
      >
        <Switch.Thumb className={styles.thumb ?? ""} />
      </Switch.Root>
      <span>
        <span id="panel-edits">The panel may write on the answer sheet</span>
        <small id="panel-edits-means">Else the candidate alone does, and you read along.</small>
      </span>
    </div>
  );
}

/** A sound beside the sign in the tab, for whoever wishes one. */
function Sound() {
  const [isOn, setOn] = useState(soundIsOn);
  const change = (on: boolean) => {
    setSoundOn(on);
    setOn(on);
    if (on) void soundTwice();
  };
  return (
    <div className={styles.switch}>
      <Switch.Root
        aria-labelledby="sound-on"
        className={styles.track ?? ""}
        checked={isOn}
        onCheckedChange={(on) => change(on)}
      >
        <Switch.Thumb className={styles.thumb ?? ""} />
      </Switch.Root>
      <span id="sound-on">A sound when somebody waits or raises a hand</span>
    </div>
  );
}
