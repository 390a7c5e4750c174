import { Switch } from "@base-ui/react/switch";
import type { SeatRole } from "@whetstone/shared/room/seats/commands";
import { Hand } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { useRoom, useSend } from "../store/context.tsx";
import type { QuestionsView } from "../store/questions-view.ts";
import styles from "./People.module.css";
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
              {isHost && role !== "host" && (
                <Remove name={name} role={role} onRemove={() => send({ type: "removeSeat", seatId })} />
              )}
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
    </div>
  );
}

const REMOVAL: Record<SeatRole, string> = {
  host: "",
  candidate: "The candidate link stops working too.",
  interviewer: "Their own link stops working too, and the link for several if they came by it. The others stay.",
  observer: "The observer link stops working too; those who are in stay, others need a new one.",
};

function Remove({ name, role, onRemove }: { name: string; role: SeatRole; onRemove: () => void }) {
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return (
      <Button look="quiet" onClick={() => setAsked(true)} aria-label={`Remove ${name}`}>
        Remove
      </Button>
    );
  }
  return (
    <span className={styles.confirm}>
      <small>{REMOVAL[role]}</small>
      <Button look="danger" onClick={onRemove}>
        Remove {name}
      </Button>
      <Button onClick={() => setAsked(false)}>Keep</Button>
    </span>
  );
}
