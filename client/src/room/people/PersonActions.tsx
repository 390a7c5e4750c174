import type { PanelPerson } from "@whetstone/shared/room/view/people";
import { type ReactNode, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { useSend } from "../store/context.tsx";
import type { QuestionsView } from "../store/questions-view.ts";
import styles from "./People.module.css";

const REMOVAL: Record<Exclude<PanelPerson["role"], "host">, string> = {
  candidate: "The candidate link stops working too.",
  interviewer: "Their own link stops working too, and the link for several if they came by it. The others stay.",
  observer: "The observer link stops working too; those who are in stay, others need a new one.",
  captioner: "The captioner link stops working too; those who are in stay, others need a new one.",
};

/** What a host can do about somebody who is in the room. What cannot be undone by the same click asks first. */
export function PersonActions({ view, person }: { view: QuestionsView; person: PanelPerson }) {
  const send = useSend();
  const { seatId, name, role, admitted, locked = false } = person;
  if (seatId === view.you.seatId) return <StepBack view={view} />;
  return (
    <span className={styles.actions}>
      {role === "interviewer" && admitted && (
        <Asked
          label="Make host"
          name={`Make host: ${name}`}
          text={`${name} can then lead the room as you do: ask, end, admit, remove, erase. You stay a host too.`}
          onSure={() => send({ type: "makeHost", seatId })}
        />
      )}
      <Button
        look="quiet"
        aria-label={locked ? `Unlock ${name}'s seat` : `Lock ${name}'s seat`}
        title={locked ? undefined : "Locked, the seat opens in the browser alone that has it now."}
        onClick={() => send({ type: "lockSeat", seatId, locked: !locked })}
      >
        {locked ? "Unlock" : "Lock"}
      </Button>
      {role === "candidate" && admitted && view.room.phase !== "ended" && (
        <Asked
          label="To the lobby"
          name={`Move ${name} to the lobby`}
          text="They see and hear nothing of the interview until you let them in again, and the clock stands. What they wrote stays."
          onSure={() => send({ type: "moveToLobby", seatId })}
        />
      )}
      {role !== "host" && (
        <Asked
          label="Remove"
          name={`Remove ${name}`}
          text={REMOVAL[role]}
          danger
          onSure={() => send({ type: "removeSeat", seatId })}
        />
      )}
    </span>
  );
}

/** Whoever leads the room beside another host can leave it to them. */
function StepBack({ view }: { view: QuestionsView }) {
  const send = useSend();
  const others = view.people.filter(({ seatId, role }) => role === "host" && seatId !== view.you.seatId);
  const [first] = others;
  if (!first) return null;
  return (
    <Asked
      label="Step back"
      name="Step back as a host"
      text={`You become an interviewer, and ${first.name} leads the room. Your scorecard stays as it is.`}
      onSure={() => send({ type: "stepBack" })}
    />
  );
}

interface AskedProps {
  readonly label: string;
  /** What the button does, and to whom. */
  readonly name: string;
  readonly text: string;
  readonly danger?: boolean;
  readonly onSure: () => void;
}

/** A button that says what follows before it does anything. */
export function Asked({ label, name, text, danger = false, onSure }: AskedProps): ReactNode {
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return (
      <Button look="quiet" onClick={() => setAsked(true)} aria-label={name}>
        {label}
      </Button>
    );
  }
  return (
    <span className={styles.confirm}>
      <small>{text}</small>
      <Button
        {...(danger && { look: "danger" as const })}
        onClick={() => {
          setAsked(false);
          onSure();
        }}
      >
        {name}
      </Button>
      <Button onClick={() => setAsked(false)}>Keep</Button>
    </span>
  );
}
